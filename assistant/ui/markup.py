"""The only ways in which a text becomes HTML: escaped, and with nothing more than emphasis."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

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
