"""Names stand for numbers; what is no name of the list is refused, and never becomes an address."""

from __future__ import annotations

import re

import pytest

from assistant.corpus.fetch.catalogue import Host, by_file, read_catalogue, read_release
from assistant.corpus.official.dates import is_day
from assistant.corpus.official.text import slug
from assistant.errors import UsageError

CATALOGUE = read_catalogue()


def test_the_sections_that_the_project_is_about_are_there() -> None:
    wanted = [
        *(f"usc-26-{each}" for each in ("6103", "7213", "7213a", "7216", "7217", "7431")),
        *(f"usc-8-{each}" for each in ("1253", "1304", "1306", "1325", "1326")),
        "usc-5-552a",
        "cfr-26-301-6103-i-1",
        "fr-2025-16866",
    ]
    assert set(wanted) <= set(CATALOGUE.texts)


@pytest.mark.parametrize("text", CATALOGUE.texts.values(), ids=lambda text: text.name)
def test_each_name_is_that_of_the_document_and_each_text_is_told(text) -> None:  # type: ignore[no-untyped-def]
    assert text.name == slug(text.name)
    assert isinstance(text.about, str) and text.about.strip()
    assert isinstance(text.number, str)
    if text.host is Host.REGULATIONS:
        assert re.fullmatch(r"\d+\.\d+(\([a-z0-9]+\))*(-\d+)?", text.number)
    elif text.host is Host.CODE:
        assert re.fullmatch(r"\d{1,2}", text.title)
        assert re.fullmatch(r"\d+[A-Za-z]?", text.number)


def test_the_release_point_says_when_it_was_seen() -> None:
    assert str(CATALOGUE.release) == "119-102not101"
    assert is_day(CATALOGUE.seen)


@pytest.mark.parametrize(
    ("name", "host", "number"),
    [
        ("usc-26-6103", Host.CODE, "6103"),
        (" USC-26-7213A ", Host.CODE, "7213A"),
        ("cfr-26-301-6103-i-1", Host.REGULATIONS, "301.6103(i)-1"),
        ("fr-2025-16866", Host.REGISTER, "2025-16866"),
        ("fr-2024-1", Host.REGISTER, "2024-1"),
        ("FR-E9-3084", Host.REGISTER, "E9-3084"),
        ("fr-c1-2025-01234", Host.REGISTER, "C1-2025-01234"),
        ("opinion-77", Host.COURTS, "77"),
    ],
)
def test_a_name_stands_for_host_and_number(name: str, host: Host, number: str) -> None:
    found = CATALOGUE.find(name)
    assert (found.host, found.number) == (host, number)


@pytest.mark.parametrize(
    "name",
    [
        "https://elsewhere.example/usc-26-6103",
        "../usc-26-6103",
        "usc-26-6103?x=1",
        "usc-26-6103#x",
        "opinion-0",
        "opinion-7/../../users",
        "opinion-77?format=api",
        "opinion-1234567890123",
        "opinion-٣",
        "fr-2025-16866.json",
        "fr-2025/16866",
        "fr-",
        "usc-26-9999",
        "",
        " ",
        "x" * 5000,
        "a\nb",
    ],
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="No official text is known as") as caught:
        CATALOGUE.find(name)
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)


def test_near_names_are_suggested() -> None:
    with pytest.raises(UsageError, match=r"Did you mean .*usc-26-6103"):
        CATALOGUE.find("usc-26-613")


@pytest.mark.parametrize("text", ["119-102", "119-102not101", "118-22u1", "119-277not255not268"])
def test_release_points_are_read(text: str) -> None:
    assert str(read_release(text)) == text


@pytest.mark.parametrize(
    "text", ["", "119", "119-102/..", "119-102not", "latest", "119-1 ;x", "\n"]
)
def test_what_is_no_release_point_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no release point"):
        read_release(text)


def test_sections_of_one_title_come_in_one_file_and_once() -> None:
    names = ["usc-26-6103", "cfr-26-301-6103-i-1", "usc-8-1253", "usc-26-7213", "usc-26-6103"]
    groups = by_file([CATALOGUE.find(name) for name in names])
    assert [[text.name for text in group] for group in groups] == [
        ["usc-26-6103", "usc-26-7213"],
        ["cfr-26-301-6103-i-1"],
        ["usc-8-1253"],
    ]
