"""Scores of citations: what each quotation is worth, and whether a fact stands where it is cited.

ALCE (Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations") asks an
entailment model whether a statement follows from what it cites. Here a sentence is a quotation, so
the question can be put exactly: does the cited passage hold it, to the letter? Two things follow.

*Recall.* ``verbatim`` puts ALCE's question to every sentence, ``facts_cited`` to every key fact.

*Precision.* ALCE calls a citation precise when it supports its statement. A quotation always
supports itself, so that would be 1 for any answer, however far from the question. What can be wrong
is the choice of the quotation. ``quote_precision`` counts those that hold a key fact: a lower
bound, since a good answer may also quote what no key fact names. ``score.citation_precision``
counts acceptable documents: generous, since it does not look at the quotation. Both are reported,
side by side; their union would be higher than either and hide which of the two held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

from assistant.models import Answer, AnswerSentence, Citation, Passage
from evals import score
from evals.cases import Target


def verbatim(answer: Answer) -> float | None:
    """The share of sentences that stand in a quotation they cite, and it in its passage.

    ALCE's citation recall, with identity in place of an entailment model; None without sentences.
    """
    if not answer.sentences:
        return None
    return fmean(_is_quoted(sentence, answer.citations) for sentence in answer.sentences)


def facts_cited(answer: Answer, shown: str, facts: Sequence[Sequence[str]]) -> float | None:
    """Of the key facts that ``shown`` holds, the share stated in a sentence whose source has it.

    That sentence holds the fact, and so does a passage that it cites. A fact shown in a notice
    only counts against the answer: a notice cites nothing. None when no key fact is shown.
    """
    held = [fact for fact in facts if score.facts_held(shown, [fact])]
    if not held:
        return None
    return fmean(
        any(
            score.facts_held(sentence.text, [fact])
            and any(score.facts_held(passage.text, [fact]) for passage in _cited(sentence, answer))
            for sentence in answer.sentences
        )
        for fact in held
    )


def quote_precision(citations: Sequence[Citation], facts: Sequence[Sequence[str]]) -> float | None:
    """The share of shown citations whose quotation holds a key fact; None without either."""
    if not citations or not facts:
        return None
    return fmean(bool(score.facts_held(citation.quote, facts)) for citation in citations)


def pinpoint_cited(citations: Iterable[Citation], pinpoints: Iterable[Target]) -> bool:
    """Whether a section that governs is among those cited."""
    targets = tuple(pinpoints)
    return any(at_pinpoint(citation.passage, targets) for citation in citations)


def at_pinpoint(passage: Passage, pinpoints: Iterable[Target]) -> bool:
    """Whether a passage stands in one of the sections, told by words of its heading."""
    heading = score.fold(passage.pinpoint).casefold()
    return any(
        passage.source.id == target.document
        and score.fold(target.heading or "").casefold() in heading
        for target in pinpoints
    )


def _cited(sentence: AnswerSentence, answer: Answer) -> tuple[Passage, ...]:
    return tuple(each.passage for each in answer.citations if each.number in sentence.citations)


def _is_quoted(sentence: AnswerSentence, citations: Sequence[Citation]) -> bool:
    said = score.fold(sentence.text).strip()
    return any(
        said in score.fold(each.quote) and score.fold(each.quote) in score.fold(each.passage.text)
        for each in citations
        if each.number in sentence.citations
    )
