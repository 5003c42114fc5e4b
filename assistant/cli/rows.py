"""Rows of a listing: a table on a terminal, tabs where another program reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

import typer


def print_rows(columns: Mapping[str, bool], rows: Iterable[Sequence[str]]) -> None:
    """Prints rows under columns; each column's name tells whether its cells may be broken."""
    if sys.stdout.isatty():
        _print_table(columns, rows)
    else:
        for row in rows:
            typer.echo("\t".join(row))


def _print_table(columns: Mapping[str, bool], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name, breaks in columns.items():
        table.add_column(name, no_wrap=not breaks, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
