"""Questions that are not searched: attacks, other subjects, and words too vague to answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain

from assistant.guard.fold import fold, plain
from assistant.guard.personal import MARK
from assistant.guard.rules import Fragments, Patterns, read_rules_file, rules
from assistant.guard.signs import shown_by_signs
from assistant.guard.variants import readings
from assistant.models import Language, Outcome

# Five times the longest question the service takes; what is longer never comes this far.
_LONGEST_READ = 20_000
_LONGEST_SMALL_TALK = 14  # words
# A longer story asks more than what a few of its words would tell.
_LONGEST_TOLD = 600
_FEWEST_DIGITS = 3
_LANGUAGES = ("en", "es")
# Where a name was taken out, it is still of somebody that is asked.
_MARK = re.escape(MARK)
_OF_SOMEBODY = (
    (re.compile(rf"\b(of|does|where is) {_MARK}", re.IGNORECASE), r"\1 my neighbor"),
    (re.compile(rf"\b(de|vive) {_MARK}", re.IGNORECASE), r"\1 mi vecino"),
)
# The dots and slashes of an address would part its sentence.
_ADDRESS = re.compile(r"https?://\S+")


class Reason(StrEnum):
    """Why a question is not searched; each has a text, ``guard.reason_<name>``."""

    INJECTION = "injection"
    REPORT_PERSON = "report_person"
    LOCATE_PERSON = "locate_person"
    FORGE = "forge"
    IMPERSONATE = "impersonate"
    THREAT = "threat"
    TASK = "task"
    OFF_TOPIC = "off_topic"
    PRIVATE_PERSON = "private_person"
    ADVICE = "advice"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    VAGUE = "vague"
    ABOUT_ME = "about_me"


# A few words tell these, and may tell them wrongly: what is asked as a well-known question is, is
# answered all the same.
YIELDING = frozenset({Reason.OFF_TOPIC, Reason.PRIVATE_PERSON, Reason.ADVICE, Reason.UNKNOWN})


class Urgency(StrEnum):
    """What cannot wait for an answer; each has a text, ``guard.urgent_<name>``."""

    AT_THE_DOOR = "at_the_door"
    STOPPED = "stopped"
    SELF_HARM = "self_harm"
    DETAINED = "detained"
    EXTORTED = "extorted"
    THREATENED = "threatened"


_WORST_FIRST = (
    Urgency.SELF_HARM,
    Urgency.AT_THE_DOOR,
    Urgency.STOPPED,
    Urgency.DETAINED,
    Urgency.EXTORTED,
    Urgency.THREATENED,
)


@dataclass(frozen=True, slots=True)
class Screening:
    """How a question ends that is not searched, and why."""

    outcome: Outcome
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Talk:
    """Word lists and patterns for what is not a question of the subject."""

    subject: Patterns
    off_topic: Patterns
    about_me: Patterns
    greeting: frozenset[str]
    thanks: frozenset[str]
    openers: frozenset[str]
    closers: frozenset[str]
    filler: frozenset[str]
    vague: frozenset[str]
    topic: frozenset[str]
    asking: frozenset[str]
    pointing: frozenset[str]
    empty: frozenset[str]


def screen(text: str, language: Language) -> Screening | None:
    """How a question ends without a search; None when it should be searched.

    Read it on the standalone form of a follow-up: "why?" alone is vague, after a question not.
    People mix languages, so the rules of both are read whatever ``language`` is.
    """
    read = text[:_LONGEST_READ]
    for taken_out, somebody in _OF_SOMEBODY:
        read = taken_out.sub(somebody, read)
    read = _ADDRESS.sub(" weblink ", read.replace(MARK, " "))
    if attack := _attack(read):
        return Screening(Outcome.BLOCKED, attack)
    words = plain(read)
    if elsewhere := _elsewhere(f" {words} "):
        # What nobody has published is of the subject all the same.
        unknown = elsewhere is Reason.UNKNOWN
        return Screening(Outcome.ABSTAINED if unknown else Outcome.OUT_OF_SCOPE, elsewhere)
    reason = _small_talk(words)
    return Screening(Outcome.CLARIFY, reason) if reason else None


def compile_rules() -> None:
    """Compiles the patterns of every rule, which is else done when a text first calls for them."""
    for which in ("blocked", "beyond", "tasks"):
        for rule in rules(which):
            _ = rule.find, rule.unless_near, rule.unless_before


def _attack(text: str) -> Reason | None:
    """Why a text is blocked, however its letters are disguised."""
    raw = fold(text).text.lower()
    read = readings(text)
    by_rule = (
        rule.reason for words in read for rule in rules("blocked") if rule.holds(f" {words} ", raw)
    )
    by_sign = (sign for words in read if (sign := shown_by_signs(words)))
    return next((Reason(reason) for reason in chain(by_rule, by_sign)), None)


def _elsewhere(padded: str) -> Reason | None:
    """Why a text is no question to the documents: work, another subject, what none holds."""
    if _is_off_topic(padded):
        return Reason.OFF_TOPIC
    told = rules("beyond") if len(padded) <= _LONGEST_TOLD else ()
    held = (rule for rule in (*rules("tasks"), *told) if rule.holds(padded, ""))
    return next((Reason(rule.reason) for rule in held), None)


def urgent(text: str, language: Language) -> Urgency | None:
    """What in a question cannot wait, worst first; the question itself is still answered."""
    padded = f" {plain(text[:_LONGEST_READ])} "
    found = {Urgency(rule.reason) for rule in rules("urgent") if rule.holds(padded, "")}
    return next((urgency for urgency in _WORST_FIRST if urgency in found), None)


def _small_talk(words: str) -> Reason | None:
    tokens = words.replace(".", " ").split()
    # A section's number asks something; a few digits between signs ask nothing.
    if not any(token.isalpha() or len(token) >= _FEWEST_DIGITS for token in tokens):
        return Reason.EMPTY
    if len(tokens) > _LONGEST_SMALL_TALK:
        return None
    talk = _talk()
    if _made_of(tokens, talk.greeting, talk.openers):
        return Reason.GREETING
    if _made_of(tokens, talk.thanks, talk.closers):
        return Reason.THANKS
    if any(pattern.fullmatch(_without_greeting(tokens, talk)) for pattern in talk.about_me):
        return Reason.ABOUT_ME
    return Reason.VAGUE if _is_vague(tokens, talk) else None


def _made_of(tokens: list[str], allowed: frozenset[str], telling: frozenset[str]) -> bool:
    return all(token in allowed for token in tokens) and any(token in telling for token in tokens)


def _without_greeting(tokens: list[str], talk: _Talk) -> str:
    start = next((i for i, token in enumerate(tokens) if token not in talk.openers), len(tokens))
    return " ".join(tokens[start:])


def _is_vague(tokens: list[str], talk: _Talk) -> bool:
    """Whether a message names at most one broad topic and asks nothing about it, or only points."""
    general = talk.filler | talk.vague | talk.empty | talk.pointing
    if any(token in talk.pointing for token in tokens) and general.issuperset(tokens):
        return True
    if not all(token in talk.filler | talk.vague | talk.topic for token in tokens):
        return False
    topics = {token for token in tokens if token in talk.topic}
    asks = any(token in talk.asking for token in tokens)
    return not topics or (len(topics) == 1 and not asks)


def _is_off_topic(padded: str) -> bool:
    talk = _talk()
    if any(pattern.search(padded) for pattern in talk.subject):
        return False
    return any(pattern.search(padded) for pattern in talk.off_topic)


@cache
def _talk() -> _Talk:
    content = read_rules_file("talk.yaml")
    fragments = Fragments(content["fragments"])

    def both(section: str) -> Patterns:
        lists = content[section]
        return fragments.compile(pattern for name in _LANGUAGES for pattern in lists[name])

    def words(section: str) -> frozenset[str]:
        return frozenset(content[section].split())

    return _Talk(
        subject=fragments.compile(_whole_words(content["subject"])),
        off_topic=both("off_topic"),
        about_me=both("about_me"),
        greeting=words("greeting"),
        thanks=words("thanks"),
        openers=words("openers"),
        closers=words("closers"),
        filler=words("filler"),
        vague=words("vague"),
        topic=words("topic"),
        asking=words("asking"),
        pointing=words("pointing"),
        empty=words("empty"),
    )


def _whole_words(lines: Iterable[str]) -> list[str]:
    return [rf"\b(?:{'|'.join(lines)})\b"]
