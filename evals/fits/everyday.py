"""Questions of everyday life, and of taxes, immigration and privacy at large: none is ours."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UsageError
from assistant.models import Language

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
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path.name} cannot be read as questions: {error}. Give a JSON Lines file in UTF-8."
        ) from error
    return tuple(_read(line, f"{path.name}, line {n}") for n, line in enumerate(lines, start=1))


def _read(line: str, where: str) -> Everyday:
    try:
        return Everyday.model_validate_json(line)
    except ValidationError as error:
        told = error.errors()[0]["msg"]
        raise UsageError(f"{where}: {told}. Correct the line and try again.") from error
