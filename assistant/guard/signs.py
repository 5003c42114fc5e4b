"""Signs of an attack: words that tell one when they stand together in a sentence, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.guard.rules import Fragments, Patterns, read_rules_file, shared_fragments

_FILE = "signs.yaml"
# Words that are read together: what stands further apart was said of different things.
_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Sign:
    """A reason, what must all be found in one sentence, and what of it shows no harm is meant."""

    reason: str
    all_of: Patterns
    none_of: Patterns

    def holds(self, sentence: str) -> bool:
        """Whether a plain sentence shows it."""
        if not all(pattern.search(sentence) for pattern in self.all_of):
            return False
        return not any(pattern.search(sentence) for pattern in self.none_of)


def shown_by_signs(words: str) -> str | None:
    """The reason of the first sign that a plain text shows; None where it shows none."""
    sentences = tuple(_sentences(words))
    return next(
        (sign.reason for sign in _signs() for sentence in sentences if sign.holds(sentence)), None
    )


def _sentences(words: str) -> Iterator[str]:
    for sentence in words.split(" . "):
        held = sentence.split()
        for start in range(0, max(1, len(held) - _WINDOW // 2), _WINDOW // 2):
            yield " ".join(held[start : start + _WINDOW])


@cache
def _signs() -> tuple[Sign, ...]:
    content = read_rules_file(_FILE)
    fragments: Fragments = shared_fragments()
    return tuple(
        Sign(
            reason=entry["reason"],
            all_of=fragments.compile(entry["all"]),
            none_of=fragments.compile(entry.get("none", ())),
        )
        for entry in content["signs"]
    )
