"""A printable document: what every writer of this room writes, and nothing of how it looks.

A paper holds blocks of prose whose marks are numbers of its own source list. The writers print
its title, how far the sources reach, the disclaimer and the list by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.models import Basis, Citation, Language, Standing


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and the numbers of the sources it stands on; a heading's wording has none."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Sentences that are read as one paragraph; ``language`` of None is the paper's own."""

    lines: tuple[Line, ...]
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose items are sentences each; ``ordered`` numbers them."""

    items: tuple[tuple[Line, ...], ...]
    ordered: bool = False
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: ``level`` 2 for a part, 3 for what stands within it."""

    text: str
    level: int = 2
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Sentences set off from the rest: what is not known, a limit, a warning about use."""

    lines: tuple[Line, ...]
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The same matter twice, side by side; in Markdown one after the other, each labelled."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    left_language: Language = Language.EN
    right_language: Language = Language.ES


Block = Prose | Bullets | Heading | Remark | Columns


@dataclass(frozen=True, slots=True)
class Cited:
    """An entry of the source list: a quotation, its place, and how it stands, since when.

    ``as_of`` and ``published`` are dates as written in the document: a year, a month or a day.
    """

    number: int
    language: Language
    title: str
    citation: str
    pinpoint: str
    quote: str
    url: str
    status: Standing
    basis: Basis
    as_of: str
    published: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document in one language, its parts in others marked as such; every mark resolves.

    ``as_of`` is the day for which it was made. ``lead`` stands under the title, before the parts.
    ``footnotes`` puts each source in short at the foot of the page that cites it, where the kind of
    file has pages: for whoever takes single paragraphs out of it.
    ``reference`` is the id of the receipt by which it can be checked again, where it has one.
    ``record`` is JSON that Markdown, HTML and Word files carry along unseen (see `embedded`).
    A mark without its source, or two sources of one number, raise ``ValueError``.
    """

    title: str
    language: Language
    as_of: date
    lead: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    sources: tuple[Cited, ...] = ()
    footnotes: bool = False
    reference: str | None = None
    record: str | None = None

    def __post_init__(self) -> None:
        numbers = [source.number for source in self.sources]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            raise ValueError(f"two sources of this paper have the number {twice[0]}")
        marks = {mark for line in lines_of(self) for mark in line.citations}
        if lost := sorted(marks - set(numbers)):
            raise ValueError(f"the mark [{lost[0]}] of this paper has no source")


def lines_of(paper: Paper) -> Iterator[Line]:
    """Every line of a paper in reading order: the lead, then the blocks, left before right."""
    yield from paper.lead
    for block in paper.blocks:
        yield from _lines(block)


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Prose(lines) | Remark(lines):
            yield from lines
        case Bullets(items):
            for item in items:
                yield from item
        case Columns(left, right):
            for inner in (*left, *right):
                yield from _lines(inner)


def cited(citation: Citation, number: int) -> Cited:
    """The entry for a citation, under the number that the paper's lines use for it."""
    source = citation.passage.source
    return Cited(
        number=number,
        language=source.language,
        title=source.title,
        citation=source.citation,
        pinpoint=citation.passage.pinpoint,
        quote=citation.quote,
        url=source.url,
        status=source.status,
        basis=source.basis,
        as_of=source.as_of,
        published=source.published,
    )
