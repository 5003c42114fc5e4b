"""A table as CSV: read back as it was, known as UTF-8, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.export.table import as_csv


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_comes_back_as_it_was() -> None:
    rows = [["Año", "§ 6103, “quoted”"], ["two\nlines", ""]]
    assert read(as_csv(["a", "b"], rows)) == [["a", "b"], *rows]


def test_it_begins_with_the_mark_that_excel_looks_for() -> None:
    assert as_csv(["a"], []) == b"\xef\xbb\xbfa\r\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "=cmd|'/C calc'!A0"]
)
def test_a_cell_that_would_run_is_made_text(cell: str) -> None:
    assert read(as_csv([cell], [[cell]])) == [[f"'{cell}"], [f"'{cell}"]]


@pytest.mark.parametrize("cell", ["1.28 million", "less than 5 percent", "a=b", "2025-04-07", ""])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert read(as_csv(["x"], [["kept", cell]]))[1] == ["kept", cell]


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5)
)
def test_no_cell_runs_and_none_loses_a_sign(rows: list[list[str]]) -> None:
    for row, kept in zip(rows, read(as_csv(["a", "b"], rows))[1:], strict=True):
        for cell, held in zip(row, kept, strict=True):
            assert held in (cell, f"'{cell}")
            assert not held.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
