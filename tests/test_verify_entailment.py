"""An entailment model is asked last, of what our own checks let pass, and is never downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import make_passage, make_source

from assistant.errors import ModelError
from assistant.models import Language, Passage, Sentence
from assistant.verify.check import SentenceChecker
from assistant.verify.claim import Check, Claim, Verdict
from assistant.verify.entailment import NamedEntailment, entailment_named

SAID = "The IRS gave ICE 47,289 addresses in August 2025."
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "irs", "gave", "ice", "addresses")


@dataclass
class FakeEntailment:
    """As sure of everything as it is told to be; keeps what it was asked."""

    sure: float
    asked: list[tuple[str, str]] = field(default_factory=list)

    def probability(self, premise: str, claim: str) -> float:
        self.asked.append((premise, claim))
        return self.sure


def checked(model: FakeEntailment | None, claim: str = SAID, evidence: str = SAID) -> Verdict:
    def vector_of(passage: Passage, sentence: Sentence) -> np.ndarray:
        return np.ones(1, dtype=np.float32)

    checker = SentenceChecker(lambda text: np.ones(1, dtype=np.float32), vector_of, model)
    passages = (make_passage(evidence, make_source("a")),)
    return checker.check(Claim(claim, Language.EN, passages, date(2026, 11, 22)))


@pytest.mark.parametrize(("sure", "stands"), [(0.51, True), (0.5, True), (0.49, False)])
def test_what_it_holds_unlikely_is_not_shown(sure: float, stands: bool) -> None:
    verdict = checked(FakeEntailment(sure))
    assert verdict.stands is stands
    assert [each.check for each in verdict.objections] == ([] if stands else [Check.ENTAILED])


def test_it_is_given_what_is_quoted_and_the_sentence() -> None:
    model = FakeEntailment(1.0)
    checked(model, evidence=f"Rain fell on the hills. {SAID}")
    assert model.asked == [(SAID, SAID)]


def test_of_what_fails_already_it_is_not_asked() -> None:
    model = FakeEntailment(1.0)
    assert not checked(model, claim=SAID.replace("47,289", "47,298")).stands
    assert model.asked == []


def test_without_a_model_nothing_changes() -> None:
    assert entailment_named(None) is None
    assert entailment_named("") is None
    assert checked(None).stands


def cross_encoder(folder: Path, labels: Sequence[str], likes: int) -> str:
    """A tiny cross-encoder on disk that always speaks for the label of that number."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.zero_()
        model.classifier.bias[likes] = 5.0
    model.save_pretrained(folder)
    return str(folder)


LABELS = ("contradiction", "entailment", "neutral")


@pytest.mark.parametrize(("likes", "low", "high"), [(1, 0.98, 1.0), (0, 0.0, 0.02)])
def test_a_real_one_is_loaded_from_its_folder(
    likes: int, low: float, high: float, tmp_path: Path
) -> None:
    model = NamedEntailment(cross_encoder(tmp_path, LABELS, likes))
    model.load()
    assert low <= model.probability("The IRS gave ICE addresses.", "ICE gave addresses.") <= high


@pytest.mark.parametrize("labels", [("good", "bad"), ("Entailment",), ("entailed", "entailing")])
def test_one_that_does_not_tell_entailment_is_refused(
    labels: tuple[str, ...], tmp_path: Path
) -> None:
    name = cross_encoder(tmp_path, labels, 0)
    with pytest.raises(ModelError, match=r"no entailment model: its labels are .*ASSISTANT_ENTAIL"):
        NamedEntailment(name).load()


@pytest.mark.parametrize("name", ["/nowhere/at-all", "nobody/no-such-model"])
def test_one_that_is_not_here_says_so_and_is_not_fetched(name: str) -> None:
    with pytest.raises(ModelError, match=r"not on this machine.*Set ASSISTANT_ENTAILMENT"):
        NamedEntailment(name).load()
