"""A model's text, as it arrives, cut into sentences with the keys that each one cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.corpus.sentences import sentence_spans

LONGEST_SENTENCE = 600  # characters; what goes on longer says too much to be checked
_MOST_TEXT = 20_000  # characters of a model's text that are read
_KEY = re.compile(r"\[\s*(P\d{1,2}(?:\s*[,;]\s*P\d{1,2})*)\s*\]", re.IGNORECASE)
_LONGEST_LINE = 4 * LONGEST_SENTENCE
_LEAD = re.compile(r"^\s*(?:(?:[-–—*•>#]+|\d{1,2}[.)])\s+)+")
# Links and tags whole, then their remains; a bare number in brackets would pass for a citation.
_MARKUP = re.compile(
    r"<[^>]{0,200}>|!?\[[^\]]*\]\([^)]*\)|(?:https?://|www\.)\S+|\[\^?\d{1,3}\]"
    r"|[*_`#]{1,3}|[<>]"
)
_CLOSING = "\"'”’»)"
# A comma before the end, or a word that cannot be the last.
_BROKEN_OFF = re.compile(
    r"(?:[,;:]|\b(?:the|a|an|of|to|and|or|that|which|by|with|for|in|el|la|los|las|un|una|de|del|y|o|que"
    r"|con|por|para|en))\W*$",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\W*NONE\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that a model wrote, without markup, and the keys it cites, in its own order."""

    text: str
    keys: tuple[str, ...]


def sentences(chunks: Iterable[str]) -> Iterator[Written]:
    """Each sentence as soon as its line is whole; links and markup in it are dropped."""
    held, read = "", 0
    for chunk in chunks:
        held += chunk[: _MOST_TEXT - read]
        read += len(chunk)
        *whole, held = held.split("\n")
        for line in whole:
            yield from _of_line(line[:_LONGEST_LINE])
        if read > _MOST_TEXT or len(held) > _LONGEST_LINE:
            return
    yield from _of_line(held)


def says_nothing(text: str) -> bool:
    """Whether a model says that its passages do not answer."""
    return bool(_NOTHING.match(text.strip()))


def _of_line(line: str) -> Iterator[Written]:
    """A line's sentences; all before a key cite it, since models name a source once for several."""
    line = _LEAD.sub("", line).strip()
    if not line or says_nothing(line):
        return
    done = 0
    for group in re.finditer(rf"(?:\s*{_KEY.pattern})+\s*[.!?]?", line, re.IGNORECASE):
        yield from _split(line[done : group.start()], _keys(group[0]))
        done = group.end()
    yield from _split(line[done:], ())


def _split(text: str, keys: tuple[str, ...]) -> Iterator[Written]:
    """Sentences in signs that can be seen, as a terminal obeys others.

    One that is too long, or breaks off, cites nothing.
    """
    spaced = " ".join(_MARKUP.sub("", text).split())
    whole = "".join(filter(str.isprintable, spaced)).strip()
    plain = whole.strip(" ,;:")
    for start, end in sentence_spans(plain):
        said = plain[start:end].strip()
        if any(sign.isalnum() for sign in said):
            ends = said.rstrip(_CLOSING)[-1:] in (".", "!", "?", "…")
            broken = end == len(plain) and _BROKEN_OFF.search(whole)
            fit = len(said) <= LONGEST_SENTENCE and not broken
            yield Written(said if ends else f"{said}.", keys if fit else ())


def _keys(text: str) -> tuple[str, ...]:
    found = (key.strip().upper() for group in _KEY.findall(text) for key in re.split("[,;]", group))
    return tuple(dict.fromkeys(found))
