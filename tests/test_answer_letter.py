"""Official words first where a question asks for them, and only then."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.answer.letter import MOST_OF_THE_LAW, letter_of_the_law
from assistant.corpus.read import read_document
from assistant.index.opened import LanguageIndex
from assistant.index.split import split
from assistant.models import Language

TODAY = date(2026, 12, 1)
LAW = """---
id: official-usc-26-6103
title: "26 U.S.C. § 6103: Of bread"
kind: statute
citation: "26 U.S.C. § 6103 (release point 119-99)"
publisher: Office
url: https://uscode.house.gov/x
published: 2026-07-16
as_of: 2026-07-16
status: in-force
basis: primary
sources: [https://uscode.house.gov/x]
topics: [official-text]
audiences: [public, staff, advocate]
language: en
related: []
origin: ORIGIN
---
## § 6103(a): Keeping

Every baker shall keep the door shut.

## § 6103(i)(2)(A): Opening

A baker may open the door upon request of a miller.

## § 6103(i)(2)(B)(i): What the request says

A request is in writing and sets forth (i) the name of the miller; * * *

## § 6103(i)(2)(B)(ii): What the request says

A request is in writing and sets forth * * * (ii) the weight of the flour.

## § 6103(i)(2)(C): Small loaves

A small loaf is no bread.
"""


def _part(folder: Path, origin: str = "official") -> LanguageIndex:
    file = folder / "en" / "statutes" / "official-usc-26-6103.md"
    file.parent.mkdir(parents=True)
    file.write_text(LAW.replace("ORIGIN", origin), encoding="utf-8")
    passages = split([read_document(file, folder)])
    return cast(LanguageIndex, SimpleNamespace(language=Language.EN, passages=passages))


def _told(part: LanguageIndex, text: str, day: date = TODAY) -> list[str]:
    return [each.sentence.text for each in letter_of_the_law(part, text, day)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("exact words of § 6103(a)", ["Every baker shall keep the door shut."]),
        ("What does 6103(i)(2)(C) say word for word?", ["A small loaf is no bread."]),
        (
            "quote 26 U.S.C. § 6103(i)(2)(B)(ii)",
            ["A request is in writing and sets forth * * * (ii) the weight of the flour."],
        ),
    ],
)
def test_the_very_place_is_quoted(tmp_path: Path, text: str, told: list[str]) -> None:
    assert _told(_part(tmp_path), text) == told


def test_of_a_place_without_words_of_its_own_what_stands_in_it(tmp_path: Path) -> None:
    told = _told(_part(tmp_path), "full text of section 6103(i)(2), please")
    assert len(told) == MOST_OF_THE_LAW
    assert told[0] == "A baker may open the door upon request of a miller."


@pytest.mark.parametrize(
    "text",
    [
        "What does § 6103(a) say?",
        "exact words of the law",
        "exact words of § 7213(a)",
        "exact words of 42 U.S.C. § 6103(a)",
        "exact words of § 6103(I)(2)",
    ],
)
def test_nothing_where_no_words_no_place_or_another_is_asked_for(tmp_path: Path, text: str) -> None:
    assert _told(_part(tmp_path), text) == []


def test_a_digest_is_no_letter_of_the_law(tmp_path: Path) -> None:
    assert _told(_part(tmp_path, "digest"), "exact words of § 6103(a)") == []


def test_nothing_before_the_day_of_the_text(tmp_path: Path) -> None:
    assert _told(_part(tmp_path), "exact words of § 6103(a)", date(2026, 7, 15)) == []
