"""What came of a model's sentences, as parts of the page that reports a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.generated.figures import figures_of
from evals.generated.listening import Heard, Sentence
from evals.generated.scripted import TRUE
from evals.markup import body, items, paragraph, row, table


def parts(heard: Sequence[Heard]) -> tuple[str, ...]:
    """How many sentences were written, shown, withheld and why; each shown wrongly, in full."""
    figures = figures_of(heard)
    counted = {
        "Answers": figures.answers,
        "Answers for which the model was asked": figures.asked,
        "Answers with its sentences": figures.with_sentences,
        "Sentences written": figures.written,
        "Sentences that name a source": figures.cited,
        "Sentences shown": figures.shown,
        "Shown, and unsupported when checked again": figures.unsupported,
    }
    return (
        paragraph(
            "A sentence is shown once it has passed every check. Each one shown was then checked"
            " again by the quotations alone that the answer gives for it. How well it reads is not"
            " scored."
        ),
        _counts("What the model wrote", "Of what", counted),
        _counts("Withheld, by each check that a sentence failed", "Check", figures.withheld_by),
        _counts("Fell back on quotations, by reason", "Reason", figures.fallbacks),
        *_flaws(figures.flaws_written, figures.flaws_shown),
        *_unsupported(heard),
    )


def _counts(caption: str, head: str, counts: Mapping[str, int]) -> str:
    """A table of counts; nothing where there is none."""
    rows = [row(name, [str(count)]) for name, count in counts.items()]
    return table(caption, (head, "Count"), [body(rows)]) if rows else ""


def _flaws(written: Mapping[str, int], shown: Mapping[str, int]) -> tuple[str, ...]:
    """What a scripted model did to its sentences, and how many of these were shown."""
    rows = [
        row(flaw, [str(count), str(shown.get(flaw, 0))]) for flaw, count in sorted(written.items())
    ]
    heads = ("What was done to a sentence", "Written", "Shown")
    return (table("What the script changed", heads, [body(rows)]),) if rows else ()


def _unsupported(heard: Sequence[Heard]) -> tuple[str, ...]:
    """Every sentence that was shown and must not have been, in full."""
    wrong = [f"{one.id}: {each.text}" for one in heard for each in one.sentences if _fails(each)]
    return (paragraph("Shown, and must not have been:"), items(wrong)) if wrong else ()


def _fails(sentence: Sentence) -> bool:
    return sentence.shown and (sentence.borne is False or sentence.flaw not in (None, TRUE))
