"""An assistant ready to answer: the index is built or refreshed first, with a progress bar."""

from __future__ import annotations

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
from assistant.index.build import Step
from assistant.index.manifest import Manifest
from assistant.service import Assistant


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
