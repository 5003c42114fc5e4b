"""A question is answered by the sentences that answer those questions of a section it is like."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from fakes import FakeEmbedder, make_part, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.answer.alike import answering, rarities, shared
from assistant.index.words import words
from assistant.models import Language, Passage

EN = Language.EN

TEXT = "Ana lit the lantern. Bruno paid for bread. Carla left in May. Snow fell."
LIT, PAID, LEFT, SNOW = range(4)
ASKED = ("Who lit the lantern?", "Who paid for bread?", "When did Carla leave?")


def passage(answers: tuple[tuple[int, ...], ...] = ((LIT,), (PAID,), (LEFT,))) -> Passage:
    return make_passage(TEXT, questions=ASKED, answers=answers)


def votes(text: str, of: Passage, others: Sequence[Passage] = ()) -> NDArray[np.float32]:
    """How much each sentence of a passage answers what is like a question."""
    part = make_part([*others, of])
    asked = rarities(part, words(text, EN))
    return answering(part, of, FakeEmbedder().encode([text])[0], asked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ASKED[0], LIT),
        (ASKED[1], PAID),
        (ASKED[2], LEFT),
        ("who was it that lit that lantern", LIT),
        ("the bread: who paid?", PAID),
        ("Carla leave, when?", LEFT),
    ],
)
def test_what_answers_the_likest_question_answers_most(text: str, expected: int) -> None:
    found = votes(text, passage())
    assert int(np.argmax(found)) == expected
    assert found[expected] > 0.5


def test_it_need_share_no_word_with_the_question() -> None:
    found = votes(ASKED[0], passage(((SNOW,), (PAID,), (LEFT,))))
    assert int(np.argmax(found)) == SNOW


def test_a_sentence_that_answers_nothing_gets_nothing() -> None:
    assert votes(ASKED[0], passage())[SNOW] == 0.0


def test_the_sentence_named_first_answers_more_than_those_after_it() -> None:
    found = votes(ASKED[0], passage(((LEFT, LIT, PAID), (), ())))
    assert found[LEFT] > found[LIT] > found[PAID] > 0.0
    assert found[SNOW] == 0.0


def test_a_question_that_names_no_sentence_takes_its_share_with_it() -> None:
    """Where what is likest is not answered here, what is less alike says little."""
    named, unnamed = (votes(ASKED[0], passage((first, (PAID,), ()))) for first in [(LIT,), ()])
    assert named[PAID] == unnamed[PAID] < 0.5
    assert unnamed[LIT] == 0.0


def test_two_questions_alike_share_the_answer() -> None:
    twice = make_passage(TEXT, questions=(ASKED[0], ASKED[0]), answers=((LIT,), (SNOW,)))
    found = votes(ASKED[0], twice)
    assert found[LIT] == pytest.approx(found[SNOW])
    assert found.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("answers", [(), ((), (), ())], ids=["not said", "none"])
def test_all_are_nothing_where_the_document_does_not_say(
    answers: tuple[tuple[int, ...], ...],
) -> None:
    found = votes(ASKED[0], passage(answers))
    assert found.tolist() == [0.0] * 4


def test_questions_of_other_sections_say_nothing() -> None:
    other = make_passage(
        "Dora lit it. Rain fell.",
        make_source("other"),
        questions=("Who lit the lantern?",),
        answers=((1,),),
    )
    alone = votes(ASKED[1], passage())
    assert votes(ASKED[1], passage(), [other]).tolist() == pytest.approx(alone.tolist())
    assert votes(ASKED[0], other, [passage()]).tolist() == pytest.approx([0.0, 1.0])


def test_every_part_of_a_section_reads_the_questions_of_the_whole() -> None:
    source = make_source("long")
    parts = [
        make_passage(text, source, part=part, start=100 * part, questions=ASKED, answers=answers)
        for part, (text, answers) in enumerate(
            [
                ("Ana lit the lantern. Rain fell.", ((0,), (), ())),
                ("Bruno paid for bread. Carla left in May.", ((), (0,), (1,))),
            ]
        )
    ]
    # Another section first, so that the rows of the questions do not begin at nought.
    others = [make_passage("Zinc is a metal.", questions=("What is zinc?", "Is it a metal?"))]
    assert int(np.argmax(votes(ASKED[0], parts[0], [*others, parts[1]]))) == 0
    assert int(np.argmax(votes(ASKED[2], parts[1], [*others, parts[0]]))) == 1
    assert votes(ASKED[0], parts[1], [*others, parts[0]]).max() < 0.5


@given(
    text=st.text(max_size=60),
    answers=st.tuples(*[st.lists(st.integers(0, 3), max_size=3, unique=True).map(tuple)] * 3),
)
def test_whatever_is_asked_votes_are_shares_of_one_question(
    text: str, answers: tuple[tuple[int, ...], ...]
) -> None:
    found = votes(text, passage(answers))
    assert found.shape == (4,)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert found.max() <= 1.0 + 1e-6


class TestSharedWords:
    RARE = {"tax": 0.5, "walrus": 3.0}

    @pytest.mark.parametrize(
        ("held", "expected"),
        [
            ([], 0.0),
            (["zebra"], 0.0),
            (["tax"], 0.5 / 3.5),
            (["walrus", "zebra"], 3.0 / 3.5),
            (["walrus", "walrus"], 3.0 / 3.5),
            (["walrus", "tax"], 1.0),
        ],
    )
    def test_count_by_their_rarity(self, held: list[str], expected: float) -> None:
        assert shared(self.RARE, held) == pytest.approx(expected)

    def test_of_nothing_asked_are_none(self) -> None:
        assert shared({}, ["walrus"]) == 0.0

    def test_have_the_rarity_that_the_documents_know(self) -> None:
        part = make_part([passage()])
        rarity = part.question_map.rarity
        assert rarities(part, ["lantern", "bread", "lantern"]) == {
            "lantern": rarity("lantern"),
            "bread": rarity("bread"),
        }
        assert rarities(part, []) == {}
