"""A paper as a PDF: tagged for screen readers, its fonts inside, its marks links to the sources."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
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
    listed_numbers,
    noted_spans,
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
    writer = _Writer(paper, listed_numbers(paper))
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
            for front in fronts(paper, pages=True)
        ],
        "lead": writer.pieces(paper.lead, paper.language),
        "blocks": [writer.block(block, paper.language) for block in paper.blocks],
        "heading": say(paper.language, "paper.sources"),
        "sources": [_source(source) for source in paper.sources],
        "reference": reference_line(paper),
    }


def _tongue(language: Language) -> list[str]:
    """Language and region, as Typst takes them."""
    return look.LOCALE[language].lower().split("-")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns the blocks of one paper into values."""

    paper: Paper
    listed: frozenset[int]

    def block(self, block: Block, spoken: Language) -> dict[str, Any]:
        """A block in its own language, or else in that of where it stands."""
        if isinstance(block, Columns):
            return self._columns(block)
        language = block.language or spoken
        match block:
            case Prose(lines):
                found: dict[str, Any] = {"kind": "prose", "pieces": self.pieces(lines, language)}
            case Remark(lines):
                pieces = self.pieces(lines, language, self.listed)
                found = {"kind": "remark", "pieces": pieces}
            case Heading(text, level):
                found = {"kind": "heading", "level": level, "text": clean(text)}
            case Bullets(items, ordered):
                listed = [self.pieces(item, language) for item in items]
                found = {"kind": "bullets", "ordered": ordered, "items": listed}
        return found | {"language": _tongue(language)}

    def _columns(self, block: Columns) -> dict[str, Any]:
        sides = ((block.left_language, block.left), (block.right_language, block.right))
        return {
            "kind": "columns",
            "language": _tongue(block.left_language),
            "sides": [
                {
                    "language": _tongue(language),
                    "name": say(language, f"paper.language_{language.value}"),
                    "blocks": [self.block(inner, language) for inner in side],
                }
                for language, side in sides
            ],
        }

    def pieces(
        self, lines: Iterable[Line], spoken: Language, numbers: frozenset[int] = frozenset()
    ) -> list[dict[str, Any]]:
        """Lines as one paragraph."""
        return _pieces(noted_spans(lines, self.paper, spoken, numbers))


def _pieces(spans: Iterable[Span]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for span in spans:
        apart = bool(found) and not found[-1]["text"].endswith(" ")
        found.append(_piece(span) | {"apart": apart})
    return found


def _piece(span: Span) -> dict[str, Any]:
    if span.note:
        return {"text": "", "note": _pieces(span.note)}
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
