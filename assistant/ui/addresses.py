"""Where a document of the library is read."""

from __future__ import annotations

from assistant.models import Source
from assistant.ui.frame import address

LIBRARY = "/library"


def document_address(source: Source, section: int | None = None) -> str:
    """A link to a document in its own language; ``section`` counts headings from 0."""
    anchor = "" if section is None else section_id(section)
    return address(LIBRARY, source.language, section=anchor, doc=source.id)


def section_id(section: int) -> str:
    """The anchor of a section, the same in both languages."""
    return f"section-{section + 1}"
