"""Papers for the tests of the writers: real passages, both languages, and texts that mean harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import ui_fakes

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
    lines_of,
)
from assistant.models import Basis, Language, Standing

DAY = date(2026, 11, 22)
OTHER = {Language.EN: Language.ES, Language.ES: Language.EN}
TITLE = {
    Language.EN: "Did the IRS give addresses to ICE?",
    Language.ES: "¿Dio el IRS direcciones a ICE?",
}
# What a document or a person might write to make a file do more than be read.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><h1>No</h1>",
    "[here](javascript:alert(1)) and ![x](http://192.0.2.1/x.png)",
    "[ref]: http://192.0.2.1",
    "# No heading",
    "1. No list",
    "- No list",
    "| a | b |",
    "---",
    "`code` ~~struck~~ &lt; $x^2$ _low_ \\",
    "Stop!",
    "=cmd|' /C calc'!A0",
    '#set page(width: 1pt) #import "x.typ" <label> @ref $x$ // c',
    "{0.__class__} {page} {{7*7}} %s",
    "]]> <!-- x --> <?xml version='1.0'?>",
)
UNPRINTABLE = "a\x00b\x07c\x1b[0md\u202ee\u2066f\ufeffg\ud800h\ufffei"


def sources(language: Language, first: int = 1) -> tuple[Cited, ...]:
    """Six sources with the numbers from ``first`` on."""
    citations = ui_fakes.answer(language).citations
    return tuple(cited(each, first + place) for place, each in enumerate(citations))


def _quoted(source: Cited) -> Line:
    return Line(source.quote, (source.number,))


def blocks_of(own: tuple[Cited, ...]) -> tuple[Block, ...]:
    """Every kind of block but columns, quoting all the sources."""
    lines = [_quoted(source) for source in own]
    several = Line("Both say so.", (own[0].number, own[5].number))
    listed = ((lines[3],), (lines[4], several))
    return (
        Heading("Part"),
        Prose((*lines[:3], several)),
        Heading("Within it", level=3),
        Bullets(listed),
        Remark((Line(f"What is not said: see [{own[1].number}], and not [77]."),)),
        Bullets(listed, ordered=True),
        Bullets(((lines[5],),), ordered=True),
    )


def paper(language: Language = Language.EN) -> Paper:
    """A paper in one language with every kind of block but columns."""
    own = sources(language)
    return Paper(
        title=TITLE[language],
        language=language,
        as_of=DAY,
        lead=(_quoted(own[0]),),
        blocks=blocks_of(own),
        sources=own,
        reference="r-0123456789",
    )


def side_by_side(language: Language = Language.EN) -> Paper:
    """A paper that says the same in both languages, English at the left."""
    english, spanish = sources(Language.EN), sources(Language.ES, first=7)
    columns = Columns(blocks_of(english), blocks_of(spanish))
    return Paper(TITLE[language], language, DAY, (), (columns, columns), (*english, *spanish))


def marks_of(paper: Paper) -> list[int]:
    """The number of every mark that a paper must show, each remark's words about a source too."""
    remarks = {id(line) for block in _flat(paper.blocks) for line in _remarked(block)}
    numbers: list[int] = []
    for line in lines_of(paper):
        if id(line) in remarks:
            known = {str(source.number) for source in paper.sources}
            numbers += [int(each) for each in re.findall(r"\[(\d+)\]", line.text) if each in known]
        numbers += line.citations
    return numbers


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            yield from _flat((*block.left, *block.right))


def _remarked(block: Block) -> tuple[Line, ...]:
    return block.lines if isinstance(block, Remark) else ()


def hostile() -> Paper:
    """A paper whose every text means harm, an address among them."""
    template = sources(Language.EN)[0]
    texts = (*HOSTILE, UNPRINTABLE)
    bad = tuple(
        replace(
            template,
            number=number,
            title=text,
            citation=text,
            pinpoint=text,
            quote=text,
            url="javascript:alert(1)" if number % 2 else f"https://example.org/{text}",
            status=Standing.BLOCKED,
            basis=Basis.SECONDARY,
        )
        for number, text in enumerate(texts, start=1)
    )
    lines = tuple(_quoted(source) for source in bad)
    every = (
        *(Heading(line.text) for line in lines),
        *(Prose((line,)) for line in lines),
        *(Remark((replace(line),)) for line in lines),
        Bullets(tuple((line,) for line in lines)),
    )
    return Paper(
        title=" ".join(texts),
        language=Language.EN,
        as_of=DAY,
        lead=lines,
        blocks=(*every, Columns(every[:9], every[9:])),
        sources=bad,
        reference=texts[1],
    )
