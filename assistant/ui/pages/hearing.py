"""The hearing desk: pick a witness and subjects, then order, edit and save the draft questions.

The questions that are kept, their order and their wording stay in the tab; they are sent along when
a file is asked for, and forgotten with the answer.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from assistant.desk.hearing import Body, Brief, brief, subjects, with_more
from assistant.desk.hearing_edit import LONGEST_WORDING, Kept, edited, outside_figures
from assistant.desk.hearing_paper import paper
from assistant.export.save import as_bytes
from assistant.models import Language
from assistant.texts import say
from assistant.ui.frame import Assistant, File, Page, Reply, Sent, fixed, live
from assistant.ui.pages.hearing_cards import FORMATS, drafts, further
from assistant.ui.pages.hearing_form import form
from assistant.verify.quotes import source_reader

_LONGEST_NAME = 60


def build(assistant: Assistant) -> None:
    """The form, the place of the questions, and the place of what else is open."""
    nothing = dict.fromkeys(Language, "")
    fixed("hearing-form", {each: form(each) for each in Language})
    hears = {"draft": draft, "check": check, "paper": saved}
    live("hearing", nothing, {name: partial(does, assistant) for name, does in hears.items()})
    live("hearing-more", nothing, {"more": partial(more, assistant)})


def draft(assistant: Assistant, sent: Sent) -> Reply:
    """The questions in the page's language, in the order of the desk."""
    drafted = _brief(assistant, sent)
    return Reply(html={sent.language: drafts(drafted)}, data={"count": len(drafted.questions)})


def more(assistant: Assistant, sent: Sent) -> Reply:
    """What else the record leaves open under the same subjects."""
    return Reply(html={sent.language: further(_with_more(assistant, sent))})


def check(assistant: Assistant, sent: Sent) -> Reply:
    """One edited question as it will stand: its clean wording, and whether it says more figures."""
    (question,) = edited(_brief(assistant, sent), _kept(sent)[:1]).questions
    return Reply(
        data={
            "wording": question.wording,
            "then": question.follow_up,
            "edited": question.edited,
            "outside": outside_figures(question, sent.language),
        }
    )


def saved(assistant: Assistant, sent: Sent) -> Reply:
    """The questions that were kept, as a file made in memory."""
    whole = _with_more(assistant, sent) if sent.yes("more") else _brief(assistant, sent)
    kind = next((each for each in FORMATS if each == sent.text("kind", 10)), FORMATS[0])
    made = paper(edited(whole, _kept(sent)))
    name = f"{say(sent.language, 'hearing.file_name')}-{date.today().isoformat()}.{kind}"
    return Reply(file=File(name, as_bytes(made, f".{kind}")))


def _brief(assistant: Assistant, sent: Sent) -> Brief:
    known = {each.name for each in subjects()}
    names = [each for each in sent.texts("subjects", _LONGEST_NAME) if each in known]
    body = sent.choice(Body, "body") or Body.IRS
    part = assistant.index().languages[sent.language]
    return brief(part, names, body, date.today(), source_reader(assistant.settings.corpus))


def _with_more(assistant: Assistant, sent: Sent) -> Brief:
    part = assistant.index().languages[sent.language]
    read = source_reader(assistant.settings.corpus)
    return with_more(_brief(assistant, sent), part, read, assistant.search)


def _kept(sent: Sent) -> list[Kept]:
    """The questions in the order sent; a text that is empty means: as it was drafted."""
    names = sent.texts("names", _LONGEST_NAME)
    wordings = sent.texts("wordings", LONGEST_WORDING)
    follow_ups = sent.texts("thens", LONGEST_WORDING)
    return [Kept(*each) for each in zip(names, wordings, follow_ups, strict=True)]


PAGE = Page(
    path="/hearing",
    room="hearing",
    build=build,
    scripts=("hearing.js",),
    styles=("answer.css", "hearing.css"),
    words=(
        "hearing.question_number",
        "hearing.subject_count",
        "hearing.subject_count_one",
        "hearing.subject_none",
        "hearing.draft_first",
        "hearing.drafted",
        "hearing.drafted_one",
        "hearing.moved",
        "hearing.dropped",
        "hearing.restored",
        "hearing.restore",
        "hearing.then",
        "hearing.edited",
        "hearing.more_searching",
    ),
)
