"""Follow-ups made whole: what retrieval should read instead of "and in Massachusetts?"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

from assistant.dialogue.words import word_file, words_of
from assistant.models import Language, Turn

# A part that carries an earlier question on is short; a longer text brings its own subject.
_LONGEST_PART = 12
_LONGEST_BARE = 9
_MOST_OWN_WORDS = 3
_LONGEST_FRAGMENT = 3
_LONGEST_GROUP = 6
# Of a long earlier message the end is kept: that is where the question stands.
_LONGEST_SUBJECT = 400
# Of an earlier answer the first sentence is enough to tell what "that" is.
_LONGEST_ANSWER = 240
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_MARKUP = re.compile(r" ?\[\d+\]|[*_`#>]")

_FORWARD = frozenset({"to", "for", "that", "if", "when", "whether"})
_BEING = {("is",), ("was",), ("be",)}
_DEFINING = {("what", "is"), ("what", "are"), ("whats", "a"), ("who", "is"), ("que", "es")}
_AGREEING = frozenset({"yes", "no", "si", "sure", "claro"})
_THINGS = frozenset({"it", "eso", "esto", "aquello", "ello", "its"})


@dataclass(frozen=True, slots=True)
class Understood:
    """A follow-up made whole in the asker's own words, with the answer it points to.

    ``answer`` is how the last answer began, where the follow-up asks about it, and else empty.
    """

    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class _Cues:
    """The word lists of ``follow.yaml``."""

    switches: tuple[tuple[str, ...], ...]
    carriers: tuple[tuple[str, ...], ...]
    forward: tuple[tuple[str, ...], ...]
    connectors: frozenset[str]
    parts: frozenset[str]
    pointers: frozenset[str]
    they: frozenset[str]
    actors: frozenset[str]
    givers: frozenset[str]
    takers: frozenset[str]
    generic: frozenset[str]
    courtesy: frozenset[str]
    before_that: frozenset[str]
    first_person: frozenset[str]
    asking: frozenset[str]
    of_the_answer: frozenset[str]
    concluding: frozenset[str]
    trailing: frozenset[str]
    groups: frozenset[str]
    tellers: frozenset[str]
    wishing: frozenset[str]
    doers: frozenset[str]
    clauses: frozenset[str]
    reaching: frozenset[str]
    after_lo: frozenset[str]
    function: frozenset[str]


def standalone(question: str, turns: tuple[Turn, ...], language: Language) -> str:
    """The question in the asker's words, after the earlier one it depends on.

    People mix languages, so the cues of both are read whatever ``language`` is.
    """
    return understood(question, turns, language).text


def understood(
    question: str, turns: tuple[Turn, ...], language: Language, vague: bool = False
) -> Understood:
    """The question after the earlier one it depends on; ``vague`` says that it surely does."""
    alone = Understood(question)
    earlier = [turn.text for turn in turns if turn.role == "user" and turn.text.strip()]
    words = words_of(question)
    if not earlier or not (depends(question) or (vague and not _switches_subject(words))):
        return alone
    subject = _subject(earlier)
    if subject is None:
        return alone
    last_needed = earlier[-1] is not subject and (_asks_about_the_last(words) or _tells(question))
    between = earlier[-1] if last_needed else ""
    said = [_shortened(subject), "" if _is_courtesy(between) else between]
    answer = _first_sentence(turns) if _asks_about_the_answer(words) else ""
    return Understood(" ".join(text.strip() for text in (*said, question) if text.strip()), answer)


def depends(question: str) -> bool:
    """Whether a question can only be understood with an earlier one."""
    words = words_of(question)
    if not words or _is_courtesy(question) or _switches_subject(words):
        return False
    connected = _without_connectors(words)
    if _carries_on(words) or (len(connected) < len(words) and _is_part(connected)):
        return True
    if _names_the_matter(words):
        return _points_back(_before_the_matter(words))
    return (
        _points_back(words)
        or _is_bare(connected)
        or _is_fragment(words)
        or _concludes(words, connected)
        or _narrows(words)
        or _tells(question)
    )


def _subject(earlier: list[str]) -> str | None:
    """The last earlier question that stands alone, or else the first that says anything."""
    alone = (text for text in reversed(earlier) if _own(words_of(text)) and not depends(text))
    said = (text for text in earlier if _own(words_of(text)))
    return next(alone, None) or next(said, None)


def _first_sentence(turns: tuple[Turn, ...]) -> str:
    """How the last answer begins, without its marks; nothing where no answer came last."""
    if not turns or turns[-1].role == "user":
        return ""
    plain = " ".join(_MARKUP.sub("", turns[-1].text).split())
    return _SENTENCE.split(plain, maxsplit=1)[0][:_LONGEST_ANSWER]


def _names_the_matter(words: tuple[str, ...]) -> bool:
    """Whether both the giver and the taker of tax data are named."""
    cues = _cues()
    return any(word in cues.givers for word in words) and any(word in cues.takers for word in words)


def _before_the_matter(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is asked before the first of them is named: "who said that, ICE or the IRS?"."""
    named = _cues().givers | _cues().takers
    return words[: next(place for place, word in enumerate(words) if word in named)]


