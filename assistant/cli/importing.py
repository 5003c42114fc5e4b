"""What the command says of an import: a line a document on stdout, notices and problems beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from assistant.corpus.official.dates import is_day
from assistant.corpus.official.facts import Wanted
from assistant.corpus.official.importing import Outcome, import_files
from assistant.corpus.official.text import section_key
from assistant.errors import UsageError


def wanted_of(sections: Sequence[str], told: dict[str, str | None]) -> Wanted:
    """What the user asks for and says, checked.

    Raises:
        UsageError: A day is none, an address is none, or a section has no number.
    """
    given = {name: (value or "").strip() for name, value in told.items()}
    for name in ("as_of", "published"):
        if given[name] and not is_day(given[name]):
            option = "--" + name.replace("_", "-")
            raise UsageError(f"{option} '{given[name]}' is no day. Write it as YYYY-MM-DD.")
    url = given["url"]
    if url and not (url.startswith(("https://", "http://")) and len(url.split()) == 1):
        raise UsageError(f"--url '{url}' is no address. It begins with https://")
    keys = frozenset(map(section_key, sections))
    if "" in keys:
        raise UsageError("--section needs a number, for example --section 6103.")
    return Wanted(sections=keys, **given)


def run(files: Sequence[Path], corpus: Path, wanted: Wanted) -> None:
    """Imports the files and says what became of each; leaves with 2 when anything failed."""
    outcome = import_files(files, corpus, wanted)
    for each in outcome.files:
        for document in each.written:
            row = (document.id, document.change.value, str(document.pinpoints), document.title)
            typer.echo("\t".join(row))
        for notice in each.notices:
            typer.echo(f"{each.file}: {notice}.", err=True)
        if each.problem:
            typer.echo(f"assistant: {each.problem}", err=True)
    for name in outcome.missing:
        what = f"no file has a section '{name}' that could be read"
        typer.echo(f"assistant: {what}. Check its number, and the file.", err=True)
    _close(outcome)


def _close(outcome: Outcome) -> None:
    count = sum(len(each.written) for each in outcome.files)
    if count:
        typer.echo(f"Imported: {count}. Run `assistant index` to find and quote them.", err=True)
    if outcome.failed:
        raise typer.Exit(UsageError.exit_code)
