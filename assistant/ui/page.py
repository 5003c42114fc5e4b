"""The pages put together as one web application."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from assistant.models import Language
from assistant.texts import say
from assistant.ui import charts
from assistant.ui.frame import Assistant, Page, fixed
from assistant.ui.gate import Gate
from assistant.ui.health import Health
from assistant.ui.masthead import masthead
from assistant.ui.metrics import Metrics
from assistant.ui.pages import PAGES
from assistant.ui.served import MANIFEST, STATIC, Doorway, manifest
from assistant.ui.theme import gradio_theme
from assistant.ui.watched import Watched

MOST_WAITING = 100  # questions that wait for their turn
MOST_TABS = 2000  # conversations in memory; who never says that a tab is closed is forgotten so


def build(assistant: Assistant, pages: Sequence[Page] = PAGES) -> gr.Blocks:
    """All pages for one assistant; the first of them is the one at ``/``."""
    title = say(Language.EN, "ui.product")
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as blocks:
        _build_page(pages[0], pages, assistant)
        blocks.unload(_forgetting(blocks))
    for page in pages[1:]:
        with blocks.route(page.room, page.path, show_in_navbar=False):
            _build_page(page, pages, assistant)
    # Nobody goes round the queue, and who would wait too long is told so at once.
    blocks.queue(max_size=MOST_WAITING, api_open=False)
    blocks.state_session_capacity = MOST_TABS
    return blocks


def _build_page(page: Page, pages: Sequence[Page], assistant: Assistant) -> None:
    fixed("masthead", {each: masthead(page, pages, each) for each in Language})
    page.build(assistant)


def application(assistant: Assistant, pages: Sequence[Page] = PAGES) -> Gate:
    """The pages as a web application that opens no other door and names no other host."""
    metrics = Metrics()
    static = str(files("assistant.ui") / "static")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route(f"{STATIC}/{MANIFEST}", _manifest)
    app.add_api_route(charts.PATH, charts.send_script)
    app.mount(STATIC, StaticFiles(directory=static))
    with warnings.catch_warnings():
        # Gradio says that it leaves off what was never asked of it.
        warnings.filterwarnings("ignore", message="SSR mode is not supported")
        blocks = build(Watched(assistant, metrics), pages)
        _mount(app, blocks, static)
    metrics.gauge("answers_waiting", lambda: len(blocks._queue))
    metrics.gauge("places_taken", blocks._queue.get_active_worker_count)
    return Gate(Doorway(app, pages), assistant.settings, metrics, Health(assistant))


def _mount(app: FastAPI, blocks: gr.Blocks, static: str) -> None:
    gr.mount_gradio_app(
        app,
        blocks,
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


def _forgetting(blocks: gr.Blocks) -> Callable[[gr.Request], None]:
    def forget(request: gr.Request) -> None:
        # Gradio would keep a closed tab's last page in memory until many others come, and the day
        # it was used, and that it once had questions, for ever.
        tab, waiting = request.session_hash, blocks._queue.pending_event_ids_session
        blocks.state_holder.session_data.pop(tab, None)
        blocks.state_holder.time_last_used.pop(tab, None)
        if not waiting.get(tab):
            waiting.pop(tab, None)

    return forget


def _manifest(request: Request) -> JSONResponse:
    told = manifest(request.url.query)
    return JSONResponse(told, media_type="application/manifest+json")
