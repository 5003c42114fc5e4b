"""The texts that can be fetched: each name stands for numbers, and never for an address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from assistant.corpus.official.text import slug
from assistant.errors import UsageError
from assistant.tables import read_plain_table

_FILE = Path(__file__).with_name("catalogue.yaml")
_RELEASE = re.compile(r"(?P<congress>\d{2,3})-(?P<law>\d{1,4}(?:not\d{1,4})*(?:u\d{1,2})?)")
_REGISTER = re.compile(r"fr-(?P<number>[a-z]?\d{1,4}(?:-\d{4})?-\d{1,6})")
_OPINION = re.compile(r"opinion-(?P<number>[1-9]\d{0,11})")


class Host(StrEnum):
    """The official services: no other host is ever reached."""

    CODE = "uscode.house.gov"
    REGULATIONS = "www.ecfr.gov"
    REGISTER = "www.federalregister.gov"
    COURTS = "www.courtlistener.com"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one of the services: its name, its numbers there, and what it is about.

    ``title`` is that of the U.S. Code or the C.F.R., else empty. ``number`` is that of a section, a
    document of the Federal Register, or an opinion.
    """

    name: str
    host: Host
    title: str
    number: str
    about: str

    @property
    def with_title(self) -> str:
        """What comes in one file: all sections of a title of the Code, and else a text alone."""
        return f"title {self.title}" if self.host is Host.CODE else self.name


@dataclass(frozen=True, slots=True)
class Release:
    """A release point of the U.S. Code: "119-102not101" is 119th Congress, law 102 without 101."""

    congress: str
    law: str

    def __str__(self) -> str:
        return f"{self.congress}-{self.law}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts by name, and the release point of the Code that is asked for unless told."""

    texts: Mapping[str, Text]
    release: Release
    seen: str

    def find(self, name: str) -> Text:
        """The text of that name.

        Raises:
            UsageError: There is none; the message names near ones.
        """
        plain = name.strip().casefold()
        if found := self.texts.get(plain) or _numbered(plain):
            return found
        shown = plain[:60] if plain.isprintable() else "that"
        near = get_close_matches(shown, self.texts, n=3)
        hint = f"Did you mean {', '.join(near)}? " if near else ""
        what = f"No official text is known as '{shown}'"
        raise UsageError(f"{what}. {hint}`assistant corpus fetch` lists the names.")


def read_release(text: str) -> Release:
    """A release point as it is written.

    Raises:
        UsageError: It is none.
    """
    found = _RELEASE.fullmatch(text.strip())
    if found is None:
        shown = f"'{text[:40]}'" if text.isprintable() else "what was given"
        what = f"--release: {shown} is no release point"
        mend = "Write it as 119-102 or 119-102not101; https://uscode.house.gov/download/ lists them"
        raise UsageError(f"{what}. {mend}.")
    return Release(found["congress"], found["law"])


@cache
def read_catalogue() -> Catalogue:
    """The catalogue that comes with the program."""
    told = read_plain_table(_FILE)
    texts = {text.name: text for text in _texts(told)}
    return Catalogue(texts, read_release(told["code"]["release"]), told["code"]["seen"])


def by_file(texts: Sequence[Text]) -> list[tuple[Text, ...]]:
    """The texts in their order, those of one file together, each but once."""
    groups: dict[tuple[Host, str], dict[str, Text]] = {}
    for text in texts:
        groups.setdefault((text.host, text.with_title), {})[text.name] = text
    return [tuple(group.values()) for group in groups.values()]


def _texts(told: Mapping[str, Any]) -> Iterator[Text]:
    for kind, cited, host, titles in (
        ("usc", "U.S.C.", Host.CODE, told["code"]["sections"]),
        ("cfr", "C.F.R.", Host.REGULATIONS, told["regulations"]),
    ):
        for title, sections in titles.items():
            for number, about in sections.items():
                what = f"{title} {cited} § {number}: {about}"
                yield Text(slug(f"{kind} {title} {number}"), host, title, number, what)
    for number, about in told["register"].items():
        yield Text(slug(f"fr {number}"), Host.REGISTER, "", number, about)


def _numbered(name: str) -> Text | None:
    """A text that is known by its number alone."""
    if found := _REGISTER.fullmatch(name):
        number = found["number"].upper()
        return Text(name, Host.REGISTER, "", number, f"Federal Register document {number}")
    if found := _OPINION.fullmatch(name):
        return Text(name, Host.COURTS, "", found["number"], f"Opinion {found['number']}")
    return None
