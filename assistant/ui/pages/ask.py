"""The Ask page: a conversation, with the sources of its answers beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.answer.generated.opening import stays_here
from assistant.config import QUOTES_ENGINE, Settings
from assistant.export.answer import answer_paper
from assistant.export.receipt import SUFFIX, as_receipt, receipt_id
from assistant.export.save import SUFFIXES, as_bytes
from assistant.models import Language
from assistant.texts import say
from assistant.ui.chrome import Writer, ask_box, first_page
from assistant.ui.conversation import Conversation, Wish, converse
from assistant.ui.frame import Assistant, File, Page, Reply, Sent, fixed, heard, part
from assistant.ui.helpful import COUNT, Mark
from assistant.ui.render import render_conversation

# Gradio lets a part have those events whose quoted names stand in its script.
_EVENTS = (
    "ask6103.talk(element, props, trigger, watch,"
    ' ["ask", "speak", "stop", "forget", "paper", "helpful"]);'
)
_PARCEL = "ask6103.parcel(element, props, watch);"
_MOST_TURNS = 10_000
_AT_ONCE = 16  # questions answered side by side; the assistant is safe to share


def build(assistant: Assistant) -> None:
    """The conversation and the box; each browser tab has its own, in memory only."""
    writer = writer_of(assistant.settings)
    held = gr.State(Conversation())
    talk = part("talk", {each: _talk(Conversation(), each, writer) for each in Language}, _EVENTS)
    fixed("ask", {language: ask_box(language, writer) for language in Language})
    # A file travels apart from the conversation, so that no redraw waits for it.
    parcel = gr.HTML({}, html_template="", js_on_load=_PARCEL, elem_id="part-parcel")
    _listen(assistant, writer, held, talk)
    quietly = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    talk.paper(_hand_over, [held], [parcel], **quietly)
    talk.helpful(_count, None, None, **quietly)


def answer_file(conversation: Conversation, sent: Sent) -> Reply:
    """An answer of this conversation, or its receipt, as the kind of file that was asked for."""
    number = sent.number("turn", 1, _MOST_TURNS)
    answer = conversation.exchanges[(number or 0) - 1].answer
    suffix = sent.text("suffix", 10)
    if number is None or answer is None or suffix not in (*SUFFIXES, SUFFIX):
        raise ValueError("no such answer, or no such kind of file")
    if suffix == SUFFIX:
        name = say(sent.language, "receipt.file_name", id=receipt_id(answer))
        return Reply(file=File(name + suffix, as_receipt(answer)))
    name = say(sent.language, "ui.file_name", date=answer.question.as_of.isoformat())
    return Reply(file=File(name + suffix, as_bytes(answer_paper(answer), suffix)))


def _hand_over(conversation: Conversation, event: gr.EventData) -> dict[str, object]:
    answers = {"paper": lambda sent: answer_file(conversation, sent)}
    # The number makes each parcel another one, even where its content is the same.
    number = Sent.read(event._data).number("parcel", 0, _MOST_TURNS)
    return {**heard(event._data, answers), "parcel": number}


def _count(event: gr.EventData) -> None:
    sent = Sent.read(event._data)
    COUNT.mark(sent.choice(Mark, "now"), sent.choice(Mark, "before"))


def writer_of(settings: Settings) -> Writer | None:
    """The model that may write here, if one is set."""
    if settings.engine == QUOTES_ENGINE:
        return None
    return Writer(settings.engine, not stays_here(settings.engine, settings.model_url))


def _talk(conversation: Conversation, language: Language, writer: Writer | None) -> str:
    start = "" if conversation.exchanges else first_page(language, writer)
    log = render_conversation(conversation, language)
    return f'<div class="talk">{start}{log}</div>'


def _listen(assistant: Assistant, writer: Writer | None, held: Any, talk: Any) -> None:

    def shown(conversation: Conversation) -> dict[str, str]:
        language = conversation.language
        return {language.value: _talk(conversation, language, writer)}

    def ask(conversation: Conversation, event: gr.EventData) -> Iterator[dict[str, str]]:
        wish = Wish.read(event._data)
        if not wish.question:
            yield shown(conversation)
            return
        for _ in converse(assistant, conversation, wish):
            yield shown(conversation)

    def speak(conversation: Conversation, event: gr.EventData) -> dict[str, str]:
        conversation.language = Wish.read(event._data).language
        return shown(conversation)

    def stop(conversation: Conversation) -> dict[str, str]:
        conversation.stop()
        return shown(conversation)

    def forget(conversation: Conversation, event: gr.EventData) -> dict[str, str]:
        conversation.forget()
        return speak(conversation, event)

    quietly = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}
    talk.ask(ask, [held], [talk], concurrency_limit=_AT_ONCE, **quietly)
    # These go round the queue, so that a stop never waits behind an answer.
    for event, does in (("speak", speak), ("stop", stop), ("forget", forget)):
        getattr(talk, event)(does, [held], [talk], queue=False, **quietly)


PAGE = Page(
    path="/",
    room="ui",
    build=build,
    scripts=("ask.js",),
    styles=("answer.css", "ask.css"),
    words=("ui.link_copied", "ui.from_link", "ui.preparing", "ui.thanks", "ui.new_tab"),
    audience=True,
)
