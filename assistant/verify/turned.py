"""Whether a claim gives the deed of one to another whom its evidence names as well.

Such a claim has every word of its evidence and means the reverse: the fewest words tell it. So for
each word of a sentence it is asked who is named last before it, here and there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.models import Language, Sentence
from assistant.verify.claim import Claim
from assistant.verify.clauses import clauses
from assistant.verify.facts import names_of
from assistant.verify.lexicon import lexicon, meanings, tells_figure, unified

# Written in capitals where they stand for what a provision is in.
_NOBODY = frozenset({"SECTION", "USC", "PUBLIC LAW", "SSN", "ITIN"})
_BY = frozenset({"by", "por", "from", "de", "del"})


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of a text in their order, and who is named among them.

    ``deeds`` tells who is named last before each word that stands there once and names nobody.
    """

    words: tuple[str, ...]
    actors: frozenset[str]
    deeds: Mapping[str, str]

    def after(self, word: str) -> tuple[str, ...]:
        """All that is said after a word."""
        return self.words[self.words.index(word) + 1 :]

    def before(self, word: str) -> tuple[str, ...]:
        """All that is said before a word."""
        return self.words[: self.words.index(word)]


def turned_round(claim: Claim, resting: Sequence[Sentence]) -> tuple[str, ...]:
    """Two who are named in the claim, and whose parts it has exchanged."""
    mine = _told(claim.text, claim.language)
    if len(mine.actors) < 2:
        return ()
    theirs = [_told(each.text, claim.language) for each in resting]
    whole = [(mine, told) for told in theirs]
    passive = bool(_BY & set(unified(claim.text).split()))
    return (
        _exchanged(whole, mine.actors)
        or _exchanged(_by_clause(claim, theirs), mine.actors)
        or (() if passive else _done_to(mine, theirs))
    )


def _by_clause(claim: Claim, theirs: Sequence[_Told]) -> list[tuple[_Told, _Told]]:
    """Each clause with the sentence that says most of it."""
    told = [_told(text, claim.language) for text in clauses(claim.text, claim.language)]
    return [
        (each, max(theirs, key=lambda other: len(set(each.words) & set(other.words))))
        for each in told
        if theirs
    ]


def _exchanged(pairs: Sequence[tuple[_Told, _Told]], named: frozenset[str]) -> tuple[str, ...]:
    """Two of whom each has in the claim what is the other's in the evidence."""
    moved = set()
    for mine, told in pairs:
        theirs = told.deeds
        for deed, doer in mine.deeds.items():
            other = theirs.get(deed, "")
            if doer and doer != other and other in named:
                moved.add((doer, other))
    return next(((one, other) for one, other in sorted(moved) if (other, one) in moved), ())


def _done_to(mine: _Told, theirs: Sequence[_Told]) -> tuple[str, ...]:
    """Who does a thing in the claim, and who does it in the evidence and here comes after it."""
    for deed, doer in mine.deeds.items():
        holding = [told for told in theirs if told.deeds.get(deed)]
        if not doer or not holding:
            continue
        turned = [
            other
            for told in holding
            if (other := told.deeds[deed]) in mine.after(deed)
            and other not in mine.before(deed)
            and doer not in told.before(deed)
        ]
        if len(turned) == len(holding):
            return (doer, turned[0])
    return ()


@lru_cache(maxsize=1 << 14)
def _told(text: str, language: Language) -> _Told:
    words = meanings(text, language)
    known = {
        word
        for name in (*names_of(text), *lexicon().actors.within(unified(text)))
        for word in meanings(name, language)
        if name not in _NOBODY
    }
    actors = frozenset(known & set(words))
    return _Told(words, actors, dict(_deeds(words, actors)))


def _deeds(words: Sequence[str], actors: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each deed with its doer; where nobody is named before it, that is empty."""
    doer = ""
    for word in words:
        if word in actors:
            doer = word
        elif words.count(word) == 1 and not tells_figure(word):
            yield word, doer
