"""The help that every page has: what can be done there, how to read an answer, who helps."""

from __future__ import annotations

from urllib.parse import quote

from assistant.models import Language
from assistant.texts import lines, say
from assistant.ui.frame import Page, address
from assistant.ui.markup import emphasised, plain

_ID = "help"
# The four signs of a standing, as the badges show them.
_SIGNS = ("holds", "halted", "waits", "past")


def help_button(language: Language) -> str:
    """Opens the help, from the switches at the top of the page."""
    return (
        '<button type="button" class="help-button" data-help aria-haspopup="dialog">'
        f"{_say(language, 'help_title')}</button>"
    )


def help_window(page: Page, language: Language) -> str:
    """The help of one page, shut until its button is pressed."""
    here, sources, pressing = (
        _items(lines(language, key))
        for key in (f"{page.room}.help", "ui.help_sources", "ui.help_pressing")
    )
    return (
        f'<dialog class="help" id="{_ID}" aria-labelledby="{_ID}-heading"><div class="help-head">'
        f'<h2 id="{_ID}-heading" tabindex="-1">{_say(language, "help_title")}</h2>'
        f'<button type="button" class="quiet-button" data-help-close>'
        f"{_say(language, 'help_close')}</button></div>"
        f"{_part(language, 'help_here', here)}"
        f"{_part(language, 'help_reading', sources + _signs(language))}"
        f"{_part(language, 'help_keys', pressing)}"
        f"{_part(language, 'help_people', _people(language))}"
        "</dialog>"
    )


def _part(language: Language, heading: str, html: str) -> str:
    return f"<h3>{_say(language, heading)}</h3>{html}"


def _items(said: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{emphasised(each)}</li>" for each in said) + "</ul>"


def _signs(language: Language) -> str:
    rows = "".join(
        f'<li><span class="badge {sign}">{_say(language, f"help_sign_{sign}")}</span> '
        f"{_say(language, f'help_means_{sign}')}</li>"
        for sign in _SIGNS
    )
    return f'<ul class="help-signs">{rows}</ul>'


def _people(language: Language) -> str:
    question = say(language, "ui.help_question")
    ways = (
        (f"{address('/', language)}#q={quote(question)}", question),
        (address("/affected", language), say(language, "affected.nav")),
        (address("/about", language), say(language, "about.title")),
    )
    links = "".join(
        f'<li><a href="{plain(to)}" data-help-way>{plain(name)}</a></li>' for to, name in ways
    )
    return f"<p>{_say(language, 'help_no_case')}</p><ul>{links}</ul>"


def _say(language: Language, name: str) -> str:
    return plain(say(language, f"ui.{name}"))
