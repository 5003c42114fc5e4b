"""A text as a reader takes it in: without what cannot be seen, and without markup.

What is shown and what is searched is then the same, and nothing that a page, a terminal or a
spreadsheet would obey comes back in what the assistant says of a question.
"""

from __future__ import annotations

import re
import unicodedata

# Scripts and styles go with what stands in them; of other tags and of links only the words stay.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|iframe|template)\b.*?(?:</\1\s*>|$)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<[!?][^<>]{0,2000}>")
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)"
)
# An address that is a program; and where Markdown tells apart from its words where a link leads.
_PROGRAM = re.compile(
    r"(?:\[[^\[\]\n]{0,200}\]:[ \t]{0,9})?"
    r"(?:(?:java|vb)script:|\bdata:(?:text|image|application)/)\S{0,2000}",
    re.IGNORECASE,
)
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])|\](?=\()")
_MOST_LAYERS = 8  # of markup within markup; what is deeper stays as words
# Joiners, marks that turn a line around, tags, private and broken characters, rings around others.
_UNSEEN = frozenset({"Cf", "Co", "Cn", "Cs", "Me"})
_MOST_MARKS = 2  # on one letter; no language of ours needs more


def readable(text: str) -> str:
    """The text that a reader sees; taking it again changes nothing."""
    seen = _seen(text)
    for _ in range(_MOST_LAYERS):
        seen = _TAG.sub(" ", _LINK.sub(r"\1", _HIDDEN.sub(" ", seen)))
    seen = _PROGRAM.sub(" ", seen)
    # What was never closed, or lies deeper, begins nothing any more.
    return _OPENING.sub(lambda match: f"{match[0]} ", seen)


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for sign in text:
        kind = unicodedata.category(sign)
        if kind in _UNSEEN:
            continue
        marks = marks + 1 if kind == "Mn" else 0
        if marks <= _MOST_MARKS:
            kept.append(" " if kind == "Cc" and sign not in "\n\t" else sign)
    return "".join(kept)
