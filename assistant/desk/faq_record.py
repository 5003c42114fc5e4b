"""A FAQ as plain data: what travels to the browser and back, and what an export carries along.

A quotation is kept as its document and its words. It becomes a quotation again only where that
document still holds these very words, so nothing that came from outside gets a mark it should not
have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from assistant.desk.again import notes_again, said_again
from assistant.desk.faq import Brief, Entry, Faq, Holding, Point, Said, Side
from assistant.desk.faq_list import LONGEST_WORDING, MOST_QUESTIONS, Asked
from assistant.desk.sentences import Sentences
from assistant.guard.kinds import PersonalKind
from assistant.models import Audience, Citation, Language, Outcome, Standing
from assistant.texts import say

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class KeptQuote:
    """A sentence and the document it is quoted from."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class KeptHolding:
    """What one holder says where the sources differ."""

    holder: str
    quote: KeptQuote


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """A point on which the sources differ."""

    about: str
    sides: tuple[KeptHolding, ...]


@dataclass(frozen=True, slots=True)
class KeptSide:
    """An entry in one language; ``said`` is there only where an editor changed the answer."""

    question: str
    asked_in: Language
    quotes: tuple[KeptQuote, ...] = ()
    said: tuple[str, ...] | None = None
    points: tuple[KeptPoint, ...] = ()
    notes: tuple[str, ...] = ()
    untwinned: int = 0
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """A question as it was asked, and its entry in each language."""

    wordings: dict[Language, str]
    first: Language
    lead: Language
    outcome: Outcome
    sides: dict[Language, KeptSide]
    removed: tuple[PersonalKind, ...] = ()
    corpus: str = ""


