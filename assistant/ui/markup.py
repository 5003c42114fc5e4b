"""The only ways in which a text becomes HTML: escaped, and with nothing more than emphasis."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from assistant.models import Language
from assistant.texts import lines, say

_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_LINE_BREAK = re.compile(r"\n(?=[-*+] )")


def plain(text: str) -> str:
    """The text as HTML that shows exactly these characters, safe inside quoted attributes too."""
    return escape(text, quote=True)


def emphasised(text: str) -> str:
    """The text escaped, with ``**strong**``, ``*emphasis*`` and list lines; links stay text."""
    html = _STRONG.sub(r"<strong>\1</strong>", plain(text))
    html = _EMPHASIS.sub(r"<em>\1</em>", html)
    return _LINE_BREAK.sub("<br>", html)


def web_address(url: str) -> tuple[str, str] | None:
    """The address and its host when a reader can follow it safely; None for anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return url, parts.hostname.removeprefix("www.")


def spoken_date(language: Language, written: str) -> str:
    """A year, month or day in ISO form as people write it; anything else as it stands."""
    pieces = written.split("-")
    if len(pieces) == 1 or not all(piece.isdecimal() for piece in pieces):
        return written
    names = lines(language, "ui.months")
    number = int(pieces[1])
    if not 1 <= number <= len(names):
        return written
    month = names[number - 1]
    if len(pieces) == 2:
        return say(language, "ui.date_month", month=month, year=pieces[0])
    return say(language, "ui.date_day", month=month, day=int(pieces[2]), year=pieces[0])
