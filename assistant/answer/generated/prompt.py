"""What a model is told: rules from a versioned file, passages fenced as data, the question last."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.models import Language, Passage, Question
from assistant.tables import read_table

VERSION = "v1"
_FOLDER = Path(__file__).parent / "prompts"
# A cautious count: Spanish text gives most tokenizers a token for some three letters.
_LETTERS_A_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Prompt:
    """The two messages to a model, and the passage that stands behind each key."""

    system: str
    user: str
    passages: dict[str, Passage]

    def cited(self, keys: Sequence[str]) -> tuple[Passage, ...]:
        """The passages behind keys; none at all where one of the keys was not given."""
        known = tuple(self.passages[key] for key in keys if key in self.passages)
        return known if len(known) == len(keys) else ()


def prompt_for(
    question: Question,
    passages: Sequence[Passage],
    tokens: int,
    nonce: Callable[[], str] = lambda: secrets.token_hex(8),
) -> Prompt:
    """The prompt with as many passages as fit into so many tokens, the best ones first.

    The word that fences the passages is drawn for each request, so that no passage and no question
    can hold it. As of an earlier day nothing is told of how a source stands today.
    """
    fence = f"EVIDENCE-{nonce()}"
    system = _rules(question.language).format(audience=_audience(question), fence=fence)
    room = tokens * _LETTERS_A_TOKEN - len(system) - len(question.search_text)
    headed = _headed_then if question.earlier_day else _headed
    keyed = dict(_keyed(passages, room))
    listed = "\n\n".join(f"[{key}] {headed(passage)}" for key, passage in keyed.items())
    user = f"{fence}\n{listed}\n{fence}\n\n{question.search_text}"
    return Prompt(system, user, keyed)


def _keyed(passages: Sequence[Passage], room: int) -> list[tuple[str, Passage]]:
    kept: list[tuple[str, Passage]] = []
    for passage in passages:
        room -= len(_headed(passage)) + 8
        if room < 0:
            break
        kept.append((f"P{len(kept) + 1}", passage))
    return kept


def _headed(passage: Passage) -> str:
    source = passage.source
    standing = f"{source.status.value}, {source.as_of}"
    return f"{source.title}. {passage.pinpoint} ({standing}): {passage.text}"


def _headed_then(passage: Passage) -> str:
    return f"{passage.source.title}. {passage.pinpoint}: {passage.text}"


def _audience(question: Question) -> str:
    return str(_audiences()[question.language.value][question.audience.value])


@cache
def _audiences() -> Any:
    return read_table(_FOLDER / f"audience-{VERSION}.yaml")


@cache
def _rules(language: Language) -> str:
    return (_FOLDER / f"answer-{VERSION}.{language.value}.md").read_text(encoding="utf-8").strip()


@cache
def prompt_hash() -> str:
    """A hash of all prompt files, which every answer made with them carries."""
    told = hashlib.sha256()
    for file in sorted(_FOLDER.iterdir()):
        told.update(file.name.encode() + b"\0" + file.read_bytes())
    return told.hexdigest()[:16]