@dataclass(frozen=True, slots=True)
class KeptSource:
    """How a document stood, since when, and what it is called."""

    titles: dict[Language, str]
    status: Standing
    as_of: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole FAQ as it was on its day."""

    as_of: date
    languages: tuple[Language, ...]
    entries: tuple[KeptEntry, ...]
    sources: dict[str, KeptSource] = field(default_factory=dict)
    audience: Audience = Audience.PUBLIC
    kind: Literal["ask6103-faq"] = "ask6103-faq"
    version: Literal[1] = 1

    def as_json(self) -> str:
        """The record as one line of JSON."""
        return _adapter(Kept).dump_json(self).decode("utf-8")

    def as_values(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        return _values(Kept, self)


def read_record(text: str | bytes) -> Kept:
    """The FAQ in a record.

    Raises:
        ValueError: The text is no such record.
    """
    return _sound(_adapter(Kept).validate_json(text))


def read_kept(values: object) -> Kept:
    """The FAQ in plain JSON values.

    Raises:
        ValueError: They are no such record.
    """
    return _sound(_adapter(Kept).validate_python(values))


def entry_values(entry: Entry) -> dict[str, Any]:
    """An entry as plain JSON values."""
    return _values(KeptEntry, kept_entry(entry))


def read_entry(values: object) -> KeptEntry:
    """The entry in plain JSON values.

    Raises:
        ValueError: They are no entry.
    """
    entry: KeptEntry = _adapter(KeptEntry).validate_python(values)
    return entry


def asked_values(asked: Asked) -> dict[str, Any]:
    """A question as plain JSON values."""
    return _values(Asked, asked)


def read_asked(values: object) -> Asked:
    """The question in plain JSON values.

    Raises:
        ValueError: They are no question that could be asked.
    """
    asked: Asked = _adapter(Asked).validate_python(values)
    _check_wordings(asked.wordings, asked.lead)
    return asked


def kept(faq: Faq) -> Kept:
    """The FAQ as its export carries it."""
    citations = [each for entry in faq.entries for each in _citations(entry)]
    sources: dict[str, KeptSource] = {}
    for source in (citation.passage.source for citation in citations):
        titles = {**sources[source.id].titles} if source.id in sources else {}
        titles[source.language] = source.title
        sources[source.id] = KeptSource(titles, source.status, source.as_of)
    return Kept(
        as_of=faq.brief.as_of,
        languages=faq.brief.languages,
        entries=tuple(kept_entry(entry) for entry in faq.entries),
        sources=sources,
        audience=faq.brief.audience,
    )


def kept_entry(entry: Entry) -> KeptEntry:
    """An entry as plain data."""
    return KeptEntry(
        wordings=entry.asked.wordings,
        first=entry.asked.lead,
        lead=entry.lead,
        outcome=entry.outcome,
        sides={side.language: _kept_side(side) for side in entry.sides},
        removed=entry.asked.removed,
        corpus=entry.corpus,
    )


def restored(entry: KeptEntry, brief: Brief, sentences: Sentences) -> Entry:
    """The entry with every quotation found again; one not found is left out, and that is said."""
    return Entry(
        asked=Asked(entry.wordings, entry.first, entry.removed),
        lead=entry.lead,
        outcome=entry.outcome,
        sides=tuple(
            _restored_side(entry.sides[language], language, sentences)
            for language in brief.languages
            if language in entry.sides
        ),
        corpus=entry.corpus,
    )


def still_said(sentences: Sentences) -> Callable[[Language, KeptQuote], bool]:
    """Tells whether a document still says a sentence that was quoted from it."""
    return lambda language, quote: _restored_quote(quote, language, sentences) is not None


def _kept_side(side: Side) -> KeptSide:
    unchanged = side.said == side.quoted
    return KeptSide(
        question=side.question,
        asked_in=side.asked_in,
        quotes=tuple(_kept_quote(each) for each in side.quoted),
        said=None if unchanged else tuple(each.text for each in side.said),
        points=tuple(_kept_point(point) for point in side.points),
        notes=side.notes,
        untwinned=side.untwinned,
        reworded=side.reworded,
    )


def _kept_point(point: Point) -> KeptPoint:
    sides = tuple(KeptHolding(each.holder, _kept_quote(each.said)) for each in point.sides)
    return KeptPoint(point.about, sides)


def _kept_quote(said: Said) -> KeptQuote:
    return KeptQuote(said.citations[0].passage.source.id, said.text)


def _restored_side(side: KeptSide, language: Language, sentences: Sentences) -> Side:
    found = [_restored_quote(quote, language, sentences) for quote in side.quotes]
    quoted = tuple(each for each in found if each)
    by_text = {each.text: each for each in quoted}
    lost = {quote.text for quote in side.quotes} - set(by_text)
    gone = (say(language, "answers.notice_changed"),) if lost else ()
    said = quoted
    if side.said is not None:
        said = tuple(by_text.get(text) or Said(text) for text in side.said if text not in lost)
    return Side(
        language=language,
        question=side.question,
        asked_in=side.asked_in,
        quoted=quoted,
        said=said,
        points=tuple(_restored_points(side.points, language, sentences)),
        notes=tuple(dict.fromkeys((*notes_again(side.notes, language, language), *gone))),
        untwinned=side.untwinned,
        reworded=side.reworded,
    )


def _restored_quote(quote: KeptQuote, language: Language, sentences: Sentences) -> Said | None:
    found = sentences.find(language, quote.document, quote.text)
    return Said(quote.text, (found,)) if found else None


def _restored_points(
    points: Iterable[KeptPoint], language: Language, sentences: Sentences
) -> Iterator[Point]:
    """The points whose labels are ours and whose every side is still quoted."""
    other = next(each for each in Language if each is not language)
    for point in points:
        labels = (point.about, *(each.holder for each in point.sides))
        found = ((each, _restored_quote(each.quote, language, sentences)) for each in point.sides)
        sides = tuple(Holding(each.holder, said) for each, said in found if said)
        ours = all(said_again(label, language, other) for label in labels)
        if ours and len(sides) == len(point.sides):
            yield Point(point.about, sides)


def _citations(entry: Entry) -> Iterator[Citation]:
    for side in entry.sides:
        for said in (*side.quoted, *side.said):
            yield from said.citations
        for point in side.points:
            for holding in point.sides:
                yield from holding.said.citations


def _sound(record: Kept) -> Kept:
    if not record.languages or len(record.entries) > MOST_QUESTIONS:
        raise ValueError("the record has no language, or too many questions")
    for entry in record.entries:
        _check_wordings(entry.wordings, entry.lead)
    return record


def _check_wordings(wordings: Mapping[Language, str], lead: Language) -> None:
    if not all(0 < len(wording) <= LONGEST_WORDING for wording in wordings.values()):
        raise ValueError("a wording is empty or too long")
    if lead not in wordings:
        raise ValueError("the question has no wording in its own language")


def _values(kind: type, value: object) -> dict[str, Any]:
    values: dict[str, Any] = _adapter(kind).dump_python(value, mode="json")
    return values


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
