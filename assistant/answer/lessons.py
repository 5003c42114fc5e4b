"""All that an index learns to tell questions from: of each plan's kind, and of none."""

from __future__ import annotations

from assistant.answer.foreign.table import foreign
from assistant.answer.plans import table
from assistant.answer.plans.wordings import wordings
from assistant.index.kinds import NO_KIND
from assistant.models import Language


def examples() -> dict[Language, list[tuple[str, str]]]:
    """Every example and wording with its plan's name, then those that no document answers."""
    kinds = table.examples()
    return {
        language: [
            *kinds[language],
            *wordings()[language],
            *((NO_KIND, text) for texts in foreign(language).values() for text in texts),
        ]
        for language in Language
    }
