"""The words of ``lexicon.yaml``, and a text cut into words that can be held against another's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.index.words import folded, words
from assistant.models import Language
from assistant.tables import read_plain_table

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|§")
# Stems of months, units and numbers written out.
_FIGURE_WORD = re.compile(
    r"\d(?!.*x$)|^(?:januar|februar|march|april|may|june|juli|august|septemb|octob|novemb|decemb|jan|feb"
    r"|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|ener|febrer|marz|abril|may|juni|juli|agost|septiembr"
    r"|octubr|noviembr|diciembr|dollar|dolar|usd|percent|cent|cient|million|millon|mil|thousand|billion"
    r"|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatr|cinc|seis|siet|och|nuev|diez)$"
)
_NUMBER = r"\$?\d[\d,.]*"
_APOSTROPHES = re.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class Class:
    """Words of one kind: whole words or phrases, and beginnings of words."""

    pattern: re.Pattern[str]

    def within(self, plain: str) -> tuple[str, ...]:
        """What of it stands in a folded text."""
        return tuple(found[0] for found in self.pattern.finditer(plain))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists of the file, each as patterns over folded text."""

    alike: tuple[tuple[str, Class], ...]
    same: tuple[Class, ...]
    counted: tuple[Class, ...]
    denying: frozenset[str]
    opposites: tuple[tuple[Class, Class], ...]
    strength: dict[str, Class]
    hedges: Class
    actors: Class
    conditional: frozenset[str]
    personal: dict[str, tuple[re.Pattern[str], ...]]
    present: Class
    over: Class


def plain(text: str) -> str:
    """The text folded: small letters without accents and apostrophes, one space between words."""
    return " ".join(_APOSTROPHES.sub("", folded(text)).split())


def tokens(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return _TOKEN.findall(plain(text))


@lru_cache(maxsize=1 << 14)
def unified(text: str) -> str:
    """The text folded, every name of one thing written the same way."""
    told = plain(text)
    for name, names in lexicon().alike:
        told = names.pattern.sub(name, told)
    return told


@lru_cache(maxsize=1 << 14)
def meanings(text: str, language: Language) -> tuple[str, ...]:
    """The words of a text that mean something, in their order, those of one meaning as one."""
    told = unified(text)
    for place, group in enumerate(lexicon().same):
        told = group.pattern.sub(f" zq{place}x ", told)
    return tuple(words(told, language))


def tells_figure(word: str) -> bool:
    """Whether a word, as `meanings` gives it, is a figure or goes with one: a month, a unit."""
    return bool(_FIGURE_WORD.search(word))


def spoken(text: str, language: Language) -> tuple[str, ...]:
    """The same without figures and what goes with them, which can be written in many ways."""
    return tuple(word for word in meanings(text, language) if not tells_figure(word))


@cache
def lexicon() -> Lexicon:
    """The word lists, read once."""
    table: dict[str, Any] = read_plain_table(Path(__file__).with_name("lexicon.yaml"))
    return Lexicon(
        alike=tuple((names[0], _class(_longest_first(names))) for names in table["alike"]),
        same=tuple(map(_class, table["same"])),
        counted=tuple(map(_class, table["counted"])),
        denying=frozenset(table["denying"].split()),
        opposites=tuple((_class(one), _class(other)) for one, other in table["opposites"]),
        strength={name: _class(group) for name, group in table["strength"].items()},
        hedges=_class(table["hedges"].split()),
        actors=_class(table["actors"].split()),
        conditional=frozenset(table["conditional"].split()),
        personal={
            kind: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
            for kind, patterns in table["personal"].items()
        },
        present=_class(table["present"].split()),
        over=_class(table["over"].split()),
    )


def _longest_first(names: Sequence[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _class(group: Iterable[str]) -> Class:
    parts = "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\#", _NUMBER) for word in group
    )
    return Class(re.compile(rf"(?<!\w)(?:{parts})(?!\w)"))
