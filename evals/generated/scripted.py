"""Two models that are none: one repeats its passages, the other repeats them with a flaw in each.

All models lie between them: of the first all should be shown, of the second nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

from assistant.answer.generated.prompt import Prompt
from assistant.errors import UsageError

PROVIDER = "scripted"
TRUE = "true"
_MOST = 6  # sentences that are repeated for one answer

_DIGIT = re.compile(r"(?<![\w(§.,])[1-8](?=[\d,]*\b)(?![\d,]*[(.])")
_MONTHS = ("January", "February", "November", "December", "enero", "febrero", "noviembre")
_NAMES = ("IRS", "ICE", "DHS", "TIGTA", "GAO", "Talwani", "Kollar-Kotelly")
_NOT = re.compile(r"\b(?:did|does|do|is|are|was|were|may|can|must) not\b|\bno (?=\w+[aeo]\b)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|may|can|must|es|son|fue|fueron|puede|pueden|debe|deben)\b(?! not\b)"
)
_SPANISH = ("es", "son", "fue", "fueron", "puede", "pueden", "debe", "deben")

Flaw = Callable[[str], str]


def _another_figure(text: str) -> str:
    return _DIGIT.sub(lambda found: str(int(found[0]) + 1), text, count=1)


def _another_month(text: str) -> str:
    return _exchanged(text, _MONTHS)


def _another_name(text: str) -> str:
    return _exchanged(text, _NAMES)


def _exchanged(text: str, words: Sequence[str]) -> str:
    """The text with the next word of the list in place of the first one that it holds."""
    pattern = rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"
    return re.sub(
        pattern, lambda found: words[(words.index(found[0]) + 1) % len(words)], text, count=1
    )


def _turned(text: str) -> str:
    """The text without its denial, or with one."""
    if _NOT.search(text):
        return _NOT.sub(lambda found: found[0].removesuffix(" not").removeprefix("no "), text, 1)
    return _VERB.sub(
        lambda found: f"no {found[0]}" if found[0] in _SPANISH else f"{found[0]} not", text, count=1
    )


FLAWS: dict[str, Flaw] = {
    "figure": _another_figure,
    "date": _another_month,
    "denial": _turned,
    "name": _another_name,
}
WRONG_KEY = "key"


class Scripted:
    """A model that writes what it is made to; ``made`` tells the flaw of each sentence."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.made: dict[str, str] = {}
        self._flaws = cycle([*FLAWS, WRONG_KEY])
        if name.partition(":")[2] not in {"perfect", "poisoned"}:
            raise UsageError(f"There is no {name}. Use {PROVIDER}:perfect or {PROVIDER}:poisoned.")

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """One sentence of each passage, a line each, and more of the first where these are few."""
        self.made.clear()
        told = [
            (key, sentence.text)
            for place in range(_MOST)
            for key, passage in prompt.passages.items()
            for sentence in passage.sentences[place : place + 1]
        ]
        for key, text in told[:_MOST]:
            said = (TRUE, text, key)
            if self.name.endswith(":poisoned"):
                said = self._flawed(text, key, list(prompt.passages))
            self.made[said[1]] = said[0]
            yield f"{said[1]} [{said[2]}]\n"

    def _flawed(self, text: str, key: str, keys: Sequence[str]) -> tuple[str, str, str]:
        """The first flaw in turn that the sentence can have; any can stand under a wrong key."""
        for flaw in self._flaws:
            if flaw == WRONG_KEY:
                break
            changed = FLAWS[flaw](text)
            if changed != text:
                return flaw, changed, key
        return WRONG_KEY, text, next((other for other in keys if other != key), "P99")
