"""What a crowd met, in a few lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evals.load.crowd import Met, Plan

_MEGABYTE = 1024 * 1024
_TENTH = 0.1  # of a run


def told(plan: Plan, met: Met) -> str:
    """Questions, errors, times and memory, for a person."""
    waits = sum(took.waits for took in met.took)
    lines = [
        f"{plan.chats} chats at once for {met.seconds:.0f} s: {len(met.took)} questions answered, "
        f"{sum(met.errors.values())} errors, {waits} times told to wait",
        *(f"  {number} × {error}" for error, number in met.errors.most_common()),
        _times("first sentence", [took.first for took in met.took]),
        _times("whole answer", [took.whole for took in met.took]),
        _memory(plan, met),
    ]
    return "\n".join(lines) + "\n"


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed; no value gives NaN."""
    ranked = sorted(values)
    return ranked[max(math.ceil(share * len(ranked)) - 1, 0)] if ranked else math.nan


def memory(plan: Plan, met: Met) -> tuple[float, float, float]:
    """Bytes at the start, once warmed up, and at the end; NaN where the server does not tell.

    Each of the last two is the middle of a tenth of the run, because one look may meet a peak.
    """
    start = met.memory[0][1] if met.memory else math.nan
    return start, _middle(met, plan.warm_up), _middle(met, 1 - _TENTH)


def _middle(met: Met, since: float) -> float:
    """The middle of what was held in the tenth of the run that begins at this share of it."""
    return quantile([held for share, held in met.memory if since <= share <= since + _TENTH], 0.5)


def _times(what: str, seconds: Sequence[float]) -> str:
    shown = " ".join(
        f"p{share * 100:.0f} {quantile(seconds, share):.2f}" for share in (0.5, 0.95, 0.99)
    )
    return f"seconds to the {what}: {shown}"


def _memory(plan: Plan, met: Met) -> str:
    start, warm, end = (held / _MEGABYTE for held in memory(plan, met))
    tenths = " ".join(f"{_middle(met, tenth / 10) / _MEGABYTE:.0f}" for tenth in range(10))
    return (
        f"memory in MB: start {start:.0f}, after warm-up {warm:.0f}, end {end:.0f}, "
        f"growth after warm-up {100 * (end - warm) / warm:+.1f}%; by tenth of the run: {tenths}"
    )
