"""The ``assistant`` command: its sub-commands, and how errors leave it.

Heavy libraries are imported inside the commands that need them, so help comes at once.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import corpus
from assistant.cli.commands import Commands
from assistant.cli.options import CorpusFolder, IndexFolder
from assistant.cli.plain import WANTING, check_room, wanting
from assistant.config import load_settings
from assistant.errors import AssistantError, UsageError
from assistant.models import Audience, Language

app = typer.Typer(
    name="assistant",
    cls=Commands,
    help="Ask about the privacy of U.S. tax records (26 U.S.C. § 6103) and the IRS–DHS agreement. "
    "Information, not legal advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(corpus.app, name="corpus")

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
# Several, for who forgets the quotes: an error would have to repeat the words, and what is private.
Question = Annotated[
    list[str] | None, typer.Argument(metavar="QUESTION", help="The question, in quotes.")
]


@app.command()
def ask(
    question: Question = None,
    lang: Annotated[str, typer.Option(help="auto, en or es.")] = "auto",
    audience: Annotated[
        Audience, typer.Option("--for", help="Whom the answer is for.")
    ] = Audience.PUBLIC,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Answer as of YYYY-MM-DD.")
    ] = None,
    engine: Annotated[
        str | None, typer.Option(metavar="quotes|PROVIDER:MODEL", help="Who writes the answer.")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="Answer a file of questions.")
    ] = None,
    receipt: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Save a receipt of the answer.")
    ] = None,
    as_json: AsJson = False,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Answer a question, each sentence with its source."""
    from assistant.cli import asking
    from assistant.cli.ready import ready_assistant

    lines = asking.read_asked(question, batch, receipt)
    settings = load_settings(corpus_folder, index_folder)
    defaults = asking.Defaults(
        asking.read_language(lang),
        audience,
        asking.read_date(as_of),
        asking.read_engine(engine or settings.engine),
    )
    assistant = ready_assistant(settings, defaults.engine)
    if batch:
        asking.answer_batch(assistant, lines, defaults)
    else:
        asking.answer_one(assistant, " ".join(question or ()), defaults, as_json, receipt)


