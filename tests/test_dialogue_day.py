"""The earlier day that a question asks about in so many words, and dates that are no such day."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dialogue.day import asked_day

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Brief me as of Feb. 20, 2026: what has the IRS admitted?", date(2026, 2, 20)),
        ("As of December 15, 2025, what order was in force?", date(2025, 12, 15)),
        ("which court order was in effect on December 31, 2025", date(2025, 12, 31)),
        ("How things stood on 2025-12-31, in one paragraph", date(2025, 12, 31)),
        ("If a member had asked on Jan. 15, 2026 whether it was lawful", date(2026, 1, 15)),
        ("what was blocked as of Nov. 30, 2025", date(2025, 11, 30)),
        ("Memo is dated December 15, 2025. Can they still send names?", date(2025, 12, 15)),
        ("hoy es 10 de febrero del 2026, ¿cuáles juezas ya lo frenaron?", date(2026, 2, 10)),
        ("¿Qué órdenes estaban vigentes al 15 de enero de 2026?", date(2026, 1, 15)),
        ("Al 15 de diciembre de 2025, ¿qué estaba bloqueado?", date(2025, 12, 15)),
    ],
)
def test_a_day_on_which_things_stood(text: str, day: date) -> None:
    assert asked_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "What happened on August 7, 2025?",
        "Did the IRS give 47,289 addresses as of August 7, 2025?",
        "Was the order of November 21, 2025 in force for long?",
        "As of today, December 1, 2026, is it blocked?",
        "As of January 5, 2027, what will hold?",
        "what was in force in 2025",
        "as of December what was blocked",
        "Se firmó el acuerdo el 7 de abril de 2025",
        "¿Qué pasó del 8 al 15 de enero de 2026?",
        "¿Qué dice la orden del 21 de noviembre de 2025?",
        "as of February 31, 2026 what held",
        "",
    ],
)
def test_a_date_alone_is_no_such_day(text: str) -> None:
    assert asked_day(text, TODAY) is None
