"""The colours of a printed paper: those of the page by day, told once for every writer.

Type and measures belong to each writer, since paper, screen and word processor differ in them.
"""

from __future__ import annotations

from assistant.models import Language, Standing

# A test holds these to the page's own.
INK = "#211c15"
QUIET = "#5a5145"
ACCENT = "#0b5d57"
ACCENT_SOFT = "#e2eeea"
LINE = "#ddd5c7"
SUNK = "#f3eee5"
HOLDS = "#1d6237"
HALTED = "#93310f"
WAITS = "#6d5100"
PAST = "#5a5145"

STANDING_COLOUR = {
    Standing.IN_FORCE: HOLDS,
    Standing.IN_EFFECT: HOLDS,
    Standing.AFFIRMED: HOLDS,
    Standing.BLOCKED: HALTED,
    Standing.REVERSED: HALTED,
    Standing.PENDING: WAITS,
    Standing.SUPERSEDED: PAST,
    Standing.HISTORICAL: PAST,
}

# Readers are in the United States, whichever language they read.
LOCALE = {Language.EN: "en-US", Language.ES: "es-US"}
