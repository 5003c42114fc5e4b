"""What stands around the conversation: the first page and the box to ask in."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.models import Audience, Language
from assistant.texts import lines, say
from assistant.ui.conversation import LONGEST_QUESTION
from assistant.ui.frame import address
from assistant.ui.markup import plain


@dataclass(frozen=True, slots=True)
class Writer:
    """The language model that may write answers here; ``away`` tells that questions leave."""

    name: str
    away: bool


def first_page(language: Language, writer: Writer | None) -> str:
    """How to begin, and questions for each audience; the page shows those of the chosen one."""
    private = (
        plain(say(language, "ui.start_engine", engine=writer.name))
        if writer and writer.away
        else _say(language, "start_private")
    )
    examples = "".join(_examples(language, audience) for audience in Audience)
    return (
        f'<section class="start" aria-labelledby="start"><div><h2 id="start">'
        f"{_say(language, 'start_heading')}</h2>"
        f'<p class="lead">{_say(language, "start_lead")}</p>'
        f'<p class="private">{private}</p>{_check(language)}</div><div class="examples">'
        f'<h3 id="examples">{_say(language, "examples_heading")}</h3>{examples}</div></section>'
    )


def _check(language: Language) -> str:
    return (
        f'<p class="check-first">{_say(language, "start_check")} '
        f'<a href="{plain(address("/affected", language))}">'
        f"{plain(say(language, 'affected.nav'))}</a></p>"
    )


def ask_box(language: Language, writer: Writer | None = None) -> str:
    """The box to ask in, with its button; the stop button shows while an answer is coming.

    Where a model may write, the reader is asked first, and a question leaves only after a yes.
    """
    return (
        f'<form class="ask" data-form aria-label="{_say(language, "compose_label")}" '
        'autocomplete="off"><div class="ask-head"><label for="question">'
        f"{_say(language, 'compose_label')}</label>"
        f'<button type="button" class="quiet-button new" data-new>{_say(language, "new")}</button>'
        "</div>"
        f'<div class="ask-row"><textarea id="question" name="question" rows="1" required '
        f'maxlength="{LONGEST_QUESTION}" enterkeyhint="send" spellcheck="true"></textarea>'
        f'<button type="submit" class="send" disabled>{_say(language, "send")}</button>'
        f'<button type="button" class="stop" data-stop>{_say(language, "stop")}</button></div>'
        f"{_writers(language, writer) if writer else ''}"
        f'<p class="small-print">{plain(say(language, "answers.disclaimer"))}</p></form>'
    )


def _writers(language: Language, writer: Writer) -> str:
    place = "away" if writer.away else "here"
    choices = (
        ("quotes", _say(language, "writer_quotes"), writer.away),
        (
            "model",
            plain(say(language, f"ui.writer_{place}", engine=writer.name)),
            not writer.away,
        ),
    )
    radios = "".join(
        f'<label><input type="radio" name="writer" value="{value}"{" checked" if chosen else ""}>'
        f" <span>{words}</span></label>"
        for value, words, chosen in choices
    )
    return (
        f'<details class="writers" data-screen><summary>{_say(language, "writer_legend")}</summary>'
        f'<fieldset aria-label="{_say(language, "writer_legend")}">{radios}</fieldset></details>'
    )


def _say(language: Language, name: str) -> str:
    return plain(say(language, f"ui.{name}"))


def _examples(language: Language, audience: Audience) -> str:
    items = "".join(
        f'<li><button type="button" class="suggestion" data-ask>{plain(question)}</button></li>'
        for question in lines(language, f"ui.examples_{audience.value}")
    )
    return (
        f'<ul class="suggestions" data-for="{audience.value}" aria-labelledby="examples">'
        f"{items}</ul>"
    )
