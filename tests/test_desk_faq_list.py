"""Pasted lists: what stands around a question goes, what is wrong is said with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.faq_list import (
    LONGEST_LIST,
    LONGEST_WORDING,
    MOST_QUESTIONS,
    Fault,
    ListError,
    read_questions,
)
from assistant.desk.faq_suggested import themes
from assistant.guard.kinds import PersonalKind
from assistant.models import Language

EN, ES = Language.EN, Language.ES
ASKED = "Did the IRS give my address to ICE today?"
PREGUNTA = "¿El IRS le dio hoy mi dirección a la migra?"


def wordings(text: str, page_language: Language = EN) -> list[dict[Language, str]]:
    return [each.wordings for each in read_questions(text, page_language).questions]


@pytest.mark.parametrize(
    "written",
    [
        ASKED,
        f"   {ASKED}\t ",
        f"1. {ASKED}",
        f"1.{ASKED}",
        f"12) {ASKED}",
        f"(3) {ASKED}",
        f"4: {ASKED}",
        f"7 - {ASKED}",
        f"b) {ASKED}",
        f"- {ASKED}",
        f"– {ASKED}",
        f"* {ASKED}",
        f"• {ASKED}",
        f"•\t{ASKED}",
        f"- [ ] {ASKED}",
        f"- [x] {ASKED}",
        f"☐ {ASKED}",
        f"> {ASKED}",
        f"## {ASKED}",
        f"## 3. {ASKED}",
        f"Q: {ASKED}",
        f"Q12. {ASKED}",
        f"Question 5: {ASKED}",
        f"Pregunta 5 - {ASKED}",
        f"“{ASKED}”",
        f'"{ASKED}"',
        f"**{ASKED}**",
        f"1. **{ASKED}**",
        f"- 1. {ASKED}",
        f"\ufeff{ASKED}",
        f"\u200b{ASKED}\u200b",
        ASKED.replace(" ", "\u00a0"),
        ASKED.replace(" ", "  "),
    ],
)
def test_what_stands_around_a_question_is_left_out(written: str) -> None:
    assert wordings(written) == [{EN: ASKED}]


@pytest.mark.parametrize(
    "written",
    [
        "26 U.S.C. 6103 says what about addresses?",
        "6103(i)(2) requires what?",
        "501(c)(3) groups: do they get our tax data?",
        "3.7 percent of the names were matched, is that right?",
        "1.28 million names: who was on the list?",
        'What does "last known address" mean in the law?',
        "A return is what, in this law?",
        "I-9 forms: does the IRS see them?",
        "2025 agreement: who signed it?",
        "-30 days: is that the limit in the law?",
    ],
)
def test_what_only_looks_like_a_number_or_bullet_stays(written: str) -> None:
    assert [each[EN] for each in wordings(written)] == [written]


def test_empty_lines_and_lines_without_words_are_no_questions() -> None:
    text = f"\n\n  \n---\n1.\n•\n{ASKED}\r\n\r\n***\n{PREGUNTA}\n"
    assert wordings(text) == [{EN: ASKED}, {ES: PREGUNTA}]


@pytest.mark.parametrize(
    ("written", "expected", "lead"),
    [
        (f"{ASKED} | {PREGUNTA}", {EN: ASKED, ES: PREGUNTA}, EN),
        (f"{PREGUNTA}|{ASKED}", {EN: ASKED, ES: PREGUNTA}, ES),
        (f"1. {ASKED} | 1. {PREGUNTA}", {EN: ASKED, ES: PREGUNTA}, EN),
        (f"{ASKED} |", {EN: ASKED}, EN),
        (f"| {PREGUNTA}", {ES: PREGUNTA}, ES),
    ],
)
def test_a_line_may_hold_a_question_in_both_languages(
    written: str, expected: dict[Language, str], lead: Language
) -> None:
    (asked,) = read_questions(written).questions
    assert (asked.wordings, asked.lead) == (expected, lead)


@pytest.mark.parametrize("page_language", Language)
def test_words_of_no_language_are_taken_for_the_pages(page_language: Language) -> None:
    assert wordings("DACA?", page_language) == [{page_language: "DACA?"}]


def test_a_suggested_question_brings_its_other_language() -> None:
    for theme in themes():
        for question in theme.questions:
            for language, wording in question.items():
                (asked,) = read_questions(f"3. {wording.upper()}").questions
                assert set(asked.wordings) == set(Language)
                other = EN if language is ES else ES
                assert asked.wordings[other] == question[other]


def test_what_was_typed_wins_over_a_suggestion() -> None:
    suggested = themes()[0].questions[0]
    (asked,) = read_questions(f"{suggested[EN]} | ¿La migra ya tiene mi dirección?").questions
    assert asked.wordings[ES] == "¿La migra ya tiene mi dirección?"


def test_lines_that_ask_the_same_become_one_and_are_told() -> None:
    listed = read_questions(f"{ASKED}\n\n{PREGUNTA}\n2. {ASKED.lower()}\n{PREGUNTA} | {ASKED}")
    assert [each.wordings for each in listed.questions][0] == {EN: ASKED, ES: PREGUNTA}
    assert [(each.line, each.first) for each in listed.repeated] == [(4, 1), (5, 1)]


def test_both_languages_of_a_suggestion_are_one_question() -> None:
    suggested = themes()[0].questions[0]
    listed = read_questions(f"{suggested[EN]}\n{suggested[ES]}")
    assert len(listed.questions) == 1
    assert len(listed.repeated) == 1


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("", Fault.EMPTY, 0),
        ("\n - \n 1. \n", Fault.EMPTY, 0),
        (f"{ASKED}\n{'Why? ' * 200}", Fault.TOO_LONG, 2),
        (f"\n{ASKED} | {'¿Por qué? ' * 80}", Fault.TOO_LONG, 2),
        ("x" * (LONGEST_LIST + 1), Fault.TOO_MUCH, 0),
        (f"{ASKED}\n{ASKED} | {PREGUNTA} | {ASKED}", Fault.TWO_SEPARATORS, 2),
        (f"\n\n{ASKED} | What is the law?", Fault.SAME_LANGUAGE, 3),
        (
            "\n".join(f"What is the rule number {n} about?" for n in range(MOST_QUESTIONS + 5)),
            Fault.TOO_MANY,
            MOST_QUESTIONS + 1,
        ),
    ],
)
def test_a_list_that_cannot_be_taken_says_why_and_where(text: str, fault: Fault, line: int) -> None:
    with pytest.raises(ListError) as raised:
        read_questions(text)
    assert (raised.value.fault, raised.value.line) == (fault, line)
    for language in Language:
        worded = raised.value.worded(language)
        assert not line or str(line) in worded
        assert "{" not in worded
    assert raised.value.worded(EN) != raised.value.worded(ES)
    assert str(raised.value) == raised.value.worded(EN)


def test_an_error_never_repeats_what_was_written() -> None:
    with pytest.raises(ListError) as raised:
        read_questions(f"My number is 123-45-6789 {'and so on ' * LONGEST_WORDING}")
    assert "123" not in str(raised.value)


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("My SSN is 123-45-6789, did ICE get it?", (PersonalKind.SSN,)),
        ("Mi ITIN es 900-70-1234, ¿lo tiene ICE?", (PersonalKind.ITIN,)),
        (f"{ASKED} | ¿Y mi ITIN 900-70-1234, lo tiene la migra?", (PersonalKind.ITIN,)),
    ],
)
def test_personal_numbers_go_and_are_named_by_kind(
    written: str, kinds: tuple[PersonalKind, ...]
) -> None:
    (asked,) = read_questions(written).questions
    assert asked.removed == kinds
    assert not any(digit in each for each in asked.wordings.values() for digit in ("6789", "1234"))


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_text_is_a_list_or_an_error_that_says_what_to_do(lines: list[str]) -> None:
    try:
        listed = read_questions("\n".join(lines))
    except ListError as error:
        assert str(error)
        return
    assert 0 < len(listed.questions) <= MOST_QUESTIONS
    for asked in listed.questions:
        assert asked.lead in asked.wordings
        for wording in asked.wordings.values():
            assert 0 < len(wording) <= LONGEST_WORDING
            assert wording == " ".join(wording.split())
            assert "\n" not in wording


@given(st.lists(st.sampled_from([ASKED, PREGUNTA, "What is the law?", "- 3. Why?"]), max_size=9))
def test_a_list_read_again_from_its_questions_stays_the_same(lines: list[str]) -> None:
    try:
        once = read_questions("\n".join(lines)).questions
    except ListError:
        return
    written = "\n".join(" | ".join(each.wordings.values()) for each in once)
    again = read_questions(written)
    assert [each.wordings for each in again.questions] == [each.wordings for each in once]
    assert again.repeated == ()
