"""``assistant corpus``: what documents there are, what they say, and whether they are sound."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import CorpusFolder, UnusedIndexFolder
from assistant.cli.rows import print_rows
from assistant.config import load_settings
from assistant.corpus.check import check_corpus
from assistant.corpus.frontmatter import FrontMatter, split_front_matter
from assistant.corpus.read import read_corpus
from assistant.corpus.shape import Shelf
from assistant.errors import CorpusError, UsageError
from assistant.models import Document, Kind, Language, Source

app = typer.Typer(
    help="List, show, check, import and fetch the documents.",
    no_args_is_help=True,
    add_completion=False,
)

_COLUMNS = ("id", "language", "kind", "status", "as_of", "title")
OfPdf = Annotated[str | None, typer.Option(help="Of a PDF that does not tell it.")]
Lang = Annotated[Language | None, typer.Option("--lang", help="One language only.")]


@app.command()
def check(corpus: CorpusFolder = None, index: UnusedIndexFolder = None) -> None:
    """Check every document; exit code 3 when one must be mended."""
    folder = load_settings(corpus=corpus).corpus
    problems = check_corpus(folder)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        files = len({problem.file for problem in problems})
        typer.echo(f"To mend: {len(problems)}, in files: {files}, under {folder}", err=True)
        raise typer.Exit(CorpusError.exit_code)
    typer.echo(_summary(read_corpus(folder)))


@app.command("list")
def list_documents(
    lang: Lang = None,
    shelf: Annotated[Shelf | None, typer.Option(help="One shelf only.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="One kind only.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As a JSON array.")] = False,
    corpus: CorpusFolder = None,
    index: UnusedIndexFolder = None,
) -> None:
    """List the documents: id, language, kind, status, as-of date, title (tabs when piped)."""
    sources = [
        document.source
        for document in read_corpus(load_settings(corpus=corpus).corpus)
        if lang in (None, document.source.language)
        and kind in (None, document.source.kind)
        and (shelf is None or shelf in document.source.path.split("/")[:-1])
    ]
    rows = [{name: str(getattr(source, name)) for name in _COLUMNS} for source in sources]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        # An id that is cut short cannot be copied into `show`.
        print_rows({name: name == "title" for name in _COLUMNS}, [[*row.values()] for row in rows])
    if not rows:
        typer.echo("No document fits. Leave out --lang, --shelf or --kind.", err=True)


@app.command()
def show(
    document_id: Annotated[str, typer.Argument(metavar="ID", help="As `list` gives it.")],
    lang: Lang = None,
    corpus: CorpusFolder = None,
    index: UnusedIndexFolder = None,
) -> None:
    """Show one document: its facts, then its text (English unless --lang says otherwise)."""
    documents = read_corpus(load_settings(corpus=corpus).corpus)
    document = _find(documents, document_id, lang)
    _, body = split_front_matter(document.text, document.source.path)
    lines = [*_facts(document.source), *document.text[body:].rstrip("\n").split("\n")]
    if sys.stdout.isatty():
        _print_styled(lines)
    else:
        typer.echo("\n".join(lines))


@app.command("import")
def import_official(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="U.S. Code, C.F.R., Federal Register, opinion, PDF."),
    ],
    section: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER", help="A section, as 6103; give several. All if few."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The text's day, if the file has none."),
    ] = None,
    title: OfPdf = None,
    citation: OfPdf = None,
    publisher: OfPdf = None,
    url: OfPdf = None,
    published: OfPdf = None,
    corpus: CorpusFolder = None,
    index: UnusedIndexFolder = None,
) -> None:
    """Import official files on this machine, to be quoted word for word; exit code 2 if any fails.

    Each is known by what it holds, not by its name. One line a document: id, what changed, how many
    places can be cited, title (tabs between).
    """
    from assistant.cli import importing

    told = {
        "as_of": as_of,
        "title": title,
        "citation": citation,
        "publisher": publisher,
        "url": url,
        "published": published,
    }
    wanted = importing.wanted_of(section or (), told)
    importing.run(files, load_settings(corpus=corpus).corpus, wanted)


@app.command()
def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME…", help="As listed when none is given.")
    ] = None,
    release: Annotated[
        str | None,
        typer.Option(metavar="POINT", help="U.S. Code: the release point, as 119-102."),
    ] = None,
    corpus: CorpusFolder = None,
    index: UnusedIndexFolder = None,
) -> None:
    """Fetch official texts from the official services, and import them; without a name, list them.

    The one command that connects to other hosts. Exit code 4 if a service does not serve.
    """
    from assistant.cli import fetching

    if names:
        fetching.run(names, release, load_settings(corpus=corpus).corpus)
    else:
        fetching.list_names()


def _summary(documents: Sequence[Document]) -> str:
    parts = []
    for language in Language:
        own = [document for document in documents if document.source.language is language]
        sections = [section for document in own for section in document.sections]
        questions = sum(len(section.questions) for section in sections)
        parts.append(
            f"{language}: {len(own)} documents, {len(sections)} sections, {questions} questions"
        )
    return "Sound. " + "; ".join(parts) + "."


def _find(documents: Sequence[Document], name: str, lang: Language | None) -> Document:
    """The document of that id, in the language asked for or else English before Spanish."""
    found = [document for document in documents if document.source.id == name]
    for document in found:
        if lang in (None, document.source.language):
            return document
    if found:
        held = ", ".join(document.source.language for document in found)
        raise UsageError(f"'{name}' is not held in '{lang}'. Ask for it with --lang {held}.")
    near = get_close_matches(name, sorted({document.source.id for document in documents}), n=3)
    hint = f"Did you mean {', '.join(near)}?" if near else "See `assistant corpus list`."
    raise UsageError(f"There is no document '{name}'. {hint}")


def _facts(source: Source) -> Iterator[str]:
    values = asdict(source)
    width = max(len(name) for name in FrontMatter.model_fields) + 2
    for name in FrontMatter.model_fields:
        value = values[name]
        entries = value if isinstance(value, tuple) else (value,)
        apart = f"\n{' ' * width}" if name == "sources" else ", "
        yield f"{name + ':':<{width}}{apart.join(str(entry) for entry in entries)}"


def _print_styled(lines: Sequence[str]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for line in lines:
        style = "bold" if line.startswith("## ") else "dim" if line.startswith(">") else ""
        # An address broken by the terminal itself can still be copied whole.
        console.print(Text(line, style=style), soft_wrap="://" in line)
