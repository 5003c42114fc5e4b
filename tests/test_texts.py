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
