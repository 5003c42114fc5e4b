"""What governs and what was known when: authority, standing and dates in running text."""

from __future__ import annotations

from datetime import date

import pytest
from fakes import make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Kind, Language, Standing
from assistant.status import authority, dates_in, first_day, is_past, known_on
from assistant.texts.dates import say_date


def test_the_ladder_goes_from_statute_down_to_news() -> None:
    order = sorted(Kind, key=authority, reverse=True)
    assert order[0] is Kind.STATUTE
    assert order[-1] is Kind.NEWS
    assert sorted(map(authority, Kind)) == list(range(len(Kind)))
    for higher, lower in (
        (Kind.STATUTE, Kind.REGULATION),
        (Kind.REGULATION, Kind.GUIDANCE),
        (Kind.COURT, Kind.AGREEMENT),
        (Kind.GUIDANCE, Kind.ANALYSIS),
    ):
        assert authority(higher) > authority(lower)


@pytest.mark.parametrize("standing", Standing)
def test_only_what_no_longer_holds_is_past(standing: Standing) -> None:
    past = {Standing.HISTORICAL, Standing.SUPERSEDED, Standing.REVERSED}
    assert is_past(standing) is (standing in past)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1976", date(1976, 1, 1)),
        ("2025-06", date(2025, 6, 1)),
        ("2025-06-09", date(2025, 6, 9)),
    ],
)
def test_a_written_date_means_its_first_day(written: str, expected: date) -> None:
    assert first_day(written) == expected


@pytest.mark.parametrize(
    ("published", "day", "known"),
    [
        ("2025-04-07", date(2025, 4, 6), False),
        ("2025-04-07", date(2025, 4, 7), True),
        ("2025-04", date(2025, 4, 1), True),
        ("2025-04", date(2025, 3, 31), False),
        ("2025", date(2025, 1, 1), True),
        ("2025", date(2024, 12, 31), False),
    ],
)
def test_a_source_is_known_from_the_day_it_was_published(
    published: str, day: date, known: bool
) -> None:
    assert known_on(make_source(published=published), day) is known


DATES = [
    ("It began on April 7, 2025.", [date(2025, 4, 7)]),
    ("It began on Apr. 7, 2025.", [date(2025, 4, 7)]),
    ("In August 2025 and in September, 2025", [date(2025, 8, 1), date(2025, 9, 1)]),
    ("From 1976 to 2025", [date(1976, 1, 1), date(2025, 1, 1)]),
    ("as of 2026-07-28", [date(2026, 7, 28)]),
    ("as of 2026-07", [date(2026, 7, 1)]),
    ("SEPT. 30, 2024", [date(2024, 9, 30)]),
    ("El 7 de abril de 2025 empezó.", [date(2025, 4, 7)]),
    ("El 1.º de enero de 2026", [date(2026, 1, 1)]),
    ("El 1 de enero de 2026", [date(2026, 1, 1)]),
    ("en agosto de 2025", [date(2025, 8, 1)]),
    ("en setiembre de 2025", [date(2025, 9, 1)]),
    ("hasta el 28 de julio de 2026", [date(2026, 7, 28)]),
    ("febrero 2026", [date(2026, 2, 1)]),
    ("February 30, 2025", []),
    ("31 de abril de 2025", []),
    ("47,289 of 1.28 million", []),
    ("§ 6103 and Form 1040", []),
    ("may tell", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_are_read_in_running_text(text: str, expected: list[date]) -> None:
    assert dates_in(text) == expected


@pytest.mark.parametrize("text", ["No. 1:25-cv-02000", "section 1976", "2,025", "20255"])
def test_a_number_that_only_looks_like_a_year_names_no_later_day(text: str) -> None:
    assert all(day.year <= 2000 for day in dates_in(text))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(Language))
def test_every_date_that_is_said_is_read_again(day: date, language: Language) -> None:
    said = say_date(language, day.isoformat())
    assert dates_in(f"({said})") == [day]
    month = say_date(language, day.isoformat()[:7])
    assert dates_in(month) == [day.replace(day=1)]


@given(st.text())
def test_any_text_can_be_read_for_dates(text: str) -> None:
    for day in dates_in(text):
        assert 1 <= day.month <= 12
