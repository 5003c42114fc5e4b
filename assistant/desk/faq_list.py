"""A pasted list of questions, one a line, as the questions of a FAQ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.desk.faq_suggested import same_wording, twin_wordings
from assistant.dialogue.language import detect_language
from assistant.errors import UsageError
from assistant.guard.kinds import PersonalKind
from assistant.guard.personal import remove_personal
from assistant.models import Language
from assistant.texts import say

MOST_QUESTIONS = 100
LONGEST_WORDING = 500  # characters; a question for many readers is shorter
LONGEST_LIST = 60_000  # characters of the whole list, read before anything is done with it

# What people and programs put before a question: quote marks, headings, bullets, boxes to tick,
# "12.", "(b)", "Q3:", "Pregunta 4 -".
_PREFIX = re.compile(
    r"""^(?: >+ | \#{1,6}(?=\s) | [-–—*+•·▪◦‣●○■□☐☑✓✔➤►]+(?=\s) | \[[ xX]?\](?=\s)
      | \(?\d{1,3}(?:\s?[.):\]](?=\s)|[.)](?=[¿¡]|[^\W\d_])) | \d{1,3}\s[-–—](?=\s)
      | \(?[A-Za-z]\)(?=\s)
      | (?:q|p|question|pregunta)\s?\d{0,3}\s?(?:[.:)]|[-–—](?=\s)) )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_WRAPPING = (("**", "**"), ("__", "__"), ('"', '"'), ("“", "”"), ("«", "»"))
_NOT_TEXT = frozenset({"Cc", "Cf", "Cs", "Co"})
# Letters, or a number that is more than that of a line: "§ 6103?"
_ASKS = re.compile(r"[^\W\d_]|\d{4}")


class Fault(StrEnum):
    """What can be wrong with a list; each has a text, ``faq.fault_<name>``."""

    EMPTY = "empty"
    TOO_MUCH = "too_much"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    TWO_SEPARATORS = "two_separators"
    SAME_LANGUAGE = "same_language"


class ListError(UsageError):
    """A list that cannot be taken as it is; says which line and what to do, in either language."""

    def __init__(self, fault: Fault, line: int = 0, **values: object) -> None:
        self.fault = fault
        self.line = line
        self._values = {"line": line, **values}
        super().__init__(self.worded(Language.EN))

    def worded(self, language: Language) -> str:
        """The message in a reader's language."""
        values = {
            name: say(language, f"faq.named_{value}") if isinstance(value, Language) else value
            for name, value in self._values.items()
        }
        return say(language, f"faq.fault_{self.fault.value}", **values)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a FAQ in one or both languages, without personal details.

    ``lead`` is the language in which it was written first; ``removed`` names what was taken out.
    """

    wordings: dict[Language, str]
    lead: Language
    removed: tuple[PersonalKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line that asks what an earlier line asks."""

    line: int
    first: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The questions of a list in their order, and the lines that were merged into others."""

    questions: tuple[Asked, ...]
    repeated: tuple[Repeated, ...] = ()


def read_questions(text: str, page_language: Language = Language.EN) -> Listed:
    """The questions of a list, one a line; numbers, bullets and empty lines are left out.

    A line may hold a question in both languages with ``|`` between them. A suggested question
    brings its other language along.

    Raises:
        ListError: There is no question, or a line or the list is too long.
    """
    if len(text) > LONGEST_LIST:
        raise ListError(Fault.TOO_MUCH, most=LONGEST_LIST)
    taken = _Taken()
    for line, written in enumerate(text.splitlines(), 1):
        if asked := _question(written, line, page_language):
            taken.take(asked, line)
    if not taken.questions:
        raise ListError(Fault.EMPTY)
    return Listed(tuple(taken.questions), tuple(taken.repeated))


@dataclass(slots=True)
class _Taken:
    """The questions taken so far, and the line at which each wording stood first."""

    questions: list[Asked] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def take(self, asked: Asked, line: int) -> None:
        keys = [same_wording(wording) for wording in asked.wordings.values()]
        earlier = min((self._seen[key] for key in keys if key in self._seen), default=None)
        if earlier is None:
            if len(self.questions) == MOST_QUESTIONS:
                raise ListError(Fault.TOO_MANY, line, most=MOST_QUESTIONS)
            earlier = (len(self.questions), line)
            self.questions.append(asked)
        else:
            self.repeated.append(Repeated(line, earlier[1]))
            self.questions[earlier[0]] = _merged(self.questions[earlier[0]], asked)
        for key in keys:
            self._seen.setdefault(key, earlier)


def _merged(first: Asked, second: Asked) -> Asked:
    removed = tuple(dict.fromkeys((*first.removed, *second.removed)))
    return Asked({**second.wordings, **first.wordings}, first.lead, removed)


def _question(written: str, line: int, page_language: Language) -> Asked | None:
    """The question of a line; None for a line without words."""
    pieces = [_bare(piece) for piece in written.split("|")]
    pieces = [piece for piece in pieces if _ASKS.search(piece)]
    if not pieces:
        return None
    if len(pieces) > len(Language):
        raise ListError(Fault.TWO_SEPARATORS, line)
    if any(len(piece) > LONGEST_WORDING for piece in pieces):
        raise ListError(Fault.TOO_LONG, line, most=LONGEST_WORDING)
    return _asked(pieces, line, page_language)


def _asked(pieces: list[str], line: int, page_language: Language) -> Asked:
    cleaned = [remove_personal(piece) for piece in pieces]
    spoken = [detect_language(each.text, page_language) for each in cleaned]
    if len(set(spoken)) < len(spoken):
        raise ListError(Fault.SAME_LANGUAGE, line, given=spoken[0])
    wordings = {language: each.text for language, each in zip(spoken, cleaned, strict=True)}
    removed = tuple(dict.fromkeys(kind for each in cleaned for kind in each.kinds))
    return Asked({**_twins_of(wordings), **wordings}, spoken[0], removed)


def _twins_of(wordings: dict[Language, str]) -> dict[Language, str]:
    """Both languages of a suggested question that one of the wordings is; none for any other."""
    known = twin_wordings()
    keys = (same_wording(wording) for wording in wordings.values())
    return next((known[key] for key in keys if key in known), {})


def one_line(text: str) -> str:
    """The text in one run of signs that can be seen, with single spaces between words."""
    visible = (
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign) not in _NOT_TEXT
    )
    return " ".join("".join(visible).split())


def _bare(piece: str) -> str:
    """A wording without what stood before and around it."""
    text = one_line(piece)
    while True:
        stripped = _unwrapped(_PREFIX.sub("", text, count=1))
        if stripped == text:
            return text
        text = stripped


def _unwrapped(text: str) -> str:
    for start, end in _WRAPPING:
        inner = text[len(start) : len(text) - len(end)]
        whole = len(text) > len(start + end) and text.startswith(start) and text.endswith(end)
        if whole and start not in inner and end not in inner:
            return inner.strip()
    return text
