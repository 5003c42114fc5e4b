"""The questions of the guided check as HTML: all are in the page, its script shows one."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.desk.affected import Query, queries
from assistant.models import Citation, Language
from assistant.texts import lines, say
from assistant.ui.markup import plain


def questions(reasons: Mapping[str, Citation], language: Language) -> str:
    """How the check begins, and its questions; the first step is shown until the script takes over.

    ``reasons`` holds for each question the quotation that shows why it is asked.
    """
    steps = "".join(_question(each, reasons.get(each.name), language) for each in queries())
    return f'<div class="sheet check">{_start(language)}{steps}</div>'


def way_out(language: Language) -> str:
    """The button that clears the screen and leaves; it stays in sight on every step."""
    return (
        '<div class="way-out" data-screen><div class="sheet">'
        f'<button type="button" class="button" data-quick-exit>{_say(language, "leave")}</button>'
        f'<p class="quiet">{_say(language, "leave_hint")}</p></div></div>'
    )


def _say(language: Language, name: str) -> str:
    return plain(say(language, f"affected.{name}"))


def _start(language: Language) -> str:
    points = "".join(
        f"<li>{plain(point)}</li>"
        for point in (*lines(language, "affected.start_points"), say(language, "affected.private"))
    )
    lead = plain(say(language, "affected.start_lead", count=len(queries())))
    return (
        '<section class="step" data-step="start">'
        f'<h1 tabindex="-1">{_say(language, "title")}</h1><p class="lead">{lead}</p>'
        f'<div class="writing"><ul>{points}</ul><p>{_say(language, "start_limit")}</p></div>'
        '<p class="actions"><button type="button" class="button go" data-forward>'
        f"{_say(language, 'begin')}</button></p></section>"
    )


def _question(query: Query, because: Citation | None, language: Language) -> str:
    choices = "".join(
        f'<label class="choice"><input type="radio" name="{query.name}" value="{choice}">'
        f"<span>{plain(query.words(choice, language))}</span></label>"
        for choice in query.choices
    )
    # "never: address" lets the script leave out a question as the rules do.
    unless = (
        ""
        if query.unless is None
        else " ".join(
            f"{name}:{choice}"
            for name, allowed in query.unless.answers
            for choice in sorted(allowed)
        )
    )
    return (
        f'<form class="step" data-step="{query.name}" data-unless="{unless}" autocomplete="off" '
        f"hidden>{_button('back', 'back', language)}"
        '<fieldset><legend><span class="progress quiet"></span>'
        f'<h1 tabindex="-1">{_say(language, f"question_{query.name}")}</h1></legend>'
        f'<div class="choices">{choices}</div></fieldset>{_why(query, because, language)}'
        '<p class="actions"><button type="submit" class="button go" data-forward>'
        f"{_say(language, 'next')}</button>{_button('skip-question', 'skip', language)}"
        f"{_button('to-result', 'to_result', language)}</p></form>"
    )


def _button(does: str, words: str, language: Language) -> str:
    return (
        f'<button type="button" class="quiet-button" data-{does}>{_say(language, words)}</button>'
    )


def _why(query: Query, because: Citation | None, language: Language) -> str:
    quoted = ""
    if because:
        source = because.passage.source
        quoted = (
            f'<blockquote class="quiet" lang="{source.language.value}">'
            f"{plain(say(language, 'answers.quoted', title=source.title, quote=because.quote))}"
            "</blockquote>"
        )
    return (
        f'<details class="why"><summary>{_say(language, "why_label")}</summary>'
        f"<p>{_say(language, f'why_{query.name}')}</p>{quoted}"
        f"<p>{_say(language, 'private')}</p></details>"
    )
