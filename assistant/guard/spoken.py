"""Numbers that are spelled out: "nine one two", "novecientos doce", "triple five"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from assistant.guard.kinds import Reading
from assistant.guard.months import MONTH, MONTHS
from assistant.guard.words import word_list
from assistant.tables import read_table

_FILE = Path(__file__).with_name("spoken.yaml")
_COMMON = word_list("common_numbers")
_BETWEEN = r"(?:[ -]|, ?){1,3}"
_BEFORE_MONTH = re.compile(rf" (?:de |of )?{MONTH}", re.IGNORECASE)
_AFTER_MONTH = re.compile(rf"{MONTH} (?:the )?\Z", re.IGNORECASE)
_NEAR = 14  # characters in which the name of a month has room


@dataclass(frozen=True, slots=True)
class Spoken:
    """A run of number words at its place, and the figures that it stands for."""

    start: int
    end: int
    figures: str


@dataclass(frozen=True, slots=True)
class _Words:
    values: dict[str, int]
    ordinals: dict[str, int]
    scales: dict[str, int]
    repeats: dict[str, int]
    all: frozenset[str]
    run: re.Pattern[str]
    word: re.Pattern[str]


@dataclass(slots=True)
class _Reading:
    """The figures of a run so far, and the number that is still being said.

    ``room`` is the value from which a word no longer belongs to that number: "seventy" leaves
    room for what is below ten, "doscientos" for what is below a hundred.
    """

    figures: list[str] = field(default_factory=list)
    whole: int = 0
    part: int | None = None
    room: int = 0

    def continues(self, value: int) -> bool:
        """Whether a value can belong to the number that is being said."""
        return self.part is not None and 0 < value < self.room

    def take(self, value: int) -> None:
        """A word for a value: part of the number, or the beginning of the next."""
        if self.continues(value):
            self.part = (self.part or 0) + value
        else:
            self.close()
            self.part = value
        self.room = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0

    def scale(self, factor: int) -> None:
        """A word such as "hundred" or "mil", which multiplies what was said."""
        part = self.part or 1
        if factor == 100 and part < 10:
            self.part, self.room = part * factor, factor
        elif factor != 100:
            self.whole, self.part, self.room = part * factor, 0, factor

    def repeat(self, value: int, times: int) -> None:
        """A digit that is said to stand two or three times."""
        self.close()
        self.figures.append(str(value) * times)

    def close(self) -> None:
        """The end of a number within the run."""
        if self.part is not None:
            self.figures.append(str(self.whole + self.part))
        self.whole, self.part, self.room = 0, None, 0


def spoken_numbers(reading: Reading) -> Iterator[Spoken]:
    """Every number of two words or more, and a day of one word beside the name of its month."""
    text, known = reading.text, _words().all & reading.words
    # "One", "una" and "dos" alone are no reason to look closer, but beside the name of a month.
    if len(known) < 2 and not (known - _COMMON or (known and reading.has(MONTHS))):
        return
    for run in _words().run.finditer(text):
        for spoken, words in _read(text, run.start(), run.end()):
            if words > 1 or _is_day(text, spoken):
                yield spoken


def _read(text: str, start: int, end: int) -> Iterator[tuple[Spoken, int]]:
    """The numbers of a run with how many words each has; "and" parts those it cannot join."""
    known = _words()
    reading, began, ended, count, linked, times = _Reading(), start, start, 0, False, 1
    for token in known.word.finditer(text, start, end):
        word = token[0].lower()
        value = known.values.get(word, known.ordinals.get(word))
        if value is None and word not in known.scales:
            times, linked = known.repeats.get(word, 1), token["link"] is not None
            continue
        if linked and value is not None and not reading.continues(value):
            yield _closed(reading, began, ended), count
            reading, began, count = _Reading(), token.start(), 0
        _say(reading, word, value, times)
        linked, times, ended, count = False, 1, token.end(), count + 1
    if count:
        yield _closed(reading, began, ended), count


def _say(reading: _Reading, word: str, value: int | None, times: int) -> None:
    known = _words()
    if value is None:
        reading.scale(known.scales[word])
    elif times > 1:
        reading.repeat(value, times)
    else:
        reading.take(value)
    if word in known.ordinals:
        reading.close()
        reading.figures.append(", ")


def _closed(reading: _Reading, start: int, end: int) -> Spoken:
    reading.close()
    return Spoken(start, end, "".join(reading.figures).removesuffix(", "))


def _is_day(text: str, spoken: Spoken) -> bool:
    before = text[max(0, spoken.start - _NEAR) : spoken.start]
    return bool(_BEFORE_MONTH.match(text, spoken.end) or _AFTER_MONTH.search(before))


@cache
def _words() -> _Words:
    table: dict[str, Any] = read_table(_FILE)
    values = {word: n for words in table["values"].values() for word, n in _pairs(words)}
    ordinals = {word: n for words in table["ordinals"].values() for word, n in _pairs(words)}
    scales, repeats = dict(_pairs(table["scales"])), dict(_pairs(table["repeats"]))
    number = "|".join(sorted((*values, *ordinals, *scales, *repeats), key=len, reverse=True))
    link, mark = ("|".join(table[name].split()) for name in ("links", "marks"))
    between = rf"{_BETWEEN}(?:(?:{link}|{mark}){_BETWEEN})?"
    return _Words(
        values,
        ordinals,
        scales,
        repeats,
        frozenset((*values, *ordinals)),
        re.compile(rf"\b(?:{number})(?:{between}(?:{number})(?!\w))*(?!\w)", re.IGNORECASE),
        re.compile(rf"\b(?:(?P<link>{link})|{mark}|{number})(?!\w)", re.IGNORECASE),
    )


def _pairs(words: str) -> Iterator[tuple[str, int]]:
    for pair in words.split():
        word, _, value = pair.partition("=")
        yield word, int(value)
