"""A paper as a Word file: real headings and lists, marks that are links to the source list."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.export.embedded import put_in_docx
from assistant.export.paper import Paper
from assistant.export.wording import clean
from assistant.texts import say

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST_PROPERTY = 255  # characters; python-docx refuses longer ones
_NO_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can tell


def as_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file; the same paper gives the same bytes on every day."""
    import docx

    from assistant.export.docx_dress import NOTE, dress
    from assistant.export.docx_notes import FootNotes
    from assistant.export.docx_write import Writer

    document = docx.Document()
    styles = dress(document, paper.language)
    _describe(document, paper)
    Writer(document, paper, styles, FootNotes(document, styles[NOTE])).write()
    if paper.record:
        put_in_docx(document, paper.record)
    held = io.BytesIO()
    document.save(held)
    return _without_clock(held)


def _describe(document: Document, paper: Paper) -> None:
    about, product = document.core_properties, say(paper.language, "ui.product")
    about.title = clean(paper.title)[:_LONGEST_PROPERTY]
    about.author = about.last_modified_by = product
    about.language = paper.language.value
    about.comments = about.keywords = about.subject = ""
    about.created = about.modified = datetime(*paper.as_of.timetuple()[:3])
    about.revision = 1
    # The template's picture of an empty page would be shown for this paper.
    package = document.part.package
    for name, relation in tuple(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[name]


def _without_clock(held: io.BytesIO) -> bytes:
    """The same ZIP with every part dated alike."""
    still = io.BytesIO()
    with zipfile.ZipFile(held) as read, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as write:
        for part in read.infolist():
            dated = zipfile.ZipInfo(part.filename, _NO_DAY)
            dated.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(dated, read.read(part))
    return still.getvalue()