def _asks_about_the_last(words: tuple[str, ...]) -> bool:
    """Whether what came in between matters: "why?" asks about it, "and in Ohio?" replaces it."""
    return _points_back(words) or _is_bare(_without_connectors(words))


def _asks_about_the_answer(words: tuple[str, ...]) -> bool:
    """Whether it asks who, when or where of something, or points to what was said."""
    cues = _cues()
    rest = _without_connectors(words)
    return _points_back(words) or bool(rest and rest[0] in cues.of_the_answer and _is_bare(rest))


def _own(words: Iterable[str]) -> list[str]:
    """The words that bring a subject of their own."""
    cues = _cues()
    known = cues.function | cues.generic | cues.actors | cues.courtesy | cues.connectors
    return [word for word in words if word not in known and len(word) > 1]


def _is_courtesy(text: str) -> bool:
    words = words_of(text)
    return bool(words) and all(word in _cues().courtesy for word in words)


def _switches_subject(words: tuple[str, ...]) -> bool:
    return any(_holds(words[:8], phrase) for phrase in _cues().switches)


def _without_connectors(words: tuple[str, ...]) -> tuple[str, ...]:
    start = 0
    while start < len(words) and words[start] in _cues().connectors:
        start += 1
    return words[start:]


def _carries_on(words: tuple[str, ...]) -> bool:
    """Whether it opens like "what about …" or "¿y si …" and adds only a few words of its own."""
    led = any(_begins(words, phrase) for phrase in _cues().carriers)
    led = led or any(_begins(_without_connectors(words), phrase) for phrase in _cues().carriers)
    return led and _is_short(words)


def _is_part(rest: tuple[str, ...]) -> bool:
    """What follows a connector is a part: "in Massachusetts", "my kids", "yo que nunca …"."""
    if not rest or rest[0] not in _cues().parts:
        return False
    return rest[0] == "yo" or _is_short(rest)


