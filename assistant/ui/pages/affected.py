"""Could I be affected?: the guided check, whose answers never leave the tab but to be weighed."""

from __future__ import annotations

from datetime import date
from functools import partial

from assistant.desk.affected import Result, check, kept_answers, paper, queries, reasons
from assistant.export.save import as_bytes
from assistant.models import Language
from assistant.ui.frame import Assistant, File, Page, Reply, Sent, fixed, live
from assistant.ui.pages.affected_questions import questions, way_out
from assistant.ui.pages.affected_result import result_page
from assistant.verify.quotes import source_reader

_LONGEST_CHOICE = 40
_KINDS = ("pdf", "docx")


def build(assistant: Assistant) -> None:
    """The questions, the place of the result, and the way out; nothing is kept on the server."""
    read = source_reader(assistant.settings.corpus)
    parts = assistant.index().languages
    fixed("check", {each: questions(reasons(parts[each], read), each) for each in Language})
    live(
        "found",
        dict.fromkeys(Language, ""),
        {"result": partial(found, assistant), "paper": partial(saved, assistant)},
    )
    fixed("leave", {each: way_out(each) for each in Language})


def found(assistant: Assistant, sent: Sent) -> Reply:
    """The result in both languages, so that switching needs no answers again."""
    return Reply(html={each: result_page(_result(assistant, sent, each)) for each in Language})


def saved(assistant: Assistant, sent: Sent) -> Reply:
    """The result as a file, made in memory; its name says nothing of what is in it."""
    day = date.today()
    kind = next((each for each in _KINDS if each == sent.text("kind", _LONGEST_CHOICE)), _KINDS[0])
    made = paper(_result(assistant, sent, sent.language), day)
    return Reply(file=File(f"ask6103-{day.isoformat()}.{kind}", as_bytes(made, f".{kind}")))


def _result(assistant: Assistant, sent: Sent, language: Language) -> Result:
    answers = kept_answers({each.name: sent.text(each.name, _LONGEST_CHOICE) for each in queries()})
    read = source_reader(assistant.settings.corpus)
    return check(answers, assistant.index().languages[language], read)


PAGE = Page(
    path="/affected",
    room="affected",
    build=build,
    scripts=("affected.js",),
    styles=("answer.css", "affected.css"),
    words=("affected.progress", "affected.cleared"),
)
