"""The JSON shape of an answer: one contract for command line, batch, HTTP and receipts."""

from __future__ import annotations

from typing import Any

from assistant.models import Answer, Citation, Disagreement


def answer_record(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values, keys in the contract's order; ``id`` only when given."""
    record: dict[str, Any] = {"id": answer.id} if answer.id is not None else {}
    record |= {
        "question": answer.question.text,
        "language": answer.question.language.value,
        "audience": answer.question.audience.value,
        "as_of": answer.question.as_of.isoformat(),
        "engine": answer.engine,
        "outcome": answer.outcome.value,
        "answer": answer.text,
        "sentences": [
            {"text": sentence.text, "citations": list(sentence.citations)}
            for sentence in answer.sentences
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "notices": list(answer.notices),
        "disagreements": [_disagreement(point) for point in answer.disagreements],
        "follow_ups": list(answer.follow_ups),
        "receipt": {
            "corpus": answer.receipt.corpus,
            "index": answer.receipt.index,
            "embedder": answer.receipt.embedder,
            "engine": answer.receipt.engine,
            "settings": answer.receipt.settings,
        },
        "timings_ms": {
            "retrieve": answer.timings.retrieve,
            "answer": answer.timings.answer,
            "total": answer.timings.total,
        },
    }
    return record


def _citation(citation: Citation) -> dict[str, Any]:
    source = citation.passage.source
    return {
        "number": citation.number,
        "document": source.id,
        "title": source.title,
        "citation": source.citation,
        "pinpoint": citation.passage.pinpoint,
        "url": source.url,
        "kind": source.kind.value,
        "status": source.status.value,
        "basis": source.basis.value,
        "published": source.published,
        "as_of": source.as_of,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "passage": citation.passage.id,
    }


def _disagreement(point: Disagreement) -> dict[str, Any]:
    return {
        "about": point.about,
        "sides": [
            {"holder": side.holder, "text": side.text, "citations": list(side.citations)}
            for side in point.sides
        ],
    }
