"""All that an index learns to tell questions from: of each plan's kind, and of none."""

from __future__ import annotations

from assistant.answer.foreign.table import foreign
from assistant.answer.plans import table
from assistant.index.kinds import NO_KIND
from assistant.models import Language


def examples() -> dict[Language, list[tuple[str, str]]]:
    """Every example with its plan's name, then those that the documents do not answer."""
    kinds = table.examples()
    return {
        language: [
            *kinds[language],
            *((NO_KIND, text) for texts in foreign(language).values() for text in texts),
        ]
        for language in Language
    }
