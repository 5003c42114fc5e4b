"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from assistant.corpus.official.facts import UnreadableFile

READ = (
    "Read are the U.S. Code in USLM XML, the C.F.R. in eCFR XML, documents of the Federal Register "
    "API and opinions of CourtListener in JSON, and PDF with text"
)
_HEAD = 4096


class Format(StrEnum):
    """The three ways in which a file can be read further."""

    XML = "xml"
    JSON = "json"
    PDF = "pdf"


_FOREIGN = (
    (b"PK\x03\x04", "a zip archive or an office document", "Unpack it, and import the file in it"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it, and import the file in it"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Get the official XML, JSON or PDF"),
    (b"{\\rtf", "a rich-text document", "Get the official XML, JSON or PDF"),
    (b"\x89PNG", "a picture", "Run OCR into a PDF (for example with ocrmypdf), and import that"),
    (b"\xff\xd8\xff", "a picture", "Run OCR into a PDF (for example with ocrmypdf), and import it"),
    (b"II*\x00", "a picture", "Run OCR into a PDF (for example with ocrmypdf), and import that"),
    (b"MM\x00*", "a picture", "Run OCR into a PDF (for example with ocrmypdf), and import that"),
)
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PROLOG = re.compile(r"\s+|<\?[^>]*>|<!--.*?-->", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html)(?=[\s>])", re.IGNORECASE)
_MADE_UP = re.compile(r"reconstructed|not official", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"


def format_of(file: Path) -> Format:
    """How the file is to be read.

    Raises:
        UnreadableFile: It is empty, cannot be opened, or is of no kind that is read.
    """
    head = _head(file)
    if not head.strip(b"\x00 \r\n\t"):
        raise UnreadableFile("the file is empty", "Download it again")
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    for mark, what, mend in _FOREIGN:
        if head.startswith(mark):
            raise UnreadableFile(f"it is {what}", mend)
    text = _as_text(head).lstrip()
    if _PAGE.match(text, _first_element(text)):
        mend = "Take the XML or JSON that the official service offers, not the page"
        raise UnreadableFile("it is a web page (HTML)", f"{mend}. {READ}")
    if text.startswith("<"):
        return Format.XML
    if text.startswith(("{", "[")):
        return Format.JSON
    what = "binary data of no known kind" if "\x00" in text else "plain text of no known form"
    raise UnreadableFile(f"it seems to be {what}", READ)


def _first_element(text: str) -> int:
    """Where a text begins once declarations and comments are passed over."""
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    return at


def calls_itself_made_up(file: Path) -> bool:
    """Whether the comments before a file's first element say that it is no official copy."""
    before, _, _ = _as_text(_head(file)).partition("<uscDoc")
    return any(_MADE_UP.search(comment) for comment in re.findall(r"<!--(.*?)-->", before, re.S))


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        what = f"it cannot be opened: {error.strerror or error}"
        raise UnreadableFile(what, "Check its name and permissions") from error


def _as_text(head: bytes) -> str:
    wide = _WIDE.get(head[:2])
    if wide:
        return head[2:].decode(wide, "replace")
    return head.removeprefix(_BOM).decode("latin-1")
