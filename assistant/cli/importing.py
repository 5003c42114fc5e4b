"""What the command says of an import: a line a document on stdout, notices and problems beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    say(outcome, {})
    close(sum(len(each.written) for each in outcome.files))
    if outcome.failed:
        raise typer.Exit(UsageError.exit_code)


def say(outcome: Outcome, shown: Mapping[Path, str]) -> None:
    """Says what became of each file, under another name where one is to be shown."""
    for each in outcome.files:
        name = shown.get(each.file, str(each.file))
        for document in each.written:
            row = (document.id, document.change.value, str(document.pinpoints), document.title)
            typer.echo("\t".join(row))
        for notice in each.notices:
            typer.echo(f"{name}: {notice}.", err=True)
        if each.problem:
            typer.echo(f"assistant: {each.problem.replace(str(each.file), name)}", err=True)
    for number in outcome.missing:
        what = f"no file has a section '{number}' that could be read"
        typer.echo(f"assistant: {what}. Check its number, and the file.", err=True)


def close(count: int) -> None:
    """Says how many documents came in, and what is to be done next."""
    if count:
        typer.echo(f"Imported: {count}. Run `assistant index` to find and quote them.", err=True)
