"""The JSON shape of an answer as the design states it, checked key by key."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

ISO_DAY = r"\d{4}-\d{2}-\d{2}"
ISO_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
LANGUAGES = {"en", "es"}
AUDIENCES = {"public", "staff", "advocate"}
OUTCOMES = {"answered", "partial", "abstained", "out_of_scope", "blocked", "clarify"}
KINDS = {
    "statute",
    "regulation",
    "guidance",
    "agreement",
    "court",
    "oversight",
    "news",
    "analysis",
    "guide",
}
STATUSES = {
    "in-force",
    "in-effect",
    "blocked",
    "superseded",
    "pending",
    "affirmed",
    "reversed",
    "historical",
}
BASES = {"primary", "secondary", "background"}
KEYS = [
    "question",
    "language",
    "audience",
    "as_of",
    "engine",
    "outcome",
    "answer",
    "sentences",
    "citations",
    "notices",
    "disagreements",
    "follow_ups",
    "receipt",
    "timings_ms",
]
CITATION_KEYS = [
    "number",
    "document",
    "title",
    "citation",
    "pinpoint",
    "url",
    "kind",
    "status",
    "basis",
    "published",
    "as_of",
    "quote",
    "start",
    "end",
    "passage",
]
RECEIPT_KEYS = ["corpus", "index", "embedder", "engine", "settings"]
SHOWN = {"answered", "partial"}


def check_record(record: dict[str, Any]) -> None:
    """Fails where a record departs from the contract."""
    assert list(record) == (["id", *KEYS] if "id" in record else KEYS)
    assert "id" not in record or isinstance(record["id"], str)
    assert isinstance(record["question"], str)
    assert record["language"] in LANGUAGES
    assert record["audience"] in AUDIENCES
    assert re.fullmatch(ISO_DAY, record["as_of"])
    date.fromisoformat(record["as_of"])
    assert record["engine"] and isinstance(record["engine"], str)
    assert record["outcome"] in OUTCOMES
    assert isinstance(record["answer"], str) and record["answer"].strip()
    _check_sentences(record)
    for place, citation in enumerate(record["citations"]):
        _check_citation(citation, place + 1)
    for name in ("notices", "follow_ups"):
        assert all(isinstance(line, str) and line.strip() for line in record[name])
    for point in record["disagreements"]:
        _check_disagreement(point, len(record["citations"]))
    assert list(record["receipt"]) == RECEIPT_KEYS
    assert all(isinstance(value, str) for value in record["receipt"].values())
    assert list(record["timings_ms"]) == ["retrieve", "answer", "total"]
    assert all(isinstance(value, int | float) for value in record["timings_ms"].values())
    assert all(value >= 0 for value in record["timings_ms"].values())


def _check_sentences(record: dict[str, Any]) -> None:
    shown = record["outcome"] in SHOWN
    assert bool(record["sentences"]) is shown
    assert bool(record["citations"]) is shown
    numbers = {citation["number"] for citation in record["citations"]}
    quotes = {citation["number"]: citation["quote"] for citation in record["citations"]}
    for sentence in record["sentences"]:
        assert list(sentence) == ["text", "citations"]
        assert sentence["text"] in record["answer"]
        assert sentence["citations"] and set(sentence["citations"]) <= numbers
        if record["engine"] == "quotes":
            assert sentence["text"] in {quotes[number] for number in sentence["citations"]}
    used = {number for sentence in record["sentences"] for number in sentence["citations"]}
    sides = [side for point in record["disagreements"] for side in point["sides"]]
    assert used | {number for side in sides for number in side["citations"]} == numbers
    assert all(shown and side["text"] in quotes.values() for side in sides)
    if shown:
        assert {int(mark) for mark in re.findall(r"\[(\d+)\]", record["answer"])} >= used


def _check_citation(citation: dict[str, Any], number: int) -> None:
    assert list(citation) == CITATION_KEYS
    assert citation["number"] == number
    for name in ("document", "title", "citation", "pinpoint", "quote"):
        assert isinstance(citation[name], str) and citation[name].strip()
    assert re.fullmatch(r"https?://\S+", citation["url"])
    assert citation["kind"] in KINDS
    assert citation["status"] in STATUSES
    assert citation["basis"] in BASES
    assert re.fullmatch(ISO_DATE, citation["published"])
    assert re.fullmatch(ISO_DATE, citation["as_of"])
    assert isinstance(citation["start"], int) and isinstance(citation["end"], int)
    assert 0 <= citation["start"] < citation["end"]
    assert citation["end"] - citation["start"] == len(citation["quote"])
    assert re.fullmatch(r"[0-9a-f]{8,64}", citation["passage"])


def _check_disagreement(point: dict[str, Any], citations: int) -> None:
    assert list(point) == ["about", "sides"]
    assert len(point["sides"]) >= 2
    for side in point["sides"]:
        assert list(side) == ["holder", "text", "citations"]
        assert side["holder"].strip() and side["text"].strip()
        assert side["citations"]
        assert all(1 <= number <= citations for number in side["citations"])
