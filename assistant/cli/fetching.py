"""What the command says of a fetch: first what comes from where, then what an import says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from assistant.cli import importing
from assistant.cli.rows import print_rows
from assistant.corpus.fetch import doors
from assistant.corpus.fetch.catalogue import (
    Host,
    Release,
    Text,
    read_catalogue,
    read_release,
)
from assistant.corpus.fetch.fetching import Fetched, fetch
from assistant.errors import ServiceError, UsageError

_FAMILIES = (
    ("fr-NUMBER", Host.REGISTER, "Any document of the Federal Register, by its number"),
    ("opinion-NUMBER", Host.COURTS, "Any opinion, by its number (needs COURTLISTENER_TOKEN)"),
)


def list_names() -> None:
    """Lists what can be fetched, and connects to nobody."""
    catalogue = read_catalogue()
    rows = [(text.name, text.host.value, text.about) for text in catalogue.texts.values()]
    rows += [(name, host.value, about) for name, host, about in _FAMILIES]
    print_rows({"name": False, "from": True, "what it is": True}, rows)
    what = f"U.S. Code: release point {catalogue.release}, seen {catalogue.seen}"
    typer.echo(f"{what}. Nothing was fetched: `assistant corpus fetch NAME…` does.", err=True)


def run(names: Sequence[str], release: str | None, corpus: Path) -> None:
    """Fetches and imports; leaves with 4 when a service failed, with 2 when an import did."""
    catalogue = read_catalogue()
    texts = [catalogue.find(name) for name in names]
    point = read_release(release) if release else catalogue.release
    if release is None and any(text.host is Host.CODE for text in texts):
        newer = "a newer one, if there is, can be named with --release"
        typer.echo(f"U.S. Code: release point {point}, seen {catalogue.seen}; {newer}.", err=True)
    count, codes = 0, {0}
    for each in fetch(texts, corpus, point, doors.official(), lambda of: _begin(of, point)):
        codes.add(_say(each))
        count += sum(len(file.written) for file in each.outcome.files) if each.outcome else 0
    importing.close(count)
    if code := max(codes):
        raise typer.Exit(code)


def _begin(texts: Sequence[Text], release: Release) -> None:
    names = ", ".join(text.name for text in texts)
    host = texts[0].host
    whole = f" (all of title {texts[0].title}, release point {release}; this may take minutes)"
    tail = whole if host is Host.CODE else ""
    typer.echo(f"Fetching {names} from {host}{tail} …", err=True)


def _say(fetched: Fetched) -> int:
    """Says what became of one file; the exit code that it calls for."""
    if fetched.outcome:
        importing.say(fetched.outcome, fetched.addresses)
        return UsageError.exit_code if fetched.outcome.failed else 0
    failure = fetched.failure or ServiceError("Nothing came.")
    typer.echo(f"assistant: {', '.join(fetched.names)}: {failure}", err=True)
    return failure.exit_code
