"""The About page: promises, how an answer is made, limits, privacy, figures, version, access."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from assistant.config import QUOTES_ENGINE
from assistant.models import Language
from assistant.texts import lines, say
from assistant.texts.dates import say_date
from assistant.timeline import horizon
from assistant.ui.frame import Assistant, Page, Reply, Sent, fixed, live
from assistant.ui.helpful import COUNT, Helpful
from assistant.ui.markup import emphasised, plain
from assistant.ui.pages.about_figures import Measured, figures_table, measured
from assistant.ui.pages.library_shelves import sources_of


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the assistant stands on: how many documents, checked when, and who writes answers."""

    documents: int
    newest: str
    engine: str


def build(assistant: Assistant) -> None:
    """The page, and the count of helpful answers, which is asked for when the page opens."""

    def count(sent: Sent) -> Reply:
        return Reply(html={each: helpful_count(COUNT, each) for each in Language})

    held = holdings(assistant)
    fixed("about", {each: about_page(held, measured(), each) for each in Language})
    live("count", {each: helpful_count(COUNT, each) for each in Language}, {"count": count})


def holdings(assistant: Assistant) -> Holdings:
    """What this assistant stands on; twins share their dates, so one language tells of both."""
    sources = sources_of(assistant.index().languages[Language.EN].passages).values()
    newest = max(source.as_of for source in sources)
    return Holdings(len(sources), newest, assistant.settings.engine)


def about_page(held: Holdings, told: Measured, language: Language) -> str:
    """The whole page in one language."""
    return (
        f'<div class="sheet about"><h1>{_say(language, "title")}</h1>'
        f'<p class="lead">{_say(language, "lead")}</p><div class="writing">'
        f"{_section(language, 'promises', _bullets(language, 'promises'))}"
        f"{_section(language, 'how', _steps(held, language))}"
        f"{_section(language, 'limits', _bullets(language, 'limits'))}"
        f"{_section(language, 'privacy', _privacy(held, language))}"
        f"{_section(language, 'measured', _figures(told, language))}"
        f"{_section(language, 'version', _facts(held, language))}"
        f"{_section(language, 'access', _bullets(language, 'access'))}</div></div>"
    )


def helpful_count(count: Helpful, language: Language) -> str:
    """How many answers were marked since the server started."""
    return (
        f'<div class="sheet counted"><p class="quiet">'
        f"{_say(language, 'helpful', yes=count.yes, no=count.no)}</p></div>"
    )


def _say(language: Language, name: str, **values: object) -> str:
    return plain(say(language, f"about.{name}", **values))


def _section(language: Language, name: str, content: str) -> str:
    return f'<h2 id="{name}">{_say(language, f"{name}_heading")}</h2>{content}'


def _items(language: Language, name: str, **values: object) -> str:
    told = (text.format(**values) for text in lines(language, f"about.{name}"))
    return "".join(f"<li>{emphasised(text)}</li>" for text in told)


def _bullets(language: Language, name: str) -> str:
    return f"<ul>{_items(language, name)}</ul>"


def _steps(held: Holdings, language: Language) -> str:
    writer = "how_quotes" if held.engine == QUOTES_ENGINE else "how_engine"
    return (
        f"<ol>{_items(language, 'how', documents=held.documents)}</ol>"
        f"<p>{_say(language, writer, engine=held.engine)}</p>"
    )


def _privacy(held: Holdings, language: Language) -> str:
    abroad = held.engine != QUOTES_ENGINE
    sent = _say(language, "privacy_engine", engine=held.engine) if abroad else ""
    return f"{f'<p>{sent}</p>' if sent else ''}{_bullets(language, 'privacy')}"


def _figures(told: Measured, language: Language) -> str:
    missing = round((1 - told.figure("facts_answer").value) * 10)
    answered = round((1 - told.figure("held_back").value) * 10)
    return (
        f"<p>{_say(language, 'measured_lead', n=told.questions)}</p>"
        f"<p>{_say(language, 'measured_weak', missing=missing, answered=answered)}</p>"
        f"{figures_table(told, language)}"
    )


def _facts(held: Holdings, language: Language) -> str:
    rows = (
        ("version", version("ask6103")),
        ("documents", say(language, "about.documents", n=held.documents)),
        ("checked", say(language, "about.checked", date=say_date(language, held.newest))),
        ("reach", say_date(language, horizon().isoformat())),
    )
    items = "".join(
        f"<div><dt>{_say(language, f'{name}_label')}</dt><dd>{plain(value)}</dd></div>"
        for name, value in rows
    )
    return f'<dl class="facts">{items}</dl>'


PAGE = Page(path="/about", room="about", build=build, scripts=("about.js",), styles=("about.css",))
