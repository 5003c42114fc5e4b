"""Follow-ups made whole: what retrieval should read instead of "and in Massachusetts?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from assistant.dialogue.words import word_file, words_of
from assistant.models import Language, Turn

# A part that carries an earlier question on is short; a longer text brings its own subject.
_LONGEST_PART = 12
_LONGEST_BARE = 9
_MOST_OWN_WORDS = 3
_LONGEST_FRAGMENT = 3
# Of a long earlier message the end is kept: that is where the question stands.
_LONGEST_SUBJECT = 400

_FORWARD = frozenset({"to", "for", "that", "if", "when", "whether"})
_BEING = {("is",), ("was",), ("be",)}
_AGREEING = frozenset({"yes", "no", "si", "sure", "claro"})


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
    function: frozenset[str]


def standalone(question: str, turns: tuple[Turn, ...], language: Language) -> str:
    """The text retrieval should read: the question, after the earlier one it depends on.

    People mix languages, so the cues of both are read whatever ``language`` is.
    """
    earlier = [turn.text for turn in turns if turn.role == "user" and turn.text.strip()]
    if not earlier or not depends(question):
        return question
    subject = next((text for text in reversed(earlier) if _has_subject(text)), None)
    if subject is None:
        return question
    last_needed = earlier[-1] is not subject and _asks_about_the_last(question)
    between = earlier[-1] if last_needed else ""
    said = [_shortened(subject), "" if _is_courtesy(between) else between, question]
    return " ".join(text.strip() for text in said if text.strip())


def depends(question: str) -> bool:
    """Whether a question can only be understood with an earlier one."""
    words = words_of(question)
    if not words or _is_courtesy(question) or _switches_subject(words):
        return False
    connected = _without_connectors(words)
    if _carries_on(words) or (len(connected) < len(words) and _is_part(connected)):
        return True
    if _names_the_matter(words):
        return False
    return _points_back(question) or _is_bare(connected) or _is_fragment(words)


def _names_the_matter(words: tuple[str, ...]) -> bool:
    """Whether both the giver and the taker of tax data are named."""
    cues = _cues()
    return any(word in cues.givers for word in words) and any(word in cues.takers for word in words)


def _asks_about_the_last(question: str) -> bool:
    """Whether what came in between matters: "why?" asks about it, "and in Ohio?" replaces it."""
    return _points_back(question) or _is_bare(_without_connectors(words_of(question)))


def _has_subject(text: str) -> bool:
    return bool(_own(words_of(text))) and not depends(text)


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


def _is_short(words: tuple[str, ...]) -> bool:
    return len(words) <= _LONGEST_PART and len(_own(words)) <= _MOST_OWN_WORDS


def _points_back(question: str) -> bool:
    """Whether a word points to something that this question has not named before it."""
    words = words_of(question)
    cues = _cues()
    says_nothing_own = not _own(words)
    for place, word in enumerate(words):
        if word in cues.they and says_nothing_own:
            return True
        if word in cues.pointers and _is_pointer(words, place):
            return True
        if _own([word]):
            return False
    return False


def _is_pointer(words: tuple[str, ...], place: int) -> bool:
    cues = _cues()
    nearby = words[max(0, place - 2) : place + 3]
    if any(_holds(nearby, phrase) for phrase in cues.forward):
        return False
    word, after = words[place], words[place + 1 : place + 2]
    if word == "it" and len(_own(words)) >= _MOST_OWN_WORDS:
        return False
    being = words[max(0, place - 1) : place]
    if word == "it" and being in _BEING and _FORWARD & set(words[place + 2 : place + 4]):
        return False
    if word in {"it", "eso", "esto", "aquello", "ello", "its"}:
        return True
    if word == "there":
        return not after
    if word in {"he", "she", "him", "ella"}:
        return True
    if word == "that" and place and after and words[place - 1] not in cues.before_that:
        return False
    if word in {"esta", "his", "her"} and not after:
        return False
    return not after or not (_own(after) or after[0] in cues.actors)


def _is_bare(words: tuple[str, ...]) -> bool:
    """Whether nothing but grammar and general words is asked: "who signed?", "¿cuántos fueron?"."""
    if not words or len(words) > _LONGEST_BARE or _own(words):
        return False
    actors = [word for word in words if word in _cues().actors]
    defines = words[:2] in {("what", "is"), ("what", "are"), ("who", "is"), ("que", "es")}
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
    return _Cues(
        switches=phrases("switches"),
        carriers=phrases("carriers"),
        forward=phrases("forward"),
        connectors=words("connectors"),
        parts=words("parts"),
        pointers=words("pointers"),
        they=words("they"),
        actors=words("actors"),
        givers=words("givers"),
        takers=words("takers"),
        generic=words("generic"),
        courtesy=words("courtesy"),
        before_that=words("before_that"),
        first_person=words("first_person"),
        function=frozenset(function | _AGREEING | {"no", "a", "me", "much", "many"}),
    )
