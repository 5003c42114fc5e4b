"""Questions to choose from, by theme, each in both languages; they stand in ``faq.yaml``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answer.picks import Pick, pick_of
from assistant.models import Language
from assistant.tables import read_table

_FILE = Path(__file__).with_name("faq.yaml")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions of one subject; its name for readers is the text ``faq.theme_<name>``."""

    name: str
    questions: tuple[dict[Language, str], ...]


@cache
def themes() -> tuple[Theme, ...]:
    """The themes in the order in which a reader meets them."""
    return tuple(
        Theme(
            name,
            tuple({language: each[language.value] for language in Language} for each in questions),
        )
        for name, questions in _content()["themes"].items()
    )


@cache
def twin_wordings() -> dict[str, dict[Language, str]]:
    """Every suggested question in both languages, found by the words of either."""
    return {
        same_wording(wording): question
        for theme in themes()
        for question in theme.questions
        for wording in question.values()
    }


@cache
def orders_picks() -> tuple[Pick, ...]:
    """The sentences that say where the court orders stand, each told in both languages."""
    return tuple(pick_of(entry) for entry in _content()["orders"])


def same_wording(text: str) -> str:
    """A wording without case, accents and punctuation: alike for two that ask the same."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(_WORDS.findall(plain))


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_table(_FILE)
    return content
