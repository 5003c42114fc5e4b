"""The record of a run as a file: settings, hashes, figures, and an entry a question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, StrictBool, StrictStr, ValidationError

from assistant.config import Settings
from assistant.errors import UsageError
from assistant.models import Receipt
from evals.abstention import curves
from evals.run import Record
from evals.summary import gaps, summary

_OF_A_MACHINE = {"corpus", "index", "chroma_url", "model_url"}


def record_file(records: Sequence[Record], settings: Settings, questions: Path) -> dict[str, Any]:
    """The whole run as JSON data.

    Folders and addresses are left out: a record must say the same on every machine.
    """
    return {
        "settings": settings.model_dump(mode="json", exclude=_OF_A_MACHINE),
        "receipt": asdict(receipt_of(records)),
        "questions": sha256(questions.read_bytes()).hexdigest(),
        "summary": {
            by: {
                name: {measure: asdict(figure) for measure, figure in figures.items()}
                for name, figures in names.items()
            }
            for by, names in summary(records).items()
        },
        "abstention": {half: asdict(curve) for half, curve in curves(records).items()},
        "gaps": {measure: asdict(gap) for measure, gap in gaps(records).items()},
        "records": [_entry(record) for record in records],
    }


def receipt_of(records: Sequence[Record]) -> Receipt:
    """A receipt that names the corpus: an answer that needed no documents names none."""
    receipts = [record.answer.receipt for record in records]
    return next((receipt for receipt in receipts if receipt.corpus), receipts[0])


def flat(record: Record) -> dict[str, float | int | None]:
    """The scores of a question by name, whatever their family."""
    return {
        name: value for family in asdict(record.scores).values() for name, value in family.items()
    }


def _entry(record: Record) -> dict[str, Any]:
    answer = record.answer
    return {
        "id": record.case.id,
        "passed": record.passed,
        "scores": flat(record),
        "missing": record.missing,
        "forbidden": record.forbidden,
        "found": [asdict(target) for target in record.found],
        "as_of": answer.question.as_of.isoformat(),
        "outcome": answer.outcome,
        "margin": answer.margin,
        "answer": answer.text,
        "notices": answer.notices,
        "cited": [
            {"document": c.passage.source.id, "pinpoint": c.passage.pinpoint, "quote": c.quote}
            for c in answer.citations
        ],
    }


def write_json(path: Path, data: dict[str, Any], option: str) -> None:
    """Writes a file of JSON as `write_text` writes a text."""
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n", option)


def write_text(path: Path, text: str, option: str) -> None:
    """Writes a text as `write_bytes` writes a file."""
    write_bytes(path, text.encode(), option)


def write_bytes(path: Path, content: bytes, option: str) -> None:
    """Writes a file, whole or not at all.

    Raises:
        UsageError: It cannot be written; the option that named it is told.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path.name} cannot be written: {error}. Give another {option}."
        ) from error


def read_record(path: Path) -> dict[str, Any]:
    """A record file read back.

    Raises:
        UsageError: The file is not one.
    """
    try:
        text = path.read_text(encoding="utf-8")
        _File.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise _no_record(path, f"{where}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise _no_record(path, str(error)) from error
    return dict(json.loads(text))


def _no_record(path: Path, why: str) -> UsageError:
    return UsageError(
        f"{path.name} is not a record of an evaluation ({why}). Give a file that --out wrote."
    )


class _Entry(BaseModel):
    id: StrictStr
    passed: StrictBool
    scores: dict[str, float | None] = Field(default_factory=dict)


class _File(BaseModel):
    """What a comparison reads of a record; the rest may be as it likes."""

    records: list[_Entry]
    receipt: dict[str, str] = Field(default_factory=dict)
    questions: str | None = None
