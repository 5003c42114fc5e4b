"""The parts of a message that may each ask something: a story's last line, a second half."""

from __future__ import annotations

import re

# Where one part ends and the next begins: after a stop, at a line's end, before "¿", and at a comma
# that a word of asking follows.
_BREAK = re.compile(
    r"(?<=[.?!;:])\s+|\n+|(?=¿)|,\s+(?=(?:what|how|can|is|are|did|do|does|should|will|who|when|where"
    r"|which|why|que|qué|cómo|como|puede|puedo|debo|cuándo|cuando|dónde|quién)\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def parts_of(text: str) -> tuple[str, ...]:
    """The parts, in order; none where the text is one part, or all others are a word or two."""
    parts = tuple(part.strip() for part in _BREAK.split(text) if len(part.split()) >= _FEWEST_WORDS)
    return parts if len(parts) > 1 else ()
