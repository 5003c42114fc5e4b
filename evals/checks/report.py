"""What a run of the checks says in a terminal and in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from evals.checks.rates import Rate, Rates, by_check, curves, rates, wrongly_shown
from evals.checks.run import Checked

_WIDE = 30


def told(checked: Sequence[Checked]) -> str:
    """Every figure, the objections by check, and each claim wrongly shown in full."""
    lines = [f"{'':{_WIDE}}{'claims':>7}{'shown':>7}{'let through':>26}{'withheld':>26}"]
    for names in rates(checked).values():
        lines += [_line(name, held) for name, held in names.items()]
    lines += ["", f"{'OBJECTIONS':{_WIDE}}{'to supported':>14}{'to others':>14}"]
    for name, (right, wrong) in by_check(checked).items():
        lines.append(f"{name:{_WIDE}}{right:>14}{wrong:>14}")
    shown = wrongly_shown(checked)
    lines += ["", f"WRONGLY SHOWN: {len(shown)}"]
    for each in shown:
        lines += ["", *_in_full(each)]
    return "\n".join(lines) + "\n"


def written(rate: Rate | None) -> str:
    """A share, its interval and its n; a dash where nothing measures it."""
    if rate is None:
        return "-"
    return f"{rate.value:.3f} ({rate.low:.3f}-{rate.high:.3f}) n {rate.n}"


def _line(name: str, held: Rates) -> str:
    both = f"{written(held.let_through):>26}{written(held.withheld):>26}"
    return f"{name:{_WIDE}}{held.claims:>7}{held.shown:>7}{both}"


def _in_full(each: Checked) -> list[str]:
    claim, verdict = each.claim, each.verdict
    head = f"{claim.id} ({claim.language}, {claim.split}, {claim.label}: {claim.kind})"
    figures = f"meaning {verdict.meaning:.3f}, borne {verdict.borne:.3f}"
    rests = [f"  rests on: {sentence.text}" for _, sentence in verdict.resting]
    return [f"{head}, {figures}", f"  {claim.claim}", *rests]


def record(checked: Sequence[Checked]) -> dict[str, Any]:
    """The figures, the curves and what became of every claim, to be written as JSON."""
    return {
        "rates": {
            by: {name: asdict(held) for name, held in names.items()}
            for by, names in rates(checked).items()
        },
        "objections": {
            name: {"supported": right, "others": wrong}
            for name, (right, wrong) in by_check(checked).items()
        },
        "curves": {
            name: [asdict(point) for point in points] for name, points in curves(checked).items()
        },
        "claims": [_claim(each) for each in checked],
    }


def _claim(each: Checked) -> dict[str, Any]:
    verdict = each.verdict
    return {
        "id": each.claim.id,
        "shown": verdict.stands,
        "objections": {each.check.value: list(each.words) for each in verdict.objections},
        "meaning": round(verdict.meaning, 4),
        "borne": round(verdict.borne, 4),
    }
