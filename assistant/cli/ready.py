"""An assistant ready to answer: the index is built or refreshed first, with a progress bar."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from assistant.config import QUOTES_ENGINE, Settings
from assistant.errors import AssistantError
from assistant.guard.screen import compile_rules
from assistant.index.build import Step
from assistant.index.manifest import Manifest
from assistant.models import Language, Request
from assistant.service import Assistant

_WARMING = {
    Language.EN: "What does section 6103 protect?",
    Language.ES: "¿Qué protege la sección 6103?",
}


def ready_assistant(settings: Settings, engine: str = QUOTES_ENGINE) -> Assistant:
    """An assistant whose index fits its corpus; says on stderr what had to be done for that.

    Raises:
        UsageError: There is no such engine.
        ModelError: Its library or key is missing, which is told before an index is built.
    """
    assistant = Assistant(settings)
    assistant.check_engine(engine)
    if reason := assistant.stale():
        typer.echo(f"Preparing the index: {reason}.", err=True)
        _refresh(assistant, rebuild=False)
    return assistant


def warm(assistant: Assistant) -> Thread:
    """Answers a question in each language that nobody asked, beside whatever else is begun.

    The first answer reads the model and every table, and a rule of the guard is compiled when a
    text first calls for it. That takes seconds, for which the first asker does not wait. What goes
    wrong is told to whoever asks, and here to nobody.
    """
    warming = Thread(target=_answer_each, args=(assistant,), daemon=True)
    warming.start()
    return warming


def _answer_each(assistant: Assistant) -> None:
    with suppress(AssistantError):
        for language, question in _WARMING.items():
            assistant.ask(Request(question, language=language, engine=QUOTES_ENGINE))
        compile_rules()


def build(settings: Settings, rebuild: bool) -> Manifest:
    """Builds or refreshes the index and reports progress on stderr."""
    return _refresh(Assistant(settings), rebuild)


def _refresh(assistant: Assistant, rebuild: bool) -> Manifest:
    console = Console(stderr=True)
    columns = (
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Reading the documents", total=None)

        def watch(step: Step) -> None:
            progress.update(
                task, description="Indexing sentences", completed=step.done, total=step.total
            )

        return assistant.refresh(watch, rebuild)
