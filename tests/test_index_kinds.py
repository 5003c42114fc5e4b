"""Kinds of question are learned from examples of each: their words, and their vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.kinds import Examples, KindMap, examples_hash
from assistant.index.words import words
from assistant.models import Language

EN, ES = Language.EN, Language.ES

THINGS = ("zebra", "whale", "lantern", "bakery", "violin", "harbour", "kettle", "castle")
PATTERNS = ("{0} {0}", "about a {0}", "tell me of a {0}", "what {0} flew", "{0} or nothing")
EXAMPLES = [(thing, pattern.format(thing)) for thing in THINGS for pattern in PATTERNS]


def learned(examples: list[tuple[str, str]] = EXAMPLES) -> KindMap:
    texts = [text for _, text in examples]
    return KindMap.learn(
        [kind for kind, _ in examples],
        [words(text, EN) for text in texts],
        FakeEmbedder().encode(texts),
    )


LEARNED = learned()


def strengths(text: str, kinds: KindMap = LEARNED) -> dict[str, float]:
    """How strongly a text speaks for each kind."""
    found = kinds.strengths(words(text, EN), FakeEmbedder().encode([text])[0])
    return dict(zip(kinds.kinds, map(float, found), strict=True))


def strongest(text: str, kinds: KindMap = LEARNED) -> str:
    found = strengths(text, kinds)
    return max(found, key=lambda kind: found[kind])


def test_kinds_stand_in_the_order_in_which_they_were_first_told() -> None:
    assert LEARNED.kinds == THINGS
    assert learned([("b", "one"), ("a", "two"), ("b", "three")]).kinds == ("b", "a")


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("pattern", ["{0} here", "was it a {0} or not", "mountains of {0} snow"])
def test_what_is_like_the_examples_of_a_kind_is_told_to_be_of_it(thing: str, pattern: str) -> None:
    assert strongest(pattern.format(thing)) == thing


def test_the_more_a_question_is_like_the_examples_the_stronger_it_is_told() -> None:
    told = [
        strengths(text)["zebra"]
        for text in ("a zebra flew", "the zebra came from cold mountains", "mountains")
    ]
    assert told == sorted(told, reverse=True)
    assert len(set(told)) == len(told)


def test_without_a_known_word_the_vector_alone_tells() -> None:
    vector = FakeEmbedder().encode(["tell me of a whale"])[0]
    assert LEARNED.kinds[int(np.argmax(LEARNED.strengths([], vector)))] == "whale"


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_an_example_speaks_for_its_own_kind(kind: str, text: str) -> None:
    assert strongest(text) == kind


def test_the_same_examples_teach_the_same() -> None:
    again = learned()
    assert again.weights.tobytes() == LEARNED.weights.tobytes()
    assert (again.kinds, again.vocabulary) == (LEARNED.kinds, LEARNED.vocabulary)


@given(st.text(max_size=60))
def test_any_text_has_a_strength_for_every_kind(text: str) -> None:
    found = strengths(text)
    assert tuple(found) == THINGS
    assert np.isfinite(list(found.values())).all()


@pytest.mark.parametrize("kinds", [LEARNED, KindMap.none()], ids=["learned", "none"])
def test_what_was_saved_is_loaded_the_same(kinds: KindMap, tmp_path: Path) -> None:
    kinds.save(tmp_path / "kinds")
    loaded = KindMap.load(tmp_path / "kinds")
    assert loaded.kinds == kinds.kinds
    assert loaded.vocabulary == kinds.vocabulary
    for name in ("idf", "weights", "usual"):
        assert np.array_equal(getattr(loaded, name), getattr(kinds, name)), name


def test_no_kinds_are_known_where_nothing_was_learned() -> None:
    assert KindMap.none().kinds == ()


class TestTheHashOfExamples:
    KEPT: Examples = {EN: [("a", "one"), ("b", "two")], ES: [("a", "uno")]}

    def test_is_the_same_for_the_same(self) -> None:
        again: Examples = {ES: [("a", "uno")], EN: [("a", "one"), ("b", "two")]}
        assert examples_hash(self.KEPT) == examples_hash(again)
        assert examples_hash({}) == examples_hash({EN: [], ES: []})

    @pytest.mark.parametrize(
        "other",
        [
            {},
            {EN: [("a", "one"), ("b", "two")]},
            {EN: [("a", "one")], ES: [("a", "uno")]},
            {EN: [("a", "one"), ("b", "three")], ES: [("a", "uno")]},
            {EN: [("a", "one"), ("a", "two")], ES: [("a", "uno")]},
            {EN: [("a", "one"), ("b", "two"), ("b", "two")], ES: [("a", "uno")]},
            {ES: [("a", "one"), ("b", "two")], EN: [("a", "uno")]},
        ],
    )
    def test_changes_with_every_edit(self, other: Examples) -> None:
        assert examples_hash(other) != examples_hash(self.KEPT)


def test_likeness_is_of_the_nearest_example_and_of_all_on_average() -> None:
    kinds = learned([("b", "tell me of a whale"), ("a", "violin here"), ("b", "about a whale")])
    vectors = FakeEmbedder().encode(["tell me of a whale", "about a whale", "violin here"])
    nearest, middle = kinds.likeness(vectors[0])
    assert dict(zip(kinds.kinds, nearest, strict=True)) == pytest.approx(
        {"b": 1.0, "a": vectors[2] @ vectors[0]}, abs=1e-6
    )
    assert middle[0] == pytest.approx((1 + vectors[1] @ vectors[0]) / 2, abs=1e-6)


def test_a_map_of_no_kind_likens_nothing() -> None:
    nearest, middle = KindMap.none().likeness(np.ones(3, dtype=np.float32))
    assert len(nearest) == len(middle) == 0


def test_likeness_is_the_same_after_saving(tmp_path: Path) -> None:
    LEARNED.save(tmp_path / "kinds")
    vector = FakeEmbedder().encode(["was it a zebra"])[0]
    for here, there in zip(
        LEARNED.likeness(vector), KindMap.load(tmp_path / "kinds").likeness(vector), strict=True
    ):
        assert here.tobytes() == there.tobytes()
