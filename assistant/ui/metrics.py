"""Counts of one running server as Prometheus reads them: numbers, and never who asked or what."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock

KIND = "text/plain; version=0.0.4"

_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds
_SECONDS = "ask6103_answer_seconds"
_FAMILIES = {
    "ask6103_requests_total": ("counter", "HTTP requests by class of status."),
    "ask6103_answers_total": ("counter", "Answers by outcome, engine and language."),
    "ask6103_refused_total": ("counter", "Requests refused, by reason."),
    "ask6103_answers_running": ("gauge", "Answers being made."),
    "ask6103_answers_waiting": ("gauge", "Questions waiting for their turn."),
    "ask6103_places_taken": ("gauge", "Places taken by answers made or being shown."),
    "ask6103_requests_open": ("gauge", "HTTP requests not yet answered, with open streams."),
    "ask6103_uptime_seconds": ("gauge", "Seconds since the start."),
    "process_resident_memory_bytes": ("gauge", "Memory in use."),
}

_Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counters, gauges and one histogram, in memory only; safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._began = clock, clock()
        self._lock = Lock()
        self._counts: Counter[tuple[str, _Labels]] = Counter()
        self._buckets = [0] * (len(_BOUNDS) + 1)
        self._sum = 0.0
        self._gauges: dict[str, Callable[[], float]] = {
            "ask6103_uptime_seconds": lambda: self._clock() - self._began,
            "process_resident_memory_bytes": resident_memory,
        }

    def count(self, name: str, **labels: str) -> None:
        """One more of something; labels come from fixed sets, never from what was asked."""
        with self._lock:
            self._counts[f"ask6103_{name}_total", tuple(sorted(labels.items()))] += 1

    def took(self, seconds: float) -> None:
        """How long one answer took."""
        place = next((n for n, bound in enumerate(_BOUNDS) if seconds <= bound), len(_BOUNDS))
        with self._lock:
            self._buckets[place] += 1
            self._sum += seconds

    def gauge(self, name: str, read: Callable[[], float]) -> None:
        """A number to be read whenever somebody looks."""
        self._gauges[f"ask6103_{name}"] = read

    def text(self) -> str:
        """Everything in Prometheus' text format."""
        return "\n".join([*self._simple(), *self._histogram()]) + "\n"

    def _simple(self) -> Iterator[str]:
        with self._lock:
            counts = sorted(self._counts.items())
        for family, (kind, says) in _FAMILIES.items():
            yield f"# HELP {family} {says}"
            yield f"# TYPE {family} {kind}"
            if read := self._gauges.get(family):
                yield f"{family} {read():.10g}"
            for (name, labels), number in counts:
                if name == family:
                    yield f"{name}{_told(labels)} {number}"

    def _histogram(self) -> Iterator[str]:
        with self._lock:
            buckets, total = list(self._buckets), self._sum
        yield f"# HELP {_SECONDS} Seconds that answers took."
        yield f"# TYPE {_SECONDS} histogram"
        reached = 0
        bounds = (*(f"{each:g}" for each in _BOUNDS), "+Inf")
        for bound, number in zip(bounds, buckets, strict=True):
            reached += number
            yield f'{_SECONDS}_bucket{{le="{bound}"}} {reached}'
        yield f"{_SECONDS}_sum {total:.6f}"
        yield f"{_SECONDS}_count {reached}"


def resident_memory(process: int | str = "self") -> float:
    """Bytes that a process holds in memory; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0.0
    return int(pages) * float(os.sysconf("SC_PAGE_SIZE"))


def _told(labels: _Labels) -> str:
    if not labels:
        return ""
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{inner}}}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
