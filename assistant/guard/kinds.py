"""The kinds of personal detail, and where one stands in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class PersonalKind(StrEnum):
    """What sort of personal detail was taken out of a question."""

    SSN = "ssn"
    ITIN = "itin"
    A_NUMBER = "a_number"
    RECEIPT_NUMBER = "receipt_number"
    EIN = "ein"
    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"
    STREET_ADDRESS = "street_address"
    DATE_OF_BIRTH = "date_of_birth"
    NAME = "name"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Found:
    """A personal detail at its place in a text."""

    kind: PersonalKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded text with its words in lower case and how many digits it has.

    They tell at once what cannot be in a text: most questions need none of the slower looks.
    """

    text: str
    words: frozenset[str]
    digits: int

    @classmethod
    def of(cls, text: str) -> Reading:
        """A reading of a folded text."""
        words = frozenset(_WORD.findall(text.lower()))
        return cls(text, words, sum(map(text.count, "0123456789")))

    def has(self, words: frozenset[str]) -> bool:
        """Whether any of these words is in the text."""
        return not words.isdisjoint(self.words)


_WORD = re.compile(r"[^\W\d_]+")

Finder = Callable[[Reading], list[Found]]
