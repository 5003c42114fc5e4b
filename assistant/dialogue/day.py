"""The earlier day that a question asks about in so many words: "brief me as of Feb. 20, 2026".

A date alone is no such day: "what happened on August 7, 2025?" is asked of all that is known since.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.status import full_days_in

# What stands right before the day, where the question is how things stood on it.
_THEN = re.compile(
    r"\b(?:(?:brief|update|tell|answer|respond)(?: \w+){0,2} as of"
    r"|(?:stood|stands?|standing|was|were|is|are|held|lawful|allowed|legal|blocked|status|true)"
    r"(?: right| just)?(?: in (?:force|effect))?,? as of"
    r"|(?:things|matters|it|case|cases|orders?) stood(?: on| by)?"
    r"|in (?:force|effect) on|asked (?:me |us )?on|(?:memo|date|today) is(?: dated)?"
    r"|(?:hoy es|estamos a|(?:respond\w+|contest\w+|inform\w+|dime|d[ií]game)(?: \w+){0,2} (?:al|a)"
    r"|(?:vigentes?|en vigor|las cosas|situaci[oó]n|caso|[oó]rdenes)(?: \w+){0,2} (?:al|el)"
    r"|(?:con|a) fecha de(?:l)?|tal como estaba\w*(?: \w+){0,2} el)(?: d[ií]a)?)"
    r"[ ,:]{0,2}(?:the )?$"
    r"|^\s*(?:as of|al(?: d[ií]a)?|a fecha de(?:l)?)\s$",
    re.IGNORECASE,
)
_BEFORE = 60  # characters before a day that are read


def asked_day(text: str, today: date) -> date | None:
    """The day before ``today`` on which the question wants to know how things stood; or None."""
    for start, day in full_days_in(text):
        if day < today and _THEN.search(text[max(0, start - _BEFORE) : start]):
            return day
    return None
