"""The notes at the foot of a Word page, for which python-docx has no call.

Each is a real footnote: Word numbers, moves and copies it with the sentence that it belongs to
(ECMA-376, part 1, 17.11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from assistant.export.docx_dress import element

if TYPE_CHECKING:
    from docx.document import Document

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# What Word draws between text and notes, and where a note goes on over the page.
_LINES = {"separator": -1, "continuationSeparator": 0}


class FootNotes:
    """The notes of one document, which gains their part with the first of them."""

    def __init__(self, document: Document, style: str) -> None:
        self._document, self._style = document, style
        self._root: Any = None
        self._count = 0

    def begin(self, sign_style: str) -> tuple[Any, Paragraph]:
        """A new note: the run's element that calls it, and its paragraph, to be written into."""
        if self._root is None:
            self._root = self._opened()
        self._count += 1
        note, paragraph = element("footnote", id=self._count), element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val=self._style))
        paragraph.extend((properties, _sign(sign_style, "footnoteRef")))
        note.append(paragraph)
        self._root.append(note)
        written = Paragraph(paragraph, self._document)
        written.add_run("\u00a0")
        return _sign(sign_style, "footnoteReference", id=self._count), written

    def _opened(self) -> Any:
        root = parse_xml(f"<w:footnotes {nsdecls('w')} {nsdecls('r')}/>")
        settings: Any = self._document.settings.element
        named = element("footnotePr")
        for kind, key in _LINES.items():
            line, paragraph, run = (
                element("footnote", type=kind, id=key),
                element("p"),
                element("r"),
            )
            run.append(element(kind))
            paragraph.append(run)
            line.append(paragraph)
            root.append(line)
            named.append(element("footnote", id=key))
        settings.insert_element_before(named, "w:endnotePr", "w:compat", "w:rsids")
        package = self._document.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), _CONTENT, root, package)
        self._document.part.relate_to(part, _KIND)
        return root


def _sign(style: str, kind: str, **attributes: object) -> Any:
    run, properties = element("r"), element("rPr")
    properties.append(element("rStyle", val=style))
    run.extend((properties, element(kind, **attributes)))
    return run
