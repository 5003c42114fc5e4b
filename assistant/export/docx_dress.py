"""How a Word paper looks: its page, its styles, and the few marks that python-docx has no call for.

Every colour and size stands in a named style, so that whoever edits the file can change them all
at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Inches, Pt, RGBColor

from assistant.export import look
from assistant.export.wording import page_words
from assistant.models import Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT = "Calibri"
FRONT, LEAD, REMARK, TONGUE = "Front", "Lead", "Remark", "Column Language"
# The names by which Word knows the styles of its own notes.
NOTE, NOTE_SIGN = "footnote text", "footnote reference"
SOURCE, SOURCE_TITLE, SOURCE_QUOTE, MARK, ADDRESS = (
    "Source",
    "Source Title",
    "Source Quotation",
    "Source Mark",
    "Source Address",
)
_SIDES = ("top", "left", "bottom", "right")  # in the order that the schema wants
_WIDTH, _MARGIN, _HANGING = Inches(8.5), Inches(1), Inches(0.4)


def dress(document: Document, language: Language) -> dict[str, str]:
    """Sets page, language and styles of an empty document; gives the id of each style by its name.

    Asking python-docx for a style again and again would take most of the time of writing.
    """
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, Inches(11)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Inches(0.9)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    defaults.set(qn("w:val"), look.LOCALE[language])
    _built_in(document)
    _own(document)
    return {str(style.name): style.style_id for style in document.styles}


def _built_in(document: Document) -> None:
    # (size, colour, bold, space before, space after)
    looks = {
        "Normal": (11, look.INK, False, 0, 7),
        "Title": (22, look.INK, True, 0, 8),
        "Heading 1": (15, look.ACCENT, True, 20, 4),
        "Heading 2": (12.5, look.INK, True, 13, 3),
        "List Bullet": (11, look.INK, False, 0, 4),
        "List Number": (11, look.INK, False, 0, 4),
        "Footer": (9, look.QUIET, False, 0, 0),
    }
    for name, (size, colour, bold, before, after) in looks.items():
        style: Any = document.styles[name]
        _font(style, size, colour, bold)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    for name in ("List Bullet", "List Number"):
        contextual = document.styles[name].element.pPr.find(qn("w:contextualSpacing"))
        document.styles[name].element.pPr.remove(contextual)
    title: Any = document.styles["Title"]
    _border(title, "bottom", look.ACCENT, eighths=12, space=6)
    footer: Any = document.styles["Footer"]
    footer.paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(_WIDTH - 2 * _MARGIN, WD_TAB_ALIGNMENT.RIGHT)


def _own(document: Document) -> None:
    front = _style(document, FRONT, 10, look.QUIET, after=4)
    front.paragraph_format.line_spacing = 1.1
    _style(document, LEAD, 12.5, look.INK, after=8).paragraph_format.space_before = Pt(8)
    remark = _style(document, REMARK, 11, look.INK, after=7)
    remark.paragraph_format.left_indent = Inches(0.18)
    _border(remark, "left", look.ACCENT, eighths=24, space=8)
    # Lines in the ground's own colour are the only padding that Word knows.
    for side in ("top", "bottom"):
        _border(remark, side, look.ACCENT_SOFT, eighths=4, space=5)
    _shade(remark, look.ACCENT_SOFT)
    tongue = _style(document, TONGUE, 9.5, look.QUIET, after=3, bold=True)
    tongue.paragraph_format.keep_with_next = True
    title = _style(document, SOURCE_TITLE, 9.5, look.INK, after=2, bold=True)
    title.paragraph_format.space_before = Pt(9)
    title.paragraph_format.left_indent = _HANGING
    title.paragraph_format.first_line_indent = -_HANGING
    title.paragraph_format.tab_stops.add_tab_stop(_HANGING)
    title.paragraph_format.keep_with_next = True
    quote = _style(document, SOURCE_QUOTE, 9.5, look.INK, after=3)
    quote.paragraph_format.left_indent = _HANGING + Inches(0.12)
    quote.paragraph_format.keep_with_next = True
    _border(quote, "left", look.LINE, eighths=18, space=6)
    source = _style(document, SOURCE, 9.5, look.QUIET, after=2)
    source.paragraph_format.left_indent = _HANGING
    source.paragraph_format.keep_together = True
    note = _style(document, NOTE, 9, look.QUIET, after=1)
    for style in (title, quote, source, note):
        style.paragraph_format.line_spacing = 1.08
    for name, size in ((MARK, 9), (ADDRESS, 9.5)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _font(style, size, look.ACCENT, bold=name == MARK)
    sign = document.styles.add_style(NOTE_SIGN, WD_STYLE_TYPE.CHARACTER)
    sign.font.superscript = True


def _style(
    document: Document, name: str, size: float, colour: str, after: float, bold: bool = False
) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.paragraph_format.space_after = Pt(after)
    _font(style, size, colour, bold)
    return style


def _font(style: Any, size: float, colour: str, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(hexadecimal(colour))
    fonts = style.element.rPr.rFonts
    # A theme's font would win over the one that is named.
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
        fonts.attrib.pop(qn("w:cstheme"), None)
        fonts.set(qn(f"w:{kind}"), FONT)
    for place in style.element.rPr.findall(qn("w:color")):
        for name in ("themeColor", "themeShade", "themeTint"):
            place.attrib.pop(qn(f"w:{name}"), None)


def _border(style: ParagraphStyle, side: str, colour: str, eighths: int, space: int) -> None:
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("pBdr")
        after = ("shd", "tabs", "spacing", "ind", "contextualSpacing")
        _in_order(properties, borders, before=after)
    new = element(side, val="single", sz=eighths, space=space, color=hexadecimal(colour))
    sides = {each.tag: each for each in (*borders, new)}
    borders[:] = [sides[qn(f"w:{name}")] for name in _SIDES if qn(f"w:{name}") in sides]


def _shade(style: ParagraphStyle, colour: str) -> None:
    shade = element("shd", val="clear", color="auto", fill=hexadecimal(colour))
    _in_order(style.element.get_or_add_pPr(), shade, before=("tabs", "spacing", "ind"))


def _in_order(properties: Any, new: Any, before: tuple[str, ...]) -> None:
    """Inserts a property where the schema wants it, which Word insists on."""
    properties.insert_element_before(new, *(f"w:{name}" for name in before))


def element(tag: str, /, **attributes: object) -> Any:
    """A new element of Word's own namespace, its attributes in that namespace too."""
    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def hexadecimal(colour: str) -> str:
    """A colour as Word writes it: six capital digits."""
    return colour.removeprefix("#").upper()


