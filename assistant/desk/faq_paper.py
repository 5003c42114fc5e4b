"""A FAQ as a printable document, in one column or side by side in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from assistant.desk.faq import Entry, Faq, Point, Said, Side
from assistant.desk.faq_changes import Change, by_question
from assistant.desk.faq_flags import Flag, flags_of
from assistant.desk.faq_record import kept
from assistant.export.paper import (
    Block,
    Bullets,
    Cited,
    Columns,
    Heading,
    Line,
    Paper,
    Prose,
    Remark,
    cited,
)
from assistant.models import Citation, Language
from assistant.texts import say
from assistant.texts.dates import say_date

# A piece of the list, in each of its languages.
_Part = dict[Language, list[Block]]

_BETWEEN = " […] "  # stands for what a quotation leaves out between two sentences


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the list of an earlier day, in each language of the new one."""

    day: date
    changes: Mapping[Language, Sequence[Change]]


def paper_of(faq: Faq, since: Since | None = None) -> Paper:
    """The FAQ as a paper that carries its own record; sentences of one passage share a mark."""
    sources = _Sources()
    parts = (*_leads(faq), *_answers(faq, sources), *_changed(faq, since))
    return Paper(
        title=" / ".join(say(language, "faq.paper_title") for language in faq.languages),
        language=faq.languages[0],
        as_of=faq.brief.as_of,
        blocks=tuple(block for part in parts for block in _beside(part, faq.languages)),
        sources=sources.listed(),
        footnotes=True,
        record=kept(faq).as_json(),
    )


@dataclass(slots=True)
class _Sources:
    """The passages that are quoted, numbered as they come, with the sentences taken from each."""

    numbers: dict[str, int] = field(default_factory=dict)
    quotes: list[dict[int, Citation]] = field(default_factory=list)

    def number(self, citation: Citation) -> int:
        """The number of a quotation's passage in the source list."""
        number = self.numbers.setdefault(citation.passage.id, len(self.numbers) + 1)
        if number > len(self.quotes):
            self.quotes.append({})
        self.quotes[number - 1][citation.start] = citation
        return number

    def line(self, said: Said) -> Line:
        """A sentence with its marks."""
        return Line(said.text, tuple(self.number(each) for each in said.citations))

    def listed(self) -> tuple[Cited, ...]:
        """The source list; what is quoted of a passage stands there in its own order."""
        return tuple(
            _source([quotes[start] for start in sorted(quotes)], number)
            for number, quotes in enumerate(self.quotes, 1)
        )


def _source(quotes: Sequence[Citation], number: int) -> Cited:
    words = quotes[0].quote
    for before, after in zip(quotes, quotes[1:], strict=False):
        passage = before.passage
        between = passage.text[before.end - passage.start : after.start - passage.start]
        words += (_BETWEEN if between.strip() else " ") + after.quote
    return replace(cited(quotes[0], number), quote=words)


def _leads(faq: Faq) -> Iterator[_Part]:
    """What a reader of the whole list must know first."""
    edited = any(side.edited for entry in faq.entries for side in entry.sides)
    keys = [
        *(["faq.lead_edited"] if edited else []),
        *(["faq.lead_earlier"] if faq.brief.earlier_day else []),
    ]
    if keys:
        yield {
            language: [Remark(tuple(Line(say(language, key)) for key in keys), language)]
            for language in faq.languages
        }


def _answers(faq: Faq, sources: _Sources) -> Iterator[_Part]:
    if faq.orders:
        yield {
            language: [
                Heading(say(language, "faq.orders_heading"), 2, language),
                Prose(tuple(sources.line(said) for said in faq.orders[language]), language),
            ]
            for language in faq.languages
        }
    for number, entry in enumerate(faq.entries, 1):
        yield {
            side.language: list(_entry(number, entry, side, faq, sources)) for side in entry.sides
        }


def _changed(faq: Faq, since: Since | None) -> Iterator[_Part]:
    if since:
        yield {language: _changes(since, language) for language in faq.languages}


def _changes(since: Since, language: Language) -> list[Block]:
    day = say_date(language, since.day.isoformat())
    blocks: list[Block] = [Heading(say(language, "faq.changes_heading", day=day), 2, language)]
    if not since.changes[language]:
        blocks.append(Prose((Line(say(language, "faq.changes_none")),), language))
    for question, group in by_question(since.changes[language]):
        about = question or say(language, "faq.changes_sources")
        blocks.append(Heading(about, 3, language))
        items = tuple((Line(each.text),) for each in group)
        blocks.append(Bullets(items, language=language))
    return blocks


def _beside(part: _Part, languages: Sequence[Language]) -> list[Block]:
    if len(languages) == 1:
        return part[languages[0]]
    left, right = languages
    return [Columns(tuple(part[left]), tuple(part[right]), left, right)]


def _entry(number: int, entry: Entry, side: Side, faq: Faq, sources: _Sources) -> Iterator[Block]:
    language = side.language
    yield Heading(f"{number}. {side.question}", 2, side.asked_in)
    for _, group in groupby(side.said, key=_passage):
        yield Prose(tuple(sources.line(said) for said in group), language)
    yield from _points(side.points, language, sources)
    if flags := flags_of(entry, side, faq.brief):
        yield Remark(tuple(_flagged(flag, sources) for flag in flags), language)


def _passage(said: Said) -> str | None:
    return said.citations[0].passage.id if said.citations else None


def _points(points: Iterable[Point], language: Language, sources: _Sources) -> Iterator[Block]:
    for point in points:
        yield Heading(say(language, "faq.differ_heading", about=point.about), 3, language)
        yield Bullets(
            tuple((Line(f"{each.holder}:"), sources.line(each.said)) for each in point.sides),
            language=language,
        )


def _flagged(flag: Flag, sources: _Sources) -> Line:
    return Line(flag.text, tuple(sources.number(citation) for citation in flag.citations))
