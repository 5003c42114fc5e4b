"""Every regular expression of the project, against texts that its own words make hostile."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from re import _parser as grammar  # type: ignore[attr-defined]
from typing import Any

import pytest

import assistant
from assistant.guard import rules as guard_rules
from assistant.models import Language

ROOT = Path(__file__).resolve().parent.parent
LONG = 20_000  # characters of one text
SHORT = 4_000  # that most patterns read so fast that five times as much cannot take long
QUICK = 0.01  # seconds for a short text; 25 times as much for a long one, if it grows squared
MOST_TEXTS = 4
# All texts of one pattern, in seconds of this process: a second, and room for a busy machine.
ALLOWED = 1.0

# What needs a library or a file of its own is no table of patterns.
NOT_CALLED = frozenset(
    {"_detector", "_fonts", "_packed", "_way", "measured", "_stemmer", "_cutter"}
)
ARGUMENTS: tuple[tuple[Any, ...], ...] = (
    (),
    *((language,) for language in Language),
    *((section,) for section in ("blocked", "urgent", "tasks", "beyond")),
)
# Functions that compile what they are given; what they made is found in what the tables return.
COMPILERS = frozenset(
    {
        ("cues.py", "_patterns"),
        ("picks.py", "pick_of"),
        ("picks.py", "patterns_of"),
        ("number_words.py", "_pattern"),
        ("again.py", "_pattern"),
        ("language.py", "_names"),
        ("language.py", "_request_patterns"),
        ("numbers.py", "_beside"),
        ("numbers.py", "_shape"),
        ("rules.py", "_rule"),
        ("rules.py", "compile"),
        ("spoken.py", "_words"),
        ("timeline.py", "_telling"),
        ("timeline.py", "_entry"),
        ("lexicon.py", "lexicon"),
        ("lexicon.py", "_class"),
    }
)


Key = tuple[str, int]
Found = dict[Key, tuple[re.Pattern[str], bool]]  # and whether it is only tried at the start


def key(pattern: re.Pattern[str]) -> Key:
    return pattern.pattern, pattern.flags


def modules() -> Iterator[Any]:
    yield assistant
    for found in pkgutil.walk_packages(assistant.__path__, "assistant."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns_in(value: Any, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """The patterns within a value of the project, however deep."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen or isinstance(value, str | bytes | int | float | type):
        return
    seen.add(id(value))
    inner: Iterable[Any] = ()
    if isinstance(value, Mapping):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        inner = value
    elif hasattr(value, "__dataclass_fields__"):
        kind = type(value)
        names = [*value.__dataclass_fields__]
        names += [name for name in vars(kind) if isinstance(vars(kind)[name], cached_property)]
        inner = [getattr(value, name) for name in names]
    for each in inner:
        yield from patterns_in(each, seen)


def tables(module: Any) -> Iterator[Any]:
    """What a module holds, and what its remembered functions return."""
    for name, value in vars(module).items():
        own = getattr(value, "__module__", module.__name__) == module.__name__
        if not hasattr(value, "cache_info"):
            yield value
        elif own and name not in NOT_CALLED:
            yield from returned(value)


def returned(function: Any) -> Iterator[Any]:
    takes = [
        each
        for each in inspect.signature(function).parameters.values()
        if each.default is each.empty
    ]
    for given in ARGUMENTS:
        if len(given) != len(takes) or (takes and takes[0].name not in ("language", "section")):
            continue
        if given and isinstance(given[0], Language) is not (takes[0].name == "language"):
            continue
        yield function(*given)


def literals() -> Iterator[re.Pattern[str]]:
    """Patterns that are written where they are used."""
    for path in (*ROOT.glob("assistant/**/*.py"), *ROOT.glob("evals/**/*.py")):
        for call in calls_of_re(ast.parse(path.read_text(encoding="utf-8"))):
            first = call.args[0] if call.args else None
            written = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if written and call.func.attr != "compile":  # those are found in their modules
                yield re.compile(first.value)


def calls_of_re(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name)):
                if name != "escape":
                    yield node