def write_footer(document: Document, text: str, language: Language) -> None:
    """The text at the left of every page's foot, the page's number and their count at the right."""
    paragraph = document.sections[0].footer.paragraphs[0]
    before, between, after = page_words(language)
    speak(paragraph.add_run(f"{text}\t{before}"), language)
    _field(paragraph, "PAGE")
    speak(paragraph.add_run(between), language)
    _field(paragraph, "NUMPAGES")
    speak(paragraph.add_run(after), language)


def _field(paragraph: Any, instruction: str) -> None:
    field = element("fldSimple", instr=instruction)
    paragraph.add_run("1")
    field.append(paragraph.runs[-1]._r)
    paragraph._p.append(field)


def speak(run: Any, language: Language) -> None:
    """Marks a run with its language, which hyphenation, spelling and a screen reader go by."""
    properties = run._r.get_or_add_rPr()
    properties.append(element("lang", val=look.LOCALE[language]))


def link_inside(paragraph: Any, run: Any, bookmark: str) -> None:
    """Moves a paragraph's run into a link that leads to a bookmark of the same document."""
    link = element("hyperlink", anchor=bookmark, history=1)
    paragraph._p.append(link)
    link.append(run._r)


def link_out(paragraph: Any, run: Any, address: str) -> None:
    """Moves a paragraph's run into a link that leads to an address."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = element("hyperlink", history=1)
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    paragraph._p.append(link)
    link.append(run._r)


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Puts a bookmark around what a paragraph holds so far."""
    start = element("bookmarkStart", id=number, name=name)
    first = paragraph._p.find(qn("w:r"))
    first.addprevious(start)
    paragraph._p.append(element("bookmarkEnd", id=number))


def numbered_afresh(document: Document) -> int:
    """A numbering that begins at 1, so that each list of a document counts for itself."""
    numbering: Any = document.part.numbering_part.element
    style: Any = document.styles["List Number"]
    used = style.element.pPr.numPr.numId.val
    fresh = numbering.add_num(numbering.num_having_numId(used).abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def count_with(paragraph: Any, numbering: int) -> None:
    """Makes a list paragraph count with that numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def two_columns(table: Any) -> None:
    """Gives a table of two columns its quiet lines and a head that repeats on every page."""
    properties = table._tbl.tblPr
    borders = element("tblBorders")
    for side in ("top", "bottom", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color=hexadecimal(look.LINE)))
    _in_order(properties, borders, before=("shd", "tblLayout", "tblCellMar", "tblLook"))
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(element("tblHeader"))
