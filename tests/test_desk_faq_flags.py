"""Flags: what a reader must know beside an entry, once each, in the language of its column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desk_faq_fakes import BOTH, EN, ES, FakeAsk, library, one_entry

from assistant.desk.faq import Brief, Entry
from assistant.desk.faq_edit import edited_answer, edited_question
from assistant.desk.faq_flags import FlagKind, flags_of
from assistant.models import Language, Outcome
from assistant.texts import say

ASKED, PREGUNTA = "What does the law say about returns?", "¿Qué dice la ley de las declaraciones?"


def kinds(entry: Entry, place: int = 0, brief: Brief = BOTH) -> list[FlagKind]:
    return [flag.kind for flag in flags_of(entry, entry.sides[place], brief)]


def test_an_answered_question_of_good_sources_has_no_flag() -> None:
    entry = one_entry(f"{ASKED} | {PREGUNTA}")
    assert [kinds(entry, 0), kinds(entry, 1)] == [[], []]


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.ANSWERED}))
def test_every_other_end_is_flagged_in_both_columns(outcome: Outcome) -> None:
    text = f"{ASKED} <{outcome.value}> | {PREGUNTA} <{outcome.value}>"
    entry = one_entry(text)
    for place, language in enumerate(Language):
        (flag,) = flags_of(entry, entry.sides[place], BOTH)
        assert flag.kind.value == outcome.value
        assert flag.text == say(language, f"faq.flag_{outcome.value}")


def test_a_question_of_one_language_is_flagged_in_the_other_column_only() -> None:
    entry = one_entry(PREGUNTA)
    assert kinds(entry, 1) == []
    (flag,) = flags_of(entry, entry.sides[0], BOTH)
    assert flag.kind is FlagKind.ONE_WORDING
    assert "Spanish" in flag.text


def test_what_was_taken_out_is_named_by_kind() -> None:
    entry = one_entry("My SSN is 123-45-6789, what does the law say?")
    removed = [flag for flag in flags_of(entry, entry.sides[0], BOTH)]
    assert [flag.kind for flag in removed] == [FlagKind.REMOVED]
    assert say(EN, "guard.kind_ssn") in removed[0].text
    spanish = flags_of(entry, entry.sides[1], BOTH)
    assert say(ES, "guard.kind_ssn") in spanish[-1].text


def test_edits_are_flagged_in_their_own_column() -> None:
    entry = one_entry(f"{ASKED} | {PREGUNTA}")
    side = edited_answer(entry.sides[0], "The law keeps returns private.\nCall us.")
    edited = replace(entry, sides=(side, entry.sides[1]))
    assert [kinds(edited, 0), kinds(edited, 1)] == [[FlagKind.EDITED], []]
    shortened = edited_answer(entry.sides[0], "The law keeps returns private.")
    assert kinds(replace(entry, sides=(shortened,))) == []


def test_an_answer_that_an_editor_wrote_is_flagged_as_not_found_and_as_theirs() -> None:
    entry = one_entry(f"{ASKED} <abstained> | {PREGUNTA} <abstained>")
    written = edited_answer(entry.sides[0], "We do not know.")
    flags = kinds(replace(entry, sides=(written,)))
    assert flags == [FlagKind.ABSTAINED, FlagKind.EDITED]


def test_a_question_worded_anew_tells_what_was_asked() -> None:
    entry = one_entry(f"{ASKED} | {PREGUNTA}")
    side = edited_question(entry.sides[0], entry, "Is my return private?")
    (flag,) = flags_of(entry, side, BOTH)
    assert flag.kind is FlagKind.REWORDED
    assert ASKED in flag.text


def test_sentences_without_a_twin_are_counted() -> None:
    entry = one_entry(f"{ASKED} | {PREGUNTA}", FakeAsk(quoted=(("odd", 0), ("odd", 1))))
    assert kinds(entry, 0) == []
    (flag,) = flags_of(entry, entry.sides[1], BOTH)
    assert flag.kind is FlagKind.UNTWINNED
    assert "1" in flag.text


@pytest.mark.parametrize(
    ("standing", "flagged"),
    [
        ("in-force", False),
        ("in-effect", False),
        ("affirmed", False),
        ("blocked", True),
        ("superseded", True),
        ("pending", True),
        ("reversed", True),
        ("historical", True),
    ],
)
def test_a_source_that_does_not_simply_hold_is_flagged_once_with_its_day(
    standing: str, flagged: bool
) -> None:
    ask = FakeAsk(library(law=standing))
    entry = one_entry(f"{ASKED} | {PREGUNTA}", ask)
    flags = flags_of(entry, entry.sides[0], BOTH)
    assert [flag.kind for flag in flags] == [FlagKind.STANDING] * flagged
    for flag in flags:
        assert say(EN, f"names.status_{standing}") in flag.text
        assert "July 28, 2026" in flag.text
        assert flag.citations == entry.sides[0].said[0].citations


def test_a_source_whose_sentences_were_taken_out_is_not_flagged() -> None:
    entry = one_entry(f"{ASKED} | {PREGUNTA}", FakeAsk(library(law="superseded")))
    side = edited_answer(entry.sides[0], "A judge blocked it on May 4, 2026.")
    assert flags_of(entry, side, BOTH) == ()


def test_on_an_earlier_day_todays_standing_is_not_told() -> None:
    entry = one_entry(f"{ASKED} | {PREGUNTA}", FakeAsk(library(law="superseded")))
    then = Brief((EN, ES), date(2025, 12, 15), earlier_day=True)
    assert flags_of(entry, entry.sides[0], then) == ()


def test_notes_come_last_as_they_are() -> None:
    note = say(EN, "answers.notice_changed")
    entry = one_entry(f"{ASKED} <partial>", FakeAsk(notices={EN: (note,)}))
    flags = flags_of(entry, entry.sides[0], BOTH)
    assert [flag.kind for flag in flags] == [FlagKind.PARTIAL, FlagKind.NOTE]
    assert flags[-1].text == note
