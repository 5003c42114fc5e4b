"""A model's text becomes sentences and the keys that it wrote, and nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer.generated.reading import LONGEST_SENTENCE, says_nothing, sentences


def read(*chunks: str) -> list[tuple[str, str]]:
    """Each sentence with its keys in one text."""
    return [(each.text, " ".join(each.keys)) for each in sentences(chunks)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ICE asked. [P1]", [("ICE asked.", "P1")]),
        ("ICE asked [P1].", [("ICE asked.", "P1")]),
        ("ICE asked [P1]", [("ICE asked.", "P1")]),
        ("ICE asked. [P1][P4]", [("ICE asked.", "P1 P4")]),
        ("ICE asked. [P1] [P4].", [("ICE asked.", "P1 P4")]),
        ("ICE asked. [P1, P4; P2]", [("ICE asked.", "P1 P4 P2")]),
        ("ICE asked. [p2][P2]", [("ICE asked.", "P2")]),
        ("ICE asked. [ P12 ]", [("ICE asked.", "P12")]),
        ("ICE asked. The IRS gave. [P1]", [("ICE asked.", "P1"), ("The IRS gave.", "P1")]),
        ("ICE asked. [P1] The IRS gave. [P2]", [("ICE asked.", "P1"), ("The IRS gave.", "P2")]),
        ("ICE asked [P1] and got it [P2].", [("ICE asked.", "P1"), ("and got it.", "P2")]),
        ("ICE asked. [P1] And more", [("ICE asked.", "P1"), ("And more.", "")]),
        ("ICE asked.", [("ICE asked.", "")]),
        ("ICE asked. [1]", [("ICE asked.", "")]),
        ("ICE asked. [P123]", [("ICE asked.", ""), ("[P123].", "")]),
        ("ICE asked [1]. [P1]", [("ICE asked .", "P1")]),
        ("- ICE asked. [P1]", [("ICE asked.", "P1")]),
        ("* ICE asked. [P1]", [("ICE asked.", "P1")]),
        ("1. ICE asked. [P1]", [("ICE asked.", "P1")]),
        ("> - 2) ICE asked. [P1]", [("ICE asked.", "P1")]),
        ("## ICE **asked**. [P1]", [("ICE asked.", "P1")]),
        ("ICE <b>asked</b>.<br> [P1]", [("ICE asked.", "P1")]),
        ("ICE asked <img src=x onerror=y [P1]", [("ICE asked img src=x onerror=y.", "")]),
        ("ICE asked ![x](https://evil.example/x). [P1]", [("ICE asked .", "P1")]),
        ("ICE asked at www.evil.example [P1]", [("ICE asked at.", "P1")]),
        ("ICE\x1b[31m asked\u202e.\u200b [P1]", [("ICE[31m asked.", "P1")]),
        ("ICE\u00a0asked. [P1]", [("ICE asked.", "P1")]),
        ("The D.C. Circuit ruled in No. 25-5181. [P3]", None),
        ("It says “ICE asked.” [P1]", [("It says “ICE asked.”", "P1")]),
        ("¿Pidió ICE? Sí. [P1]", [("¿Pidió ICE?", "P1"), ("Sí.", "P1")]),
        ("As follows: [P1]", [("As follows.", "")]),
        ("It rests on the taxpayer's,? [P1]", [("It rests on the taxpayer's,?", "")]),
        (
            "ICE asked. The IRS gave it to the [P1]",
            [("ICE asked.", "P1"), ("The IRS gave it to the.", "")],
        ),
        ("El IRS entregó las [P1]", [("El IRS entregó las.", "")]),
        ("NONE", []),
        (" **None.** ", []),
        ("[P1]", []),
        ("---", []),
        ("", []),
    ],
)
def test_a_line_is_cut_into_sentences_with_their_keys(
    line: str, expected: list[tuple[str, str]] | None
) -> None:
    whole = [("The D.C. Circuit ruled in No. 25-5181.", "P3")]
    assert read(line) == (whole if expected is None else expected)


def test_a_sentence_comes_as_soon_as_its_line_is_whole() -> None:
    given: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("ICE as", "ked. [P", "1]\nThe", " IRS gave. [P2]"):
            given.append(piece)
            yield piece

    first = next(sentences(pieces()))
    assert (first.text, first.keys, len(given)) == ("ICE asked.", ("P1",), 3)


def test_the_pieces_make_no_difference() -> None:
    text = "- ICE asked. [P1]\r\n\n2. The IRS gave. It was much. [P2][P3]\nThe end"
    assert read(*text) == read(text)
    assert read(text)[0] == ("ICE asked.", "P1")


def test_a_sentence_beyond_its_length_cites_nothing() -> None:
    fits, long = "a " * (LONGEST_SENTENCE // 2 - 1) + "b.", "a " * LONGEST_SENTENCE + "b."
    assert [keys for _, keys in read(f"{fits} [P1]\n{long} [P1]\n")] == ["P1", ""]


@pytest.mark.parametrize("filling", ["x", " ", "[", "<", "[P1]", "x. ", "*", "\t ["])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_megabyte_in_a_line_is_soon_done_with(filling: str, end: str) -> None:
    text = f"a{filling * (1_000_000 // len(filling))}a{end}"
    started = time.process_time()
    assert all(len(text) <= LONGEST_SENTENCE * 4 for text, _ in read(text))
    assert time.process_time() - started < 2


def test_no_more_is_read_than_an_answer_needs() -> None:
    def without_end() -> Iterator[str]:
        while True:
            yield "ICE asked. [P1]\n"

    assert len(list(sentences(without_end()))) < 2000


_PARTS = st.sampled_from(
    [
        "[P1]",
        "[p2, P3]",
        "[P",
        "]",
        "\n",
        ". ",
        "ICE",
        " ",
        "1. ",
        "<b",
        ">",
        "](",
        "*",
        "“",
        "D.C.",
    ]
)


@settings(max_examples=40)
@given(st.lists(st.one_of(_PARTS, st.text(max_size=8)), max_size=25))
def test_nothing_raises_and_no_key_comes_that_was_not_written(parts: list[str]) -> None:
    text = "".join(parts)
    for each in sentences(parts):
        assert each.text.isprintable()
        assert any(sign.isalnum() for sign in each.text)
        assert len(set(each.keys)) == len(each.keys)
        for key in each.keys:
            assert re.fullmatch(r"P\d{1,2}", key)
            assert key in text.upper()


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("NONE", True), (" none.\n", True), ("“NONE”", True), ("None of them. [P1]", False)],
)
def test_a_model_may_say_that_its_passages_do_not_answer(text: str, nothing: bool) -> None:
    assert says_nothing(text) is nothing
