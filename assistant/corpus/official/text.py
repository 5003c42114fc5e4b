"""Official words in the form our documents hold: folded white space, nothing that is not seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
# Marks that make a line a question, a heading or an underline in our documents.
_MARKUP = re.compile(r"^(?:(?:[>\s]|#+(?=\s|$))+|[=-]+\s*$)")
_CLOSED = re.compile(r"[.?!…][\"”’»)\]*]*$")
_UNSEEN = {"Cc", "Cf", "Cs"}
_UNKNOWN = {"Cn", "Co"}
_LONGEST_MERGED = 6000  # characters; a list that never ends in a full stop is cut there
_LONGEST_SLUG = 60

UNREADABLE = "[?]"  # stands for a sign that the file itself does not tell


def folded(text: str) -> str:
    """The text on one line in Unicode form NFC, without controls and invisible marks."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    line = "".join(map(_seen, line))
    return unicodedata.normalize("NFC", " ".join(line.split()))


def _seen(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in _UNSEEN:
        return ""
    return UNREADABLE if category in _UNKNOWN or sign == "\ufffd" else sign


def paragraph(text: str) -> str:
    """The text as a paragraph of a document: each line folded, and never taken for markup."""
    lines = (_MARKUP.sub("", folded(line), count=1) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def is_closed(text: str) -> bool:
    """Whether a text ends as a sentence does; a lead-in, an item or a broken line does not."""
    return _CLOSED.search(text[-8:]) is not None


def run_in(blocks: Iterable[str]) -> Iterator[str]:
    """Blocks as paragraphs of whole sentences: what is left open runs on into the next block."""
    held = ""
    for block in blocks:
        if not block:
            continue
        held = f"{held} {block}" if held else block
        if is_closed(held) or len(held) > _LONGEST_MERGED:
            yield held
            held = ""
    if held:
        yield held


def slug(text: str) -> str:
    """Lower-case letters, digits and single hyphens only: a name that leads to no other folder."""
    plain = unicodedata.normalize("NFKD", text.translate(_DASHES)).encode("ascii", "ignore")
    words = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")
    return words[:_LONGEST_SLUG].strip("-") or "unnamed"


def section_key(name: str) -> str:
    """A section's number as it is compared: no section sign, no space, every dash a hyphen."""
    return "".join(name.translate(_DASHES).replace("§", "").split())


def listed(names: Iterable[str], most: int = 10) -> str:
    """The names in a row, no more than so many, with the count of the others."""
    every = list(names)
    rest = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + rest


def unique_headings(headings: Iterable[str]) -> Iterator[str]:
    """The headings in order; one that stands there already gets a number."""
    seen: dict[str, int] = {}
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        yield heading if seen[heading] == 1 else f"{heading} [{seen[heading]}]"
