"""The training: three losses a step, each a softmax over cosines."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from evals.adapter.lessons import Asked, Lessons
from evals.adapter.model import Taught

Item = TypeVar("Item")

_SHARPNESS = 20.0  # of the softmax: cosines are multiplied by it
_SMOOTHING = 0.1  # of the kinds, some of which are near to each other
_OTHER_LANGUAGE = 0.4  # how often a question is taught with the twin of the sentence
_PAIRS_COUNT = 0.5  # how much the third loss counts
_OF_FOLDER = 0.5  # share of a step's answers that are of one folder, and so harder to tell apart
_WARM_UP = 0.1  # share of the steps in which the rate rises


@dataclass(frozen=True, slots=True)
class Course:
    """How long is taught and how fast, and how many of each a step has."""

    steps: int = 1200
    rate: float = 1e-3
    kinds: int = 80
    asked: int = 40
    pairs: int = 16
    seed: int = 1


class _Teacher:
    def __init__(self, model: Taught, lessons: Lessons, course: Course) -> None:
        self._model, self._course = model, course
        self._numbers = {
            kind: number for number, kind in enumerate(sorted({kind for kind, _ in lessons.kinds}))
        }
        self._twins = dict(lessons.pairs) | {there: here for here, there in lessons.pairs}
        self._kinds, self._asked = _forever(lessons.kinds), _forever(lessons.asked)
        self._folders = [each.folder for each in lessons.asked]
        self._of_folder = {
            folder: _forever([each for each in lessons.asked if each.folder == folder])
            for folder in dict.fromkeys(self._folders)
        }
        self._pairs = _forever(lessons.pairs)
        self.middles = nn.Parameter(self._first_middles(lessons.kinds))

    def _first_middles(self, told: Sequence[tuple[str, str]]) -> Tensor:
        """The middle of the examples of each kind, where its own direction begins."""
        with torch.no_grad():
            told = sorted(told, key=lambda each: len(each[1]))  # texts of a length need no padding
            texts = [text for _, text in told]
            parts = [self._model.encode(texts[at : at + 128]) for at in range(0, len(texts), 128)]
            owners = torch.tensor([self._numbers[kind] for kind, _ in told])
            vectors = torch.cat(parts)
            sums = torch.zeros(len(self._numbers), vectors.shape[1]).index_add_(0, owners, vectors)
        return sums / torch.bincount(owners).unsqueeze(1)

    def loss(self) -> Tensor:
        """The losses of one step, together."""
        return self._of_kinds() + self._of_asked() + _PAIRS_COUNT * self._of_pairs()

    def _of_kinds(self) -> Tensor:
        told = list(islice(self._kinds, self._course.kinds))
        vectors = self._model.encode([text for _, text in told])
        scores = _SHARPNESS * vectors @ nn.functional.normalize(self.middles, dim=-1).T
        right = torch.tensor([self._numbers[kind] for kind, _ in told])
        return nn.functional.cross_entropy(scores, right, label_smoothing=_SMOOTHING)

    def _of_asked(self) -> Tensor:
        near = int(self._course.asked * _OF_FOLDER)
        folder = self._of_folder[random.choice(self._folders)]
        asked = [*islice(folder, near), *islice(self._asked, self._course.asked - near)]
        questions = self._model.encode([each.question for each in asked])
        answers = self._model.encode([self._answer(each) for each in asked])
        scores = _SHARPNESS * questions @ answers.T
        # Another answer of the same document may be right too: it is no wrong one.
        same = torch.tensor([[a.document == b.document for b in asked] for a in asked])
        same.fill_diagonal_(False)
        right = torch.arange(len(asked))
        return nn.functional.cross_entropy(scores.masked_fill(same, -9.0), right)

    def _answer(self, asked: Asked) -> str:
        answer = random.choice(asked.answers)
        return self._twins.get(answer, answer) if random.random() < _OTHER_LANGUAGE else answer

    def _of_pairs(self) -> Tensor:
        pairs = list(islice(self._pairs, self._course.pairs))
        english = self._model.encode([here for here, _ in pairs])
        spanish = self._model.encode([there for _, there in pairs])
        scores, right = _SHARPNESS * english @ spanish.T, torch.arange(len(pairs))
        both = (nn.functional.cross_entropy(side, right) for side in (scores, scores.T))
        return sum(both, torch.zeros(())) / 2


def train(
    model: Taught, lessons: Lessons, course: Course, watch: Callable[[int, float], None]
) -> None:
    """Teaches the model; ``watch`` hears of each step and its loss."""
    random.seed(course.seed)
    torch.manual_seed(course.seed)
    teacher = _Teacher(model, lessons, course)
    groups: list[dict[str, Any]] = [
        {"params": model.parameters, "lr": course.rate, "weight_decay": 0.01},
        {"params": [teacher.middles], "lr": 3 * course.rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    rising = _WARM_UP * course.steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / rising) * max(0.02, 1 - step / course.steps),
    )
    for step in range(course.steps):
        loss = teacher.loss()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([*model.parameters, teacher.middles], 1.0)
        optimizer.step()
        schedule.step()
        watch(step + 1, loss.item())


def _forever(items: Sequence[Item]) -> Iterator[Item]:
    """All items in a random order, then in another, without end."""
    while True:
        yield from random.sample(items, len(items))
