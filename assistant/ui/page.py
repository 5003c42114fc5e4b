"""The chat page: its parts, what its events do, and the server that serves it."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.config import QUOTES_ENGINE, Settings
from assistant.errors import UsageError
from assistant.models import Answer, Language, Request
from assistant.texts import say
from assistant.ui.chrome import ask_box, first_page, masthead
from assistant.ui.conversation import Conversation, Wish, converse
from assistant.ui.render import render_conversation
from assistant.ui.served import STATIC, App, Doorway
from assistant.ui.theme import gradio_theme

# Each part holds its HTML by language; the page shows the one it speaks.
_TEMPLATE = "${value[document.documentElement.lang] ?? Object.values(value)[0]}"
_FIXED_PART = "ask6103.part(props);"
# Gradio lets a part have those events whose quoted names stand in its script.
_EVENTS = 'ask6103.talk(element, props, trigger, watch, ["ask", "speak", "stop", "forget"]);'
_AT_ONCE = 16  # questions answered side by side; the assistant is safe to share


class Assistant(Protocol):
    """What the page needs of the assistant."""

    @property
    def settings(self) -> Settings:
        """The settings it was made with."""

    def ask(self, request: Request) -> Answer:
        """One answer; its outcome says how the question ended."""


def build(assistant: Assistant) -> gr.Blocks:
    """The page for one assistant; each browser tab has its own conversation, in memory only."""
    named = assistant.settings.engine
    engine = None if named == QUOTES_ENGINE else named
    title = say(Language.EN, "ui.product")
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        held = gr.State(Conversation())
        _part("masthead", {language: masthead(language) for language in Language}, _FIXED_PART)
        talk = _part(
            "talk", {each: _talk(Conversation(), each, engine) for each in Language}, _EVENTS
        )
        _part("ask", {language: ask_box(language) for language in Language}, _FIXED_PART)
        _listen(assistant, engine, held, talk)
        page.unload(_forgetting(page))
    return page


def application(assistant: Assistant) -> App:
    """The page as a web application that opens no other door and names no other host."""
    static = str(files("assistant.ui") / "static")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount(STATIC, StaticFiles(directory=static))
    gr.mount_gradio_app(
        app,
        build(assistant),
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        theme=gradio_theme(),
        favicon_path=str(Path(static) / "mark.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
    )
    return Doorway(app)


def launch(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the page until interrupted; ``ready`` gets its address once it answers.

    Raises:
        UsageError: The address cannot be listened on.
    """
    with _listening(host, port) as listening:
        config = uvicorn.Config(
            application(assistant),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = _Server(config, lambda: ready(_address(host, listening.getsockname()[1])))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return


class _Server(uvicorn.Server):
    """Uvicorn that tells when it has begun to answer."""

    def __init__(self, config: Any, answering: Callable[[], None]) -> None:
        super().__init__(config)
        self._answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._answering()


def _part(name: str, value: dict[Language, str], script: str) -> Any:
    return gr.HTML(
        {language.value: html for language, html in value.items()},
        html_template=_TEMPLATE,
        js_on_load=script,
        apply_default_css=False,
        elem_id=f"part-{name}",
        elem_classes=["part"],
    )


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


def _forgetting(page: gr.Blocks) -> Callable[[gr.Request], None]:
    def forget(request: gr.Request) -> None:
        # Gradio would keep a closed tab's last page in memory until ten thousand others come.
        page.state_holder.session_data.pop(request.session_hash, None)

    return forget


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"Port {port} on {host} is already in use, so the page was not started. "
                "Stop the program that uses it, or choose another with --port."
            ) from error
        raise UsageError(
            f"The page cannot be served on {host}, port {port}: {error}. "
            "Give an address of this machine with --host and a free port above 1023 with --port."
        ) from error
    return listening


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}/"
