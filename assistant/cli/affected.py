"""``assistant affected``: the guided check in a terminal, or from answers given at once."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from assistant.desk.affected import Query, asked, check, paper, queries, read_answers, reasons
from assistant.errors import UsageError
from assistant.export.paper import Bullets, Cited, Heading, Line, Paper, Remark
from assistant.export.save import save
from assistant.models import Citation, Language
from assistant.service import Assistant
from assistant.texts import lines, say
from assistant.texts.dates import say_date
from assistant.verify.quotes import source_reader

_WIDEST = 88  # longer lines are hard to read


def read_written(written: str) -> dict[str, str]:
    """The answers of ``filed=itin,order=open``; what is left out counts as skipped.

    Raises:
        UsageError: It is not written like that, or there is no such question or choice.
    """
    answers = {}
    for piece in filter(None, map(str.strip, written.split(","))):
        name, equals, choice = piece.partition("=")
        if not equals:
            raise UsageError(f"{piece!r} is no answer. Write --answers filed=itin,order=unknown")
        answers[name.strip()] = choice.strip()
    return read_answers(answers)


def run(
    assistant: Assistant, language: Language, answers: dict[str, str] | None, out: Path | None
) -> None:
    """Asks where no answers are given, then prints the result or saves it; keeps nothing else."""
    if answers is None:
        answers = _asked(assistant, language)
    part = assistant.index().languages[language]
    result = check(answers, part, source_reader(assistant.settings.corpus))
    made = paper(result, date.today())
    if out:
        save(made, out)
        _tell(say(language, "affected.cli_saved", file=out))
    else:
        _print(made)


def _asked(assistant: Assistant, language: Language) -> dict[str, str]:
    """What is answered on stdin: a number a question; an empty line, or no more lines, skips."""
    part = assistant.index().languages[language]
    because = reasons(part, source_reader(assistant.settings.corpus))
    _tell(say(language, "affected.start_lead", count=len(queries())))
    for point in (*lines(language, "affected.start_points"), say(language, "affected.cli_private")):
        _tell(f"- {point}")
    answers: dict[str, str] = {}
    for query in queries():
        if query in asked(answers):
            _pose(query, answers, language, because.get(query.name))
            if choice := _chosen(query, language):
                answers[query.name] = choice
    return answers


def _pose(
    query: Query, answers: dict[str, str], language: Language, because: Citation | None
) -> None:
    posed = asked(answers)
    number, total = posed.index(query) + 1, len(posed)
    _tell("", say(language, "affected.progress", number=number, total=total))
    _tell(say(language, f"affected.question_{query.name}"))
    _tell(f"  {say(language, f'affected.why_{query.name}')}")
    if because:
        title = because.passage.source.title
        _tell(f"  {say(language, 'answers.quoted', title=title, quote=because.quote)}")
    for place, choice in enumerate(query.choices, 1):
        _tell(f"  {place}. {query.words(choice, language)}")


def _chosen(query: Query, language: Language) -> str | None:
    while True:
        typer.echo(f"{say(language, 'affected.cli_choose')} ", nl=False, err=True)
        line = sys.stdin.readline().strip()
        if not line:
            return None
        if line.isdecimal() and 0 < int(line) <= len(query.choices):
            return query.choices[int(line) - 1]
        _tell(say(language, "affected.cli_wrong"))


def _tell(*told: str) -> None:
    for line in told:
        typer.echo(line, err=True)


def _print(made: Paper) -> None:
    """The result on stdout: folded and bold on a terminal, plain lines when piped."""
    console = Console(soft_wrap=not sys.stdout.isatty())
    if sys.stdout.isatty():
        console.width = min(console.width, _WIDEST)
    console.print(Text(made.title, style="bold"))
    console.print(_words(made.lead))
    for block in made.blocks:
        if isinstance(block, Heading):
            console.print()
            console.print(Text(block.text, style="bold"))
        elif isinstance(block, Bullets):
            for place, item in enumerate(block.items, 1):
                sign = f"{place}. " if block.ordered else "- "
                console.print(_words(item, sign))
        elif isinstance(block, Remark):
            console.print()
            console.print(_words(block.lines))
    _print_sources(console, made)


def _print_sources(console: Console, made: Paper) -> None:
    console.print()
    console.print(Text(say(made.language, "paper.sources"), style="bold"))
    for source in made.sources:
        # An address broken by the terminal itself can still be copied whole.
        console.print(_source(source), soft_wrap=True)
    console.print()
    console.print(Text(say(made.language, "paper.disclaimer")))


def _source(source: Cited) -> Text:
    return Text(
        say(
            source.language,
            "answers.source_line",
            numbers=f"[{source.number}]",
            title=source.title,
            pinpoint=source.pinpoint,
            status=say(source.language, f"names.status_{source.status.value}"),
            as_of=say_date(source.language, source.as_of),
            url=source.url,
        )
    )


def _words(told: tuple[Line, ...], sign: str = "") -> Text:
    """Sentences with their marks; what stands between two pairs of stars is bold."""
    text = Text(sign)
    for line in told:
        for place, piece in enumerate(line.text.split("**")):
            text.append(piece, style="bold" if place % 2 else "")
        text.append("".join(f" [{number}]" for number in line.citations), style="cyan")
        text.append(" ")
    text.rstrip()
    return text