@app.command()
def receipt(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A saved receipt.")],
    as_json: AsJson = False,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Check an answer's receipt: is the answer still the same, or what has changed?"""
    from assistant.cli import receipt as checking

    read = checking.read_file(file)
    checking.check(read, load_settings(corpus_folder, index_folder), as_json)


@app.command()
def search(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    lang: Annotated[str, typer.Option(help="auto, en or es.")] = "auto",
    as_json: AsJson = False,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Find passages: rank, score, document, pinpoint, passage id and text."""
    from assistant.cli import asking
    from assistant.cli.ready import ready_assistant
    from assistant.cli.show import print_hits

    wanted = " ".join(text)
    if not wanted.strip():
        raise UsageError('Say what to look for: assistant search "…"')
    language: Language | None = asking.read_language(lang)
    assistant = ready_assistant(load_settings(corpus_folder, index_folder))
    print_hits(assistant.search(wanted, language, k), as_json)


@app.command()
def index(
    rebuild: Annotated[bool, typer.Option(help="Use nothing of the present index.")] = False,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Build the index, or refresh what changed."""
    from assistant.cli.ready import build

    settings = load_settings(corpus_folder, index_folder)
    manifest = build(settings, rebuild)
    typer.echo(
        f"Index {manifest.id} in {settings.index}: {manifest.passages:,} passages, "
        f"{manifest.sentences:,} sentences, {manifest.questions:,} questions."
    )


@app.command()
def faq(
    questions: Annotated[
        Path | None,
        typer.Argument(metavar="QUESTIONS.txt", help="One question a line; - for stdin."),
    ] = None,
    lang: Annotated[str | None, typer.Option(help="en, es or both; both when left out.")] = None,
    audience: Annotated[
        Audience, typer.Option("--for", help="Whom the answers are for.")
    ] = Audience.PUBLIC,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Answer as of YYYY-MM-DD.")
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(metavar="EARLIER", help="A list saved earlier: tells what changed since."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save as .docx, .md, .html or .pdf.")
    ] = None,
    as_json: AsJson = False,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Answer a list of questions side by side in English and Spanish, ready to publish."""
    from assistant.cli import asking
    from assistant.cli import faq as listing
    from assistant.cli.ready import ready_assistant
    from assistant.export.save import check_path

    earlier = listing.read_since(since)
    languages = listing.read_languages(lang, earlier)
    brief = listing.brief_for(languages, audience, asking.read_date(as_of), date.today())
    asked = listing.read_list(questions, earlier)
    if out:
        check_path(out)
    assistant = ready_assistant(load_settings(corpus_folder, index_folder))
    listing.answer_list(assistant, listing.Wanted(asked, brief, earlier, out, as_json))


@app.command()
def affected(
    lang: Annotated[Language, typer.Option(help="Of questions and result.")] = Language.EN,
    answers: Annotated[
        str | None,
        typer.Option(metavar="NAME=CHOICE,…", help="Answers for a script; nothing is asked."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save as .docx, .md, .html or .pdf.")
    ] = None,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Ask a few choices; show what the sources say, what one can do, and who helps for free."""
    from assistant.cli import affected as checking
    from assistant.cli.ready import ready_assistant
    from assistant.export.save import check_path

    if out:
        check_path(out)
    written = None if answers is None else checking.read_written(answers)
    checking.run(ready_assistant(load_settings(corpus_folder, index_folder)), lang, written, out)


@app.command()
def hearing(
    subject: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A subject; give several. All when left out."),
    ] = None,
    body: Annotated[
        str | None,
        typer.Option(metavar="treasury|irs|dhs_ice|tigta|gao", help="Whose witness is asked."),
    ] = None,
    lang: Annotated[Language, typer.Option(help="Of the questions.")] = Language.EN,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="As known on YYYY-MM-DD.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save as .docx, .md, .html or .pdf.")
    ] = None,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Draft questions for a witness, each with its sources and what the record leaves open."""
    from assistant.cli import asking
    from assistant.cli import hearing as drafting
    from assistant.cli.ready import ready_assistant
    from assistant.export.save import check_path

    if out:
        check_path(out)
    day = asking.read_date(as_of) or date.today()
    chosen = drafting.read_choice(drafting.read_body(body), subject or (), lang)
    if chosen is None:
        drafting.list_choices(lang)
        return
    wanted = drafting.Wanted(*chosen, lang, day, out)
    drafting.draft(ready_assistant(load_settings(corpus_folder, index_folder)), wanted)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 7860,
    public: Annotated[
        bool,
        typer.Option("--public", help="Let other machines in; SECURITY.md says what it needs."),
    ] = False,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Open the web page; builds the index first when that is needed."""
    from assistant.cli.ready import ready_assistant, warm
    from assistant.ui.reach import check_host
    from assistant.ui.sign_in import read_people

    # A core dump would put what is being asked on disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Asked to stop, the server stops in good order: that is no failure.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    settings = load_settings(corpus_folder, index_folder)
    settings = settings.model_copy(update={"public": public or settings.public})
    check_host(host, settings.public)
    if settings.sign_in:
        read_people(settings.sign_in)
    assistant = ready_assistant(settings, settings.engine)
    typer.echo("Starting the page …", err=True)
    warm(assistant)
    from assistant.ui.server import launch

    launch(assistant, host, port, ready=lambda url: print_now(f"Ready: {url}"))


@app.command(name="sign-in")
def sign_in(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who may sign in.")],
) -> None:
    """Make a line for the sign-in file (ASSISTANT_SIGN_IN); the password is asked for."""
    from assistant.ui.sign_in import SHORTEST, line_for

    if not name or ":" in name or name.startswith("#") or name != name.strip():
        raise UsageError("A name to sign in with has no colon, no # in front, and no space around.")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if len(password) < SHORTEST:
        raise UsageError(f"That is too short: a password has at least {SHORTEST} characters.")
    typer.echo(line_for(name, password))


@app.command()
def doctor(
    as_json: AsJson = False,
    corpus_folder: CorpusFolder = None,
    index_folder: IndexFolder = None,
) -> None:
    """Say what is wrong with corpus, index, model or settings, and how to mend it."""
    from assistant.cli.doctor import examine

    findings = examine(load_settings(corpus_folder, index_folder))
    if as_json:
        facts = [{"what": f.what, "well": f.well, "says": f.says} for f in findings]
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            typer.echo(f"{'ok  ' if finding.well else 'MEND'}  {finding.what}: {finding.says}")
    worst = max((finding.exit_code for finding in findings if not finding.well), default=0)
    raise typer.Exit(worst)


def print_now(line: str) -> None:
    """Prints a line at once, also into a pipe that someone is waiting on."""
    typer.echo(line)
    sys.stdout.flush()


def main() -> None:
    """Runs the command; what an operator must mend ends as one message and its exit code."""
    # Text may hold signs that an old terminal's encoding lacks; better a "?" than an error.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        check_room()
        app()
    except AssistantError as error:
        typer.echo(f"assistant: {error}", err=True)
        sys.exit(error.exit_code)
    except WANTING as error:
        typer.echo(f"assistant: {wanting(error)}", err=True)
        sys.exit(AssistantError.exit_code)
    except SystemExit as leaving:
        # Typer leaves with 1 when nobody reads on (for example `| head`). We call that done.
        if isinstance(leaving.__context__, BrokenPipeError):
            sys.exit(0)
        raise
