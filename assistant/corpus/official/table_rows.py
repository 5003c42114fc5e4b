"""Tables as lines that can be quoted: each cell beside the head of its column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.corpus.official.text import folded
from assistant.corpus.official.xml import all_text, local

if TYPE_CHECKING:
    # Only the name of a type: what parses is defusedxml.
    from xml.etree.ElementTree import Element  # nosec B405

_ROWS = frozenset({"tr", "row", "header"})
_HEADS = frozenset({"th", "ched"})
_CELLS = frozenset({"td", "th", "ent", "ched", "column"})


def table_rows(table: Element) -> Iterator[str]:
    """A line for each row; where heads and cells agree in number, each cell follows its head."""
    heads: list[str] = _boxed_heads(table)
    for row in table.iter():
        if local(row).lower() not in _ROWS:
            continue
        cells = [each for each in row if local(each).lower() in _CELLS]
        texts = [folded(all_text(cell)) for cell in cells]
        if _is_head(row, cells):
            heads = texts
        elif any(texts):
            yield _line(heads, texts)


def _boxed_heads(table: Element) -> list[str]:
    """The heads of a GPO table, which stand in no row."""
    return [folded(all_text(each)) for each in table.iter() if local(each).lower() == "ched"]


def _is_head(row: Element, cells: list[Element]) -> bool:
    if local(row).lower() == "header":
        return True
    return bool(cells) and all(local(cell).lower() in _HEADS for cell in cells)


def _line(heads: list[str], texts: list[str]) -> str:
    if len(heads) != len(texts):
        return " | ".join(filter(None, texts))
    named = (
        f"{head.rstrip(': ')}: {text}" if head else text
        for head, text in zip(heads, texts, strict=True)
        if text
    )
    return " | ".join(named)
