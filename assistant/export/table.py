"""A table as CSV that opens as text in any spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# A spreadsheet takes a cell that begins with one of these for a formula; some read the wide forms
# of East Asian writing alike.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table in UTF-8 with a mark that Excel reads it by; no cell of it is a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    for row in (header, *rows):
        writer.writerow([_inert(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell
