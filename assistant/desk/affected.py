"""The guided check "Could I be affected?": a few choices in, quoted sentences out.

What is asked and which sentences answer it is data (``affected.yaml``); nothing here is about
anyone, and nobody is told that they were or were not on a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answer.picks import Pick, pick_of, picked
from assistant.answer.select import Chosen
from assistant.errors import UsageError
from assistant.export.paper import Bullets, Cited, Heading, Line, Paper, Remark, cited
from assistant.index.opened import LanguageIndex
from assistant.models import AnswerSentence, Citation, Language
from assistant.tables import read_table
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.verify.quotes import Reads, stands

_FILE = Path(__file__).with_name("affected.yaml")
UNKNOWN = "unknown"
IN_ORDER = frozenset({"steps"})  # parts whose findings stand in the order of urgency

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Answers that belong together: holds when each question named has one of its answers."""

    answers: tuple[tuple[str, frozenset[str]], ...]

    def holds(self, answers: Answers) -> bool:
        """Whether it fits; a question that was not answered counts as ``unknown``."""
        return all(answers.get(name, UNKNOWN) in allowed for name, allowed in self.answers)


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the check; ``unknown`` is always the last of its choices."""

    name: str
    choices: tuple[str, ...]
    because: Pick
    unless: Circumstance | None

    def words(self, choice: str, language: Language) -> str:
        """A choice as a reader meets it."""
        key = "choice_unknown" if choice == UNKNOWN else f"choice_{self.name}_{choice}"
        return say(language, f"affected.{key}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding: the part it belongs to, when it holds, and the sentences that it quotes."""

    name: str
    part: str
    when: tuple[Circumstance, ...]
    says: tuple[Pick, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether one of its circumstances does, or it has none."""
        return not self.when or any(each.holds(answers) for each in self.when)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as it is shown: its name in the texts, and its sentences with their marks."""

    name: str
    sentences: tuple[AnswerSentence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a result, with at least one finding."""

    name: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the documents say to a set of answers; it does not hold the answers.

    ``whole`` is false when a sentence is no longer in its document and was left out.
    """

    language: Language
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    whole: bool


@cache
def queries() -> tuple[Query, ...]:
    """All questions in the order of asking."""
    return tuple(
        Query(
            name=name,
            choices=(*entry["choices"], UNKNOWN),
            because=pick_of(entry["because"]),
            unless=_circumstance(entry["unless"]) if "unless" in entry else None,
        )
        for name, entry in _table()["questions"].items()
    )


@cache
def rules() -> tuple[Rule, ...]:
    """All findings in the order in which they are told."""
    return tuple(
        Rule(
            name=name,
            part=entry["part"],
            when=tuple(map(_circumstance, entry.get("when", ()))),
            says=tuple(map(pick_of, entry["says"])),
        )
        for name, entry in _table()["findings"].items()
    )


@cache
def room() -> dict[str, int]:
    """The parts in their order, and the most sentences that each may hold."""
    return dict(_table()["parts"])


def asked(answers: Answers) -> tuple[Query, ...]:
    """The questions that make sense beside these answers."""
    return tuple(each for each in queries() if not (each.unless and each.unless.holds(answers)))


def read_answers(given: Mapping[str, str]) -> dict[str, str]:
    """The answers, without those to questions that are not asked beside the others.

    Raises:
        UsageError: There is no such question or choice.
    """
    choices = {each.name: each.choices for each in queries()}
    for name, choice in given.items():
        if name not in choices:
            known = ", ".join(choices)
            raise UsageError(f"The check has no question {name!r}. It has {known}.")
        if choice not in choices[name]:
            known = ", ".join(choices[name])
            raise UsageError(f"{name} has no choice {choice!r}. It has {known}.")
    return {each.name: given[each.name] for each in asked(given) if each.name in given}


def kept_answers(given: object) -> dict[str, str]:
    """The answers in anything a browser may send; what cannot be used counts as skipped."""
    sent = given if isinstance(given, dict) else {}
    usable = {
        each.name: sent[each.name] for each in queries() if sent.get(each.name) in each.choices
    }
    return read_answers(usable)


def holding(answers: Answers) -> tuple[Rule, ...]:
    """The findings that hold, of each part those that it has room for."""
    kept = []
    left = dict(room())
    for rule in rules():
        if rule.holds(answers) and len(rule.says) <= left[rule.part]:
            left[rule.part] -= len(rule.says)
            kept.append(rule)
    return tuple(kept)


def check(answers: Answers, part: LanguageIndex, text_of: Reads) -> Result:
    """What the documents say to these answers, each sentence as it stands there at this moment.

    No sentence is shown twice; one that its document no longer holds is left out.
    """
    held = holding(answers)
    citations: list[Citation] = []
    parts = []
    whole = True
    for name in room():
        findings = []
        for rule in (each for each in held if each.part == name):
            quotes = [_quoted(pick, part, text_of) for pick in rule.says]
            whole = whole and None not in quotes
            sentences = _numbered([each for each in quotes if each], citations)
            if sentences:
                findings.append(Finding(rule.name, sentences))
        if findings:
            parts.append(Part(name, tuple(findings)))
    return Result(part.language, tuple(parts), tuple(citations), whole)


def reasons(part: LanguageIndex, text_of: Reads) -> dict[str, Citation]:
    """For each question the quotation that shows why it is asked, where its document holds it."""
    found = {each.name: _quoted(each.because, part, text_of) for each in queries()}
    return {name: _citation(place, 1) for name, place in found.items() if place}


def limits(result: Result) -> tuple[str, ...]:
    """What a reader must know of the result: how far its sources reach, and what was left out."""
    language = result.language
    days = sorted({each.passage.source.as_of for each in result.citations})
    told = [] if result.whole else [say(language, "answers.notice_changed")]
    if days:
        oldest, newest = (say_date(language, day) for day in (days[0], days[-1]))
        key = "answers.notice_as_of" if oldest == newest else "answers.notice_as_of_range"
        told.append(say(language, key, oldest=oldest, newest=newest))
    return (*told, say(language, "paper.disclaimer"))


def paper(result: Result, day: date) -> Paper:
    """The result as a document to print or save; the answers themselves stand nowhere in it.

    A document is one source here, however often it is quoted, so that the list stays short: in the
    text itself every sentence stands as a quotation.
    """
    language = result.language
    numbers, sources = _by_document(result.citations)
    blocks: list[Bullets | Heading | Remark] = []
    for part in result.parts:
        items = tuple(_item(each, language, numbers) for each in part.findings)
        blocks.append(Heading(say(language, f"affected.part_{part.name}")))
        blocks.append(Bullets(items, ordered=part.name in IN_ORDER))
    if not result.whole:
        blocks.append(Remark((Line(say(language, "answers.notice_changed")),)))
    return Paper(
        title=say(language, "affected.title"),
        language=language,
        as_of=day,
        lead=(Line(say(language, "affected.result_lead")),),
        blocks=tuple(blocks),
        sources=sources,
    )


def _by_document(citations: Sequence[Citation]) -> tuple[dict[int, int], tuple[Cited, ...]]:
    """The source of each citation, numbered by document, and these sources with all they say."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.passage.source.id, []).append(citation)
    numbers = {
        citation.number: number
        for number, group in enumerate(groups.values(), 1)
        for citation in group
    }
    sources = tuple(
        replace(
            cited(group[0], number),
            pinpoint=" · ".join(dict.fromkeys(each.passage.pinpoint for each in group)),
            quote=" … ".join(each.quote for each in group),
        )
        for number, group in enumerate(groups.values(), 1)
    )
    return numbers, sources


def _item(finding: Finding, language: Language, numbers: Mapping[int, int]) -> tuple[Line, ...]:
    label = say(language, f"affected.finding_{finding.name}")
    sentences = (
        Line(each.text, tuple(numbers[number] for number in each.citations))
        for each in finding.sentences
    )
    return (Line(f"**{label}.**"), *sentences)


def _quoted(pick: Pick, part: LanguageIndex, text_of: Reads) -> Chosen | None:
    """The sentence of a pick while its document holds it."""
    for chosen in picked(part, pick):
        if stands(chosen.passage, chosen.sentence, text_of):
            return chosen
    return None


def _numbered(chosen: Sequence[Chosen], citations: list[Citation]) -> tuple[AnswerSentence, ...]:
    """The sentences that are not cited yet, each under the next number."""
    sentences = []
    for each in chosen:
        place = (each.passage.id, each.sentence.start)
        if place in {(known.passage.id, known.start) for known in citations}:
            continue
        citations.append(_citation(each, len(citations) + 1))
        sentences.append(AnswerSentence(each.sentence.text, (len(citations),)))
    return tuple(sentences)


def _citation(chosen: Chosen, number: int) -> Citation:
    sentence = chosen.sentence
    return Citation(number, chosen.passage, sentence.start, sentence.end, sentence.text)


def _circumstance(entry: Mapping[str, Sequence[str]]) -> Circumstance:
    return Circumstance(tuple((name, frozenset(allowed)) for name, allowed in entry.items()))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_table(_FILE)
    return table
