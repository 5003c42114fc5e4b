"""The sign of a standing: a word, a colour, and the day it was confirmed."""

from __future__ import annotations

from assistant.models import Language, Standing
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui.markup import plain

# Four families of colour and sign; the words beside them say which standing it is.
_FAMILY = {
    Standing.IN_FORCE: "holds",
    Standing.IN_EFFECT: "holds",
    Standing.AFFIRMED: "holds",
    Standing.BLOCKED: "halted",
    Standing.REVERSED: "halted",
    Standing.PENDING: "waits",
    Standing.SUPERSEDED: "past",
    Standing.HISTORICAL: "past",
}


def badge(status: Standing, as_of: str, language: Language) -> str:
    """A standing with its date, as HTML."""
    words = plain(say(language, f"names.status_{status.value}"))
    day = plain(say(language, "ui.as_of", date=say_date(language, as_of)))
    return f'<span class="badge {_FAMILY[status]}">{words}</span> <span class="as-of">{day}</span>'
