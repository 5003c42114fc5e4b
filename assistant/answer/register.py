"""The order in which an audience reads the same sentences: never others, whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answer.select import Chosen
from assistant.models import Audience, Basis, Kind, Source
from assistant.retrieve.find import Found

# Beside how well a passage answers. Enough to bring forward, of passages that answer almost alike,
# the one that an audience reads first; not so much that the answer no longer comes first.
_LIKED, _NAMED = 0.4, 0.4
_LAW = frozenset({Kind.STATUTE, Kind.REGULATION, Kind.COURT, Kind.OVERSIGHT})


def in_register(chosen: Sequence[Chosen], found: Found, audience: Audience) -> tuple[Chosen, ...]:
    """The same sentences by passage: plain ones first, or the law, or what can be published."""
    scores = {hit.passage.id: hit.score for hit in found.hits}
    passages = [tuple(group) for _, group in groupby(chosen, key=lambda each: each.passage.id)]
    passages.sort(
        key=lambda group: (
            -(scores.get(group[0].passage.id, 0.0) + _worth(group[0].passage.source, audience))
        )
    )
    return tuple(each for group in passages for each in group)


def _worth(source: Source, audience: Audience) -> float:
    """What a source is worth to an audience before others."""
    liked = {
        Audience.PUBLIC: source.kind is Kind.GUIDE,
        Audience.STAFF: source.kind in _LAW,
        Audience.ADVOCATE: source.basis is Basis.PRIMARY and source.kind is not Kind.GUIDE,
    }
    return _LIKED * liked[audience] + _NAMED * (audience in source.audiences)
