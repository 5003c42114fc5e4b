"""What the passages of one language are worth whatever is asked, told once for every search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.models import Passage
from assistant.retrieve.fuse import Scores
from assistant.status import authority, first_day, is_past

_AUTHORITY = 0.02  # a step of the ladder
_PAST_COST = 0.25
# Guides to what lies beside the subject (state taxes, fines …) must fit clearly better: with this
# cost, the answers to 440 questions held .753 of the key facts, without it .741.
_NEIGHBOUR, _NEIGHBOUR_COST = "neighbouring-subject", 0.35


class Standings:
    """How much each passage binds, whether it speaks of the past, and since when it is known."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        sources = [passage.source for passage in passages]
        self._worth = np.array(
            [
                _AUTHORITY * authority(each.kind) - _NEIGHBOUR_COST * (_NEIGHBOUR in each.topics)
                for each in sources
            ]
        )
        self._past = np.array([_PAST_COST * is_past(each.status) for each in sources])
        self._first = np.array([first_day(each.published).toordinal() for each in sources])

    def preference(self, past: bool) -> Scores:
        """Small credit for authority; a cost for what lies beside the subject, and for the past.

        Where the past is asked for it costs nothing.
        """
        return self._worth if past else self._worth - self._past

    def unknown_on(self, day: date) -> NDArray[np.bool_]:
        """The passages whose source had not been published by that day."""
        unknown: NDArray[np.bool_] = self._first > day.toordinal()
        return unknown
