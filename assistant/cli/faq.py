"""``assistant faq``: a file of questions, answered one by one, as a paper to read or to publish."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from assistant.desk.faq import Brief, Entry, answered, faq_of
from assistant.desk.faq_carry import with_edits_of
from assistant.desk.faq_changes import changes
from assistant.desk.faq_earlier import read_earlier
from assistant.desk.faq_list import Asked, read_questions
from assistant.desk.faq_paper import Since, paper_of
from assistant.desk.faq_record import Kept, kept, still_said
from assistant.desk.sentences import Sentences
from assistant.errors import UsageError
from assistant.export.markdown import as_markdown
from assistant.export.save import save
from assistant.models import Audience, Language
from assistant.service import Assistant
from assistant.texts import say
from assistant.verify.quotes import source_reader

BOTH = "both"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    questions: tuple[Asked, ...]
    brief: Brief
    earlier: Kept | None = None
    out: Path | None = None
    as_json: bool = False


def read_languages(written: str | None, earlier: Kept | None) -> tuple[Language, ...]:
    """The languages of ``en``, ``es`` or ``both``; told none, those of the earlier list, or both.

    Raises:
        UsageError: It is none of these.
    """
    if written is None and earlier:
        return earlier.languages
    if written is None or written == BOTH:
        return tuple(Language)
    try:
        return (Language(written),)
    except ValueError as error:
        raise UsageError(f"There is no language {written!r}. Use en, es or both.") from error


def read_list(file: Path | None, earlier: Kept | None) -> tuple[Asked, ...]:
    """The questions of a file, of stdin for ``-``, or else those of the earlier list.

    Raises:
        UsageError: There are none, or the file cannot be read.
    """
    if file is None:
        if earlier is None:
            raise UsageError("Give a file of questions, one a line: assistant faq QUESTIONS.txt")
        return tuple(Asked(entry.wordings, entry.lead, entry.removed) for entry in earlier.entries)
    listed = read_questions(_text_of(file))
    for repeated in listed.repeated:
        typer.echo(
            say(Language.EN, "faq.merged", line=repeated.line, first=repeated.first), err=True
        )
    return listed.questions


def read_since(file: Path | None) -> Kept | None:
    """The earlier list in a file that was saved here.

    Raises:
        UsageError: The file cannot be read, or holds no such list.
    """
    if file is None:
        return None
    try:
        return read_earlier(file.name, file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}. Check the path.") from error


def answer_list(assistant: Assistant, wanted: Wanted) -> None:
    """Answers every question, progress on stderr, and saves or prints the list."""
    index = assistant.index()
    passages = [each for part in index.languages.values() for each in part.passages]
    sentences = Sentences.of(passages, source_reader(assistant.settings.corpus))
    entries = _entries(assistant, wanted, sentences)
    faq = faq_of(entries, wanted.brief, index.languages, sentences)
    since = _since(wanted.earlier, kept(faq), wanted.brief, sentences) if wanted.earlier else None
    if wanted.as_json:
        typer.echo(kept(faq).as_json())
    paper = paper_of(faq, since)
    if wanted.out:
        save(paper, wanted.out)
        typer.echo(f"Saved {len(entries)} questions and answers in {wanted.out}.", err=True)
    elif not wanted.as_json:
        typer.echo(as_markdown(paper))


def _entries(assistant: Assistant, wanted: Wanted, sentences: Sentences) -> Sequence[Entry]:
    columns = (
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
    )
    entries: list[Entry] = []
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Answering", total=len(wanted.questions))
        for entry in answered(wanted.questions, wanted.brief, assistant.ask, sentences):
            entries.append(with_edits_of(entry, wanted.earlier) if wanted.earlier else entry)
            progress.advance(task)
    return entries


def _since(earlier: Kept, new: Kept, brief: Brief, sentences: Sentences) -> Since:
    says = still_said(sentences)
    found = {language: changes(earlier, new, language, says) for language in brief.languages}
    return Since(earlier.as_of, found)


def _text_of(file: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 text. Save it as UTF-8 and try again.") from error


def brief_for(
    languages: tuple[Language, ...], audience: Audience, as_of: date | None, today: date
) -> Brief:
    """The brief of a list made today, as of that day or an earlier one."""
    day = as_of or today
    return Brief(languages, day, audience, earlier_day=day < today)
