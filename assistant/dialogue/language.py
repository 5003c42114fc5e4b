"""Which of the two languages a question is in, and which one an asker asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.dialogue.words import word_file, words_of
from assistant.models import Language

if TYPE_CHECKING:
    from lingua import LanguageDetector

_FUNCTION, _SUBJECT, _ENDING, _ACCENT, _INVERTED, _OPENER = 2, 2, 1, 1, 4, 3
# A lead that settles the matter without the statistical detector.
_CLEAR = 2
# Of so few words without a vote statistics say nothing: "DACA", "6103(i)(2)".
_FEW = 2
_LONGEST_READ = 2_000
_INVERTED_MARKS = re.compile(r"[¿¡]")
_ACCENTED = re.compile(r"\b[a-zñáéíóúü]*[ñáéíóúü][a-zñáéíóúü]*\b")
_LETTERS = re.compile(r"[^\W\d_]{3,}")

_NAMED = {
    Language.ES: r"(?:spanish|espa[nñ]ol|castellano)",
    Language.EN: r"(?:english|ingl[eé]s)",
}
_SPEAK = (
    r"(?:answer|reply|respond|speak|talk|explain|translate|say|tell|switch|write|continue|"
    r"cont[eé]st[ae]|respond[ea]|resp[oó]nd[ea]|h[aá]bl[ae]|expl[ií][cq](?:a|ue)|d[ií]|d[ií]game|"
    r"trad[uú][cz][ae]|escrib[ae]|cambi[ae]|sig[ua]e?|contestar|responder|hablar|explicar|traducir|"
    r"escribir|decir)(?:me|lo|melo|nos|selo)?"
)
_ASKED = r"(?:please|por favor|can you|could you|would you|will you|puedes?|podr[ií]as?|quiero que)"


@dataclass(frozen=True, slots=True)
class _Lists:
    """The words and endings that speak for one language."""

    function: frozenset[str]
    subject: frozenset[str]
    endings: tuple[str, ...]


def detect_language(text: str, default: Language = Language.EN) -> Language:
    """The language a question is in; the default where nothing tells.

    Grammar words and the words people use for the subject vote first, because short and mixed
    questions ("mi address la tiene ICE?") mislead statistics; what stays undecided goes to lingua.
    """
    read = text[:_LONGEST_READ]
    words = words_of(read)
    lead = _spanish_lead(read, words)
    if lead >= _CLEAR:
        return Language.ES
    if lead <= -_CLEAR:
        return Language.EN
    if lead == 0 and len(words) <= _FEW:
        return default
    guess = _lingua_guess(read) if _LETTERS.search(read) else None
    if guess is not None:
        return guess
    return Language.ES if lead > 0 else Language.EN


def requested_language(text: str) -> Language | None:
    """The language an asker asks to be answered in; None where no such wish is said."""
    read = text[:_LONGEST_READ].lower()
    for language, patterns in _requests().items():
        if any(pattern.search(read) for pattern in patterns):
            return language
    return None


def _spanish_lead(text: str, words: tuple[str, ...]) -> int:
    """How far the words speak for Spanish; below zero they speak for English."""
    words = tuple(_names().sub(" ", " ".join(words)).split())
    lowered = text.lower()
    marks = _INVERTED * bool(_INVERTED_MARKS.search(text))
    accents = _ACCENT * min(3, len(_ACCENTED.findall(lowered)))
    opener = _OPENER * (words[:1] in _openers())
    spanish = _votes(words, Language.ES) + marks + accents + opener
    return spanish - _votes(words, Language.EN)


def _votes(words: Iterable[str], language: Language) -> int:
    lists = _lists()[language]
    total = 0
    for word in words:
        if word in lists.function:
            total += _FUNCTION
        elif word in lists.subject:
            total += _SUBJECT
        elif len(word) > 5 and word.endswith(lists.endings):
            total += _ENDING
    return total


@cache
def _lists() -> dict[Language, _Lists]:
    content = word_file("words.yaml")
    return {
        language: _Lists(
            function=frozenset(content[language.value]["function"].split()),
            subject=frozenset(content[language.value]["subject"].split()),
            endings=tuple(content["endings"][language.value].split()),
        )
        for language in Language
    }


@cache
def _openers() -> frozenset[tuple[str, ...]]:
    return frozenset((word,) for word in word_file("words.yaml")["openers"].split())


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word_file('words.yaml')['names'])})\b")


@cache
def _requests() -> dict[Language, tuple[re.Pattern[str], ...]]:
    return {language: _request_patterns(name) for language, name in _NAMED.items()}


def _request_patterns(name: str) -> tuple[re.Pattern[str], ...]:
    asked = rf"(?:^|[.?!,;:(]|\b{_ASKED})\W*(?:me )?"
    patterns = (
        rf"^\W*(?:(?:in|en|{_ASKED})\W+)*{name}\W*(?:please|por favor|pls)?\W*$",
        rf"{asked}{_SPEAK}(?: \w+){{0,3}}? (?:in|en|to|a|al) {name}\b",
        rf"\b(?:in|en) {name}\W+(?:please|pls|por favor)\b",
        rf"\b(?:please|por favor),? (?:in|en) {name}\b",
        rf"[.?!,;:(]\s*(?:in|en) {name}\W*$",
        rf"^\W*(?:do|can) you speak {name}\b|^\W*hablas? (?:usted )?{name}\W*$",
        rf"\b(?:i only speak|i prefer|prefiero|solo hablo) (?:en )?{name}\b",
    )
    return tuple(re.compile(pattern) for pattern in patterns)


@cache
def _detector() -> LanguageDetector:
    from lingua import Language as Spoken
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Spoken.ENGLISH, Spoken.SPANISH).build()


def _lingua_guess(text: str) -> Language | None:
    from lingua import Language as Spoken

    guess = _detector().detect_language_of(text)
    return {Spoken.ENGLISH: Language.EN, Spoken.SPANISH: Language.ES}.get(guess) if guess else None
