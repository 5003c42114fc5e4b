"""Few sentences are shown: the best of the best passages, none twice, each in its own order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import pytest
from fakes import make_found, make_part, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.cues import Cue
from assistant.answer.select import MOST_SENTENCES, Chosen, choose
from assistant.index.opened import LanguageIndex
from assistant.models import Language, Passage
from assistant.retrieve.find import Found
from assistant.service import Assistant

NOTHING: frozenset[Cue] = frozenset()


def passage(name: str, text: str) -> Passage:
    return make_passage(text, make_source(name), questions=("Anything else?",))


def choose_from(
    passages: Sequence[Passage], text: str, cues: frozenset[Cue] = NOTHING, most: int = 6
) -> list[str]:
    chosen = choose(make_part(passages), make_found(passages, text), text, cues, most)
    return [each.sentence.text for each in chosen]


LETTERS = passage(
    "letters",
    "Alpha writes quickly. Bravo walks slowly. Charlie sings at noon. Delta paints walls. "
    "Echo reads maps. Foxtrot bakes bread. Golf mends shoes. Hotel sells tea.",
)
COLOURS = [
    passage(f"colour-{number}", f"{word} is a colour. Nobody minds {word} much. Paint {word} dry.")
    for number, word in enumerate(("Red", "Green", "Blue", "Amber", "Violet", "Teal", "Black"))
]


def test_never_more_than_six_sentences_are_chosen() -> None:
    assert MOST_SENTENCES == 6
    assert len(choose_from([LETTERS, *COLOURS], "who writes and walks")) == 6


@pytest.mark.parametrize("most", [1, 2, 5, 6])
def test_no_more_than_were_asked_for_are_chosen(most: int) -> None:
    assert len(choose_from([LETTERS, *COLOURS], "who writes and walks", most=most)) == most


def test_nothing_found_gives_nothing() -> None:
    part = make_part([LETTERS])
    assert choose(part, make_found([], "anything"), "anything", NOTHING) == ()


def test_the_sentence_that_answers_is_among_those_chosen_from_its_passage() -> None:
    assert "Golf mends shoes." in choose_from([LETTERS, *COLOURS], "who mends shoes")
    assert "Hotel sells tea." in choose_from([LETTERS, *COLOURS], "who sells tea")


def test_sentences_of_one_passage_stand_together_in_their_own_order() -> None:
    passages = [LETTERS, *COLOURS]
    text = "who sells tea, who bakes bread, who writes"
    chosen = choose(make_part(passages), make_found(passages, text), text, NOTHING)
    runs = [
        (name, [each.sentence.start for each in run])
        for name, run in groupby(chosen, key=lambda each: each.passage.source.id)
    ]
    assert max(Counter(name for name, _ in runs).values()) == 1
    assert [name for name, _ in runs][0] == "letters"
    for _, starts in runs:
        assert starts == sorted(starts)


def test_what_was_said_is_not_said_again() -> None:
    one = passage("one", "The agency gave addresses to ICE. A judge stopped it.")
    other = passage("other", "The agency gave the addresses to ICE. Nobody knows whose.")
    chosen = choose_from([one, other], "who gave addresses to ICE")
    assert "The agency gave addresses to ICE." in chosen
    assert "The agency gave the addresses to ICE." not in chosen
    assert "Nobody knows whose." in chosen


@pytest.mark.parametrize(
    ("cue", "wanted"),
    [
        (Cue.COUNT, "In all 47,289 were given."),
        (Cue.DATE, "It ended on May 4, 2025."),
        (Cue.WHO, "It was led by Ana Lee."),
    ],
)
def test_what_is_asked_for_is_preferred(cue: Cue, wanted: str) -> None:
    others = "Opening words say little. Many came. Some left. Few stayed on."
    passages = [passage("one", f"{others} {wanted}")]
    assert wanted in choose_from(passages, "zebra", frozenset({cue}), most=2)


def test_a_sentence_about_the_page_itself_gives_way() -> None:
    page = "This page lists the lawsuits about taxes."
    fact = "Lawsuits about taxes are slow."
    assert choose_from([passage("one", f"{page} {fact}")], "lawsuits about taxes", most=1) == [fact]


def test_the_same_question_chooses_the_same() -> None:
    passages = [LETTERS, *COLOURS]
    assert choose_from(passages, "who paints") == choose_from(passages, "who paints")


@pytest.fixture(scope="module")
def part(shared_assistant: Assistant) -> LanguageIndex:
    return shared_assistant.index().languages[Language.EN]


@given(
    picks=st.lists(st.integers(0, 5), unique=True),
    text=st.text(max_size=60),
    cues=st.frozensets(st.sampled_from(Cue)),
    most=st.integers(0, 8),
)
def test_whatever_is_found_the_choice_keeps_its_promises(
    part: LanguageIndex, picks: list[int], text: str, cues: frozenset[Cue], most: int
) -> None:
    passages = [part.passages[pick] for pick in picks]
    found: Found = make_found(passages, text or "?")
    chosen: tuple[Chosen, ...] = choose(part, found, text, cues, most)
    assert len(chosen) <= most
    texts = [each.sentence.text for each in chosen]
    assert len(set(texts)) == len(texts)
    for each in chosen:
        assert each.passage in passages
        assert each.sentence in each.passage.sentences
