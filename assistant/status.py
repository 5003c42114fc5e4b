"""What governs, and what was known when: the authority of sources, their standing, their dates."""

from __future__ import annotations

import re
from datetime import date

from assistant.models import Kind, Source, Standing

# From what binds most to what binds least; a tie between equal passages goes to the higher.
_LADDER = (
    Kind.STATUTE,
    Kind.REGULATION,
    Kind.COURT,
    Kind.AGREEMENT,
    Kind.GUIDANCE,
    Kind.OVERSIGHT,
    Kind.GUIDE,
    Kind.ANALYSIS,
    Kind.NEWS,
)
_PAST = frozenset({Standing.HISTORICAL, Standing.SUPERSEDED, Standing.REVERSED})

_MONTHS = (
    ("january", "jan", "enero", "ene"),
    ("february", "feb", "febrero"),
    ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo"),
    ("june", "jun", "junio"),
    ("july", "jul", "julio"),
    ("august", "aug", "agosto", "ago"),
    ("september", "sept", "sep", "septiembre", "setiembre"),
    ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"),
    ("december", "dec", "diciembre", "dic"),
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<m1>{_NAMES})\.? (?:(?P<d1>\d{{1,2}}),? )?(?P<y1>\d{{4}})"
    rf"|(?:(?P<d2>\d{{1,2}}|1\.º) de )?(?P<m2>{_NAMES})(?: del?|,)? (?P<y2>\d{{4}})"
    rf"|(?P<y3>(?:19|20)\d\d)(?:-(?P<m3>\d\d)(?:-(?P<d3>\d\d))?)?)\b",
    re.IGNORECASE,
)


def authority(kind: Kind) -> int:
    """How much a kind of source binds: 0 for news, 8 for a statute."""
    return len(_LADDER) - 1 - _LADDER.index(kind)


def is_past(standing: Standing) -> bool:
    """Whether a source with this standing speaks of what no longer holds."""
    return standing in _PAST


def first_day(written: str) -> date:
    """The first day that a year, month or day in ISO 8601 form can mean."""
    parts = [int(part) for part in written.split("-")]
    return date(*(parts + [1, 1])[:3])


def known_on(source: Source, day: date) -> bool:
    """Whether a source had been published by that day."""
    return first_day(source.published) <= day


def dates_in(text: str) -> list[date]:
    """The days, months (their first day) and years (January 1) that a text names, in order."""
    found = (_as_date(match) for match in _DATE.finditer(text))
    return [day for day in found if day is not None]


def full_days_in(text: str) -> list[tuple[int, date]]:
    """The days that a text names with their number, each with the place where it begins."""
    found = _DATE.finditer(text)
    numbered = (match for match in found if match["d1"] or match["d2"] or match["d3"])
    days = ((match.start(), _as_date(match)) for match in numbered)
    return [(start, day) for start, day in days if day is not None]


def _as_date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = parts["y1"] or parts["y2"] or parts["y3"]
    month = _NUMBER.get((parts["m1"] or parts["m2"] or "").lower()) or int(parts["m3"] or 1)
    day = int((parts["d1"] or parts["d2"] or parts["d3"] or "1").rstrip(".º"))
    try:
        return date(int(year), month, day)
    except ValueError:
        return None
