"""The figures and dates of a text, in a form that is the same in both languages."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from assistant.corpus.number_words import digits_for_words
from assistant.models import Language

_EN_MONTHS = "january february march april may june july august september october november december"
_ES_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_MONTH_NUMBERS = {
    name: number
    for names in (_EN_MONTHS, _ES_MONTHS)
    for number, name in enumerate(names.split(), start=1)
}
_MONTH_NUMBERS |= {name[:3]: _MONTH_NUMBERS[name] for name in _EN_MONTHS.split()} | {"sept": 9}

# "May" opens questions too: it is a month beside a figure or inside a sentence.
_EN_MONTH = (
    r"(?:(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|May\b(?=,? \d| (?:and|–|to|through) )|(?<=[a-z–,] )May\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)"
)
_ES_MONTH = rf"(?i:{'|'.join(_ES_MONTHS.split())})\b"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![\d,]\d)"
_DATES = {
    Language.EN: re.compile(
        rf"\b(?P<month>{_EN_MONTH})"
        rf"(?: (?P<days>\d{{1,2}}(?:(?:[-–]| (?:and|to|or) )(?:(?P=month) )?\d{{1,2}}){{0,9}})"
        rf"(?!\d))?"
        rf"(?:,? {_YEAR})?"
    ),
    Language.ES: re.compile(
        r"(?:\b(?P<days>\d{1,2}(?:\.?º)?(?:(?:[-–]| (?:y|al|a|o) (?:del |el )?)\d{1,2}){0,9}) de )?"
        rf"\b(?P<month>{_ES_MONTH})(?:,? (?:del? )?{_YEAR})?"
    ),
}
_SCALES = {
    Language.EN: {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    Language.ES: {
        "mil millones": 10**9,
        "millones": 10**6,
        "millón": 10**6,
        "billones": 10**12,
        "billón": 10**12,
        "mil": 10**3,
    },
}
_PERCENT = {Language.EN: r"percent\b|per cent\b|%", Language.ES: r"por ciento\b|%"}
_MEASURES = {
    language: re.compile(
        r"(?<![\w.,-])(?P<number>\d+(?:[.,]\d+)*)[ \u00a0-]?"
        rf"(?:(?P<scale>{'|'.join(scales)})\b|(?P<percent>{_PERCENT[language]}))"
    )
    for language, scales in _SCALES.items()
}
_TOKEN = re.compile(r"\d(?:[\w.,:()/-]*[\w)])?")
# "13-page" and "119th" are the figures 13 and 119; "7213A" and "1:25-cv-00677" stay whole.
_WORD_TAIL = re.compile(r"(?:-[a-z]{3,}|(?<=\d)(?:st|nd|rd|th|s|\.?[ºª]))$")
# Spanish documents write figures as the Americas mostly do, 1,000.5: one style for both languages.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def figures(text: str, language: Language) -> Counter[str]:
    """Every figure, date, docket and statute number of the text, with how often it stands there.

    Twin texts give equal counts: "1.28 million" and "1.28 millones" are both "1280000",
    "February 5, 2026" and "5 de febrero de 2026" give the whole date and each of its parts.
    """
    found: Counter[str] = Counter()
    text = digits_for_words(text, language)
    text = _DATES[language].sub(lambda date: _take_date(date, found), text)
    text = _MEASURES[language].sub(lambda number: _take_measure(number, language, found), text)
    found.update(_plain(_balanced(token)) for token in _TOKEN.findall(text))
    return found


def _take_date(date: re.Match[str], found: Counter[str]) -> str:
    month = _MONTH_NUMBERS[date["month"].lower().rstrip(".")]
    days = re.findall(r"\d+", date["days"] or "")
    found.update([f"month {month}", *days])
    if date["year"]:
        found[date["year"]] += 1
        found.update(f"{date['year']}-{month}-{day}" for day in days or ["?"])
    return " "


def _take_measure(number: re.Match[str], language: Language, found: Counter[str]) -> str:
    value = _plain(number["number"])
    if number["percent"]:
        found[value + "%"] += 1
    elif _NUMBER.fullmatch(value):
        found[_written(Decimal(value) * _SCALES[language][number["scale"]])] += 1
    else:
        found.update([value, number["scale"]])
    return " "


def _balanced(token: str) -> str:
    while token.count(")") > token.count("("):
        head, _, tail = token.rpartition(")")
        token = head + tail
    return token.rstrip(".,:-/")


def _plain(token: str) -> str:
    token = _WORD_TAIL.sub("", token)
    token = token.replace(",", "") if _GROUPED.fullmatch(token) else token
    return _written(Decimal(token)) if _NUMBER.fullmatch(token) else token


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"
