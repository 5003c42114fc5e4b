"""Answers and passages on a terminal: coloured and folded to its width, plain when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.export.text import answer_with_sources, by_passage, numbers, side_line
from assistant.models import Answer, Citation, Hit, Outcome
from assistant.texts import say
from assistant.texts.dates import say_date

_WIDEST = 88  # longer lines are hard to read
_COLOURS = {
    Outcome.ANSWERED: "green",
    Outcome.PARTIAL: "yellow",
    Outcome.ABSTAINED: "yellow",
    Outcome.CLARIFY: "cyan",
    Outcome.OUT_OF_SCOPE: "cyan",
    Outcome.BLOCKED: "magenta",
}


def print_answer(answer: Answer) -> None:
    """Prints an answer with its sources, notices and what one could ask next."""
    if not sys.stdout.isatty():
        typer.echo(answer_with_sources(answer))
        return
    console = Console()
    console.width = min(console.width, _WIDEST)
    language = answer.question.language
    console.print(
        Text(
            say(language, f"names.outcome_{answer.outcome.value}"),
            style=f"bold {_COLOURS[answer.outcome]}",
        )
    )
    for paragraph in answer.text.split("\n\n"):
        console.print()
        console.print(_marked(paragraph))
    _print_disagreements(console, answer)
    if answer.citations:
        console.print()
        console.print(Text(say(language, "answers.sources_heading"), style="bold"))
        for group in by_passage(answer):
            console.print(Padding(_source(answer, group), (0, 0, 0, 2)))
    for notice in answer.notices:
        console.print()
        console.print(Text(notice, style="italic"))
    if answer.follow_ups:
        console.print()
        console.print(Text(say(language, "answers.ask_next"), style="bold"))
        for question in answer.follow_ups:
            console.print(Text(f"  {question}", style="cyan"))
    console.print()
    console.print(Text(say(language, "answers.disclaimer"), style="dim"))


def _print_disagreements(console: Console, answer: Answer) -> None:
    """Where the sources differ: each point, and what every side says of it."""
    if answer.disagreements:
        heading = say(answer.question.language, "ui.disagree_heading")
        console.print()
        console.print(Text(heading, style="bold"))
    for point in answer.disagreements:
        console.print(Padding(Text(point.about, style="italic"), (0, 0, 0, 2)))
        for side in point.sides:
            line = side_line(side.holder, side.text, side.citations)
            console.print(Padding(_marked(line), (0, 0, 0, 4)))


def print_hits(hits: Sequence[Hit], as_json: bool) -> None:
    """Prints passages: as JSON, as tab-separated lines when piped, or to be read."""
    rows = [
        {
            "rank": rank,
            "score": round(hit.score, 4),
            "document": hit.passage.source.id,
            "pinpoint": hit.passage.pinpoint,
            "passage": hit.passage.id,
            "text": hit.passage.text,
        }
        for rank, hit in enumerate(hits, 1)
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(" ".join(str(value).split()) for value in row.values()))
        return
    console = Console()
    console.width = min(console.width, _WIDEST)
    for row in rows:
        head = Text(f"{row['rank']}. ", style="bold").append(f"{row['document']}", style="cyan")
        console.print(head.append(f"  {row['pinpoint']}  ({row['score']})"))
        console.print(Padding(_marked(str(row["text"])), (0, 0, 1, 3)))


def _source(answer: Answer, group: Sequence[Citation]) -> Text:
    language = answer.question.language
    passage = group[0].passage
    source = passage.source
    text = Text().append(f"{numbers(group)} ", style="cyan").append(f"{source.title}, ")
    text.append(f"“{passage.pinpoint}” ", style="italic")
    status = say(language, f"names.status_{source.status.value}")
    text.append(f"({status}, {say_date(language, source.as_of)}) ", style="dim")
    return text.append(source.url, style="blue underline")


def _marked(text: str) -> Text:
    """Text with its citation marks coloured and its bold names bold."""
    shown = Text()
    for place, piece in enumerate(text.split("**")):
        shown.append(piece, style="bold" if place % 2 else "")
    shown.highlight_regex(r"\[\d+\]", "cyan")
    return shown
