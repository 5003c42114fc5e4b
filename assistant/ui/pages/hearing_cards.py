"""Draft questions as cards: wording, quotations with their marks, sources, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.desk.hearing import Brief, DraftQuestion, Ground, OpenPoints, templates
from assistant.desk.hearing_edit import LONGEST_WORDING
from assistant.models import Citation, Language
from assistant.texts import say
from assistant.ui.markup import emphasised, plain
from assistant.ui.sources import quotation_id, source_cards

FORMATS = ("docx", "pdf", "html", "md")
_LISTED = (Ground.BASIS, Ground.UNSAID, Ground.BEFORE, Ground.LAW)
# Each card counts its own marks; these set the marks of the cards around them apart.
_SESSIONS, _MORE = 0, 1000


def drafts(brief: Brief) -> str:
    """The heading, the ways to save, what holds for all questions, and the questions."""
    language = brief.language
    count = len(brief.questions)
    told = "drafted_one" if count == 1 else "drafted"
    heading = _say(language, told, total=count, body=say(language, f"hearing.body_{brief.body}"))
    cards = "".join(_card(each, number, language) for number, each in enumerate(brief.questions, 1))
    whole = "" if brief.whole else f'<p class="limit">{_say(language, "not_whole")}</p>'
    return (
        '<section class="sheet drafted" aria-labelledby="drafted" data-drafted>'
        f'<div class="drafted-line"><h2 id="drafted" tabindex="-1">{heading}</h2>'
        f'<button type="button" class="quiet-button" data-to-saving>{_say(language, "download")}'
        f"</button></div>{whole}{_sessions(brief)}"
        f'<ol class="drafts">{cards}</ol>'
        f'<p class="none-left" hidden data-none-left>{_say(language, "none_left")}</p>'
        '<section class="dropped" aria-labelledby="dropped" hidden data-dropped>'
        f'<h3 id="dropped">{_say(language, "dropped_heading")}</h3><ul></ul></section>'
        f"{_saving(language)}</section>"
    )


def further(brief: Brief) -> str:
    """What else the record leaves open, by subject, each sentence with its source."""
    language = brief.language
    if not brief.more:
        body = f'<p class="quiet">{_say(language, "more_none")}</p>'
    else:
        body = f'<p class="quiet">{_say(language, "more_lead")}</p>' + "".join(
            _points(points, place, language) for place, points in enumerate(brief.more)
        )
    return (
        '<section class="sheet further" aria-labelledby="further">'
        f'<h2 id="further">{_say(language, "more")}</h2>{body}</section>'
    )


def _say(language: Language, name: str, **values: object) -> str:
    return plain(say(language, f"hearing.{name}", **values))


class _Marks:
    """The quotations of one card, numbered as they come."""

    def __init__(self, turn: int, language: Language) -> None:
        self._turn = turn
        self._language = language
        self._numbered: dict[tuple[str, int], Citation] = {}

    def items(self, quotes: Iterable[Citation]) -> str:
        """Each quotation with its mark, as list items."""
        return "".join(f'<li class="sentence">{self._marked(quote)}</li>' for quote in quotes)

    def sources(self) -> str:
        """The cards of everything quoted so far, behind one line that opens them."""
        if not self._numbered:
            return ""
        cited = tuple(self._numbered.values())
        cards = source_cards(cited, self._turn, self._language)
        label = _say(self._language, "sources_count", count=cards.count("<details"))
        return (
            f'<details class="card-sources"><summary>{label}</summary>'
            f'<ol class="sources">{cards}</ol></details>'
        )

    def plain_sources(self) -> str:
        """The sources as lines of text, to be copied with the question."""
        return "\n".join(
            say(
                self._language,
                "hearing.copied_source",
                number=each.number,
                title=each.passage.source.title,
                pinpoint=each.passage.pinpoint,
                url=each.passage.source.url,
            )
            for each in self._numbered.values()
        )

    def number(self, quote: Citation) -> int:
        """The number of a quotation on this card."""
        key = (quote.passage.id, quote.start)
        numbered = replace(quote, number=len(self._numbered) + 1)
        return self._numbered.setdefault(key, numbered).number

    def _marked(self, quote: Citation) -> str:
        number = self.number(quote)
        label = say(
            self._language, "ui.mark_label", number=number, title=quote.passage.source.title
        )
        return (
            # A word joiner keeps the mark on the line of the word it belongs to.
            f'{emphasised(quote.quote)}&#8288;<a class="cite" aria-label="{plain(label)}" '
            f'href="#{quotation_id(self._turn, number)}">[{number}]</a>'
        )


def _card(question: DraftQuestion, number: int, language: Language) -> str:
    name = plain(question.name)
    turn = 1 + [each.name for each in templates()].index(question.name)
    marks = _Marks(turn, language)
    listed = "".join(_ground(question, each, marks, language) for each in _LISTED)
    closed = _closed(question, marks, language)
    place = _say(language, "question_number", number=number)
    subject = _say(language, f"subject_{question.subject}")
    badge = f'<span class="badge waits">{_say(language, "closed_badge")}</span>' if closed else ""
    return (
        f'<li class="draft" data-name="{name}" {_to_copy(question, marks, language)}>'
        f'<p class="draft-head"><span data-number>{place}</span>'
        f'<span class="quiet">{subject}</span>{badge}</p>'
        f'<h3 class="asks" id="asks-{name}" tabindex="-1" data-wording>{plain(question.wording)}'
        f"</h3>{_edited(language)}{_editing(question, language)}"
        f'<div class="grounds">{listed}<div class="ground then"><h4>{_say(language, "then")}</h4>'
        f"<p data-then>{plain(question.follow_up)}</p></div>{closed}</div>"
        f"{marks.sources()}{_tools(name, language)}</li>"
    )


def _ground(question: DraftQuestion, ground: Ground, marks: _Marks, language: Language) -> str:
    quotes = question.quotes(ground)
    if not quotes:
        return ""
    return (
        f'<div class="ground {ground}"><h4>{_say(language, ground)}</h4>'
        f'<ul class="words">{marks.items(quotes)}</ul></div>'
    )


def _closed(question: DraftQuestion, marks: _Marks, language: Language) -> str:
    return _ground(question, Ground.CLOSED, marks, language)


def _to_copy(question: DraftQuestion, marks: _Marks, language: Language) -> str:
    """The quotations and their sources as text; the script puts the wording of the moment first."""
    parts = []
    for ground in (*_LISTED, Ground.CLOSED):
        if quotes := question.quotes(ground):
            lines = [f"- {each.quote} [{marks.number(each)}]" for each in quotes]
            parts.append("\n".join([say(language, f"hearing.{ground}"), *lines]))
    text = plain("\n\n".join(parts))
    return f'data-quoted="{text}" data-cited="{plain(marks.plain_sources())}"'


def _edited(language: Language) -> str:
    """What is told of a wording that is no longer ours, hidden until it is."""
    return (
        f'<p class="limit" hidden data-edited>{_say(language, "edited_here")} '
        f"<span hidden data-outside>{_say(language, 'outside_figures')}</span></p>"
    )


def _editing(question: DraftQuestion, language: Language) -> str:
    fields = "".join(
        f'<div class="field"><label for="{field}-{plain(question.name)}">'
        f'{_say(language, label)}</label><textarea id="{field}-{plain(question.name)}" '
        f'name="{field}" rows="3" maxlength="{LONGEST_WORDING}" spellcheck="true"></textarea></div>'
        for field, label in (("wording", "wording_label"), ("then", "follow_up_label"))
    )
    return (
        f'<form class="draft-edit" hidden data-editing autocomplete="off">{fields}'
        f'<p class="edit-buttons"><button type="submit" class="button go">{_say(language, "done")}'
        f'</button><button type="button" class="button" data-undo>{_say(language, "undo")}</button>'
        "</p></form>"
    )


def _tools(name: str, language: Language) -> str:
    """What can be done with a question; the question itself says which one it is."""
    buttons = "".join(
        f'<button type="button" class="quiet-button" data-{tool} aria-describedby="asks-{name}">'
        f"{_say(language, tool)}</button>"
        for tool in ("up", "down", "edit", "drop", "copy-draft")
    )
    return f'<p class="tools">{buttons}</p>'


def _sessions(brief: Brief) -> str:
    if not brief.sessions:
        return ""
    marks = _Marks(_SESSIONS, brief.language)
    items = marks.items(brief.sessions)
    return (
        f'<details class="sessions"><summary>{_say(brief.language, "sessions_heading")}</summary>'
        f'<ul class="words">{items}</ul>{marks.sources()}</details>'
    )


def _points(points: OpenPoints, place: int, language: Language) -> str:
    marks = _Marks(_MORE + place, language)
    items = marks.items(points.quotes)
    return (
        f'<div class="open-points"><h3>{_say(language, f"subject_{points.subject}")}</h3>'
        f'<ul class="words">{items}</ul>{marks.sources()}</div>'
    )


def _saving(language: Language) -> str:
    buttons = "".join(
        f'<button type="button" class="button" data-save-drafts="{each}">'
        f"{_say(language, f'format_{each}')}</button>"
        for each in FORMATS
    )
    return (
        f'<section class="saving" aria-labelledby="saving"><h3 id="saving" tabindex="-1">'
        f"{_say(language, 'download')}</h3>"
        f'<p class="quiet">{_say(language, "download_lead")}</p>'
        f'<p class="edit-buttons">{buttons}</p>'
        f'<label class="pick"><input type="checkbox" checked data-with-more>'
        f"<span>{_say(language, 'with_more')}</span></label></section>"
    )
