"""Fetching texts by name and importing them; one that fails stops no other that can be had."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.fetch.answers import NotThere
from assistant.corpus.fetch.asking import Caller
from assistant.corpus.fetch.catalogue import Host, Release, Text, by_file
from assistant.corpus.fetch.doors import Doors
from assistant.corpus.fetch.services import Brought, Services
from assistant.corpus.official.importing import Outcome, check_folder, import_files
from assistant.errors import AssistantError, ServiceError, SettingsError


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of texts that come in one file.

    Attributes:
        names: The texts' names.
        outcome: What the import says; None where nothing was brought.
        addresses: The official address of each file that was imported.
        failure: Why nothing was brought; None where something was.
    """

    names: tuple[str, ...]
    outcome: Outcome | None
    addresses: dict[Path, str]
    failure: AssistantError | None = None


def fetch(
    texts: Sequence[Text],
    corpus: Path,
    release: Release,
    doors: Doors,
    begins: Callable[[Sequence[Text]], None],
) -> Iterator[Fetched]:
    """Brings and imports the texts, file by file; ``begins`` hears of each before it is asked for.

    What is brought lies in a folder of its own until then, and is gone afterwards in any case.

    Raises:
        CorpusError: There is no such corpus folder, or no room to bring anything.
    """
    check_folder(corpus)
    left: dict[Host, type[AssistantError]] = {}
    caller = Caller(doors)
    with tempfile.TemporaryDirectory(prefix="ask6103-fetch-") as place:
        services = Services(caller, Path(place), release)
        for group in by_file(texts):
            host = group[0].host
            names = tuple(text.name for text in group)
            if host in left:
                what = f"Not asked for, since the one before failed at {host}"
                yield Fetched(names, None, {}, left[host](f"{what}. Try again later."))
                continue
            begins(group)
            try:
                brought = services.bring(group)
            except (ServiceError, SettingsError) as error:
                if not isinstance(error, NotThere):
                    left[host] = SettingsError if isinstance(error, SettingsError) else ServiceError
                yield Fetched(names, None, {}, error)
                continue
            yield _imported(names, brought, corpus)


def _imported(names: tuple[str, ...], brought: Brought, corpus: Path) -> Fetched:
    files = [file for file, _ in brought.files]
    outcome = import_files(files, corpus, brought.wanted)
    for file in files:
        file.unlink()
    return Fetched(names, outcome, dict(brought.files))
