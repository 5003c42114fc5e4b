"""The masthead of every page: the name, the ways to the other pages, and the switches."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Audience, Language
from assistant.texts import say
from assistant.ui.frame import Page, address
from assistant.ui.help import help_button, help_window
from assistant.ui.markup import plain


def masthead(page: Page, pages: Sequence[Page], language: Language) -> str:
    """The top of a page in one language, with the page itself marked among the others."""
    home = page.path == "/"
    name = "h1" if home else "p"
    return (
        f'<a class="skip" href="#part-masthead" data-skip>{_say(language, "skip")}</a>'
        f'<header class="masthead{" home" if home else ""}">'
        f'<{name} class="name"><a href="{plain(address("/", language))}">'
        f'<span class="sign" aria-hidden="true">§</span>{_say(language, "product")}</a></{name}>'
        f'<div class="switches">{_menu(pages, language)}{_languages(language)}{_theme(language)}'
        f"{help_button(language)}</div>{_ways(page, pages, language)}"
        f"{_purpose(language) if home else ''}{_audiences(language) if page.audience else ''}"
        f"</header>{help_window(page, language)}"
    )


def _say(language: Language, name: str) -> str:
    return plain(say(language, f"ui.{name}"))


def _purpose(language: Language) -> str:
    return f'<p class="purpose">{_say(language, "description")}</p>'


def _menu(pages: Sequence[Page], language: Language) -> str:
    if len(pages) < 2:
        return ""
    return (
        '<button type="button" class="menu" data-menu aria-expanded="false" '
        f'aria-controls="ways">{_say(language, "menu")}</button>'
    )


def _ways(page: Page, pages: Sequence[Page], language: Language) -> str:
    if len(pages) < 2:
        return ""
    items = "".join(
        f'<li><a href="{plain(address(other.path, language))}"{_current(other is page)}>'
        f"{plain(say(language, f'{other.room}.nav'))}</a></li>"
        for other in pages
    )
    return (
        f'<nav class="ways" id="ways" aria-label="{_say(language, "ways_label")}"><ul>{items}</ul>'
        "</nav>"
    )


def _current(here: bool) -> str:
    return ' aria-current="page"' if here else ""


def _languages(language: Language) -> str:
    buttons = "".join(
        f'<button type="button" lang="{other.value}" data-language="{other.value}" '
        f'aria-pressed="{"true" if other is language else "false"}">'
        f"{_say(other, f'language_{other.value}')}</button>"
        for other in Language
    )
    return (
        f'<div class="segments languages" role="group" '
        f'aria-label="{_say(language, "language_label")}">{buttons}</div>'
    )


def _theme(language: Language) -> str:
    label = _say(language, "theme_dark")
    return (
        '<button type="button" class="theme" data-theme-switch aria-pressed="false" '
        f'aria-label="{label}" title="{label}"><span aria-hidden="true"></span></button>'
    )


def _audiences(language: Language) -> str:
    choices = "".join(
        f'<label><input type="radio" name="audience" value="{audience.value}"'
        f"{' checked' if audience is Audience.PUBLIC else ''}>"
        f"<span>{plain(say(language, f'names.audience_{audience.value}'))}</span></label>"
        for audience in Audience
    )
    return (
        f'<fieldset class="audiences"><legend>{_say(language, "audience_label")}</legend>'
        f'<div class="segments">{choices}</div></fieldset>'
    )
