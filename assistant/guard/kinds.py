"""The kinds of personal detail, and where one stands in a text."""

from __future__ import annotations

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


Finder = Callable[[str], list[Found]]
