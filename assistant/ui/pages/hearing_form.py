"""The form of the hearing desk: whose witness is asked, and on which subjects."""

from __future__ import annotations

import json

from assistant.desk.hearing import Body, Subject, subjects, templates
from assistant.models import Language
from assistant.texts import say
from assistant.ui.markup import plain


def form(language: Language) -> str:
    """The head of the page and the choices, in one language."""
    bodies = "".join(_body(each, language) for each in Body)
    listed = "".join(_subject(each, language) for each in subjects())
    return (
        f'<div class="sheet hearing-start"><h1>{_say(language, "title")}</h1>'
        f'<p class="lead">{_say(language, "lead")}</p>'
        '<form class="hearing-form" data-hearing-form autocomplete="off">'
        f'<fieldset><legend>{_say(language, "body_legend")}</legend><div class="bodies">{bodies}'
        f"</div></fieldset><fieldset><legend>{_say(language, 'subjects_legend')}</legend>"
        f'<p class="all-or-none">{_button("all", language)}{_button("none", language)}</p>'
        f'<div class="subjects">{listed}</div></fieldset>'
        '<p class="hearing-wrong" role="alert" data-wrong></p>'
        '<p class="go-line"><button type="submit" class="button go">'
        f"{_say(language, 'draft')}</button></p>"
        f'<p class="quiet">{_say(language, "private")}</p></form></div>'
    )


def _say(language: Language, name: str) -> str:
    return plain(say(language, f"hearing.{name}"))


def _button(name: str, language: Language) -> str:
    words = _say(language, f"{name}_subjects")
    return f'<button type="button" class="quiet-button" data-subjects="{name}">{words}</button>'


def _body(body: Body, language: Language) -> str:
    return (
        f'<label class="pick"><input type="radio" name="body" value="{body}"'
        f"{' checked' if body is Body.IRS else ''}>"
        f"<span>{_say(language, f'body_{body}')}</span></label>"
    )


def _subject(subject: Subject, language: Language) -> str:
    """A subject with how many questions it has for each body, which the script tells."""
    counts = {
        body.value: sum(
            each.subject == subject.name and body in each.bodies for each in templates()
        )
        for body in Body
    }
    return (
        f'<label class="pick"><input type="checkbox" name="subject" value="{subject.name}" '
        f'data-counts="{plain(json.dumps(counts))}">'
        f"<span>{_say(language, f'subject_{subject.name}')} "
        '<span class="quiet" data-count></span></span></label>'
    )
