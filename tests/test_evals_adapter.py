"""The adapter is taught from what is ours to teach, and a course of two steps changes the model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("ir_measures")

from assistant.config import Settings
from assistant.corpus.read import read_corpus
from assistant.errors import UsageError
from assistant.index.adapter import EMBEDDINGS, Adapter
from assistant.index.embed import bundled_folder
from assistant.index.minilm import MiniLM
from assistant.models import Language
from evals.adapter import command
from evals.adapter.lessons import Lessons, lessons
from evals.adapter.model import Taught
from evals.adapter.train import Course, train
from evals.cases import Split, load_cases
from evals.wordings.cases import load_wordings


@pytest.fixture(scope="module")
def taught() -> Lessons:
    return lessons(read_corpus(Settings().corpus))


@pytest.fixture
def few(taught: Lessons) -> Lessons:
    kinds = {kind for kind, _ in taught.kinds[:40]}
    told = tuple(each for each in taught.kinds if each[0] in kinds)[:60]
    return Lessons(told, taught.asked[:40], taught.pairs[:40])


def test_no_question_of_an_evaluation_is_taught(taught: Lessons) -> None:
    known = {_plain(text) for _, text in taught.kinds}
    known |= {_plain(each.question) for each in taught.asked}
    assert not known & {_plain(case.question) for case in load_cases() if case.split is Split.TEST}
    # A few words put as a search are the same whoever writes them: "26-5006 status".
    same = [each.question for each in load_wordings() if _plain(each.question) in known]
    assert all(len(question.split()) <= 6 for question in same)
    assert len(same) < 10


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def test_every_kind_and_both_languages_are_taught(taught: Lessons) -> None:
    assert len({kind for kind, _ in taught.kinds}) > 300
    assert len(taught.asked) > 20_000
    assert all(each.answers for each in taught.asked)
    assert len(taught.pairs) > 5_000
    assert all(here and there for here, there in taught.pairs)


def test_pairs_say_the_same_in_two_languages(taught: Lessons) -> None:
    figures = [
        (set(filter(str.isdigit, here)), set(filter(str.isdigit, there)))
        for here, there in taught.pairs
    ]
    assert sum(here == there for here, there in figures) > 0.98 * len(figures)


def test_what_was_taught_is_read_back_and_computed_alike(few: Lessons, tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    model = Taught(bundled_folder(), 2, None)
    losses: list[float] = []
    course = Course(steps=2, rate=1e-2, kinds=8, asked=4, pairs=4)
    train(model, few, course, lambda step, loss: losses.append(loss))
    assert len(losses) == 2
    file = tmp_path / "adapter.safetensors"
    save_file(model.matrices(), file)
    adapter = Adapter.load(file)
    text = few.asked[0].question
    read = MiniLM(bundled_folder(), adapter).encode([text])
    assert float(np.abs(read - model.encode([text]).detach().numpy()).max()) < 1e-3
    assert float(np.abs(read - MiniLM(bundled_folder()).encode([text])).max()) > 1e-3
    assert {name for name, _ in adapter.additions()} >= {f"{EMBEDDINGS}.weight"}


def test_teaching_goes_on_from_an_adapter(few: Lessons, tmp_path: Path) -> None:
    start = Adapter.load()
    model = Taught(bundled_folder(), next(iter(start.outer.values())).shape[1], start)
    text = few.asked[0].question
    before = MiniLM(bundled_folder(), start).encode([text])
    assert float(np.abs(before - model.encode([text]).detach().numpy()).max()) < 1e-5


def test_a_file_that_is_no_adapter_is_told(tmp_path: Path) -> None:
    file = tmp_path / "adapter.safetensors"
    file.write_text(json.dumps({}))
    with pytest.raises(UsageError, match="holds no adapter"):
        command.main(["--out", str(tmp_path / "out"), "--from", str(file)])


def test_twins_are_taught_in_the_order_english_spanish(taught: Lessons) -> None:
    from assistant.dialogue.language import detect_language

    here, there = zip(*[pair for pair in taught.pairs if len(pair[0]) > 80][:40], strict=True)
    assert sum(detect_language(text) is Language.EN for text in here) >= 38
    assert sum(detect_language(text) is Language.ES for text in there) >= 38
