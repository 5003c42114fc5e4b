"""What every command of the evaluation begins with: a file of lines, an index that is fit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import UsageError
from evals.progress import bar

_Read = TypeVar("_Read", bound=BaseModel)


class Refreshed(Protocol):
    """What can say that its index is stale, and build it anew."""

    def stale(self) -> str | None:
        """Why the index must be refreshed before it is used; None when it is fit."""

    def refresh(self, watch: Callable[[Any], None]) -> object:
        """Builds the index anew where it differs from the corpus."""


def refreshed(assistant: Refreshed) -> None:
    """Refreshes a stale index, and says so on stderr."""
    if reason := assistant.stale():
        sys.stderr.write(f"Refreshing the index: {reason}\n")
        with bar("Indexing") as watch:
            assistant.refresh(lambda step: watch(step.done, step.total))


def from_one(complaint: str) -> Callable[[str], int]:
    """What reads an option's number and answers one below 1 with the complaint."""

    def number(text: str) -> int:
        read = int(text)
        if read < 1:
            raise argparse.ArgumentTypeError(complaint)
        return read

    return number


def lines_of(path: Path, what: str) -> list[str]:
    """The lines of a file of ``what``.

    Raises:
        UsageError: The file cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path.name} cannot be read as {what}: {error}. Give a JSON Lines file in UTF-8."
        ) from error


def records_of(path: Path, kind: type[_Read], what: str) -> tuple[_Read, ...]:
    """A record for each line of a file, in order.

    Raises:
        UsageError: The file cannot be read, or a line is no such record; the line is named.
    """
    return tuple(
        _record(line, kind, f"{path.name}, line {number}")
        for number, line in enumerate(lines_of(path, what), start=1)
    )


def _record(line: str, kind: type[_Read], where: str) -> _Read:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        told = error.errors()[0]["msg"]
        raise UsageError(f"{where}: {told}. Correct the line and try again.") from error
