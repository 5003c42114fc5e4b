"""The pages of the app, in the order of the navigation; a new page is one line here."""

from __future__ import annotations

from assistant.ui.frame import Page
from assistant.ui.pages import affected, ask, library

PAGES: tuple[Page, ...] = (ask.PAGE, affected.PAGE, library.PAGE)
