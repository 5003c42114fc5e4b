"""A record that travels unseen inside a paper, so that the paper can be read back by this program.

In Markdown and HTML it is a comment, in Word a custom XML part. It is plain JSON in plain letters:
whoever looks for it can read it, and nothing in it can end the comment or the part early.
"""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
import zlib
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

_COMMENT = re.compile(r"<!-- ask6103-record (\{.*?\}) -->")
_ELEMENT = re.compile(r"<record xmlns=\"urn:ask6103:record\">(\{.*?\})</record>")
_PART = re.compile(r"customXml/item\d+\.xml")
_LARGEST = 20 * 1024 * 1024  # bytes of a part, unpacked; a ZIP may claim to hold far more

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def as_comment(record: str) -> str:
    """The record as a comment for a file of Markdown or HTML."""
    return f"<!-- ask6103-record {_sealed(record)} -->"


def record_in_text(text: str) -> str | None:
    """The record in a file of Markdown or HTML; None where there is none."""
    found = _COMMENT.findall(text)
    return found[-1] if found else None


def put_in_docx(document: Document, record: str) -> None:
    """Adds the record to a Word file as a custom XML part, which Word keeps when it saves."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, 1000) if f"/customXml/item{n}.xml" not in taken)
    sealed = _sealed(record)
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, sealed)).upper()
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<record xmlns="urn:ask6103:record">{sealed}'
    properties = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{{{key}}}">'
        "<ds:schemaRefs/></ds:datastoreItem>"
    )
    item = Part(
        PackURI(f"/customXml/item{number}.xml"),
        "application/xml",
        f"{xml}</record>".encode(),
        package,
    )
    about = Part(
        PackURI(f"/customXml/itemProps{number}.xml"), _PROPERTIES, properties.encode(), package
    )
    item.relate_to(about, f"{_OFFICE}/relationships/customXmlProps")
    document.part.relate_to(item, f"{_OFFICE}/relationships/customXml")


def record_in_docx(content: bytes) -> str | None:
    """The record in a Word file; None where there is none.

    Raises:
        ValueError: The file is no sound ZIP.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [each for each in package.infolist() if _PART.fullmatch(each.filename)]
            texts = [package.read(each) for each in parts if each.file_size <= _LARGEST]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError) as error:
        raise ValueError("this is no Word file") from error
    for text in texts:
        # A program that saved the file anew may have escaped what needs no escape.
        if found := _ELEMENT.search(unescape(text.decode("utf-8", errors="replace"))):
            return found[1]
    return None


def _sealed(record: str) -> str:
    """The JSON in plain letters, without a sign that means something to XML, HTML or Markdown."""
    plain = json.dumps(json.loads(record), ensure_ascii=True, separators=(",", ":"))
    for sign in "<>&":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return plain.replace("--", "-\\u002d")
