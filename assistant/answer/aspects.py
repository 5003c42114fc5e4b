"""Standing facts a good answer adds unasked, found like any other and quoted like any other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.answer.cues import Cue
from assistant.models import Language

_FILE = Path(__file__).with_name("aspects.yaml")


@dataclass(frozen=True, slots=True)
class Aspect:
    """A standing fact: when it applies, and the search that finds it in each language."""

    name: str
    when: tuple[frozenset[Cue], ...]
    searches: dict[Language, str]

    def applies(self, cues: frozenset[Cue]) -> bool:
        """Whether the question shows every cue of one of the aspect's lists."""
        return any(needed <= cues for needed in self.when)


@cache
def aspects() -> tuple[Aspect, ...]:
    """All aspects, the one to show first coming first."""
    return tuple(
        Aspect(
            name=entry["name"],
            when=tuple(frozenset(Cue(cue) for cue in cues) for cues in entry["when"]),
            searches={language: entry[language.value] for language in Language},
        )
        for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    )


def aspects_for(cues: frozenset[Cue]) -> tuple[Aspect, ...]:
    """The aspects that a question with these cues calls for."""
    return tuple(aspect for aspect in aspects() if aspect.applies(cues))
