"""Texts with the personal details in them marked, and texts in which nothing is personal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import UsageError
from assistant.models import Language
from evals.cases import Split
from evals.ready import records_of

CASES_FILE = Path(__file__).with_name("cases.jsonl")
LEGAL_FILE = Path(__file__).with_name("legal.jsonl")

_MARKED = re.compile(r"\{(\w+)\|([^{}]+)\}")


class Kind(StrEnum):
    """What a detail is, finer than what the asker is told was taken out."""

    SSN = "ssn"
    ITIN = "itin"
    A_NUMBER = "a_number"
    RECEIPT = "receipt"
    EIN = "ein"
    PASSPORT = "passport"
    CARD = "card"
    BANK = "bank"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH = "birth"
    ADDRESS = "address"
    NAME = "name"


class Way(StrEnum):
    """How a detail is written."""

    PLAIN = "plain"
    DASHED = "dashed"
    SPACED = "spaced"
    DOTTED = "dotted"
    ODD_MARK = "odd_mark"
    LOOK_ALIKE = "look_alike"
    WORDS = "words"
    LINES = "lines"
    KEYWORDS = "keywords"
    TYPOS = "typos"


@dataclass(frozen=True, slots=True)
class Detail:
    """A personal detail at its place in a text; none of its letters and digits may stay."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """A text as somebody asks it, and the details in it, in order."""

    id: str
    language: Language
    split: Split
    way: Way
    text: str
    details: tuple[Detail, ...]

    def written(self, detail: Detail) -> str:
        """The characters of a detail."""
        return self.text[detail.start : detail.end]


class _Line(BaseModel):
    """A case as it is kept: details stand as ``{kind|what is written}``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    language: Language
    split: Split
    way: Way
    marked: str = Field(pattern=_MARKED.pattern)


class Legal(BaseModel):
    """A text of law or of an asker that must stay whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language
    text: str = Field(min_length=1)


def load_cases(path: Path = CASES_FILE) -> tuple[Case, ...]:
    """Every case of a file that was written by hand, in order.

    Raises:
        UsageError: The file cannot be read, or a line is not a case; the line is named.
    """
    lines = records_of(path, _Line, "cases")
    return tuple(
        case_of(line.id, line.language, line.split, line.way, line.marked) for line in lines
    )


def load_legal(path: Path = LEGAL_FILE) -> tuple[Legal, ...]:
    """Every text of a file that must stay whole, in order.

    Raises:
        UsageError: The file cannot be read, or a line is no such text; the line is named.
    """
    return records_of(path, Legal, "texts")


def case_of(name: str, language: Language, split: Split, way: Way, marked: str) -> Case:
    """A case from a text with marks, in the composed form in which the guard counts places.

    Raises:
        UsageError: A mark names no kind of detail.
    """
    pieces: list[str] = []
    details: list[Detail] = []
    length = position = 0
    composed = unicodedata.normalize("NFC", marked)
    for mark in _MARKED.finditer(composed):
        before, written = composed[position : mark.start()], mark[2]
        pieces += [before, written]
        start = length + len(before)
        length = start + len(written)
        details.append(Detail(_kind(mark[1], name), start, length))
        position = mark.end()
    pieces.append(composed[position:])
    return Case(name, language, split, way, "".join(pieces), tuple(details))


def _kind(word: str, name: str) -> Kind:
    try:
        return Kind(word)
    except ValueError as error:
        known = ", ".join(Kind)
        raise UsageError(f"{name}: {word!r} is no kind of detail. Choose from {known}.") from error
