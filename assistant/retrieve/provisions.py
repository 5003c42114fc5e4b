"""Which passages hold a provision that a question names: in their heading, citation or text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.cites import Reference, find_references
from assistant.models import Kind, Passage
from assistant.retrieve.fuse import Scores

_HEADED = 1.5  # a passage headed by the very provision
_AROUND = 0.8  # a heading on something inside that provision, or around it
_DIGEST = 1.0  # a passage of the law or regulation that is itself about the provision
_STATED = 0.7  # a passage whose text states the very place, down to its last letter
_LAW = frozenset({Kind.STATUTE, Kind.REGULATION})


@dataclass(frozen=True, slots=True)
class _Held:
    """The references of one passage."""

    headed: frozenset[Reference]
    digested: frozenset[Reference]
    stated: frozenset[Reference]


class Provisions:
    """The provisions that the passages of one language name, read once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._held = [_held(passage) for passage in passages]
        self._all = frozenset(
            reference
            for held in self._held
            for reference in (*held.headed, *held.digested, *held.stated)
        )

    def credit(self, asked: Sequence[Reference]) -> Scores:
        """For each passage what it earns for the provision asked about that it fits best."""
        return np.array(
            [
                max((_credit(held, reference) for reference in asked), default=0.0)
                for held in self._held
            ]
        )

    def missing(self, asked: Sequence[Reference]) -> tuple[Reference, ...]:
        """The provisions asked about that no passage names, nor anything inside them."""
        return tuple(
            reference
            for reference in asked
            if not any(reference.contains(held) for held in self._all)
        )


def _held(passage: Passage) -> _Held:
    source = passage.source
    return _Held(
        headed=_references(passage.pinpoint),
        digested=_references(source.citation) if source.kind in _LAW else frozenset(),
        stated=_references(passage.text),
    )


def _references(text: str) -> frozenset[Reference]:
    return frozenset(found.reference for found in find_references(text))


def _credit(held: _Held, asked: Reference) -> float:
    if asked in held.headed:
        heading = _HEADED
    elif any(asked.contains(other) or other.contains(asked) for other in held.headed):
        heading = _AROUND
    else:
        heading = 0.0
    digest = max(
        (
            # A digest of a whole section is less to the point than one of the part asked about.
            _DIGEST if other.path else _DIGEST / 2
            for other in held.digested
            if other.contains(asked)
        ),
        default=0.0,
    )
    stated = _STATED if asked.path and asked in held.stated else 0.0
    return heading + max(digest, stated)
