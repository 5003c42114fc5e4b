"""Dates of birth: full dates that a word beside them calls so."""

from __future__ import annotations

import re

from assistant.guard.kinds import Found, PersonalKind, Reading
from assistant.guard.months import MONTH
from assistant.guard.relations import RELATION

_DAY = r"\d{1,2}(?:st|nd|rd|th|ro|er|o|º|°)?"
_YEAR = r"(?:\d{4}|['’]?\d\d)(?!\d)"
_OF = r"(?: ?,)? (?:de |del (?:a[nñ]o )?|of )?"
_DATE = (
    r"(?:\d{1,2} ?[-/._*~ ] ?\d{1,2} ?[-/._*~ ] ?\d{2,4}|"
    r"\d{4} ?[-/._*~] ?\d{1,2} ?[-/._*~] ?\d{1,2}|"
    rf"{_DAY} ?[-/.] ?{MONTH} ?[-/.] ?\d{{2,4}}|"
    rf"\b{MONTH} (?:the )?{_DAY}(?!\d)(?:{_OF}{_YEAR})?|"
    rf"{_DAY} (?:de |of )?{MONTH}(?:{_OF}{_YEAR})?|"
    r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|"
    r"(?<!\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d|"
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)(?!\d)"
)
_WORD = (
    r"born|birth ?day|b-?day|birth ?date|(?:date|day) of birth|date of brith|d\.? ?o\.? ?b\.?|"
    r"na[cs][ií](?:d[oa])?s?|na[cs]i[oó]|nacer|(?:fecha|d[ií]a) (?:de )?na[cs](?:imiento|\.)?|"
    r"na[cs]imiento|cumplea[nñ]os|f\.? ?(?:de )?nac\.?|cumpl[eoií]\w{0,3} (?:a[nñ]os|\d{1,2})|"
    r"turn(?:ed|s|ing)? \d{1,2}|soy del|(?:mi|su) cumple|f\.?/ ?n|"
    rf"{RELATION} (?:es|era) del"
)
# Beside a name that was taken out before.
_BESIDE = re.compile(r"(?<=\[…\]),? {1,2}(\d{1,2}[-/.]\d{1,2}[-/.](?:19\d\d|[4-9]\d))(?!\d)")
_BIRTH = re.compile(rf"\b(?:{_WORD})(?!\w)[^\d\n?!;.]{{0,30}}?({_DATE})", re.IGNORECASE)


def find_births(reading: Reading) -> list[Found]:
    """Every full date that a word beside it calls a birth; a year alone stays."""
    if not reading.digits:
        return []
    return [
        Found(PersonalKind.DATE_OF_BIRTH, *match.span(1))
        for pattern in (_BIRTH, _BESIDE)
        for match in pattern.finditer(reading.text)
    ]
