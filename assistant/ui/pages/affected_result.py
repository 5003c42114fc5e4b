"""The result of the guided check as HTML: quotations with their marks, and the sources beside."""

from __future__ import annotations

from assistant.desk.affected import IN_ORDER, Finding, Part, Result, limits
from assistant.models import AnswerSentence, Language
from assistant.texts import say
from assistant.ui.markup import emphasised, plain
from assistant.ui.sources import quotation_id, source_cards

TURN = 1  # a result is alone on its page


def result_page(result: Result) -> str:
    """A result from its heading to what can be done with it."""
    language = result.language
    return (
        '<div class="sheet found"><h1 tabindex="-1" data-result>'
        f"{_say(language, 'result_heading')}</h1>"
        f'<p class="lead">{_say(language, "result_lead")} '
        f"<span data-screen>{_say(language, 'sources_hint')}</span></p>"
        f"{_contents(result)}"
        f'<div class="answer"><div class="answer-text">'
        f"{''.join(_part(each, result) for each in result.parts)}{_notices(result)}"
        f"{_actions(language)}</div>{_sources(result)}</div></div>"
    )


def _say(language: Language, name: str) -> str:
    return plain(say(language, f"affected.{name}"))


def _contents(result: Result) -> str:
    language = result.language
    items = "".join(
        f'<li><a href="#part-of-{part.name}" data-jump>'
        f"{_say(language, f'part_{part.name}')}</a></li>"
        for part in result.parts
    )
    return (
        f'<nav class="jumps" data-screen aria-label="{_say(language, "contents")}">'
        f"<ul>{items}</ul></nav>"
    )


def _part(part: Part, result: Result) -> str:
    language = result.language
    tag = "ol" if part.name in IN_ORDER else "ul"
    items = "".join(f"<li>{_finding(each, result)}</li>" for each in part.findings)
    return (
        f'<section class="chapter" data-part="{part.name}" aria-labelledby="part-of-{part.name}">'
        f'<h2 id="part-of-{part.name}" tabindex="-1">{_say(language, f"part_{part.name}")}</h2>'
        f'<{tag} class="findings">{items}</{tag}></section>'
    )


def _finding(finding: Finding, result: Result) -> str:
    sentences = " ".join(_sentence(each, result) for each in finding.sentences)
    return (
        f"<h3>{_say(result.language, f'finding_{finding.name}')}</h3>"
        f'<p class="words">{sentences}</p>'
    )


def _sentence(sentence: AnswerSentence, result: Result) -> str:
    titles = {each.number: each.passage.source.title for each in result.citations}
    marks = "".join(
        # A word joiner keeps the mark on the line of the word it belongs to.
        f'&#8288;<a class="cite" href="#{quotation_id(TURN, number)}" aria-label="'
        f'{plain(say(result.language, "ui.mark_label", number=number, title=titles[number]))}"'
        f">[{number}]</a>"
        for number in sentence.citations
    )
    return f'<span class="sentence">{emphasised(sentence.text)}{marks}</span>'


def _notices(result: Result) -> str:
    told = "".join(f"<p>{plain(notice)}</p>" for notice in limits(result))
    return f'<div class="notices">{told}</div>'


def _actions(language: Language) -> str:
    saves = "".join(
        f'<button type="button" class="button" data-save="{kind}">'
        f"{plain(say(language, 'affected.save_as', kind=say(language, f'affected.kind_{kind}')))}"
        "</button>"
        for kind in ("pdf", "docx")
    )
    return (
        '<div class="keep" data-screen><p class="actions">'
        f'<button type="button" class="button" data-print>{_say(language, "print")}</button>{saves}'
        f'</p><p class="quiet">{_say(language, "keep_hint")}</p><p class="actions">'
        f'<button type="button" class="quiet-button" data-back>{_say(language, "change")}</button>'
        f'<button type="button" class="quiet-button" data-again>{_say(language, "again")}</button>'
        "</p></div>"
    )


def _sources(result: Result) -> str:
    if not result.citations:
        return ""
    language = result.language
    heading = plain(say(language, "answers.sources_heading"))
    cards = source_cards(result.citations, TURN, language)
    return (
        f'<section class="sources" data-brief aria-labelledby="sources-{TURN}">'
        f'<h3 id="sources-{TURN}">{heading}</h3><ol>{cards}</ol></section>'
    )
