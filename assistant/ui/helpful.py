"""How many answers were marked helpful since the server started: two numbers, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock


class Mark(StrEnum):
    """What a reader may say of an answer."""

    YES = "yes"
    NO = "no"


@dataclass(slots=True)
class Helpful:
    """Counts marks, and knows nothing of the answers that were marked; safe to share."""

    yes: int = 0
    no: int = 0
    _lock: Lock = field(default_factory=Lock)

    def mark(self, now: Mark | None, before: Mark | None) -> None:
        """Take a mark in the place of the one that the same reader had set before."""
        with self._lock:
            self.yes = max(0, self.yes + (now is Mark.YES) - (before is Mark.YES))
            self.no = max(0, self.no + (now is Mark.NO) - (before is Mark.NO))


COUNT = Helpful()
