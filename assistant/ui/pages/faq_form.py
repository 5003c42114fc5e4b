"""The form of the FAQ page: the questions to choose or paste, the languages, an earlier list."""

from __future__ import annotations

from assistant.desk.faq_list import LONGEST_LIST, MOST_QUESTIONS
from assistant.desk.faq_suggested import Theme, themes
from assistant.models import Language
from assistant.texts import say
from assistant.ui.markup import plain

SUFFIXES = (".docx", ".md", ".html", ".json")


def form(language: Language) -> str:
    """Everything above the answers, in one language."""
    return (
        f'<div class="sheet faq-start"><h1>{_say(language, "title")}</h1>'
        f'<p class="lead">{_say(language, "start_lead")}</p>'
        f'<form class="faq-form" data-faq-form autocomplete="off">{_list(language)}'
        f"{_suggestions(language)}{_languages(language)}{_earlier(language)}"
        '<p class="faq-wrong" id="faq-wrong" role="alert"></p>'
        '<p class="faq-go"><button type="submit" class="button go">'
        f"{_say(language, 'start')}</button></p>"
        f'<p class="small-print">{_say(language, "private")}</p></form></div>'
    )


def skeleton(language: Language) -> str:
    """Where progress, answers and changes come, empty at first."""
    return (
        f'<section class="sheet faq-results" aria-labelledby="faq-answers" hidden data-results>'
        f'<h2 id="faq-answers" tabindex="-1">{_say(language, "answers_heading")}</h2>'
        f'<div class="faq-progress" data-progress hidden><progress max="1" value="0" '
        f'aria-label="{_say(language, "progress_label")}"></progress><span data-count></span>'
        f'<button type="button" class="button" data-faq-stop>{_say(language, "stop")}</button>'
        f"</div><p data-faq-paused hidden><span data-left></span> "
        f'<button type="button" class="button" data-faq-on>{_say(language, "go_on")}</button></p>'
        f'<ul class="faq-merged" data-merged></ul><div data-changes></div>'
        f'<ol class="faq-entries" data-entries></ol>{_saving(language)}</section>'
    )


def _list(language: Language) -> str:
    hint = _say(language, "list_hint", most=MOST_QUESTIONS)
    return (
        f'<div class="field"><label for="faq-list">{_say(language, "list_label")}</label>'
        f'<textarea id="faq-list" name="list" rows="8" maxlength="{LONGEST_LIST}" '
        f'aria-describedby="faq-hint faq-wrong" spellcheck="true"></textarea>'
        f'<p class="quiet" id="faq-hint">{hint}</p></div>'
    )


def _suggestions(language: Language) -> str:
    groups = "".join(_theme(theme, language) for theme in themes())
    return (
        f'<fieldset class="faq-suggested"><legend>{_say(language, "suggested_heading")}</legend>'
        f"{groups}</fieldset>"
    )


def _theme(theme: Theme, language: Language) -> str:
    items = "".join(
        f'<li><label><input type="checkbox" data-suggested="{theme.name}-{number}">'
        f"<span>{plain(question[language])}</span></label></li>"
        for number, question in enumerate(theme.questions)
    )
    return (
        f'<details data-theme="{theme.name}"><summary>{_say(language, f"theme_{theme.name}")}'
        f"</summary><ul>{items}</ul></details>"
    )


def _languages(language: Language) -> str:
    choices = "".join(
        f'<label><input type="radio" name="languages" value="{value}"'
        f"{' checked' if value == 'both' else ''}>"
        f"<span>{_say(language, f'languages_{value}')}</span></label>"
        for value in ("both", *(each.value for each in Language))
    )
    return (
        f'<fieldset class="faq-languages"><legend>{_say(language, "languages_label")}</legend>'
        f'<div class="segments">{choices}</div></fieldset>'
    )


def _earlier(language: Language) -> str:
    return (
        f'<details class="faq-earlier" data-earlier><summary>{_say(language, "earlier_heading")}'
        f"</summary><div><p>{_say(language, 'earlier_lead')}</p>"
        # The browser would word its own button, in a language of its own.
        f'<p class="faq-file"><input type="file" class="unseen" id="faq-earlier" '
        f'accept="{",".join(SUFFIXES)}" aria-describedby="faq-opened">'
        f'<label class="button" for="faq-earlier">{_say(language, "earlier_label")}</label></p>'
        '<p class="faq-opened" id="faq-opened" role="status"></p></div></details>'
    )


def _saving(language: Language) -> str:
    buttons = "".join(
        f'<button type="button" class="button" data-faq-save="{kind}">'
        f"{_say(language, f'save_{kind}')}</button>"
        for kind in ("docx", "pdf", "html", "md")
    )
    return (
        f'<div class="faq-saving" data-saving hidden><h2>{_say(language, "saving_heading")}</h2>'
        f'<p class="faq-buttons">{buttons}</p>'
        f'<p class="quiet">{_say(language, "saving_note")}</p></div>'
    )


def _say(language: Language, name: str, **values: object) -> str:
    return plain(say(language, f"faq.{name}", **values))
