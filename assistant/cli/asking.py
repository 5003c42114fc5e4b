"""``assistant ask``: one question, or a file of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer

from assistant.answer.generated.opening import check_name
from assistant.cli.show import print_answer
from assistant.config import QUOTES_ENGINE
from assistant.errors import AssistantError, UsageError
from assistant.export.receipt import SUFFIX, as_receipt, receipt_id
from assistant.export.record import answer_record
from assistant.models import Audience, Language, Request, Turn
from assistant.service import Assistant
from assistant.texts import say


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the command line says for questions that do not say it themselves."""

    language: Language | None
    audience: Audience
    as_of: date | None
    engine: str


def read_language(written: str) -> Language | None:
    """``auto`` is None.

    Raises:
        UsageError: It is neither auto, en nor es.
    """
    if written == "auto":
        return None
    try:
        return Language(written)
    except ValueError as error:
        raise UsageError(f"There is no language {written!r}. Use auto, en or es.") from error


def read_date(written: str | None) -> date | None:
    """A day in ISO 8601 form.

    Raises:
        UsageError: It is no calendar day.
    """
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"{written!r} is no date. Write it as YYYY-MM-DD, for example 2025-12-15."
        ) from error


def read_engine(written: str) -> str:
    """The engine of that name, told before anything is made ready for it.

    Raises:
        UsageError: There is none of that name.
    """
    if written != QUOTES_ENGINE:
        check_name(written)
    return written


def read_asked(
    question: Sequence[str] | None, batch: Path | None, receipt: Path | None
) -> list[str]:
    """The lines of the batch; none for a question of its own.

    Raises:
        UsageError: There is not one of the two, the batch cannot be read, or the receipt not saved.
    """
    if bool(question) == bool(batch):
        raise UsageError('Give one question in quotes, or --batch FILE.jsonl: assistant ask "…"')
    if receipt and batch:
        raise UsageError(
            "--receipt is for one question, and --batch asks many. Leave one of them out."
        )
    if receipt:
        from assistant.export.save import check_path

        check_path(receipt, (SUFFIX,))
    return read_batch(batch) if batch else []


def read_batch(file: Path) -> list[str]:
    """The lines of a file of questions.

    Raises:
        UsageError: The file cannot be read as UTF-8 text.
    """
    try:
        # Not splitlines: it also cuts at signs that may stand inside a JSON text.
        return file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 text. Save it as UTF-8 and try again.") from error


def answer_one(
    assistant: Assistant,
    question: str,
    defaults: Defaults,
    as_json: bool,
    receipt: Path | None = None,
) -> None:
    """Prints one answer, and saves its receipt where a path is given for it."""
    answer = assistant.ask(
        Request(
            question=question,
            language=defaults.language,
            audience=defaults.audience,
            as_of=defaults.as_of,
            engine=defaults.engine,
        )
    )
    if as_json:
        typer.echo(json.dumps(answer_record(answer), ensure_ascii=False, indent=2))
    else:
        print_answer(answer)
    if receipt:
        from assistant.export.save import write

        write(as_receipt(answer), receipt)
        language, id_ = answer.question.language, receipt_id(answer)
        typer.echo(say(language, "receipt.saved", id=id_, file=receipt), err=True)


def answer_batch(assistant: Assistant, lines: Iterable[str], defaults: Defaults) -> None:
    """Prints one JSON line for each line that is not empty, in order; a bad line says why."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            said = json.dumps(_answer_line(assistant, line, number, defaults), ensure_ascii=False)
            # Half a sign, as an id may hold it, cannot be written; its escape means the same.
            typer.echo(said.encode("utf-8", "backslashreplace").decode())


def _answer_line(
    assistant: Assistant, line: str, number: int, defaults: Defaults
) -> dict[str, Any]:
    id_ = None
    try:
        entry = _entry(line)
        id_ = entry.get("id")
        return {"id": id_} | answer_record(assistant.ask(_request(entry, defaults)))
    except UsageError as error:
        return {"id": id_, "error": f"line {number}: {error}"}
    except AssistantError as error:
        return {"id": id_, "error": str(error)}


def _entry(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError('this is no JSON. Write {"id": …, "question": "…"}') from error
    if not isinstance(entry, dict):
        raise UsageError('this is no JSON object. Write {"id": …, "question": "…"}')
    return entry


def _request(entry: dict[str, Any], defaults: Defaults) -> Request:
    turns = _turns(entry.get("turns", []))
    question = entry.get("question")
    if question is None and turns and turns[-1].role == "user":
        question, turns = turns[-1].text, turns[:-1]
    if not isinstance(question, str):
        raise UsageError('there is no question. Give "question": "…", or "turns" ending in one')
    language, audience = entry.get("language"), entry.get("audience")
    return Request(
        question=question,
        turns=turns,
        language=read_language(language) if language else defaults.language,
        audience=_audience(audience) if audience else defaults.audience,
        as_of=read_date(entry.get("as_of")) or defaults.as_of,
        engine=defaults.engine,
    )


def _turns(given: Any) -> tuple[Turn, ...]:
    """Turns as texts (all the asker's) or as ``{"role", "text"}``; ``content`` will do."""
    wrong = 'the turns cannot be read. Write [{"role": "user", "text": "…"}, …]'
    if not isinstance(given, list):
        raise UsageError(wrong)
    turns = []
    for turn in given:
        if isinstance(turn, str):
            turn = {"role": "user", "text": turn}
        text = turn.get("text", turn.get("content")) if isinstance(turn, dict) else None
        if not isinstance(text, str) or turn.get("role", "user") not in ("user", "assistant"):
            raise UsageError(wrong)
        turns.append(Turn(turn.get("role", "user"), text))
    return tuple(turns)


def _audience(written: Any) -> Audience:
    try:
        return Audience(written)
    except ValueError as error:
        known = ", ".join(Audience)
        raise UsageError(f"there is no audience {written!r}. Use one of {known}") from error
