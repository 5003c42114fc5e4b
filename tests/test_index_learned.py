"""The learned map leads a question to the section it was taught from, the same way each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder
from numpy.typing import NDArray

from assistant.index.learned import QuestionMap, tf_idf
from assistant.index.words import words
from assistant.models import Language

TAUGHT = [
    ("How many addresses were given to ICE?", 0),
    ("What number of addresses did ICE get?", 0),
    ("Which judge stopped the policy?", 1),
    ("Who is the judge that blocked the policy?", 1),
    ("Where is free help with taxes?", 2),
    ("Is there a free clinic that helps with taxes?", 2),
]
SECTIONS = [
    "About 47,289 addresses were handed over.",
    "A judge in Washington blocked it.",
    "Clinics help without a fee.",
]


def learn(taught: list[tuple[str, int]], sections: list[str]) -> QuestionMap:
    embedder = FakeEmbedder()
    texts = [text for text, _ in taught]
    owners: NDArray[np.int64] = np.array([owner for _, owner in taught], dtype=np.int64)
    cut = [words(text, Language.EN) for text in texts]
    return QuestionMap.learn(cut, embedder.encode(texts), owners, embedder.encode(sections))


def scores(learned: QuestionMap, question: str) -> list[float]:
    found = learned.scores(words(question, Language.EN), FakeEmbedder().encode([question])[0])
    return [float(score) for score in found]


@pytest.mark.parametrize(
    ("question", "section"),
    [*TAUGHT, ("number of addresses given", 0), ("the judge and the policy", 1), ("free help", 2)],
)
def test_a_question_leads_to_the_section_it_was_taught_from(question: str, section: int) -> None:
    assert int(np.argmax(scores(learn(TAUGHT, SECTIONS), question))) == section


def test_a_word_is_the_rarer_the_fewer_texts_hold_it() -> None:
    learned = learn(TAUGHT, SECTIONS)
    (judge,), (free,) = words("judge", Language.EN), words("free", Language.EN)
    common = learn([*TAUGHT, ("The judge, the judge and a judge?", 1)], SECTIONS)
    assert common.rarity(judge) < common.rarity(free)
    assert learned.rarity(judge) == learned.rarity(free) > 0


@pytest.mark.parametrize("taught", [TAUGHT, []], ids=["taught", "untaught"])
def test_a_word_never_met_is_as_rare_as_the_rarest(taught: list[tuple[str, int]]) -> None:
    learned = learn(taught, SECTIONS)
    known = [learned.rarity(word) for word in learned.vocabulary]
    assert learned.rarity("zanzibar") == max(known, default=1.0)


def test_scores_are_cosines_one_a_section() -> None:
    found = scores(learn(TAUGHT, SECTIONS), "anything at all")
    assert len(found) == len(SECTIONS)
    assert all(-1.001 <= score <= 1.001 for score in found)


@pytest.mark.parametrize("more", [[], [("Who? Who is it, the judge of the judge?", 1)]])
def test_the_weights_are_those_of_ridge_regression(more: list[tuple[str, int]]) -> None:
    """Solved the plain way, from the very features that a question is given."""
    taught = [*TAUGHT, *more]
    learned = learn(taught, SECTIONS)
    features = np.zeros((len(taught), len(learned.weights)))
    features[:, len(learned.vocabulary) :] = FakeEmbedder().encode([text for text, _ in taught])
    for row, (text, _) in enumerate(taught):
        for column, value in tf_idf(words(text, Language.EN), learned.vocabulary, learned.idf):
            features[row, column] = value
    aims = FakeEmbedder().encode(SECTIONS)[[section for _, section in taught]]
    aims = aims - aims.mean(axis=0)
    gram = features.T @ features + np.eye(features.shape[1])
    assert np.allclose(learned.weights, np.linalg.solve(gram, features.T @ aims), atol=1e-5)


def test_the_same_teaching_learns_the_same() -> None:
    question = "which judge gave addresses"
    assert scores(learn(TAUGHT, SECTIONS), question) == scores(learn(TAUGHT, SECTIONS), question)


def test_what_was_saved_scores_the_same(tmp_path: Path) -> None:
    learned = learn(TAUGHT, SECTIONS)
    learned.save(tmp_path / "map")
    again = QuestionMap.load(tmp_path / "map")
    for question, _ in TAUGHT:
        assert scores(again, question) == scores(learned, question)


@pytest.mark.parametrize(
    ("taught", "sections"),
    [
        ([("Which judge stopped the policy?", 0)], ["A judge stopped it."]),
        ([("Which judge?", 0), ("Where is help?", 1)], ["A judge.", "Help is near."]),
        ([("Which judge?", 0), ("Why?", 0)], ["A judge."]),
        ([("Who?", 0), ("Why?", 1)], ["The same words.", "The same words."]),
    ],
    ids=["one text", "no word twice", "one section", "two sections alike"],
)
def test_little_to_learn_from_gives_finite_scores(
    taught: list[tuple[str, int]], sections: list[str]
) -> None:
    found = scores(learn(taught, sections), "which judge stopped it")
    assert len(found) == len(sections)
    assert all(np.isfinite(found))


@pytest.mark.parametrize("question", ["", "?", "zzz"])
def test_a_question_of_unknown_words_gives_finite_scores(question: str) -> None:
    assert all(np.isfinite(scores(learn(TAUGHT, SECTIONS), question)))
