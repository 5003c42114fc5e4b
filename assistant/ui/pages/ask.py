"""The Ask page: a conversation whose answers stream, with their sources beside them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.config import QUOTES_ENGINE
from assistant.models import Language
from assistant.ui.chrome import ask_box, first_page
from assistant.ui.conversation import Conversation, Wish, converse
from assistant.ui.frame import Assistant, Page, fixed, part
from assistant.ui.render import render_conversation

# Gradio lets a part have those events whose quoted names stand in its script.
_EVENTS = 'ask6103.talk(element, props, trigger, watch, ["ask", "speak", "stop", "forget"]);'
_AT_ONCE = 16  # questions answered side by side; the assistant is safe to share


def build(assistant: Assistant) -> None:
    """The conversation and the box; each browser tab has its own, in memory only."""
    named = assistant.settings.engine
    engine = None if named == QUOTES_ENGINE else named
    held = gr.State(Conversation())
    talk = part("talk", {each: _talk(Conversation(), each, engine) for each in Language}, _EVENTS)
    fixed("ask", {language: ask_box(language) for language in Language})
    _listen(assistant, engine, held, talk)


def _talk(conversation: Conversation, language: Language, engine: str | None) -> str:
    start = "" if conversation.exchanges else first_page(language, engine)
    log = render_conversation(conversation, language)
    return f'<div class="talk">{start}{log}</div>'


def _listen(assistant: Assistant, engine: str | None, held: Any, talk: Any) -> None:
    def shown(conversation: Conversation) -> dict[str, str]:
        language = conversation.language
        return {language.value: _talk(conversation, language, engine)}

    def ask(conversation: Conversation, event: gr.EventData) -> Iterator[dict[str, str]]:
        wish = Wish.read(event._data)
        if not wish.question:
            yield shown(conversation)
            return
        for _ in converse(assistant, conversation, wish, time.sleep):
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
    audience=True,
)
