"""The levels of a section of the U.S. Code from USLM elements, without notes and footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.corpus.official.levels import LEFT_OUT, Level, Words
from assistant.corpus.official.table_rows import table_rows
from assistant.corpus.official.text import folded
from assistant.corpus.official.xml import all_text, local

if TYPE_CHECKING:
    # Only the name of a type: what parses is defusedxml.
    from xml.etree.ElementTree import Element  # nosec B405

SMALL_LEVELS = frozenset(
    [
        "subsection",
        "paragraph",
        "subparagraph",
        "clause",
        "subclause",
        "item",
        "subitem",
        "subsubitem",
        "level",
    ]
)
# Editors' matter, which is not the law, and marks that stand inside its sentences.
_EDITORS = frozenset(
    [
        "notes",
        "note",
        "sourceCredit",
        "toc",
        "footnote",
        "editorialContent",
        "meta",
        "listOfSections",
        "page",
    ]
)
_HEADING = frozenset({"num", "heading", "subheading"})
_BLOCKS = frozenset(
    ["p", "list", "listItem", "listContent", "blockQuote", "quotedContent", "br", "layout", "row"]
)
_TABLES = frozenset({"table", "layout"})


def section_level(section: Element, label: str) -> Level:
    """The section with all its levels; ``label`` is its own place, "§ 6103"."""
    return Level("", label, heading_of(section), tuple(_parts(section, label)))


def heading_of(element: Element) -> str:
    """The heading of an element, without footnotes; empty when it has none."""
    found = [child for child in element if local(child) == "heading"]
    return folded(" ".join(text for each in found for text in _blocks(each)))


def numbers_of(element: Element) -> tuple[str, ...]:
    """What an element is numbered by, letter case kept; one may stand for several."""
    identifiers = (element.get("identifier") or "").split()
    if identifiers:
        return tuple(each.rpartition("/")[2] for each in identifiers)
    for child in element:
        if local(child) == "num":
            return (folded(child.get("value") or all_text(child).strip("().[] ")),)
    return ()


def _parts(element: Element, label: str) -> Iterator[Words | Level]:
    """Levels and the text around them, in order; text without an item between it is one."""
    blocks: list[str] = []
    rows: list[str] = []
    for child in element:
        name = local(child)
        if name in SMALL_LEVELS:
            if blocks or rows:
                yield Words(tuple(blocks), tuple(rows))
                blocks, rows = [], []
            yield _level(child, label)
        elif name not in _EDITORS and name not in _HEADING:
            blocks += _blocks(child)
            rows += _rows(child)
    if blocks or rows:
        yield Words(tuple(blocks), tuple(rows))


def _level(element: Element, above: str) -> Level:
    numbers = numbers_of(element)
    place = ", ".join(f"({number})" for number in numbers)
    label = above + place
    return Level(place, label, heading_of(element), tuple(_parts(element, label)))


def _blocks(element: Element) -> Iterator[str]:
    """The running text of an element, a text a block; tables and notes are left out."""
    held = ""
    for text in _pieces(element):
        if text is not None:
            held += text
        elif line := folded(held):
            yield line
            held = ""
        else:
            held = ""
    if line := folded(held):
        yield line


def _pieces(element: Element) -> Iterator[str | None]:
    """Texts in order, and None where a block begins or ends."""
    yield element.text or ""
    for child in element:
        yield from _piece(child)
        yield child.tail or ""


def _piece(child: Element) -> Iterator[str | None]:
    name = local(child)
    if name in _EDITORS or child.get("class") == "footnoteRef":
        return
    if name == "quotedContent" and _holds_levels(child):
        # What another act is to say: its sections are none of this one.
        yield f" {LEFT_OUT} "
    elif _is_table(child):
        yield None
    elif name in _BLOCKS:
        yield None
        yield from _pieces(child)
        yield None
    else:
        yield from _pieces(child)


def _holds_levels(element: Element) -> bool:
    return any(local(each) in SMALL_LEVELS or local(each) == "section" for each in element.iter())


def _is_table(element: Element) -> bool:
    return local(element) in _TABLES


def _rows(element: Element) -> Iterator[str]:
    if _is_table(element):
        yield from table_rows(element)
        return
    if local(element) in _EDITORS:
        return
    for child in element:
        yield from _rows(child)
