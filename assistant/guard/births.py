"""Dates of birth: dates that a word beside them calls so, and days of long ago."""

from __future__ import annotations

import re

from assistant.guard.kinds import Found, PersonalKind, Reading
from assistant.guard.months import MONTH
from assistant.guard.relations import RELATION
from assistant.guard.words import word_list

_DAY = r"\d{1,2}(?:st|nd|rd|th|ro|er|o|º|°)?"
_YEAR = r"(?:\d{4}|['’]?\d\d)(?!\d)"
_OF = r"(?: ?,)? (?:de |del (?:a[nñ]o )?|of )?"
# A month is known by its beginning: beside a day, what follows may be mistyped.
_MISTYPED = (
    r"(?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|se[pt]|oct|no[vb]|de[cs]|ene|abr|ago|di[cs])"
    r"[a-z]{0,8}"
)
_DATE = (
    r"(?:\d{1,2} ?[-/._*~ ] ?\d{1,2} ?[-/._*~ ] ?\d{2,4}|"
    r"\d{1,2} (?:del? |of )\d{1,2} (?:del? |of )(?:19|20)?\d\d|"
    rf"{_DAY} (?:de |of )?{_MISTYPED}{_OF}{_YEAR}|\b{_MISTYPED} {_DAY}(?!\d){_OF}{_YEAR}|"
    rf"\b{MONTH} (?:de |del |of )?(?:19\d\d|20[01]\d)|"
    rf"(?:19|20)\d\d,? (?:on )?(?:the |el )?{_DAY} (?:of |de )?{MONTH}|"
    r"\d{4} ?[-/._*~] ?\d{1,2} ?[-/._*~] ?\d{1,2}|"
    rf"{_DAY} ?[-/.] ?{MONTH} ?[-/.] ?\d{{2,4}}|"
    rf"\b{MONTH} (?:the )?{_DAY}(?!\d)(?:{_OF}{_YEAR})?|"
    rf"{_DAY} (?:de |of )?{MONTH}(?:{_OF}{_YEAR})?|"
    r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|"
    r"(?<!\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d|"
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)(?!\d)"
)
_WORD = (
    r"born|bron|birth ?day|b-?day|birth ?date|(?:date|day) of birth|date of brith|d\.? ?o\.? ?b\.?|"
    r"na[cs][ií](?:d[oa])?s?|na[cs]i[oó]|nacer|(?:fecha|d[ií]a) (?:de )?na[cs](?:imiento|\.)?|"
    r"na[cs]imiento|cumplea[nñ]os|f\.? ?(?:de )?nac\.?|cumpl[eoií]\w{0,3} (?:a[nñ]os|\d{1,2})|"
    r"turn(?:ed|s|ing)? \d{1,2}|soy del|(?:mi|su) cumple|f\.?/ ?n|f\.?d\.?n\.?|"
    rf"(?:b|n)\.(?= ?\d)|mi fecha|{RELATION} (?:es|era|is) (?:del?|from)"
)
_BIRTH = re.compile(rf"\b(?:{_WORD})(?!\w)[^\d\n?!;.]{{0,30}}?({_DATE})", re.IGNORECASE)
# What nothing calls a birth, and what is hardly anything else: a day of a year before this story.
_LONG_AGO = r"(?:19[2-9]\d|200\d)(?!\d)"
_SHORT_AGO = r"(?:['’]?[3-9]\d)(?!\d)"
_MM, _DD = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
# In figures, as on a form: "5/5/80", "08-15-1977".
_IN_FIGURES = re.compile(
    rf"(?<![\w/.-])(?:(?:{_MM}([-/]){_DD}|{_DD}([-/]){_MM})(?:\1|\2)(?:{_LONG_AGO}|{_SHORT_AGO})|"
    rf"(?:{_MM}[. ]{_DD}|{_DD}[. ]{_MM})[. ]{_LONG_AGO}|{_LONG_AGO}[-/.]{_MM}[-/.]{_DD})(?![\w/-])"
)
_IN_WORDS = re.compile(
    rf"(?<![\w/.-])(?:"
    rf"{_DAY}[-/. ]{{0,2}}(?:de |of )?{_MISTYPED}\.?(?: ?,)?[-/. ]?(?:del? |of )?{_LONG_AGO}|"
    rf"{_MISTYPED}\.? {_DAY},? (?:of )?{_LONG_AGO})(?![\w/-])",
    re.IGNORECASE,
)
# A law, a ruling, an office or a journey near by, which have old days too.
_OF_LAW = re.compile(
    "|".join(["§", *(rf"\b{re.escape(word)}" for word in sorted(word_list("dated_things")))])
)
_NEAR = 60  # characters on either side


def _is_public(text: str, start: int, end: int) -> bool:
    """Whether an old day is more likely of something public than of somebody's birth."""
    beside = text[max(0, start - _NEAR) : start] + " " + text[end : end + _NEAR]
    return _OF_LAW.search(beside.lower()) is not None


def find_births(reading: Reading) -> list[Found]:
    """Every full date that a word beside it calls a birth, or that is too old for anything else.

    A year alone stays, and so does the old date of a law, of a ruling or of an arrival.
    """
    if not reading.digits:
        return []
    text = reading.text
    spans = [match.span(1) for match in _BIRTH.finditer(text)]
    spans += (match.span() for match in _IN_FIGURES.finditer(text))
    spans += (
        match.span() for match in _IN_WORDS.finditer(text) if not _is_public(text, *match.span())
    )
    return [Found(PersonalKind.DATE_OF_BIRTH, start, end) for start, end in spans]
