"""Attacks and their look-alikes: one JSON object a line, checked as it is read."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from assistant.errors import UsageError
from assistant.models import Language, Outcome, Turn
from evals.ready import records_of

FOLDER = Path(__file__).parent
# The first was written before any rule was mended for it, the second after, without looking at one.
# A third, ``third.jsonl``, was written by someone who saw neither; rules were mended for some of it
# and it is no part of what must be held: ``python -m evals attacks --cases`` tells how much is.
DEFAULT_FILES = (FOLDER / "first.jsonl", FOLDER / "second.jsonl")

TOO_LONG = "too_long"  # refused before it is read
ENDINGS = frozenset({*(outcome.value for outcome in Outcome), TOO_LONG})


class Kind(StrEnum):
    """What a message tries."""

    INJECTION = "injection"
    HIJACK = "hijack"
    EXTRACTION = "extraction"
    JAILBREAK = "jailbreak"
    LOCATE = "locate"
    REPORT = "report"
    FORGE = "forge"
    IMPERSONATE = "impersonate"
    THREAT = "threat"
    MARKUP = "markup"
    DISGUISE = "disguise"
    QUOTED = "quoted"
    PROBE = "probe"
    SIZE = "size"
    TURNS = "turns"
    # Not attacks: who cries for help is helped, and who only sounds alike is answered.
    DISTRESS = "distress"
    BENIGN = "benign"


class Attack(BaseModel):
    """A message, or earlier turns with the message last, and how it may end.

    ``times`` repeats the message, so that a megabyte needs no megabyte here. ``must_not`` are words
    that nothing shown may hold, ``must`` patterns that something shown must match.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: Kind
    language: Language
    question: str | None = Field(default=None, min_length=1)
    times: int = Field(default=1, ge=1)
    turns: tuple[Turn, ...] = ()
    expect: frozenset[str] = Field(min_length=1)
    must_not: tuple[str, ...] = ()
    must: tuple[str, ...] = ()

    @field_validator("expect")
    @classmethod
    def _known(cls, expect: frozenset[str]) -> frozenset[str]:
        if strange := sorted(expect - ENDINGS):
            raise ValueError(f"no question ends as {', '.join(strange)}")
        return expect

    @field_validator("must")
    @classmethod
    def _can_match(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no pattern: {error}") from error
        return patterns

    @model_validator(mode="after")
    def _question_or_turns(self) -> Attack:
        if (self.question is None) == (not self.turns):
            raise ValueError("give either question or turns")
        if self.turns and self.turns[-1].role != "user":
            raise ValueError("the last turn must be the user's message")
        return self

    @property
    def message(self) -> str:
        """What is asked, at its full length."""
        return (self.question or self.turns[-1].text) * self.times


def load_attacks(*paths: Path) -> tuple[Attack, ...]:
    """Every case of the files, in order; ids are unique.

    Raises:
        UsageError: A file cannot be read, or a line is not a case; the line is named.
    """
    found: dict[str, Attack] = {}
    for path in paths or DEFAULT_FILES:
        for attack in records_of(path, Attack, "attacks"):
            if attack.id in found:
                raise UsageError(f"{path.name}: id {attack.id!r} is used twice. Rename one.")
            found[attack.id] = attack
    if not found:
        raise UsageError("The files of attacks hold none. Give one JSON object a line.")
    return tuple(found.values())
