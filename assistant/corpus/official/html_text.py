"""The text of an opinion that comes as HTML: paragraphs, pages of the reporter, nothing hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from assistant.corpus.official.text import folded, paragraph

_NEVER = frozenset(["script", "style", "head", "template", "noscript", "iframe", "object", "svg"])
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "blockquote",
        "li",
        "ul",
        "ol",
        "br",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "center",
        "section",
        "article",
        "opinion",
        "author",
        "headmatter",
        "footnote",
        "aside",
        "hr",
    ]
)
_EMPTY = frozenset(["br", "hr", "img", "input", "meta", "link", "col", "wbr"])
_PAGE = re.compile(r"\*?\s*(\d{1,5})")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_PAGE_CLASSES = frozenset({"star-pagination", "page-number", "pagenum"})
DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and the reporter's page on which it begins; empty where none is told."""

    text: str
    page: str


@dataclass(slots=True)
class _Open:
    tag: str
    hidden: bool
    page: bool


@dataclass(slots=True)
class _State:
    blocks: list[Block] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    page: str = ""
    begun_on: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.state = _State()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element; what a browser would not show is left out with all in it."""
        if tag in _BLOCKS:
            self.end_block()
        told = {name: value or "" for name, value in attrs}
        if tag in _EMPTY or len(self.state.open) >= DEEPEST:
            return
        hidden = tag in _NEVER or "hidden" in told or bool(_HIDDEN.search(told.get("style", "")))
        page = tag == "page-number" or not _PAGE_CLASSES.isdisjoint(told.get("class", "").split())
        self.state.open.append(_Open(tag, hidden, page))

    def handle_endtag(self, tag: str) -> None:
        """Closes the nearest element of that name; one that is not open is passed over."""
        if tag in _BLOCKS:
            self.end_block()
        for at in range(len(self.state.open) - 1, -1, -1):
            if self.state.open[at].tag == tag:
                del self.state.open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Keeps text that is shown; the number of a page is no text."""
        state = self.state
        if any(each.hidden for each in state.open):
            return
        if any(each.page for each in state.open):
            if found := _PAGE.fullmatch(data.strip()):
                state.page = found[1]
            return
        if data.strip() and not "".join(state.held).strip():
            state.begun_on = state.page
        state.held.append(data)

    def end_block(self) -> None:
        """Ends the paragraph that is open."""
        state = self.state
        text = paragraph(folded("".join(state.held)))
        state.held = []
        if text:
            state.blocks.append(Block(text, state.begun_on))


def html_blocks(html: str) -> list[Block]:
    """The paragraphs that a browser would show, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.state.blocks
