"""What is ours and what is not is learned from questions of both sides."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder

from assistant.index.scope import ScopeMap
from assistant.index.words import words
from assistant.models import Language

EN = Language.EN

OURS = [f"{verb} my {thing}" for verb in ("share", "send", "hide") for thing in ("file", "address")]
OTHERS = [f"{verb} the {thing}" for verb in ("bake", "fry", "boil") for thing in ("bread", "egg")]


def learned(ours: list[str], others: list[str]) -> ScopeMap:
    texts = [*ours, *others]
    sides = [True] * len(ours) + [False] * len(others)
    return ScopeMap.learn([words(text, EN) for text in texts], FakeEmbedder().encode(texts), sides)


LEARNED = learned(OURS, OTHERS)


def strength(text: str, scope: ScopeMap = LEARNED) -> float:
    return scope.strength(words(text, EN), FakeEmbedder().encode([text])[0])


@pytest.mark.parametrize("text", OURS)
def test_what_is_like_our_questions_is_told_to_be_ours(text: str) -> None:
    assert strength(f"please {text}") > 0.2


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_like_the_others_is_told_not_to_be(text: str) -> None:
    assert strength(f"please {text}") < -0.2


def test_a_word_speaks_for_the_side_on_which_it_stood() -> None:
    assert strength("send the bread") < strength("send the news") < strength("send the file")


def test_both_sides_count_the_same_however_many_examples_each_has() -> None:
    many = learned([text for n in range(20) for text in (*OURS, f"share my letter {n}")], OTHERS)
    assert strength("an unheard thing", many) == pytest.approx(0, abs=0.35)


def test_where_nothing_was_learned_nothing_speaks_against_a_question() -> None:
    assert strength("anything at all", ScopeMap.none()) == 0.5


@pytest.mark.parametrize("scope", [LEARNED, ScopeMap.none()], ids=["learned", "none"])
def test_what_was_saved_is_loaded_the_same(scope: ScopeMap, tmp_path: Path) -> None:
    scope.save(tmp_path / "scope")
    loaded = ScopeMap.load(tmp_path / "scope")
    assert loaded.vocabulary == scope.vocabulary
    assert np.array_equal(loaded.weights, scope.weights)
    assert strength("share the bread", loaded) == strength("share the bread", scope)
