"""``assistant hearing``: draft questions for a witness in a terminal, or as a file to work on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from assistant.desk.hearing import Body, Subject, brief, chosen, offered, subjects, with_more
from assistant.desk.hearing_paper import paper
from assistant.errors import UsageError
from assistant.export.markdown import as_markdown
from assistant.export.save import save
from assistant.models import Language
from assistant.service import Assistant
from assistant.texts import say
from assistant.verify.quotes import source_reader


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drafted: for whom, on what, as of which day, and where it goes."""

    body: Body
    subjects: tuple[str, ...]
    language: Language
    day: date
    out: Path | None = None


def read_body(written: str | None) -> Body | None:
    """The body of that name; None where none is named.

    Raises:
        UsageError: There is no such body.
    """
    try:
        return Body(written) if written else None
    except ValueError as error:
        known = ", ".join(Body)
        raise UsageError(f"There is no body {written!r}. There are {known}.") from error


def read_choice(
    body: Body | None, names: Sequence[str], language: Language
) -> tuple[Body, tuple[str, ...]] | None:
    """The body and its subjects, asked for where no body is named; None when none is chosen.

    Raises:
        UsageError: There is no such subject, none is for the body, or subjects have no body.
    """
    if body is None and names:
        named = chosen(names)
        bodies = [each for each in Body if any(each in subject.bodies for subject in named)]
        raise UsageError(f"Say whose witness is asked: --body {' or '.join(bodies)}.")
    if body is None:
        body = _asked_body(language)
        if body is None:
            return None
        names = _asked_subjects(body, language)
    fitting = offered(names or [each.name for each in subjects()], body)
    return body, tuple(each.name for each in fitting)


def draft(assistant: Assistant, wanted: Wanted) -> None:
    """Drafts the questions and saves them, or prints them as Markdown."""
    part = assistant.index().languages[wanted.language]
    reads = source_reader(assistant.settings.corpus)
    drafted = brief(part, wanted.subjects, wanted.body, wanted.day, reads)
    made = paper(with_more(drafted, part, reads, assistant.search))
    if wanted.out:
        save(made, wanted.out)
        count = len(drafted.questions)
        _tell(say(wanted.language, "hearing.cli_saved", count=count, file=wanted.out))
    else:
        typer.echo(as_markdown(made))


def list_choices(language: Language) -> None:
    """Prints the names of bodies and subjects, as the options take them."""
    for body in Body:
        typer.echo(f"--body {body}\t{say(language, f'hearing.body_{body}')}")
    for subject in subjects():
        bodies = ", ".join(subject.bodies)
        typer.echo(f"--subject {subject.name}\t{_title(subject, language)}\t{bodies}")


def _asked_body(language: Language) -> Body | None:
    """The body whose number is typed on stdin; None for an empty line, or no more lines."""
    _tell(say(language, "hearing.body_legend"))
    bodies = tuple(Body)
    _number(say(language, f"hearing.body_{body}") for body in bodies)
    typed = _typed(say(language, "hearing.cli_body"), len(bodies), language)
    return bodies[typed[0] - 1] if typed else None


def _asked_subjects(body: Body, language: Language) -> list[str]:
    """The subjects whose numbers are typed on stdin; none means all."""
    _tell("", say(language, "hearing.subjects_legend"))
    fitting = [each for each in subjects() if body in each.bodies]
    _number(_title(each, language) for each in fitting)
    typed = _typed(say(language, "hearing.cli_subjects"), len(fitting), language)
    return [fitting[number - 1].name for number in typed]


def _typed(prompt: str, most: int, language: Language) -> list[int]:
    """The numbers on the next line that holds only numbers of the list."""
    while True:
        typer.echo(f"{prompt} ", nl=False, err=True)
        words = sys.stdin.readline().replace(",", " ").split()
        if all(word.isdecimal() and 0 < int(word) <= most for word in words):
            return [int(word) for word in words]
        _tell(say(language, "hearing.cli_wrong", most=most))


def _number(lines: Iterable[str]) -> None:
    for place, line in enumerate(lines, 1):
        _tell(f"  {place}. {line}")


def _title(subject: Subject, language: Language) -> str:
    return say(language, f"hearing.subject_{subject.name}")


def _tell(*told: str) -> None:
    for line in told:
        typer.echo(line, err=True)