def only_from_the_start(module: Any) -> Iterator[re.Pattern[str]]:
    """The patterns of a module that are only ever tried at the beginning of a text."""
    if not (path := getattr(module, "__file__", None)):
        return
    used: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=method):
                used.setdefault(name, set()).add(method)
    for name, methods in used.items():
        if methods <= {"match", "fullmatch"} and isinstance(
            pattern := vars(module).get(name), re.Pattern
        ):
            yield pattern


@pytest.fixture(scope="module")
def found() -> Found:
    seen: set[int] = set()
    loaded = list(modules())
    every = [
        each for module in loaded for table in tables(module) for each in patterns_in(table, seen)
    ]
    every += literals()
    started = {key(each) for module in loaded for each in only_from_the_start(module)}
    return {
        key(each): (each, key(each) in started) for each in every if isinstance(each.pattern, str)
    }


def test_whatever_compiles_a_pattern_is_known_here() -> None:
    makers = {
        (path.name, function.name)
        for path in ROOT.glob("assistant/**/*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for call in calls_of_re(function)
        if call.func.attr == "compile" and not isinstance(call.args[0], ast.Constant)
    }
    assert makers - COMPILERS == set()


def test_the_rules_of_every_file_are_among_them(found: Found) -> None:
    guarded = [
        pattern
        for section in ("blocked", "urgent", "tasks", "beyond")
        for rule in guard_rules.rules(section)
        for pattern in (*rule.find, *rule.needs, *rule.raw, *rule.unless_near)
    ]
    assert all(key(each) in found for each in guarded)
    assert len(found) > 2_000


def test_no_pattern_takes_long_over_a_text_made_against_it(found: Found) -> None:
    slow = {}
    for (text, flags), (pattern, only_start) in found.items():
        if seconds(pattern, only_start, hostile_texts(text, flags, SHORT)) < QUICK:
            continue
        took = seconds(pattern, only_start, hostile_texts(text, flags, LONG))
        if took > ALLOWED:
            slow[text[:120]] = round(took, 1)
    assert slow == {}


def seconds(pattern: re.Pattern[str], only_start: bool, texts: Iterable[str]) -> float:
    started = time.process_time()
    for text in texts:
        if only_start:
            pattern.match(text)
        else:
            deque(pattern.finditer(text), maxlen=0)
    return time.process_time() - started


def hostile_texts(pattern: str, flags: int, long: int) -> list[str]:
    """Long runs of what the pattern repeats, and of what it nearly matches."""
    tree = grammar.parse(pattern, flags)
    whole = sample(tree)
    units = [unit for unit in dict.fromkeys(repeated(tree)) if unit.strip()]
    longest = sorted(units, key=len, reverse=True)[:2]
    seeds = dict.fromkeys([whole + " ", whole[:-1] or "a", *longest])
    return [(seed * (long // len(seed) + 1))[:long] + "\x00" for seed in [*seeds][:MOST_TEXTS]]


def repeated(tree: Any) -> Iterator[str]:
    """A text for each part that may come more than once."""
    for name, value in tree:
        op = str(name)
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if value[1] > 1 and (unit := sample(value[2])):
                yield unit
            yield from repeated(value[2])
        elif op == "SUBPATTERN":
            yield from repeated(value[-1])
        elif op == "BRANCH":
            for branch in value[1]:
                yield from repeated(branch)


def sample(tree: Any) -> str:
    """A text that a pattern matches, or nearly."""
    return "".join(_sample_of(str(name), value) for name, value in tree)


def _sample_of(op: str, value: Any) -> str:
    match op:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL" | "ANY":
            return "a" if value != ord("a") else "b"
        case "IN":
            return _sign_in(value)
        case "SUBPATTERN":
            return sample(value[-1])
        case "BRANCH":
            return sample(value[1][0])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return sample(value[2]) * max(value[0], min(value[1], 2))
        case "ATOMIC_GROUP":
            return sample(value)
    return ""


_CLASSES = {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_SPACE": " "}


def _sign_in(members: Any) -> str:
    name, value = members[0]
    if str(name) == "NEGATE":
        taken = "".join(_sign_in([member]) for member in members[1:])
        return next(sign for sign in "a 1x-." if sign not in taken)
    if str(name) == "LITERAL":
        return chr(value)
    if str(name) == "RANGE":
        return chr(value[0])
    return _CLASSES.get(str(value), "-")
