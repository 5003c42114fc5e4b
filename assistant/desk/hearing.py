"""The hearing desk: subjects and a body in, draft questions out, each on quoted sentences.

The questions are data (``hearing.yaml``): their wording is ours, and whatever they stand on is
quoted: what is known, what the record does not say, who asked before, why it matters. A question
whose quotations are not all in their documents at this moment is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answer.picks import Pick, pick_of, picked
from assistant.answer.then import known_by
from assistant.desk.hearing_gaps import Finds, Look, open_points
from assistant.errors import UsageError
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Language
from assistant.tables import read_table
from assistant.verify.quotes import Reads, stands

_QUESTIONS = Path(__file__).with_name("hearing.yaml")
_QUOTES = Path(__file__).with_name("hearing_quotes.yaml")


class Body(StrEnum):
    """Whose witness is asked."""

    TREASURY = "treasury"
    IRS = "irs"
    DHS_ICE = "dhs_ice"
    TIGTA = "tigta"
    GAO = "gao"


class Ground(StrEnum):
    """What a question stands on, in reading order; ``CLOSED`` says why not in open session."""

    BASIS = "basis"
    UNSAID = "unsaid"
    BEFORE = "before"
    LAW = "law"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of questions: the bodies it can be put to, and what is looked for under it."""

    name: str
    bodies: tuple[Body, ...]
    searches: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Template:
    """A question as the table holds it: its wording in both languages, and its picks."""

    name: str
    subject: str
    bodies: tuple[Body, ...]
    asks: Mapping[Language, str]
    then: Mapping[Language, str]
    grounds: Mapping[Ground, tuple[Pick, ...]]


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question in one language, ready to be edited; ``grounds`` are verbatim, whatever the edit.

    ``edited`` says that the wording, or what to ask next, is no longer ours.
    """

    name: str
    subject: str
    wording: str
    follow_up: str
    grounds: Mapping[Ground, tuple[Citation, ...]]
    edited: bool = False

    def quotes(self, *grounds: Ground) -> tuple[Citation, ...]:
        """The quotations of these grounds, or of all, in reading order."""
        wanted = grounds or tuple(Ground)
        return tuple(each for ground in wanted for each in self.grounds.get(ground, ()))


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """What else the record leaves open under a subject."""

    subject: str
    quotes: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Draft questions for one witness, with what holds for all of them.

    ``sessions`` says what may be asked in open session. ``more`` holds further open points, no
    subject without any. ``whole`` is false when a question was left out because a sentence is no
    longer in its document. Citations bear no numbers yet: whoever shows them counts them.
    """

    language: Language
    body: Body
    subjects: tuple[str, ...]
    as_of: date
    questions: tuple[DraftQuestion, ...]
    sessions: tuple[Citation, ...]
    more: tuple[OpenPoints, ...]
    whole: bool

    def quotes(self) -> Iterator[Citation]:
        """Every quotation in reading order: sessions, then the questions, then what is open."""
        yield from self.sessions
        for question in self.questions:
            yield from question.quotes()
        for points in self.more:
            yield from points.quotes


@cache
def templates() -> tuple[Template, ...]:
    """All questions of the table, in its order."""
    table, quotes = _table(_QUESTIONS), _table(_QUOTES)
    return tuple(
        Template(
            name=name,
            subject=entry["subject"],
            bodies=tuple(map(Body, entry["to"])),
            asks={each: entry[each.value]["asks"] for each in Language},
            then={each: entry[each.value]["then"] for each in Language},
            grounds={
                ground: tuple(pick_of(quotes[quote]) for quote in entry.get(ground.value, ()))
                for ground in Ground
            },
        )
        for name, entry in table["questions"].items()
    )


@cache
def subjects() -> tuple[Subject, ...]:
    """All subjects; each can be put to the bodies that its questions name."""
    return tuple(
        Subject(
            name=name,
            bodies=tuple(
                body
                for body in Body
                if any(body in each.bodies for each in templates() if each.subject == name)
            ),
            searches={each: tuple(entry[each.value]) for each in Language},
        )
        for name, entry in _table(_QUESTIONS)["subjects"].items()
    )


