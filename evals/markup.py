"""Small pieces of HTML, always escaped, always labelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

text = escape

_STYLE = Path(__file__).with_name("page.css")


def tag(name: str, inner: str = "", **attributes: str | float) -> str:
    """An element around HTML; attribute values are escaped, ``_`` in their names becomes ``-``."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{shown}>{inner}</{name}>"


def paragraph(words: str) -> str:
    """A paragraph of plain text."""
    return tag("p", text(words))


def items(lines: Iterable[str]) -> str:
    """A list of plain text; nothing when there is no line."""
    inner = "".join(tag("li", text(line)) for line in lines)
    return tag("ul", inner) if inner else ""


def section(name: str, title: str, *parts: str) -> str:
    """A part of the page under its heading, which the contents can name."""
    return tag("section", tag("h2", text(title)) + "".join(parts), id=name)


def table(caption: str, heads: Sequence[str], bodies: Iterable[str], words: int = 0) -> str:
    """A table with its caption and column heads, in a frame that scrolls and takes the focus.

    The columns after the first are figures, but for as many as hold words.
    """
    row = "".join(
        tag("th", text(head), scope="col", **({"class": "words"} if place <= words else {}))
        for place, head in enumerate(heads)
    )
    inner = tag("caption", text(caption)) + tag("thead", tag("tr", row)) + "".join(bodies)
    return tag(
        "div", tag("table", inner), class_="wide", role="region", tabindex=0, aria_label=caption
    )


def body(rows: Iterable[str], title: str = "", columns: int = 0) -> str:
    """Rows that belong together, under a head of their own where one is given."""
    head = tag("th", text(title), scope="rowgroup", colspan=columns) if title else ""
    return tag("tbody", (tag("tr", head) if head else "") + "".join(rows))


def row(head: str, cells: Iterable[str]) -> str:
    """A row of HTML cells under the head of plain text that names it."""
    return tag("tr", tag("th", text(head), scope="row") + "".join(tag("td", c) for c in cells))


def whole(title: str, inner: str) -> str:
    """A page around its body, with the one style of all reports inside it."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        + tag("title", text(title))
        + tag("style", _STYLE.read_text(encoding="utf-8"))
    )
    page = tag("html", tag("head", head) + tag("body", inner), lang="en")
    return f"<!doctype html>\n{page}\n"
