"""Edits: a sentence keeps its mark only while it is, to the letter, one that was quoted there."""

from __future__ import annotations

import pytest
from desk_faq_fakes import EN, ES, FakeAsk, one_entry
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.faq import Entry, Side
from assistant.desk.faq_edit import LONGEST_ANSWER, as_text, edited_answer, edited_question

ASKED, PREGUNTA = "What does the law say about returns?", "¿Qué dice la ley de las declaraciones?"
FIRST, SECOND, THIRD = (
    "The law keeps returns private.",
    "A fine is up to $5,000.",
    "A judge blocked it on May 4, 2026.",
)


def entry(written: str = ASKED) -> Entry:
    return one_entry(written, FakeAsk())


def side(written: str = ASKED) -> Side:
    return entry(written).sides[0]


def marked(edited: Side) -> list[tuple[str, bool]]:
    return [(each.text, bool(each.citations)) for each in edited.said]


def test_an_answer_that_is_not_changed_stays_whole() -> None:
    before = side()
    after = edited_answer(before, as_text(before))
    assert after == before
    assert not after.edited
    assert after.left_out == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{THIRD}\n{FIRST}", [(THIRD, True), (FIRST, True)]),
        (f"{FIRST} {SECOND}", [(FIRST, True), (SECOND, True)]),
        (f"  {FIRST}  \n\n\n{SECOND}", [(FIRST, True), (SECOND, True)]),
        (FIRST.replace(" ", "\u00a0"), [(FIRST, True)]),
        (f"{FIRST}\nCall our clinic.", [(FIRST, True), ("Call our clinic.", False)]),
        (f"{FIRST} Call our clinic.", [(FIRST, True), ("Call our clinic.", False)]),
        # Shortened, lengthened, quoted inside a sentence of the editor's own: no mark.
        ("The law keeps returns.", [("The law keeps returns.", False)]),
        ("A fine is up to $5,000", [("A fine is up to $5,000", False)]),
        ("the law keeps returns private.", [("the law keeps returns private.", False)]),
        (f"It is false that {FIRST}", [(f"It is false that {FIRST}", False)]),
        ("The law keeps returns private?", [("The law keeps returns private?", False)]),
        (
            "A judge blocked it on May 5, 2026.",
            [("A judge blocked it on May 5, 2026.", False)],
        ),
        # A sentence of the other language, or one that this answer did not quote.
        (
            "La ley guarda en privado las declaraciones.",
            [("La ley guarda en privado las declaraciones.", False)],
        ),
        ("It was written in 1976.", [("It was written in 1976.", False)]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_only_a_sentence_to_the_letter_keeps_its_mark(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    edited = edited_answer(side(), text)
    assert marked(edited) == expected
    assert edited.edited is any(not kept for _, kept in expected)
    assert edited.quoted == side().quoted
    assert edited.left_out == 3 - sum(kept for _, kept in expected)


def test_a_sentence_that_was_taken_out_can_come_back() -> None:
    shorter = edited_answer(side(), FIRST)
    assert marked(edited_answer(shorter, f"{FIRST}\n{SECOND}")) == [(FIRST, True), (SECOND, True)]


@given(st.lists(st.sampled_from([FIRST, SECOND, THIRD]) | st.text(max_size=80), max_size=12))
def test_whatever_is_typed_what_has_a_mark_is_quoted_and_nothing_is_lost(lines: list[str]) -> None:
    before = side()
    edited = edited_answer(before, "\n".join(lines))
    for each in edited.said:
        assert each.text == " ".join(each.text.split())
        for citation in each.citations:
            assert each.text == citation.quote
            assert each in before.quoted
    assert edited_answer(edited, as_text(edited)).said == edited.said


def test_an_answer_has_its_longest_length() -> None:
    edited = edited_answer(side(), "x" * (LONGEST_ANSWER + 50))
    assert sum(len(each.text) for each in edited.said) == LONGEST_ANSWER


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("My SSN is 123-45-6789.", False),
        ("Her A-number is A123-456-789.", False),
        ("Call our clinic at (555) 867-5309.", True),
        ("Come to 12 Main Street, Springfield.", True),
        ("Write to help@example.org.", True),
    ],
)
def test_numbers_of_a_person_go_and_the_address_of_an_office_stays(
    written: str, kept: bool
) -> None:
    (only,) = edited_answer(side(), written).said
    assert (only.text == written) is kept
    assert kept or not any(digits in only.text for digits in ("6789", "456"))


@pytest.mark.parametrize(
    ("written", "language", "wording", "reworded"),
    [
        (ASKED, EN, "What is the law on returns?", True),
        (ASKED, EN, "what does the LAW say about returns", False),
        (ASKED, ES, "¿Qué dice la ley?", False),  # the wording that was missing
        (f"{ASKED} | {PREGUNTA}", ES, "¿Qué dice la ley?", True),
    ],
)
def test_a_question_can_be_worded_anew(
    written: str, language: object, wording: str, reworded: bool
) -> None:
    whole = entry(written)
    (before,) = (each for each in whole.sides if each.language is language)
    after = edited_question(before, whole, f"  {wording}\n")
    assert (after.question, after.asked_in) == (wording, language)
    assert after.reworded is reworded
    assert after.said == before.said


@pytest.mark.parametrize("wording", ["", "   ", "?!", ASKED])
def test_an_empty_or_equal_wording_changes_nothing(wording: str) -> None:
    whole = entry()
    assert edited_question(whole.sides[0], whole, wording) == whole.sides[0]
