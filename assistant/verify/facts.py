"""What a claim states to the letter: figures, dates, provisions, names, quoted words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from assistant.cites import find_references
from assistant.corpus.figures import figures
from assistant.models import Language, Passage
from assistant.texts.dates import months, say_date
from assistant.verify.claim import Claim
from assistant.verify.lexicon import Class, lexicon, plain, tokens, unified

_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b")
_MONTH_EN = "|".join(rf"{month}|{month[:3]}" for month in months(Language.EN))
_CUT_ES = "|".join(month[:3] for month in months(Language.ES)) + "|sept"
_CURRENCY = re.compile(r"(?:US)?\$\s?(?=\d)|(?<=\d)\s(?:dollars|dólares|dolares|USD)\b")
_SIGN = re.compile(r"\$")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) ({_MONTH_EN})\.?,? ((?:19|20)\d\d)\b")
_BARE_CUT = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\s(?=\d)")
_CUT_MONTH = re.compile(rf"\b(de )({_CUT_ES})\.?(?= de(?:l)? (?:19|20)\d\d)", re.IGNORECASE)
# Counts that documents write as words, and a model as digits, or the other way round.
_SMALL = {
    "1": "one first un una uno primer primera primero",
    "2": "two second both dos ambos ambas segundo segunda twice",
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE_PART = re.compile(r"\d{4}-\d{1,2}-(?:\d{1,2}|\?)")
_NAME = re.compile(r"(?<![\w’'])[A-ZÁÉÍÓÚÑ][\w’'áéíóúñ-]*(?:\.[A-Z])*")
_OPENING = re.compile(r"(?:^|[.!?:;]\s+|[“«\"(]\s*)$")
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{4,})[”\"»]")
# What an abbreviation stands for, or another name: two words at least.
_BRACKETED = re.compile(r"\(([^()\d]{4,120} [^()\d]{2,120})\)")
_POSSESSIVE = re.compile(r"['’]s?$")
_MONTHS_CUT = frozenset(name[:3].lower() for each in Language for name in months(each))
_TITLES = re.compile(r"(?<![\w.])(?:No|Nos|núm|Núm|Dr|Mr|Ms|Mrs|Sr|Sra|vs?|Inc|Id|St)\.$")


def missing_figures(claim: Claim) -> tuple[str, ...]:
    """Figures, dates, sums and dockets of the claim that its evidence does not have."""
    held = _figures(*_evidence_texts(claim.evidence), language=claim.language)
    words = set(tokens(" ".join(passage.text for passage in claim.evidence)))
    asked = _figures(_without_references(claim.text), language=claim.language)
    lost = [
        figure
        for figure in asked
        if figure not in held and not (words & set(_SMALL.get(figure, "").split()))
    ]
    return tuple(figure for figure in lost if not _told_apart(figure, held))


def _told_apart(day: str, held: Counter[str]) -> bool:
    """Whether month, day and year stand in the evidence, if not side by side."""
    if not _DATE_PART.fullmatch(day):
        return False
    year, month, number = day.split("-")
    return f"month {month}" in held and year in held and (number == "?" or number in held)


def miscounted(claim: Claim) -> tuple[str, ...]:
    """Figures that count something in the claim which no sentence with that figure speaks of."""
    wrong = []
    for figure, kind in _counts(claim.text, claim.language):
        with_it = [text for text in claim.told if figure in _figures(text, language=claim.language)]
        if with_it and not any(
            kind.within(plain(_SIGN.sub(" dollars ", text))) for text in with_it
        ):
            wrong.append(figure)
    return tuple(wrong)


def _counts(text: str, language: Language) -> Iterable[tuple[str, Class]]:
    """Each larger figure of a text with the kind of things that stand right after it."""
    for found in re.finditer(r"\d[\d,.]*(?: (?:million|millones|mil|thousand))?%?", text):
        after = plain(text[found.end() : found.end() + 40])
        near = " ".join(after.split()[:4])
        kind = next((each for each in lexicon().counted if each.within(near)), None)
        figure = next(iter(_figures(found[0].rstrip(".,"), language=language)), "")
        if kind and len(re.sub(r"\D", "", figure)) >= 3 and not _YEAR.fullmatch(figure):
            yield figure, kind


def missing_provisions(claim: Claim) -> tuple[str, ...]:
    """Provisions that the claim names and its evidence does not, nor anything inside them."""
    text = " ".join(_evidence_texts(claim.evidence))
    held = [found.reference for found in find_references(text)]
    return tuple(
        str(found.reference)
        for found in find_references(claim.text)
        if not any(found.reference.contains(other) for other in held)
    )


def missing_names(claim: Claim) -> tuple[str, ...]:
    """Names of people, courts, agencies and places that the evidence does not have."""
    held = set(tokens(unified(" ".join(_evidence_texts(claim.evidence)))))
    held |= set(tokens(" ".join(_evidence_texts(claim.evidence))))
    return tuple(name for name in names_of(claim.text) if not _is_held(name, held))


def _is_held(name: str, held: set[str]) -> bool:
    parts = [part for part in tokens(unified(name)) if len(part) > 1]
    return all(part in held or part.rstrip("s") in held for part in parts)


def names_of(text: str) -> list[str]:
    """Capital words; at the beginning of a sentence only what is written in capitals throughout."""
    text = _of_known_names(text)
    names = []
    for found in _NAME.finditer(text):
        begins = bool(_OPENING.search(text[: found.start()])) and not _TITLES.search(
            text[: found.start()].rstrip()
        )
        name = _POSSESSIVE.sub("", found[0])
        if len(name) > 1 and (not begins or name.isupper()) and plain(name)[:3] not in _MONTHS_CUT:
            names.append(name)
    return names


@lru_cache(maxsize=1 << 14)
def _of_known_names(text: str) -> str:
    """The text with each long name of an agency in its short form."""
    for name, names in lexicon().alike:
        text = re.sub(names.pattern.pattern, name.upper(), text, flags=re.IGNORECASE)
    return text


def misquoted(claim: Claim) -> tuple[str, ...]:
    """Words in quotation marks or brackets that do not stand so in the evidence."""
    held = plain(" ".join(_evidence_texts(claim.evidence)))
    return tuple(
        found[1]
        for pattern in (_QUOTED, _BRACKETED)
        for found in pattern.finditer(claim.text)
        if plain(found[1]).strip(" .,") not in held
    )


def _evidence_texts(evidence: Iterable[Passage]) -> list[str]:
    """What a passage says, and what is known of its source."""
    texts = []
    for passage in evidence:
        source = passage.source
        texts += [passage.text, passage.pinpoint, source.title, source.citation, source.publisher]
        texts += [
            _as_day(source.as_of, source.language),
            _as_day(source.published, source.language),
        ]
    return texts


def _figures(*texts: str, language: Language) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found += figures(_written_out(text, language), language)
    return found


@lru_cache(maxsize=1 << 14)
def _written_out(text: str, language: Language) -> str:
    """The text with each day and sum in the form in which the documents write it."""
    text = _CURRENCY.sub("", text)
    text = _SLASHED.sub(lambda day: _as_day(_iso(day, language), language), text)
    if language is Language.EN:
        text = _DAY_FIRST.sub(r"\2 \1, \3", text)
        text = _BARE_CUT.sub(r"\1. ", text)
    else:
        text = _CUT_MONTH.sub(lambda cut: cut[1] + _whole_month(cut[2]), text)
    return _ISO.sub(lambda day: _as_day(day[0], language), text)


def _whole_month(cut: str) -> str:
    return next(name for name in months(Language.ES) if name.startswith(cut[:3].lower()))


def _iso(day: re.Match[str], language: Language) -> str:
    """A day as people write it with slashes: the month first in English, second in Spanish."""
    one, other, year = day.groups()
    month, number = (one, other) if language is Language.EN else (other, one)
    return f"{year}-{int(month):02}-{int(number):02}" if int(month) <= 12 else day[0]


def _as_day(written: str, language: Language) -> str:
    """A whole day as the language writes it; a month, a year and anything else stay as they are."""
    parts = written.split("-")
    whole = len(parts) == 3 and 1 <= int(parts[1]) <= 12
    return say_date(language, written) if whole else written


def _without_references(text: str) -> str:
    """The text without the provisions it names, which are a check of their own."""
    for found in reversed(find_references(text)):
        text = text[: found.start] + " " + text[found.end :]
    return text


@lru_cache(maxsize=1 << 14)
def facts_of(text: str, language: Language) -> frozenset[str]:
    """The dates, figures, provisions and names of a text, each with its kind before a colon."""
    found = _figures(_without_references(text), language=language)
    dates = {figure for figure in found if _DATE_PART.fullmatch(figure)}
    parts = {part for day in dates for part in day.split("-")}
    figures_only = {
        figure
        for figure in found
        if figure not in dates and figure not in parts and not figure.startswith("month ")
    }
    return frozenset(
        {f"date:{day}" for day in dates}
        | {f"figure:{figure}" for figure in figures_only}
        | {f"provision:{found.reference}" for found in find_references(text)}
        | {f"name:{plain(name)}" for name in names_of(text)}
    )
