"""The line protocol between the comparison and a tool in its own process; standard library only.

The tool first says that it is ready, then answers each line with one line. Whatever else a tool
prints goes to stderr, so a line that is not of these shapes means that the tool is broken.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

DEPTH = 10


class Nonsense(Exception):
    """A line is not what the protocol allows there."""


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the file it is from, as the tool names it, and its text."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Ready:
    """How many pieces the index holds, and the versions in use."""

    pieces: int
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """The ranked results for one question and the milliseconds that finding them took."""

    id: str
    results: tuple[Found, ...]
    ms: float


def question_line(id: str, text: str, language: str) -> str:
    """The line that asks a tool."""
    return _line({"id": id, "text": text, "language": language})


def ready_line(ready: Ready) -> str:
    """The line by which a tool says that it can be asked."""
    return _line(asdict(ready))


def reply_line(id: str, results: Sequence[tuple[str, str]], ms: float) -> str:
    """The line that answers one question."""
    found = [{"document": document, "text": text} for document, text in results]
    return _line({"id": id, "results": found, "ms": ms})


def read_question(line: str) -> tuple[str, str, str]:
    """Id, text and language of a question line."""
    fields = _object(line)
    return _text(fields, "id"), _text(fields, "text"), _text(fields, "language")


def read_ready(line: str) -> Ready:
    """What a ready line says.

    Raises:
        Nonsense: It is not one.
    """
    fields = _object(line)
    versions = fields.get("versions")
    if not isinstance(versions, dict) or not all(isinstance(v, str) for v in versions.values()):
        raise Nonsense(f"no versions in {_shown(line)}")
    return Ready(int(_number(fields, "pieces")), versions)


def read_reply(line: str, expected: str) -> Reply:
    """What a reply line says.

    Raises:
        Nonsense: It is not one, or it answers another question.
    """
    fields = _object(line)
    if _text(fields, "id") != expected:
        raise Nonsense(f"an answer to {fields['id']!r} when {expected!r} was asked")
    results = fields.get("results")
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise Nonsense(f"no list of results in {_shown(line)}")
    found = tuple(Found(_text(each, "document"), _text(each, "text")) for each in results)
    return Reply(expected, found, _number(fields, "ms"))


def _line(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _object(line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise Nonsense(f"not JSON: {_shown(line)}") from error
    if not isinstance(fields, dict):
        raise Nonsense(f"not an object: {_shown(line)}")
    return fields


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise Nonsense(f"{name} is {value!r}, not text")
    return value


def _number(fields: dict[str, Any], name: str) -> float:
    value = fields.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Nonsense(f"{name} is {value!r}, not a number")
    if not (math.isfinite(value) and value >= 0):
        raise Nonsense(f"{name} is {value!r}, not a number from 0")
    return float(value)


def _shown(line: str) -> str:
    return repr(line.strip()[:80])
