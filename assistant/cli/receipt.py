"""``assistant receipt``: whether an answer still comes out the same, or what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import typer

from assistant.answer.engines import checker_over
from assistant.cli.ready import ready_assistant
from assistant.config import Settings
from assistant.desk.replay import Bears, Change, Difference, Replay, replay
from assistant.errors import SearchIndexError, UsageError
from assistant.export.receipt import LARGEST, ReceiptFile, read_receipt
from assistant.export.wording import clean
from assistant.index.embed import open_embedder
from assistant.index.manifest import current_build
from assistant.models import Language, Passage
from assistant.service import Assistant
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.verify.check import SentenceChecker
from assistant.verify.claim import Claim
from assistant.verify.entailment import entailment_named
from assistant.verify.quotes import source_reader


def read_file(path: Path) -> ReceiptFile:
    """The receipt in a file.

    Raises:
        UsageError: The file cannot be opened, or is no receipt that can be used.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be read: {reason}. Check the path.") from error
    return read_receipt(content, str(path))


def check(receipt: ReceiptFile, settings: Settings, as_json: bool) -> None:
    """Asks again, and prints whether the answer is the same, and every difference.

    Raises:
        SearchIndexError: There is no index; none is built for this alone.
    """
    if current_build(settings.index) is None:
        raise SearchIndexError(
            f"There is no index in {settings.index}, so {receipt.id} could not be checked. "
            "Run assistant index first, or name another folder with --index."
        )
    assistant = ready_assistant(settings)
    reads = source_reader(settings.corpus)
    found = replay(receipt, assistant, reads, _bearing(assistant, settings))
    if as_json:
        typer.echo(json.dumps(_record(receipt, found), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_lines(receipt, found)))


def _bearing(assistant: Assistant, settings: Settings) -> Bears:
    """The checks of a model's sentences, against the passages as they are indexed now."""

    @cache
    def checker() -> SentenceChecker:
        entailment = entailment_named(settings.entailment)
        return checker_over(assistant.index(), open_embedder(settings.embedder), entailment)

    @cache
    def passages(language: Language) -> dict[str, Passage]:
        return {each.id: each for each in assistant.index().languages[language].passages}

    def bears(text: str, cited: Sequence[str], language: Language, day: date) -> bool:
        held = passages(language)
        known = tuple(held[each] for each in cited if each in held)
        all_there = len(known) == len(cited)
        return all_there and checker().check(Claim(text, language, known, day)).stands

    return bears


def _record(receipt: ReceiptFile, found: Replay) -> dict[str, object]:
    return {
        "receipt": receipt.id,
        "same": found.same,
        "differences": [
            {
                "change": each.change.value,
                "aside": each.aside,
                "number": each.number,
                "document": each.document,
                "before": each.before,
                "after": each.after,
            }
            for each in found.differences
        ],
    }


def _lines(receipt: ReceiptFile, found: Replay) -> Iterator[str]:
    asked = receipt.asked
    language, day = asked.language, say_date(asked.language, asked.as_of.isoformat())
    # A receipt may come from anyone: nothing in it may steer the terminal.
    question = clean(asked.question)
    yield say(language, "receipt.about", id=receipt.id, day=day, question=question)
    yield say(language, "receipt.same" if found.same else "receipt.changed")
    for heading, aside in (("what", False), ("aside", True)):
        told = [each for each in found.differences if each.aside is aside]
        if told:
            yield f"\n{say(language, f'receipt.{heading}')}"
        for each in told:
            yield f"- {_said(each, language)}"


def _said(difference: Difference, language: Language) -> str:
    change = difference.change
    return say(
        language,
        f"receipt.{change.value}",
        number=difference.number,
        document=clean(difference.document or ""),
        before=_named(change, difference.before, language),
        after=_named(change, difference.after, language),
    )


def _named(change: Change, value: str, language: Language) -> str:
    """A value as readers know it: an outcome and a status by name, a day in words."""
    if change in (Change.OUTCOME, Change.STATUS):
        return say(language, f"names.{change.value}_{value}")
    return say_date(language, value) if change is Change.AS_OF else clean(value)
