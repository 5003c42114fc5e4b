"""A paper's blocks as Word's paragraphs, lists and tables; imported once a Word file is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.shared import Pt, RGBColor

from assistant.export import docx_dress as dress
from assistant.export import look
from assistant.export.docx_notes import FootNotes
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
    reference_line,
)
from assistant.models import Language
from assistant.texts import say
from assistant.texts.dates import say_date

_UNBREAKING = "\u00a0"
_CELL_TOP, _FRONT_BELOW = Pt(3), Pt(10)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a paper into a dressed document, block by block."""

    document: Document
    paper: Paper
    styles: dict[str, str]
    notes: FootNotes

    def write(self) -> None:
        """Everything, from the title to the foot of the page."""
        paper, document = self.paper, self.document
        self._paragraph(document, "Title", clean(paper.title), paper.language)
        for front in fronts(paper, pages=True):
            self._paragraph(document, dress.FRONT, front.dates, front.language)
            said = self._paragraph(document, dress.FRONT, front.disclaimer, front.language)
            said.runs[0].bold = True
            said.paragraph_format.space_after = _FRONT_BELOW
        if paper.lead:
            self._sentences(document, dress.LEAD, paper.lead, paper.language)
        self._blocks(document, paper.blocks, paper.language)
        if paper.sources:
            heading = say(paper.language, "paper.sources")
            self._paragraph(document, "Heading 1", heading, paper.language)
        for source in paper.sources:
            self._source(source)
        if reference := reference_line(paper):
            self._paragraph(document, dress.FRONT, reference, paper.language)
        day = say_date(paper.language, paper.as_of.isoformat())
        foot = f"{say(paper.language, 'ui.product')} · {day}"
        dress.write_footer(document, foot, paper.language)

    def _blocks(self, place: Any, blocks: Iterable[Block], spoken: Language) -> None:
        for block in blocks:
            self._block(place, block, spoken)

    def _block(self, place: Any, block: Block, spoken: Language) -> None:
        match block:
            case Columns():
                self._columns(place, block)
            case Heading(text, level, language):
                style = "Heading 1" if level == 2 else "Heading 2"
                self._paragraph(place, style, clean(text), language or spoken)
            case Prose(lines, language):
                self._sentences(place, "Normal", lines, language or spoken)
            case Remark(lines, language):
                numbers = listed_numbers(self.paper)
                self._sentences(place, dress.REMARK, lines, language or spoken, numbers)
            case Bullets(items, ordered, language):
                numbering = dress.numbered_afresh(self.document) if ordered else None
                for item in items:
                    style = "List Number" if ordered else "List Bullet"
                    written = self._sentences(place, style, item, language or spoken)
                    if numbering is not None:
                        dress.count_with(written, numbering)

    def _columns(self, place: Any, block: Columns) -> None:
        table = self.document.add_table(2, 2)
        if place is not self.document:
            place._element.append(table._tbl)
        dress.two_columns(table)
        sides = ((block.left_language, block.left), (block.right_language, block.right))
        for column, (language, side) in enumerate(sides):
            head, cell = table.cell(0, column), table.cell(1, column)
            name = say(language, f"paper.language_{language.value}")
            self._paragraph(head, dress.TONGUE, name, language)
            self._blocks(cell, side, language)
            for filled in (head, cell):
                _drop_first(filled)
        # Two tables that touch would be read as one.
        self._empty(place, dress.FRONT)

    def _paragraph(self, place: Any, style: str, text: str, language: Language) -> Any:
        return self._spans(self._empty(place, style), (Span(text),), language)

    def _empty(self, place: Any, style: str) -> Any:
        paragraph = place.add_paragraph()
        paragraph._p.style = self.styles[style]
        return paragraph

    def _sentences(
        self,
        place: Any,
        style: str,
        lines: Iterable[Line],
        language: Language,
        numbers: frozenset[int] = frozenset(),
    ) -> Any:
        return self._spans(
            self._empty(place, style), noted_spans(lines, self.paper, language, numbers), language
        )

    def _spans(self, paragraph: Any, found: Iterable[Span], language: Language) -> Any:
        for span in found:
            if span.note:
                sign, note = self.notes.begin(self.styles[dress.NOTE_SIGN])
                paragraph._p.append(sign)
                self._spans(note, span.note, language)
                continue
            spaced = paragraph.text[-1:].isspace() or not paragraph.text
            run = paragraph.add_run(span.text)
            if span.strong:
                run.bold = True
            if span.emphasis:
                run.italic = True
            if span.mark is not None:
                run._r.style = self.styles[dress.MARK]
                run.text = span.text if spaced else _UNBREAKING + span.text
                dress.link_inside(paragraph, run, _bookmark(span.mark))
            dress.speak(run, language)
        return paragraph

    def _source(self, source: Cited) -> None:
        lines = entry(source)
        language, document = lines.language, self.document
        text = f"[{lines.number}]\t{lines.title}"
        title = self._paragraph(document, dress.SOURCE_TITLE, text, language)
        dress.bookmark(title, _bookmark(lines.number), lines.number)
        quote = self._empty(document, dress.SOURCE_QUOTE)
        self._spans(quote, lines.quotation, language)
        place = self._paragraph(
            document, dress.SOURCE, f"{lines.cite_as}\n{lines.under}\n", language
        )
        self._spans(place, (Span(lines.standing, strong=True),), language)
        colour = look.STANDING_COLOUR[source.status]
        place.runs[-1].font.color.rgb = RGBColor.from_string(dress.hexadecimal(colour))
        self._spans(place, (Span(f" · {lines.facts}\n"),), language)
        run = place.add_run(lines.shown_address)
        dress.speak(run, language)
        if lines.address:
            run._r.style = self.styles[dress.ADDRESS]
            dress.link_out(place, run, lines.address)


def _bookmark(number: int) -> str:
    return f"source_{number}"


def _drop_first(cell: Any) -> None:
    """A new cell holds an empty paragraph; it goes once there is another one at the end."""
    if len(cell._tc) > 2 and cell._tc[-1].tag.endswith("}p"):
        cell._tc.remove(cell.paragraphs[0]._p)
    cell.paragraphs[0].paragraph_format.space_before = _CELL_TOP
