"""Few sentences are shown: the best of the best passages, none twice, each in its own order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
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
    passages: Sequence[Passage], text: str, cues: frozenset[Cue] = NOTHING, most: int = 8
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


def test_never_more_than_eight_sentences_are_chosen() -> None:
    assert MOST_SENTENCES == 8
    assert len(choose_from([LETTERS, *COLOURS], "who writes and walks", most=20)) == 8


@pytest.mark.parametrize("most", [1, 2, 5, 8])
def test_no_more_than_were_asked_for_are_chosen(most: int) -> None:
    assert len(choose_from([LETTERS, *COLOURS], "who writes and walks", most=most)) == most


@pytest.mark.parametrize(
    ("passages", "most", "expected"),
    [
        ([LETTERS, *COLOURS], 8, [3, 2, 1, 1, 1]),
        (COLOURS, 8, [3, 2, 1, 1, 1]),
        ([LETTERS, *COLOURS], 7, [3, 2, 1, 1]),
        ([LETTERS, *COLOURS], 4, [3, 1]),
        ([LETTERS, *COLOURS], 2, [2]),
        ([LETTERS, COLOURS[0]], 8, [3, 2]),
        ([LETTERS], 8, [3]),
        ([passage("short", "Only one is here."), LETTERS, *COLOURS], 8, [1, 2, 1, 1, 1]),
    ],
)
def test_the_best_passage_gives_most_and_later_ones_fewer(
    passages: list[Passage], most: int, expected: list[int]
) -> None:
    text = "who writes and walks"
    chosen = choose(make_part(passages), make_found(passages, text), text, NOTHING, most)
    given_by = Counter(each.passage.source.id for each in chosen)
    assert list(given_by.items()) == list(
        zip((each.source.id for each in passages), expected, strict=False)
    )


def test_nothing_found_gives_nothing() -> None:
    part = make_part([LETTERS])
    assert choose(part, make_found([], "anything"), "anything", NOTHING) == ()


def test_the_sentence_that_answers_is_among_those_chosen_from_its_passage() -> None:
    assert "Golf mends shoes." in choose_from([LETTERS, *COLOURS], "who mends shoes")
    assert "Hotel sells tea." in choose_from([LETTERS, *COLOURS], "who sells tea")


class TestWhatTheDocumentsSayAnswers:
    """Each section names, for each of its questions, the sentences that answer it."""

    # Of these only the last shares no word with the question.
    TEXT = "A lantern was lit. The lantern was lit by hand. Who lit it matters. Snow fell at noon."
    ASKED = "Who lit the lantern?"

    def first(self, text: str, answers: tuple[tuple[int, ...], ...]) -> str:
        asked = (self.ASKED, "Why does the violin squeak?")
        of = make_passage(self.TEXT, make_source("one"), questions=asked, answers=answers)
        (chosen,) = choose(make_part([of]), make_found([of], text), text, NOTHING, 1)
        return chosen.sentence.text

    @pytest.mark.parametrize("answers", [(), ((), ()), ((), (3,))])
    def test_likeness_chooses_where_they_name_none(
        self, answers: tuple[tuple[int, ...], ...]
    ) -> None:
        assert "lantern" in self.first(self.ASKED, answers)

    @pytest.mark.parametrize("place", [1, 2])
    def test_a_sentence_that_they_name_is_taken_before_what_only_sounds_alike(
        self, place: int
    ) -> None:
        texts = [each.text for each in make_passage(self.TEXT).sentences]
        assert self.first(self.ASKED, ((place,), ())) == texts[place]

    def test_one_that_shares_no_word_is_among_the_few_of_its_passage(self) -> None:
        of = make_passage(self.TEXT, make_source("one"), questions=(self.ASKED,), answers=((3,),))
        chosen = choose(make_part([of]), make_found([of], self.ASKED), self.ASKED, NOTHING, 3)
        assert "Snow fell at noon." in [each.sentence.text for each in chosen]

    def test_it_is_the_question_that_is_asked_whose_sentence_is_taken(self) -> None:
        answers = ((1,), (3,))
        assert self.first("Why does that violin squeak so?", answers) == "Snow fell at noon."
        assert self.first(self.ASKED, answers) == "The lantern was lit by hand."


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


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("This page lists the lawsuits about taxes.", Language.EN),
        ("The court file court-status-today follows the lawsuits about taxes.", Language.EN),
        ("Esta guía reúne las demandas sobre impuestos.", Language.ES),
        ("El archivo court-status-today sigue las demandas sobre impuestos.", Language.ES),
    ],
)
def test_what_a_document_says_of_itself_is_never_shown(sentence: str, language: Language) -> None:
    text = "lawsuits about taxes" if language is Language.EN else "demandas sobre impuestos"
    about = make_passage(f"{sentence} Zinc is a metal.", make_source("one", language))
    chosen = choose(make_part([about], language), make_found([about], text), text, NOTHING)
    assert [each.sentence.text for each in chosen] == ["Zinc is a metal."]


def alike(part: LanguageIndex) -> LanguageIndex:
    """The same vector for every sentence, so that words alone tell."""
    return replace(part, sentence_vectors=np.zeros_like(part.sentence_vectors))


@pytest.mark.parametrize(
    ("leaning", "standing", "language"),
    [
        ("It was in the news of zebras.", "Ana was in the news of zebras.", Language.EN),
        ("They were in the news of zebras.", "Guards were in the news of zebras.", Language.EN),
        ("Esto salió en la noticia de cebras.", "Ana salió en la noticia de cebras.", Language.ES),
    ],
)
def test_what_leans_on_the_sentence_before_gives_way_but_never_where_it_opens(
    leaning: str, standing: str, language: Language
) -> None:
    def first(text: str) -> list[str]:
        part = alike(make_part([make_passage(text, make_source("one", language))], language))
        asked = "news of zebras" if language is Language.EN else "noticia de cebras"
        chosen = choose(part, make_found(part.passages, "?"), asked, NOTHING, 1)
        return [each.sentence.text for each in chosen]

    assert first(f"Rain fell. {leaning} {standing}") == [standing]
    assert first(f"{leaning} {standing}") == [leaning]


def test_of_two_alike_the_one_that_reads_easily_is_taken() -> None:
    short = "Zebras eat grass near the river."
    long = f"Zebras eat grass near the river, {'of this and that and so on ' * 12}and so it ends."
    assert len(long) > 330
    part = alike(make_part([passage("one", f"Many came. {long} {short}")]))
    chosen = choose(part, make_found(part.passages, "?"), "zebras eat grass", NOTHING, 1)
    assert [each.sentence.text for each in chosen] == [short]


@pytest.mark.parametrize(
    ("rarity", "expected"),
    [
        ({"tax": 0.2, "walrus": 3.0}, "The walrus swam."),
        ({"tax": 3.0, "walrus": 0.2}, "The tax was paid."),
    ],
)
def test_a_rare_word_of_the_question_counts_more_than_a_common_one(
    rarity: dict[str, float], expected: str
) -> None:
    part = make_part(
        [passage("one", "Nothing yet. The tax was paid. Quiet days. The walrus swam.")]
    )
    known = replace(
        part.question_map,
        vocabulary={word: row for row, word in enumerate(rarity)},
        idf=np.array(list(rarity.values()), dtype=np.float32),
    )
    part = replace(alike(part), question_map=known)
    chosen = choose(part, make_found(part.passages, "?"), "tax walrus", NOTHING, 1)
    assert [each.sentence.text for each in chosen] == [expected]


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
    assert len(chosen) <= min(most, MOST_SENTENCES)
    given_by = Counter(each.passage.id for each in chosen)
    assert len(given_by) <= 5
    assert list(given_by) == [each.id for each in passages if each.id in given_by]
    assert max(given_by.values(), default=0) <= 3
    texts = [each.sentence.text for each in chosen]
    assert len(set(texts)) == len(texts)
    for each in chosen:
        assert each.passage in passages
        assert each.sentence in each.passage.sentences
