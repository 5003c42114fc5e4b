"""Tables that point at sentences: a document, and in each language the words to know one by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer.select import Chosen
from assistant.index.opened import LanguageIndex
from assistant.models import Language

Patterns = dict[Language, re.Pattern[str]]

_NEVER = "(?!)"  # meets nothing


@dataclass(frozen=True, slots=True)
class Pick:
    """One sentence of a document, told by a pattern in each language."""

    document: str
    patterns: Patterns


def pick_of(entry: Mapping[str, str]) -> Pick:
    """A pick as a table writes it: ``document``, and a pattern under each language."""
    patterns = {language: re.compile(entry[language.value]) for language in Language}
    return Pick(entry["document"], patterns)


def patterns_of(entry: Mapping[str, Any] | None) -> Patterns:
    """Lists of patterns by language, each list as one; an entry that is missing meets nothing."""
    lists: Mapping[str, Sequence[str]] = entry or {}
    return {
        language: re.compile("|".join(lists.get(language.value) or [_NEVER]))
        for language in Language
    }


def picked(part: LanguageIndex, pick: Pick) -> tuple[Chosen, ...]:
    """The sentences of the document that meet the pattern: one, where table and corpus agree."""
    pattern = pick.patterns[part.language]
    return tuple(
        Chosen(passage, sentence, 0.0)
        for passage in part.passages
        if passage.source.id == pick.document
        for sentence in passage.sentences
        if pattern.search(sentence.text)
    )
