"""The front matter of a document: read as text, checked key by key."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic import ValidationError as PydanticError
from pydantic_core import ErrorDetails

from assistant.corpus.problem import DocumentError, Problem
from assistant.models import Audience, Basis, Kind, Language, Origin, Standing

FENCE = "---\n"
# The C loader is four times as fast and is missing from some builds of PyYAML.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)


def _calendar_date(text: str) -> str:
    if not _PARTIAL_DATE.fullmatch(text):
        raise ValueError(f"'{text}' is not a year, a year and month, or a day in ISO form")
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        raise ValueError(f"'{text}' is not a date of the calendar") from None
    return text


def _once_each(items: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(items)) != len(items):
        raise ValueError("an entry stands twice")
    return items


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n]+$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/.]+\.[^\s]+$")]
PartialDate = Annotated[str, AfterValidator(_calendar_date)]
Sources = Annotated[tuple[Url, ...], Field(min_length=1), AfterValidator(_once_each)]
Topics = Annotated[tuple[Line, ...], Field(min_length=1), AfterValidator(_once_each)]
Audiences = Annotated[tuple[Audience, ...], Field(min_length=1), AfterValidator(_once_each)]
Related = Annotated[tuple[Slug, ...], AfterValidator(_once_each)]


class FrontMatter(BaseModel):
    """Every key a document must carry, and no other; dates are kept as written.

    ``origin`` alone may be left out: it marks a text that was imported.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    title: Line
    kind: Kind
    citation: Line
    publisher: Line
    url: Url
    published: PartialDate
    as_of: PartialDate
    status: Standing
    basis: Basis
    sources: Sources
    topics: Topics
    audiences: Audiences
    language: Language
    related: Related
    origin: Origin = Origin.DIGEST


Value = str | list[str]


def split_front_matter(text: str, file: str) -> tuple[str, int]:
    """The YAML between the two fences, and the offset at which the body starts."""
    if not text.startswith(FENCE):
        raise DocumentError(
            [Problem(file, 1, "no front matter", "Begin the file with a line of three hyphens")]
        )
    end = text.find("\n" + FENCE, len(FENCE) - 1)
    if end < 0:
        raise DocumentError(
            [Problem(file, 1, "front matter has no end", "Close it with a line of three hyphens")]
        )
    return text[len(FENCE) : end + 1], end + 1 + len(FENCE)


def parse_front_matter(text: str, file: str) -> tuple[FrontMatter, dict[str, int]]:
    """The checked front matter of a file's text, and the line on which each key stands.

    Raises:
        DocumentError: It is missing, is no YAML mapping, or a key is missing, unknown or wrong.
    """
    block, _ = split_front_matter(text, file)
    values, lines = _read_yaml(block, file)
    try:
        return FrontMatter.model_validate(values), lines
    except PydanticError as error:
        raise DocumentError([_problem(file, lines, fault) for fault in error.errors()]) from error


def _read_yaml(block: str, file: str) -> tuple[dict[str, Value], dict[str, int]]:
    try:
        root = yaml.compose(block, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        what = f"front matter is not YAML: {error.problem}"
        raise DocumentError([Problem(file, line, what, "Quote texts that hold ': '")]) from error
    except yaml.YAMLError as error:
        what = "front matter holds a character that YAML does not allow"
        raise DocumentError([Problem(file, 1, what, "Take control characters out")]) from error
    if not isinstance(root, yaml.MappingNode):
        raise DocumentError([Problem(file, 2, "front matter is empty", "Write 'key: value' lines")])
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for key, node in root.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in values:
            what = f"'{name}' stands twice in the front matter"
            raise DocumentError([Problem(file, line, what, "Keep one of the two")])
        values[name], lines[name] = _plain(node), line
    return values, lines


def _plain(node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return [item.value if isinstance(item, yaml.ScalarNode) else "" for item in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _problem(file: str, lines: dict[str, int], fault: ErrorDetails) -> Problem:
    name = str(fault["loc"][0])
    line = lines.get(name, 1)
    if fault["type"] == "missing":
        return Problem(file, 1, f"front matter lacks '{name}'", f"Add '{name}: …'")
    if fault["type"] == "extra_forbidden":
        mend = f"Remove it; the keys are {', '.join(FrontMatter.model_fields)}"
        return Problem(file, line, f"unknown key '{name}' in the front matter", mend)
    reason = fault["msg"].removeprefix("Value error, ")
    given = "" if fault["type"] == "value_error" else f" (given: {fault['input']!r})"
    return Problem(file, line, f"'{name}' cannot be used: {reason}{given}", f"Correct '{name}'")
