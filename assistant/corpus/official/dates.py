"""The days that official files name, in ISO form."""

from __future__ import annotations

import re
from datetime import date

from assistant.status import dates_in

_ISO = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_US_DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?!\d)")
_WHOLE_DAY = re.compile(r"\b[A-Z][A-Za-z]{2,8}\.? ?\d{1,2}, ?\d{4}\b")
_EARLIEST = date(1776, 7, 4)


def iso_day(text: str) -> str:
    """The first day in ISO form that a text names; empty when it names none of the calendar."""
    found = _ISO.search(text)
    return found[1] if found and _is_day(found[1]) else ""


def is_day(text: str) -> bool:
    """Whether the text is one day in ISO form and nothing else."""
    return _ISO.fullmatch(text) is not None and _is_day(text)


def written_days(text: str) -> list[str]:
    """The days that a text writes out in English, as "Feb. 20, 2020", in order."""
    spaced = _WHOLE_DAY.findall(" ".join(text.split()))
    days = (day for each in spaced for day in dates_in(each.replace(",", ", ").replace("  ", " ")))
    return [day.isoformat() for day in days if day >= _EARLIEST]


def slashed_day(text: str) -> str:
    """The first day written as 11/21/25, month first; empty when there is none."""
    for month, day, year in _US_DAY.findall(text):
        full = f"20{year}" if len(year) == 2 else year
        written = f"{full}-{int(month):02}-{int(day):02}"
        if _is_day(written):
            return written
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) >= _EARLIEST
    except ValueError:
        return False
