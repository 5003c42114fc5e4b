"""Evaluation questions: one JSON object a line, checked as it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.errors import UsageError
from assistant.models import Audience, Language, Outcome, Turn
from evals.ready import lines_of
from evals.score import fold

DEFAULT_FILE = Path(__file__).parent / "questions.jsonl"


class CaseType(StrEnum):
    """What makes a question hard; reports may group by it."""

    FACTUAL = "factual"
    FIGURE = "figure"
    DATE = "date"
    WHO = "who"
    LEGAL = "legal"
    PROCEDURAL = "procedural"
    STATUS = "status"
    COMPARE = "compare"
    FALSE_PREMISE = "false-premise"
    UNANSWERABLE = "unanswerable"
    ADVICE_SEEKING = "advice-seeking"
    OUT_OF_SCOPE = "out-of-scope"
    INJECTION = "injection"
    MULTI_TURN = "multi-turn"
    KEYWORD = "keyword"


class Split(StrEnum):
    """``dev`` may be looked at while building; ``test`` only judges."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Target:
    """A document that may be cited, with words of its heading where one section governs."""

    document: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what a good answer to it holds.

    ``key_facts`` holds one tuple of patterns a fact: any of them counts as the fact. Patterns
    are matched on text without accents and without regard to case.
    """

    id: str
    question: str
    turns: tuple[Turn, ...]
    language: Language
    audience: Audience
    type: CaseType
    expect: tuple[Outcome, ...]
    cite: tuple[Target, ...]
    key_facts: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    split: Split
    as_of: date | None = None

    @property
    def documents(self) -> frozenset[str]:
        """The documents that may be cited."""
        return frozenset(target.document for target in self.cite)

    @property
    def pinpoints(self) -> tuple[Target, ...]:
        """The targets that name a section, not only a document."""
        return tuple(target for target in self.cite if target.heading)

    @property
    def search_text(self) -> str:
        """What the asker said, all turns together: a follow-up alone names no subject."""
        earlier = [turn.text for turn in self.turns if turn.role == "user"]
        return " ".join([*earlier, self.question])


class _TurnLine(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: str = Field(pattern="^(user|assistant)$")
    text: str = Field(min_length=1)


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    question: str | None = Field(default=None, min_length=1)
    turns: list[_TurnLine] | None = Field(default=None, min_length=1)
    language: Language
    audience: Audience
    type: CaseType
    as_of: date | None = None
    expect: list[Outcome] = Field(min_length=1)
    cite: list[str]
    key_facts: list[list[str]]
    must_not: list[str]
    split: Split

    @field_validator("expect", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("key_facts")
    @classmethod
    def _facts_can_match(cls, facts: list[list[str]]) -> list[list[str]]:
        for fact in facts:
            if not fact:
                raise ValueError("a key fact needs at least one pattern")
            for pattern in fact:
                _must_compile(pattern)
        return facts

    @field_validator("must_not")
    @classmethod
    def _patterns_can_match(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            _must_compile(pattern)
        return patterns

    @model_validator(mode="after")
    def _question_or_turns(self) -> _Line:
        if (self.question is None) == (self.turns is None):
            raise ValueError("give either question or turns")
        if self.turns and self.turns[-1].role != "user":
            raise ValueError("the last turn must be the user's question")
        answering = {Outcome.ANSWERED, Outcome.PARTIAL}
        if set(self.expect) <= answering and not (self.cite and self.key_facts):
            raise ValueError("a question to be answered needs cite and key_facts")
        return self

    def case(self) -> Case:
        turns = tuple(Turn(turn.role, turn.text) for turn in self.turns or ())
        return Case(
            id=self.id,
            question=turns[-1].text if turns else self.question or "",
            turns=turns[:-1],
            language=self.language,
            audience=self.audience,
            type=self.type,
            expect=tuple(self.expect),
            cite=tuple(_target(entry) for entry in self.cite),
            key_facts=tuple(tuple(fact) for fact in self.key_facts),
            must_not=tuple(self.must_not),
            split=self.split,
            as_of=self.as_of,
        )


def _must_compile(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"the pattern {pattern!r} is not a regular expression: {error}") from error
    if fold(pattern) != pattern:
        raise ValueError(f"write the pattern {pattern!r} without accents: text is matched so")


def _target(entry: str) -> Target:
    document, _, heading = entry.partition("#")
    return Target(document, heading or None)


def load_cases(path: Path = DEFAULT_FILE) -> tuple[Case, ...]:
    """Every question of a file, in order; ids are unique and every field was checked.

    Raises:
        UsageError: The file cannot be read, or a line is not a question; the line is named.
    """
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines_of(path, "questions"), start=1):
        if not line.strip():
            continue
        case = _parse(line, where=f"{path.name}, line {number}")
        if case.id in cases:
            raise UsageError(f"{path.name}, line {number}: id {case.id!r} is used twice. Rename.")
        cases[case.id] = case
    if not cases:
        raise UsageError(f"{path.name} holds no questions. Give one JSON object a line.")
    return tuple(cases.values())


def _parse(line: str, where: str) -> Case:
    try:
        return _Line.model_validate_json(line).case()
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        name = f"{field}: " if field else ""
        raise UsageError(
            f"{where}: {name}{first['msg']}. Correct the line and try again."
        ) from error
