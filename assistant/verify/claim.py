"""A sentence that a model wrote, what it cites, and what a check of it may object to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.models import Language, Passage, Sentence


class Check(StrEnum):
    """What is asked of every generated sentence, in the order in which it is asked."""

    CITES = "cites"  # it names passages that were given
    FIGURES = "figures"  # figures, dates, sums and dockets stand in them
    COUNTED = "counted"  # a figure counts there what it counts here
    BOUND = "bound"  # each fact stands there of what it is said of here
    ALTERED = "altered"  # what is repeated is repeated to the letter
    STATUTES = "statutes"  # provisions stand in them
    NAMES = "names"  # so do names
    QUOTED = "quoted"  # and what it puts between quotation marks
    OPPOSITE = "opposite"  # nothing is denied that they assert, or the other way round
    STRENGTH = "strength"  # nothing is surer, wider or more binding than there
    DIRECTION = "direction"  # who does what to whom is the same
    STANDING = "standing"  # what is past is not told as present
    PERSONAL = "personal"  # no advice, no forecast of a person's fate, no promise
    SUPPORT = "support"  # as a whole it means what they say
    ENTAILED = "entailed"  # and an entailment model, where one is set, agrees


@dataclass(frozen=True, slots=True)
class Claim:
    """One generated sentence without its marks, and the passages it cites.

    ``day`` is the day for which the answer is given.
    """

    text: str
    language: Language
    evidence: tuple[Passage, ...]
    day: date

    @property
    def told(self) -> tuple[str, ...]:
        """Every sentence of the evidence."""
        return tuple(each.text for passage in self.evidence for each in passage.sentences)

    @property
    def around(self) -> str:
        """What a reader knows of the passages beside their text: headings, titles, citations."""
        known = (
            (each.pinpoint, each.source.title, each.source.citation, each.source.publisher)
            for each in self.evidence
        )
        return " ".join(f"{text}." for texts in known for text in texts)


@dataclass(frozen=True, slots=True)
class Objection:
    """A check that a claim fails, and the words that it fails by."""

    check: Check
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found; a claim without an objection may be shown.

    ``meaning`` and ``borne`` tell how well the evidence bears it (see `support`). ``resting`` are
    the sentences of the evidence that the claim rests on, with their passages: what is quoted.
    """

    claim: Claim
    objections: tuple[Objection, ...]
    meaning: float = 0.0
    borne: float = 0.0
    resting: tuple[tuple[Passage, Sentence], ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the claim may be shown."""
        return not self.objections
