"""Options that every command shares."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CorpusFolder = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        metavar="DIR",
        help="Folder of documents (or ASSISTANT_CORPUS).",
        show_default=False,
    ),
]
IndexFolder = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help="Folder of the index (or ASSISTANT_INDEX).",
        show_default=False,
    ),
]
# For commands that need no index: accepted, so that scripts can pass the same options to all.
UnusedIndexFolder = Annotated[Path | None, typer.Option("--index", metavar="DIR", hidden=True)]
