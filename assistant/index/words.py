"""Word search beside the vectors: BM25 over stemmed words, in English and Spanish.

People type without accents and cite loosely, so words are folded before they are stemmed and a
statute reference stands for itself and for everything above it: ``6103(i)(2)`` is also ``6103(i)``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from assistant.models import Language
from assistant.tables import read_table

Scores = NDArray[np.float32]

_TOKEN = re.compile(
    r"(?:[a-z]\.){2,}|\d+[a-z]?(?:\([0-9a-z]{1,4}\))+|\d[\d.,:-]*\d[a-z]?|[^\W_]+", re.IGNORECASE
)
_PART = re.compile(r"\([0-9a-z]{1,4}\)", re.IGNORECASE)
_STEMMERS = {Language.EN: "english", Language.ES: "spanish"}


def _stop_words() -> dict[Language, frozenset[str]]:
    file = Path(__file__).with_name("stopwords.yaml")
    lists = read_table(file)
    return {language: frozenset(lists[language.value].split()) for language in Language}


_STOP = _stop_words()


def words(text: str, language: Language) -> list[str]:
    """The search words of a text: folded, without function words, stemmed; references spelt out."""
    cut = _cutter(language)
    return [word for token in _TOKEN.findall(folded(text)) for word in cut(token)]


@cache
def _cutter(language: Language) -> Callable[[str], tuple[str, ...]]:
    """What makes one token's words; those met lately it remembers, more than the documents hold."""
    return lru_cache(maxsize=1 << 16)(partial(_words_of, language=language))


def _words_of(token: str, language: Language) -> tuple[str, ...]:
    if "(" in token:
        return tuple(_reference(token))
    if token[0].isdigit():
        return (token.replace(",", ""),)
    if "." in token:
        return (token.replace(".", ""),)
    if token in _STOP[language]:
        return ()
    stem = _stem(token, language)
    return () if stem in _stop_stems(language) else (stem,)


class _Folds(dict[int, str]):
    """What each sign is folded to, found when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))
        kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
        self[code] = kept.replace("’", "'").replace("–", "-")
        return self[code]


_FOLDS = _Folds({ord("ñ"): "ñ"})


def folded(text: str) -> str:
    """Small letters without accents, but for ñ; every apostrophe and dash of one kind."""
    return text.lower().translate(_FOLDS)


def _reference(token: str) -> Iterable[str]:
    """``6103(i)(2)`` gives ``6103``, ``6103(i)`` and ``6103(i)(2)``."""
    whole = token[: token.index("(")]
    yield whole
    for part in _PART.findall(token):
        whole += part
        yield whole


def _stem(token: str, language: Language) -> str:
    stemmer = _stemmer(language)
    if language is Language.ES:
        # The Spanish stemmer knows these endings only with their accent.
        token = re.sub(r"(?<=[cs])ion$", "ión", token)
    return folded(stemmer.stemWord(token))


@cache
def _stop_stems(language: Language) -> frozenset[str]:
    return frozenset(_stem(word, language) for word in _STOP[language])


@cache
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])


class WordIndex:
    """BM25 over a fixed list of texts; scores come back in the order of the texts."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        self._engine = engine
        self.size = size

    @classmethod
    def build(cls, tokens: list[list[str]]) -> WordIndex:
        """An index over texts already cut into words; an empty text never matches."""
        engine = bm25s.BM25(k1=1.2, b=0.6)
        engine.index([text or [""] for text in tokens] or [[""]], show_progress=False)
        return cls(engine, len(tokens))

    def scores(self, query: list[str]) -> Scores:
        """One BM25 score a text, 0 where no word is shared."""
        known = [word for word in query if word and word in self._engine.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        found: Scores = self._engine.get_scores(known)
        return found

    def save(self, folder: Path) -> None:
        """Writes the index into a folder of its own."""
        self._engine.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> WordIndex:
        """Reads what ``save`` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False), size)
