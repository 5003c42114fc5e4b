"""The pages of the app, in the order of the navigation; a new page is one line here."""

from __future__ import annotations

from assistant.ui.frame import Page
from assistant.ui.pages import about, affected, ask, faq, hearing, library, timeline

PAGES: tuple[Page, ...] = (
    ask.PAGE,
    affected.PAGE,
    hearing.PAGE,
    faq.PAGE,
    timeline.PAGE,
    library.PAGE,
    about.PAGE,
)