def _concludes(words: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """Whether it draws on what was said: "so can they deport me?", "citizens too?"."""
    cues = _cues()
    if not rest or not _is_short(words) or rest[:2] in _DEFINING:
        return False
    if len(words) > 1 and words[-1] in cues.trailing:
        return True
    led = bool(cues.concluding & set(words[: len(words) - len(rest)]))
    return led and (rest[0] not in cues.asking or len(_own(rest)) <= 1)


def _narrows(words: tuple[str, ...]) -> bool:
    """Whether only a group or a place is named: "green card holders?", "¿los residentes?"."""
    cues = _cues()
    around = cues.parts | cues.connectors | cues.trailing
    named = [word for word in words if word in cues.groups]
    return (
        bool(named)
        and len(words) <= _LONGEST_GROUP
        and all(word in around or word in cues.groups for word in words)
    )


def _tells(question: str) -> bool:
    """Whether it asks nothing and adds something: "my husband has a good social tho"."""
    words = _without_connectors(words_of(question))
    cues = _cues()
    if not words or "?" in question or words[0] not in cues.tellers or not _is_short(words):
        return False
    return len(words) > 2 and not any(word in cues.asking or word in cues.wishing for word in words)


def _is_short(words: tuple[str, ...]) -> bool:
    return len(words) <= _LONGEST_PART and len(_own(words)) <= _MOST_OWN_WORDS


def _points_back(words: tuple[str, ...]) -> bool:
    """Whether a word points to something that this question has not named before it.

    One thing to do may stand before it: "can we print that", "¿lo podemos publicar?".
    """
    cues = _cues()
    says_nothing_own = not _own(words)
    deed = False
    for place, word in enumerate(words):
        if word in cues.they and says_nothing_own:
            return True
        if (word in cues.pointers or word == "lo") and _is_pointer(words, place, deed):
            return True
        if _own([word]):
            if deed or not place or words[place - 1] not in cues.doers:
                return False
            deed = True
        elif deed and word in cues.clauses:
            return False
    return False


def _is_pointer(words: tuple[str, ...], place: int, deed: bool) -> bool:
    cues = _cues()
    nearby = words[max(0, place - 2) : place + 3]
    if any(_holds(nearby, phrase) for phrase in cues.forward):
        return False
    word, after = words[place], words[place + 1 : place + 2]
    if word == "lo":
        return bool(after) and after[0] not in cues.after_lo and len(_own(words)) <= 2
    if deed and word not in _THINGS | {"that", "this", "those", "these", "there", "him", "her"}:
        return False
    if word == "it" and len(_own(words)) >= _MOST_OWN_WORDS:
        return bool(cues.reaching & set(words[place + 1 : place + 3]))
    being = words[max(0, place - 1) : place]
    if word == "it" and being in _BEING and _FORWARD & set(words[place + 2 : place + 4]):
        return False
    return word in _THINGS or _demonstrates(words, place, deed)


def _demonstrates(words: tuple[str, ...], place: int, deed: bool) -> bool:
    """Whether "that", "this", "he", "esa" stand for something, not before it."""
    cues = _cues()
    word, after = words[place], words[place + 1 : place + 2]
    if word == "there":
        return not after
    if word in {"he", "she", "him", "ella"}:
        return True
    if word == "that" and place and after and words[place - 1] not in cues.before_that:
        return deed and after[0] in cues.parts | {"as", "now", "today", "tomorrow", "or", "and"}
    if word in {"esta", "his", "her"} and not after:
        return False
    return not after or not (_own(after) or after[0] in cues.actors)


def _is_bare(words: tuple[str, ...]) -> bool:
    """Whether nothing but grammar and general words is asked: "who signed?", "¿cuántos fueron?"."""
    if not words or len(words) > _LONGEST_BARE or _own(words):
        return False
    actors = [word for word in words if word in _cues().actors]
    defines = words[:2] in _DEFINING
    rest = [word for word in words if word not in _cues().function]
    only_actors = bool(actors) and len(actors) == len(rest)
    if actors and _cues().first_person & set(words):
        return False
    return not (only_actors and (defines or len(words) == len(actors)))


def _is_fragment(words: tuple[str, ...]) -> bool:
    """Whether it is a few words led by a preposition: "with DACA?", "solo con ITIN"."""
    led = words[0] in _cues().parts - {"the", "el", "la", "los", "las", "a", "an", "un", "una"}
    return led and len(words) <= _LONGEST_FRAGMENT


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_SUBJECT:
        return text
    return text[-_LONGEST_SUBJECT:].partition(" ")[2]


def _begins(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return words[: len(phrase)] == phrase


def _holds(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(_begins(words[start:], phrase) for start in range(len(words)))


@cache
def _cues() -> _Cues:
    content = word_file("follow.yaml")
    grammar = word_file("words.yaml")

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(phrase.split()) for phrase in content[name])

    def words(name: str) -> frozenset[str]:
        return frozenset(content[name].split())

    function = {
        word for language in Language for word in grammar[language.value]["function"].split()
    }
    lists = {
        name: words(name)
        for name, kind in get_type_hints(_Cues).items()
        if kind == frozenset[str] and name != "function"
    }
    return _Cues(
        switches=phrases("switches"),
        carriers=phrases("carriers"),
        forward=phrases("forward"),
        function=frozenset(function | _AGREEING | {"no", "a", "me", "much", "many"}),
        **lists,
    )
