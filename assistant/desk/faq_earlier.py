"""An earlier FAQ, read back from the file that it was exported to.

The record lies in a JSON file as it is, in Markdown and HTML inside a comment, in Word as a part of
its own. Files come from outside: nothing of one is trusted but what has the shape of a record.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from assistant.desk.faq_record import Kept, read_record
from assistant.errors import UsageError
from assistant.export.embedded import record_in_docx, record_in_text
from assistant.models import Language
from assistant.texts import say

LARGEST_MB = 5
_LARGEST = LARGEST_MB * 1024 * 1024


class EarlierFault(StrEnum):
    """Why a file cannot be read as an earlier list; each has a text, ``faq.earlier_<name>``."""

    TOO_BIG = "too_big"
    KIND = "kind"
    NONE = "none"
    DAMAGED = "damaged"


class EarlierError(UsageError):
    """A file from which no earlier list can be read; says why in either language."""

    def __init__(self, fault: EarlierFault, **values: object) -> None:
        self.fault = fault
        self._values = values
        super().__init__(self.worded(Language.EN))

    def worded(self, language: Language) -> str:
        """The message in a reader's language."""
        return say(language, f"faq.earlier_{self.fault.value}", **self._values)


def read_earlier(name: str, content: bytes) -> Kept:
    """The list in a file of that name, as it was on its day.

    Raises:
        EarlierError: The file is too large, of another kind, or holds no list that can be read.
    """
    if len(content) > _LARGEST:
        raise EarlierError(EarlierFault.TOO_BIG, most=LARGEST_MB)
    record = _record(PurePath(name).suffix.lower(), content)
    if record is None:
        raise EarlierError(EarlierFault.NONE)
    try:
        return read_record(record)
    except ValueError as error:
        raise EarlierError(EarlierFault.DAMAGED) from error


def _record(suffix: str, content: bytes) -> str | None:
    if suffix == ".docx":
        try:
            return record_in_docx(content)
        except ValueError as error:
            raise EarlierError(EarlierFault.DAMAGED) from error
    text = content.decode("utf-8-sig", errors="replace")
    if suffix in {".md", ".markdown", ".html", ".htm"}:
        return record_in_text(text)
    if suffix == ".json":
        return text
    raise EarlierError(EarlierFault.KIND, suffix=suffix or "…")
