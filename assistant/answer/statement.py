"""A sentence in a model's own words that has passed every check, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.models import Passage, Sentence


@dataclass(frozen=True, slots=True)
class Statement:
    """What may be shown of a model's text; ``resting`` are the sentences that are quoted for it."""

    text: str
    resting: tuple[tuple[Passage, Sentence], ...]
