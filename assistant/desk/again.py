"""Our own wordings said again in the other language: what an answer says beside its quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from assistant.models import Language
from assistant.texts import catalogue, say

_ROOMS = ("answers.", "disputes.", "guard.")
_FIELD = re.compile(r"\\\{(\w+)\\\}")
# Notices about the question itself; what fills their blanks is the same in both languages. All
# else that a notice tells (dates, standing, court orders) a list says in its own way.
_ABOUT_QUESTION = (
    "answers.notice_near_miss",
    "answers.notice_not_held",
    "answers.notice_changed",
)


def said_again(text: str, spoken: Language, wanted: Language) -> str | None:
    """The same wording of the catalogue in the wanted language; None for any other text."""
    if spoken is wanted:
        return text
    key = _keys(spoken).get(text)
    return say(wanted, key) if key else None


def notes_again(notices: Iterable[str], spoken: Language, wanted: Language) -> tuple[str, ...]:
    """Those of the notices that are about the question itself, in the wanted language."""
    return tuple(
        say(wanted, key, **match.groupdict())
        for notice in notices
        for key in _ABOUT_QUESTION
        for match in [_pattern(spoken, key).fullmatch(notice)]
        if match
    )


@cache
def _keys(language: Language) -> dict[str, str]:
    """The keys of the texts that an answer may hold, by text."""
    return {
        text: key
        for key, text in catalogue(language).items()
        if isinstance(text, str) and key.startswith(_ROOMS)
    }


@cache
def _pattern(language: Language, key: str) -> re.Pattern[str]:
    escaped = re.escape(catalogue(language)[key])
    return re.compile(_FIELD.sub(r"(?P<\1>.+)", escaped))
