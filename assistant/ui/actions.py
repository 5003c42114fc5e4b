"""What can be done with an answer: copy, share, download, ask again, say whether it helped."""

from __future__ import annotations

from assistant.export.receipt import SUFFIX
from assistant.export.text import answer_with_sources
from assistant.models import Answer, Language
from assistant.texts import say
from assistant.ui.markup import plain

# The names that people know their programs' files by.
_PAPERS = {".docx": "Word", ".pdf": "PDF", ".md": "Markdown"}


def actions(answer: Answer, turn: int, language: Language, last: bool) -> str:
    """The rows of buttons under an answer; only the last one can be asked again."""
    first = _copying(answer, language) + _sharing(language) + (again(language) if last else "")
    return (
        f'<p class="actions">{first}</p>{_papers(answer, turn, language)}{_helpful(turn, language)}'
    )


def again(language: Language) -> str:
    """The button that asks the same question once more."""
    return _button("data-again", language, "again")


def _copying(answer: Answer, language: Language) -> str:
    if not answer.citations:
        return ""
    text = plain(answer_with_sources(answer))
    return _button(f'data-copy="{text}"', language, "copy", style="copy")


def _sharing(language: Language) -> str:
    return _button("data-share", language, "share")


def _papers(answer: Answer, turn: int, language: Language) -> str:
    if not answer.citations:
        return ""
    label = plain(say(language, "ui.download_label"))
    files = {**_PAPERS, SUFFIX: plain(say(language, "receipt.button"))}
    buttons = "".join(
        f'<button type="button" class="quiet-button" data-paper="{suffix}" data-turn="{turn}">'
        f'<span class="unseen">{label} </span>{name}</button>'
        for suffix, name in files.items()
    )
    return f'<p class="actions"><span aria-hidden="true">{label}</span>{buttons}</p>'


def _helpful(turn: int, language: Language) -> str:
    label = f"helpful-{turn}"
    buttons = "".join(
        f'<button type="button" class="quiet-button" data-helpful="{mark}" data-turn="{turn}" '
        f'aria-pressed="false">{plain(say(language, f"ui.helpful_{mark}"))}</button>'
        for mark in ("yes", "no")
    )
    return (
        f'<p class="actions" role="group" aria-labelledby="{label}">'
        f'<span id="{label}">{plain(say(language, "ui.helpful_label"))}</span>{buttons}</p>'
    )


def _button(data: str, language: Language, name: str, style: str = "") -> str:
    return (
        f'<button type="button" class="quiet-button {style}" {data}>'
        f"{plain(say(language, f'ui.{name}'))}</button>"
    )
