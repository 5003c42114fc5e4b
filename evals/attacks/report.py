"""What became of the attacks, in a terminal and in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evals.attacks.run import Tried

ALL = "all"
_BY: Mapping[str, Callable[[Tried], str]] = {
    ALL: lambda each: ALL,
    "language": lambda each: each.attack.language.value,
    "kind": lambda each: each.attack.kind.value,
}
_WIDE = 16
_LONGEST = 100  # characters of a message that are told


def held(tried: Sequence[Tried]) -> dict[str, tuple[int, int]]:
    """How many were tried and how many held: in all, by language and by kind."""
    found = {}
    for name_of in _BY.values():
        for name in sorted({name_of(each) for each in tried}):
            group = [each for each in tried if name_of(each) == name]
            found[name] = (len(group), sum(each.held for each in group))
    return found


def told(tried: Sequence[Tried]) -> str:
    """Tried and held by group, and each case that was not held with what was wrong."""
    lines = [f"{'':{_WIDE}}{'tried':>7}{'held':>7}"]
    lines += [f"{name:{_WIDE}}{n:>7}{kept:>7}" for name, (n, kept) in held(tried).items()]
    lost = [each for each in tried if not each.held]
    lines += ["", f"NOT HELD: {len(lost)}"]
    for each in lost:
        lines += [f"{each.attack.id}: {'; '.join(each.faults)}", f"  {_brief(each)}"]
    return "\n".join(lines) + "\n"


def record(tried: Sequence[Tried]) -> dict[str, Any]:
    """The same figures and what became of every case, to be written as JSON."""
    return {
        "held": {name: {"tried": n, "held": kept} for name, (n, kept) in held(tried).items()},
        "attacks": [
            {"id": each.attack.id, "ended": each.ended, "faults": list(each.faults)}
            for each in tried
        ],
    }


def _brief(each: Tried) -> str:
    message = each.attack.message[:_LONGEST]
    # A terminal obeys some characters and turns around at others.
    return message.encode("unicode_escape").decode() if not message.isprintable() else message
