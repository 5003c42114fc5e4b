"""The two catalogues of wording are equals: same keys, same placeholders, nothing empty."""

import re
import string
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import assistant.texts
from assistant.models import Audience, Basis, Kind, Language, Outcome, Standing
from assistant.texts import catalogue, lines, say
from evals.reading import ease, grade

FOLDER = Path(assistant.texts.__file__).parent
ENGLISH, SPANISH = catalogue(Language.EN), catalogue(Language.ES)
KEY = re.compile(r"[a-z_]+\.[a-z0-9][a-z0-9_-]*")
# A shorter text may be a name, which is the same in both languages.
TRANSLATABLE = 30


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def every_text(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    assert isinstance(value, list), f"{path} is neither a text nor a list of texts"
    for place, item in enumerate(value):
        assert isinstance(item, str), f"{path}[{place}] is no text"
        yield f"{path}[{place}]", item


def flat(entries: dict[str, Any]) -> dict[str, str]:
    return {path: text for key, value in entries.items() for path, text in every_text(value, key)}


def test_each_room_has_a_file_in_both_languages() -> None:
    rooms = {
        language: sorted(file.name for file in (FOLDER / language.value).glob("*.yaml"))
        for language in Language
    }
    assert rooms[Language.EN] == rooms[Language.ES]
    assert rooms[Language.EN]


def test_both_languages_hold_the_same_keys_and_list_lengths() -> None:
    assert sorted(flat(ENGLISH)) == sorted(flat(SPANISH))


@pytest.mark.parametrize("entries", [ENGLISH, SPANISH], ids=["en", "es"])
def test_keys_are_plain_words(entries: dict[str, Any]) -> None:
    """YAML reads an unquoted ``yes`` or ``on`` as a truth value, which no code would look up."""
    assert [key for key in entries if not KEY.fullmatch(key)] == []


def test_both_languages_fill_the_same_placeholders() -> None:
    spanish = flat(SPANISH)
    differing = {
        path: (placeholders(text), placeholders(spanish[path]))
        for path, text in flat(ENGLISH).items()
        if placeholders(text) != placeholders(spanish[path])
    }
    assert differing == {}


@pytest.mark.parametrize("entries", [ENGLISH, SPANISH], ids=["en", "es"])
def test_no_text_is_empty_or_carries_stray_space(entries: dict[str, Any]) -> None:
    assert [path for path, text in flat(entries).items() if not text.strip()] == []
    assert [key for key, value in entries.items() if value == []] == []
    edges = [path for path, text in flat(entries).items() if text != text.strip()]
    assert edges == []


def test_no_longer_text_is_left_untranslated() -> None:
    spanish = flat(SPANISH)
    same = [
        path
        for path, text in flat(ENGLISH).items()
        if len(text) > TRANSLATABLE and text == spanish[path]
    ]
    assert same == []


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("status", Standing),
        ("basis", Basis),
        ("kind", Kind),
        ("audience", Audience),
        ("outcome", Outcome),
    ],
)
def test_every_value_of_a_fixed_set_has_its_name(prefix: str, values: type[StrEnum]) -> None:
    missing = [value for value in values if f"names.{prefix}_{value}" not in ENGLISH]
    assert missing == []


def test_a_missing_key_is_an_error_and_no_empty_text() -> None:
    with pytest.raises(KeyError):
        say(Language.EN, "answers.no_such_text")
    with pytest.raises(KeyError):
        lines(Language.ES, "answers.no_such_list")


def _sentences(language: Language, room: str) -> list[str]:
    """What a room says in whole sentences; a placeholder counts as one short word."""
    said = [
        text
        for key, value in catalogue(language).items()
        if key.partition(".")[0] == room
        for text in (value if isinstance(value, list) else [value])
        if len(text.split()) >= 5
    ]
    return [
        sentence
        for text in said
        for sentence in re.split(r"(?<=[.?!:])\s+", re.sub(r"\{\w+\}", "one", text))
        if " " in sentence
    ]


ROOMS = sorted({key.partition(".")[0] for key in catalogue(Language.EN)})


@pytest.mark.parametrize("room", ROOMS)
def test_the_wording_of_every_room_is_easy_to_read(room: str) -> None:
    """At most grade 8 in English; in Spanish at least what INFLESZ calls fairly easy."""
    if english := _sentences(Language.EN, room):
        assert (grade(english) or 0) <= 8
        assert (ease(_sentences(Language.ES, room)) or 0) >= 65
