"""The screen's rules, read from the files of rules and compiled once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from assistant.guard.words import word_list
from assistant.tables import read_table

_FOLDER = Path(__file__).parent
_FILES = ("rules.yaml", "attacks.yaml", "coaxing.yaml", "tasks.yaml", "beyond.yaml", "signs.yaml")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# How far around a match an exception is looked for, in characters.
_BEFORE, _AFTER = 60, 80

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Rule:
    """One reason and the patterns that show it; ``raw`` ones read the text before it is plain.

    ``needs`` are starts of words of which one must be present: a quick look that spares most texts
    the many patterns of ``find``, and most runs their compiling.
    """

    reason: str
    needs: Patterns
    find_written: tuple[str, ...]
    raw: Patterns
    unless_near_written: tuple[str, ...]
    unless_before_written: tuple[str, ...]
    fragments: Fragments

    @cached_property
    def find(self) -> Patterns:
        """The patterns that show the reason."""
        return self.fragments.compile(self.find_written)

    @cached_property
    def unless_near(self) -> Patterns:
        """What excuses a match when it stands close to it."""
        return self.fragments.compile(self.unless_near_written)

    @cached_property
    def unless_before(self) -> Patterns:
        """What excuses a match when it stands before it in its sentence."""
        return self.fragments.compile(self.unless_before_written)

    def holds(self, padded: str, raw: str) -> bool:
        """Whether the rule applies to a plain text padded with spaces, or to its raw form."""
        if any(pattern.search(raw) for pattern in self.raw):
            return True
        if not all(pattern.search(padded) for pattern in self.needs):
            return False
        matches = (match for pattern in self.find for match in pattern.finditer(padded))
        return any(not self._excused(padded, match) for match in matches)

    def _excused(self, text: str, match: re.Match[str]) -> bool:
        start = max(0, match.start() - _BEFORE)
        around = text[start : match.end() + _AFTER]
        if any(pattern.search(around) for pattern in self.unless_near):
            return True
        # What begins a sentence is not excused by the sentence before.
        before = "" if match[0].startswith(".") else text[start : match.start()]
        return any(pattern.search(before) for pattern in self.unless_before)


class Fragments:
    """Named pieces of patterns, filled in wherever ``{name}`` stands."""

    def __init__(self, *sources: Mapping[str, Iterable[str]]) -> None:
        given = sorted(map(_unaccented, word_list("given_names")))
        self._pieces = {"given": "(?:" + "|".join(given) + ")"}
        for source in sources:
            self._pieces |= {name: f"(?:{'|'.join(lines)})" for name, lines in source.items()}

    def compile(self, patterns: Iterable[str]) -> Patterns:
        """The patterns with every placeholder filled in; none starts inside a word."""
        return tuple(re.compile(rf"(?<!\w)(?:{self.fill(pattern)})") for pattern in patterns)

    def fill(self, pattern: str) -> str:
        """One pattern with every placeholder filled in, however deep."""
        while _PLACEHOLDER.search(pattern):
            pattern = _PLACEHOLDER.sub(lambda match: self._pieces[match[1]], pattern)
        return pattern


@cache
def read_rules_file(name: str) -> dict[str, Any]:
    """One file of rules as plain values."""
    content: dict[str, Any] = read_table(_FOLDER / name)
    return content


@cache
def rules(section: str) -> tuple[Rule, ...]:
    """The rules of one section of all files, as written; ``blocked`` and ``beyond`` are such."""
    files = [read_rules_file(name) for name in _FILES]
    fragments = shared_fragments()
    return tuple(_rule(entry, fragments) for content in files for entry in content.get(section, ()))


@cache
def shared_fragments() -> Fragments:
    """The fragments of all files: a rule of one may use those of another."""
    return Fragments(*(read_rules_file(name)["fragments"] for name in _FILES))


def _rule(entry: Mapping[str, Any], fragments: Fragments) -> Rule:
    def written(*keys: str) -> tuple[str, ...]:
        return tuple(pattern for key in keys for pattern in entry.get(key, ()))

    return Rule(
        reason=entry["reason"],
        needs=fragments.compile(["|".join(entry["needs"])]) if "needs" in entry else (),
        find_written=written("en", "es"),
        raw=tuple(re.compile(pattern) for pattern in entry.get("raw", ())),
        unless_near_written=written("unless_near"),
        unless_before_written=written("unless_before"),
        fragments=fragments,
    )


def _unaccented(word: str) -> str:
    split = unicodedata.normalize("NFD", word)
    return "".join(character for character in split if not unicodedata.combining(character))
