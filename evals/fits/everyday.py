"""Questions of everyday life, and of taxes, immigration and privacy at large: none is ours."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.models import Language
from evals.ready import records_of

DEFAULT_FILE = Path(__file__).with_name("everyday.jsonl")


class Everyday(BaseModel):
    """A question that no document answers; ``near`` ones are of a neighbouring subject."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(min_length=1)
    language: Language
    near: bool


def load_everyday(path: Path = DEFAULT_FILE) -> tuple[Everyday, ...]:
    """Every question of a file, in order.

    Raises:
        UsageError: The file cannot be read, or a line is not a question; the line is named.
    """
    return records_of(path, Everyday, "questions")