@cache
def sessions() -> tuple[Pick, ...]:
    """What may be said in open session and what may not, for every brief."""
    quotes = _table(_QUOTES)
    return tuple(pick_of(quotes[name]) for name in _table(_QUESTIONS)["sessions"])


def chosen(names: Sequence[str]) -> tuple[Subject, ...]:
    """The subjects of these names, in the order of the table.

    Raises:
        UsageError: There is no such subject.
    """
    known = [each.name for each in subjects()]
    for name in names:
        if name not in known:
            raise UsageError(f"There is no subject {name!r}. There are {', '.join(known)}.")
    return tuple(each for each in subjects() if each.name in names)


def offered(names: Sequence[str], body: Body) -> tuple[Subject, ...]:
    """The subjects of these names that can be put to the body.

    Raises:
        UsageError: There is no such subject, or none of them can be put to the body.
    """
    fitting = tuple(each for each in chosen(names) if body in each.bodies)
    if not fitting:
        known = ", ".join(each.name for each in subjects() if body in each.bodies)
        raise UsageError(f"No question on these subjects is for {body}. It has {known}.")
    return fitting


def brief(
    part: LanguageIndex, names: Sequence[str], body: Body, day: date, text_of: Reads
) -> Brief:
    """The draft questions on these subjects for one body, as the documents stand at this moment.

    Raises:
        UsageError: There is no such subject, or none of them can be put to the body.
    """
    fitting = offered(names, body)
    look = Look(part, day, text_of)
    drafted = [
        _drafted(each, look)
        for subject in fitting
        for each in templates()
        if each.subject == subject.name and body in each.bodies
    ]
    questions = tuple(each for each in drafted if each)
    return Brief(
        language=part.language,
        body=body,
        subjects=tuple(each.name for each in fitting),
        as_of=day,
        questions=questions,
        sessions=_quoted(sessions(), look) or (),
        more=(),
        whole=len(questions) == len(drafted),
    )


def with_more(drafted: Brief, part: LanguageIndex, text_of: Reads, find: Finds) -> Brief:
    """The brief with further open points of its subjects, none that its questions quote already."""
    look = Look(part, drafted.as_of, text_of)
    shown = list(drafted.quotes())
    more = []
    for subject in (each for each in subjects() if each.name in drafted.subjects):
        quotes = open_points(subject.searches[part.language], shown, look, find)
        shown.extend(quotes)
        if quotes:
            more.append(OpenPoints(subject.name, quotes))
    return replace(drafted, more=tuple(more))


def _drafted(template: Template, look: Look) -> DraftQuestion | None:
    """The question with its quotations; None when one of them cannot be shown."""
    grounds: dict[Ground, tuple[Citation, ...]] = {}
    for ground, picks in template.grounds.items():
        quotes = _quoted(picks, look)
        if quotes is None:
            return None
        grounds[ground] = quotes
    language = look.part.language
    return DraftQuestion(
        name=template.name,
        subject=template.subject,
        wording=template.asks[language],
        follow_up=template.then[language],
        grounds=grounds,
    )


def _quoted(picks: Iterable[Pick], look: Look) -> tuple[Citation, ...] | None:
    """The quotation of each pick; None when one is missing, not yet known or not to the letter."""
    quotes = []
    for pick in picks:
        standing = (
            Citation(0, each.passage, each.sentence.start, each.sentence.end, each.sentence.text)
            for each in picked(look.part, pick)
            if known_by(each.passage, each.sentence, look.day)
            and stands(each.passage, each.sentence, look.text_of)
        )
        quote = next(standing, None)
        if quote is None:
            return None
        quotes.append(quote)
    return tuple(quotes)


def _table(file: Path) -> dict[str, Any]:
    table: dict[str, Any] = read_table(file)
    return table
