"""One question of the FAQ page with its answer, each language beside the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.desk.faq import Brief, Entry, Point, Said, Side
from assistant.desk.faq_changes import Change, by_question
from assistant.desk.faq_edit import LONGEST_ANSWER, as_text
from assistant.desk.faq_flags import Flag, flags_of
from assistant.desk.faq_list import LONGEST_WORDING
from assistant.models import Citation, Language
from assistant.texts import say
from assistant.ui.markup import emphasised, plain
from assistant.ui.sources import quotation_id, source_cards


def entry_html(entry: Entry, brief: Brief, key: int, spoken: Language) -> str:
    """The entry as a list item whose own words are in the language that the page speaks.

    ``key`` tells its marks and sources apart from those of all others.
    """
    sides = "".join(
        _Drawn(entry, side, brief, key * len(Language) + place, spoken).html()
        for place, side in enumerate(entry.sides)
    )
    two = " two" if len(entry.sides) > 1 else ""
    tools = "".join(
        f'<button type="button" class="quiet-button" data-faq-{name}>{_say(spoken, name)}</button>'
        for name in ("up", "down", "drop")
    )
    return (
        f'<li class="faq-entry" data-entry="{key}"><div class="faq-tools">'
        f'<span class="faq-number" tabindex="-1"></span>{tools}</div>'
        f'<div class="faq-sides{two}">{sides}</div></li>'
    )


def changes_html(changes: Sequence[Change], day: str, spoken: Language) -> str:
    """What changed since the list of that day."""
    groups = "".join(
        f"<h4>{plain(question) or _say(spoken, 'changes_sources')}</h4><ul>"
        + "".join(f'<li class="{each.kind.value}">{plain(each.text)}</li>' for each in group)
        + "</ul>"
        for question, group in by_question(changes)
    )
    body = groups or f"<p>{_say(spoken, 'changes_none')}</p>"
    heading = _say(spoken, "changes_heading", day=day)
    return f'<section class="faq-changes"><h3>{heading}</h3>{body}</section>'


class _Drawn:
    """A side of an entry with the numbers of its quotations, which are made here."""

    def __init__(self, entry: Entry, side: Side, brief: Brief, turn: int, spoken: Language) -> None:
        self._entry, self._side, self._brief = entry, side, brief
        self._turn, self._spoken = turn, spoken
        self._numbered: dict[tuple[str, int], Citation] = {}

    def html(self) -> str:
        """The side: question, answer, where sources differ, flags, sources, and what to do."""
        side, lang = self._side, self._side.language.value
        body = self._words() + self._points() + self._flags()
        asked = f' lang="{side.asked_in.value}"'
        return (
            f'<section class="faq-side" lang="{lang}" data-side="{lang}"'
            f"{' data-edited' if side.edited else ''}>{self._tongue()}"
            f'<div data-shown><h3 class="faq-question"{asked}>{plain(side.question)}</h3>{body}'
            f"{self._sources()}{self._doing()}</div>{self._form()}</section>"
        )

    def _tongue(self) -> str:
        if len(self._entry.sides) == 1:
            return ""
        language = self._side.language
        return f'<p class="faq-tongue">{plain(say(language, f"ui.language_{language.value}"))}</p>'

    def _words(self) -> str:
        if not self._side.said:
            return ""
        groups = groupby(self._side.said, key=_passage)
        paragraphs = "".join(
            f"<p>{' '.join(self._sentence(said) for said in group)}</p>" for _, group in groups
        )
        return f'<div class="words">{paragraphs}</div>'

    def _sentence(self, said: Said) -> str:
        style = "sentence" if said.citations else "sentence own"
        marks = self._marks(said.citations)
        return f'<span class="{style}">{emphasised(said.text)}{marks}</span>'

    def _marks(self, citations: Iterable[Citation]) -> str:
        return "".join(self._mark(self._number(citation)) for citation in citations)

    def _mark(self, citation: Citation) -> str:
        title = citation.passage.source.title
        label = say(self._side.language, "ui.mark_label", number=citation.number, title=title)
        return (
            # A word joiner keeps the mark on the line of the word it belongs to.
            f'&#8288;<a class="cite" href="#{quotation_id(self._turn, citation.number)}" '
            f'aria-label="{plain(label)}">[{citation.number}]</a>'
        )

    def _number(self, citation: Citation) -> Citation:
        key = (citation.passage.id, citation.start)
        numbered = replace(citation, number=len(self._numbered) + 1)
        return self._numbered.setdefault(key, numbered)

    def _points(self) -> str:
        return "".join(self._point(point) for point in self._side.points)

    def _point(self, point: Point) -> str:
        language = self._side.language
        sides = "".join(
            f"<li><strong>{plain(each.holder)}</strong> {emphasised(each.said.text)}"
            f"{self._marks(each.said.citations)}</li>"
            for each in point.sides
        )
        heading = plain(say(language, "faq.differ_heading", about=point.about))
        return f'<section class="disagreements"><h4>{heading}</h4><ul>{sides}</ul></section>'

    def _flags(self) -> str:
        flags = flags_of(self._entry, self._side, self._brief)
        items = "".join(self._flag(flag) for flag in flags)
        return f'<ul class="faq-flags">{items}</ul>' if items else ""

    def _flag(self, flag: Flag) -> str:
        return (
            f'<li class="faq-flag {flag.kind.value}">{plain(flag.text)}'
            f"{self._marks(flag.citations)}</li>"
        )

    def _sources(self) -> str:
        citations = tuple(self._numbered.values())
        if not citations:
            return ""
        # The cards speak the language of the column, as does everything that is for its reader.
        cards = source_cards(citations, self._turn, self._side.language)
        heading = plain(say(self._side.language, "answers.sources_heading"))
        return (
            f'<details class="faq-sources"><summary>{heading}</summary>'
            f'<div class="sources"><ol>{cards}</ol></div></details>'
        )

    def _doing(self) -> str:
        """What can be done with this side, in the words of the page."""
        spoken, lang = self._spoken, f' lang="{self._spoken.value}"'
        buttons = self._button("edit", "edit")
        other = self._side.asked_in is self._side.language is not self._entry.lead
        if other and not self._side.reworded:
            buttons += self._button("again", "ask_this")
        left = self._side.left_out
        note = f"<span>{_say(spoken, 'left_out', count=left)}</span>" if left else ""
        return f'<p class="faq-doing"{lang}>{buttons}{note}</p>'

    def _button(self, does: str, words: str) -> str:
        lang = self._side.language.value
        return (
            f'<button type="button" class="quiet-button" data-faq-{does}="{lang}">'
            f"{_say(self._spoken, words)}</button>"
        )

    def _form(self) -> str:
        """The side as an editor changes it, hidden until that is wanted."""
        side, spoken, lang = self._side, self._spoken, self._side.language.value
        names = f"faq-{self._turn}"
        rows = max(4, min(14, 2 * len(side.said)))
        return (
            f'<form class="faq-edit" data-faq-editing hidden lang="{spoken.value}" '
            'autocomplete="off">'
            f'<div class="field"><label for="{names}-question">{_say(spoken, "edit_question")}'
            f'</label><input id="{names}-question" name="question" lang="{lang}" '
            f'maxlength="{LONGEST_WORDING}" value="{plain(side.question)}"></div>'
            f'<div class="field"><label for="{names}-answer">{_say(spoken, "edit_answer")}</label>'
            f'<textarea id="{names}-answer" name="answer" rows="{rows}" lang="{lang}" '
            f'maxlength="{LONGEST_ANSWER}" aria-describedby="{names}-hint">'
            f"{plain(as_text(side))}</textarea>"
            f'<p class="quiet" id="{names}-hint">{_say(spoken, "edit_hint")}</p></div>'
            '<p class="faq-buttons"><button type="submit" class="button go">'
            f"{_say(spoken, 'edit_keep')}</button>"
            f'<button type="button" class="button" data-faq-again="{lang}">'
            f"{_say(spoken, 'edit_ask')}</button>"
            f'<button type="button" class="button" data-faq-cancel>{_say(spoken, "edit_cancel")}'
            "</button></p></form>"
        )


def _passage(said: Said) -> str | None:
    return said.citations[0].passage.id if said.citations else None


def _say(language: Language, name: str, **values: object) -> str:
    return plain(say(language, f"faq.{name}", **values))
