"""A brief as a paper to print or to work on: numbered questions, footnoted quotations, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from assistant.desk.hearing import Brief, DraftQuestion, Ground
from assistant.desk.hearing_edit import outside_figures
from assistant.export.paper import Block, Bullets, Cited, Heading, Line, Paper, Remark, cited
from assistant.models import Citation, Language
from assistant.texts import say

# What a question stands on, as a list under it; why it may not be asked in public is set off.
_LISTED = (Ground.BASIS, Ground.UNSAID, Ground.BEFORE, Ground.LAW)


@dataclass(slots=True)
class _Sources:
    """The source list as it grows: a quotation that comes again keeps its number."""

    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    entries: list[Cited] = field(default_factory=list)

    def line(self, quote: Citation) -> Line:
        """The quotation as a sentence with its mark."""
        key = (quote.passage.id, quote.start)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            self.entries.append(cited(quote, self.numbers[key]))
        return Line(quote.quote, (self.numbers[key],))

    def lines(self, quotes: Iterable[Citation]) -> tuple[Line, ...]:
        """Quotations in their order."""
        return tuple(map(self.line, quotes))


def paper(brief: Brief) -> Paper:
    """The brief with its questions numbered in their order, each under its subject.

    A wording that an editor changed says so; its quotations are as the documents have them.
    """
    sources = _Sources()
    language = brief.language
    blocks = [*_session_rules(brief, sources)]
    numbered = enumerate(brief.questions, 1)
    for subject, group in groupby(numbered, key=lambda pair: pair[1].subject):
        blocks.append(Heading(say(language, f"hearing.subject_{subject}")))
        for number, question in group:
            blocks.extend(_question(question, number, language, sources))
    blocks.extend(_more(brief, sources))
    if not brief.whole:
        blocks.append(Remark((Line(say(language, "hearing.not_whole")),)))
    return Paper(
        title=say(
            language, "hearing.paper_title", body=say(language, f"hearing.body_{brief.body}")
        ),
        language=language,
        as_of=brief.as_of,
        lead=(Line(say(language, "hearing.paper_lead")),),
        blocks=tuple(blocks),
        sources=tuple(sources.entries),
        footnotes=True,
    )


def _session_rules(brief: Brief, sources: _Sources) -> Iterator[Block]:
    if brief.sessions:
        heading = Line(f"**{say(brief.language, 'hearing.sessions')}**")
        yield Remark((heading, *sources.lines(brief.sessions)))


def _question(
    question: DraftQuestion, number: int, language: Language, sources: _Sources
) -> Iterator[Block]:
    yield Heading(f"{number}. {question.wording}", 3)
    if question.edited:
        yield Remark(tuple(_about_edit(question, language)))
    items = [
        (_label(language, ground), *sources.lines(question.grounds[ground]))
        for ground in _LISTED
        if question.grounds.get(ground)
    ]
    items.append((_label(language, "then"), Line(question.follow_up)))
    yield Bullets(tuple(items))
    if closed := question.quotes(Ground.CLOSED):
        yield Remark((_label(language, Ground.CLOSED), *sources.lines(closed)))


def _about_edit(question: DraftQuestion, language: Language) -> Iterator[Line]:
    yield Line(say(language, "hearing.edited"))
    if outside_figures(question, language):
        yield Line(say(language, "hearing.outside_figures"))


def _label(language: Language, name: str) -> Line:
    return Line(f"**{say(language, f'hearing.{name}')}**")


def _more(brief: Brief, sources: _Sources) -> Iterator[Block]:
    if not brief.more:
        return
    yield Heading(say(brief.language, "hearing.more"))
    for points in brief.more:
        yield Heading(say(brief.language, f"hearing.subject_{points.subject}"), 3)
        yield Bullets(tuple((line,) for line in sources.lines(points.quotes)))
