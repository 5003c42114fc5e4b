"""A paper as a PDF: tagged for screen readers, its fonts inside, its marks links to the sources."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from assistant.export import look
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
)
from assistant.export.wording import (
    Span,
    clean,
    entry,
    fronts,
    line_spans,
    listed_numbers,
    page_words,
    reference_line,
)
from assistant.models import Language
from assistant.texts import say
from assistant.texts.dates import say_date

_LAYOUT = Path(__file__).parent / "paper.typ"
_COLOURS = {
    "ink": look.INK,
    "quiet": look.QUIET,
    "accent": look.ACCENT,
    "accent-soft": look.ACCENT_SOFT,
    "line": look.LINE,
}
# The standard of accessible PDFs: title, language, tags, and no letter without its shape.
_ACCESSIBLE = "ua-1"


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF file, PDF/UA-1 wherever the fonts inside hold each of its characters."""
    import typst

    values = {"paper": json.dumps(_paper(paper), ensure_ascii=False)}
    made = datetime(*paper.as_of.timetuple()[:3], tzinfo=UTC)

    def compiled(standards: list[Any]) -> bytes:
        return typst.compile(
            _LAYOUT.read_bytes(),
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=values,
            timestamp=made,
            pdf_standards=standards,
        )

    try:
        return compiled([_ACCESSIBLE])
    except typst.TypstError as error:
        # A character of another script or a picture sign: it is shown as an empty box, and the
        # file no longer claims the standard.
        if "could not be displayed" not in str(error):
            raise
        return compiled([])


@cache
def _fonts() -> Any:
    """The fonts that come with the library: the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def _paper(paper: Paper) -> dict[str, Any]:
    numbers = listed_numbers(paper)
    day = say_date(paper.language, paper.as_of.isoformat())
    product = say(paper.language, "ui.product")
    return {
        "title": clean(paper.title),
        "product": product,
        "day": [paper.as_of.year, paper.as_of.month, paper.as_of.day],
        "language": _tongue(paper.language),
        "colours": _COLOURS,
        "page": page_words(paper.language),
        "foot": f"{product} · {day}",
        "fronts": [
            {
                "language": _tongue(front.language),
                "dates": front.dates,
                "disclaimer": front.disclaimer,
            }
            for front in fronts(paper)
        ],
        "lead": _pieces(paper.lead),
        "blocks": [_block(block, paper.language, numbers) for block in paper.blocks],
        "heading": say(paper.language, "paper.sources"),
        "sources": [_source(source) for source in paper.sources],
        "reference": reference_line(paper),
    }


def _tongue(language: Language) -> list[str]:
    """Language and region, as Typst takes them."""
    return look.LOCALE[language].lower().split("-")


def _block(block: Block, spoken: Language, numbers: frozenset[int]) -> dict[str, Any]:
    match block:
        case Columns():
            return _columns(block, numbers)
        case Prose(lines, language):
            found: dict[str, Any] = {"kind": "prose", "pieces": _pieces(lines)}
        case Remark(lines, language):
            found = {"kind": "remark", "pieces": _pieces(lines, numbers)}
        case Heading(text, level, language):
            found = {"kind": "heading", "level": level, "text": clean(text)}
        case Bullets(items, ordered, language):
            found = {"kind": "bullets", "ordered": ordered, "items": list(map(_pieces, items))}
    return found | {"language": _tongue(language or spoken)}


def _columns(block: Columns, numbers: frozenset[int]) -> dict[str, Any]:
    sides = ((block.left_language, block.left), (block.right_language, block.right))
    return {
        "kind": "columns",
        "language": _tongue(block.left_language),
        "sides": [
            {
                "language": _tongue(language),
                "name": say(language, f"paper.language_{language.value}"),
                "blocks": [_block(inner, language, numbers) for inner in side],
            }
            for language, side in sides
        ],
    }


def _pieces(lines: Iterable[Line], numbers: frozenset[int] = frozenset()) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in lines:
        if found:
            found.append(_piece(Span(" ")))
        for span in line_spans(line, numbers):
            apart = bool(found) and not found[-1]["text"].endswith(" ")
            found.append(_piece(span) | {"apart": apart})
    return found


def _piece(span: Span) -> dict[str, Any]:
    if span.mark is not None:
        return {"text": span.text, "mark": span.mark}
    return {"text": span.text, "strong": span.strong, "emphasis": span.emphasis}


def _source(source: Cited) -> dict[str, Any]:
    lines = entry(source)
    return {
        "number": lines.number,
        "language": _tongue(lines.language),
        "title": lines.title,
        "quotation": list(map(_piece, lines.quotation)),
        "about": [lines.cite_as, lines.under],
        "standing": lines.standing,
        "colour": look.STANDING_COLOUR[source.status],
        "facts": lines.facts,
        "shown": lines.shown_address,
        "address": lines.address,
    }
