"""What became of the wordings, in a terminal and in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evals.wordings.run import Asked

_GROUPS: dict[str, Callable[[Asked], bool]] = {
    "all": lambda each: True,
    "English": lambda each: each.wording.language == "en",
    "Spanish": lambda each: each.wording.language == "es",
}
_HEAD = f"{'':10}{'n':>7}{'answered':>10}{'opened':>9}{'told':>9}\n"


def shares(asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """For each group that has any: how many, and the shares answered, opened and told."""
    grouped = {name: [each for each in asked if of(each)] for name, of in _GROUPS.items()}
    return {
        name: {
            "n": len(group),
            "answered": sum(each.answered for each in group) / len(group),
            "opened": sum(each.opened for each in group) / len(group),
            "told": sum(each.told for each in group) / len(group),
        }
        for name, group in grouped.items()
        if group
    }


def table(asked: Sequence[Asked]) -> str:
    """The shares as lines of text."""
    rows = (
        f"{name:10}{of['n']:7d}{of['answered']:10.3f}{of['opened']:9.3f}{of['told']:9.3f}\n"
        for name, of in shares(asked).items()
    )
    return _HEAD + "".join(rows)


def record(asked: Sequence[Asked]) -> dict[str, Any]:
    """Shares and every wording, for a file."""
    return {
        "shares": shares(asked),
        "wordings": [
            each.wording.model_dump(mode="json")
            | {"answered": each.answered, "opened": each.opened, "told": each.told}
            for each in asked
        ],
    }
