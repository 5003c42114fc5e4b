"""A real and very weak model: whatever it writes, only what its sources bear out is shown."""

from __future__ import annotations

import ipaddress
import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import local_model
import pytest
from conftest import TODAY

from assistant.answer.engines import checker_over
from assistant.answer.generated.calling import Failure
from assistant.config import Settings
from assistant.dialogue.language import detect_language
from assistant.index.embed import open_embedder
from assistant.models import Answer, Language, Request
from assistant.service import Assistant
from assistant.texts import say
from assistant.verify.claim import Claim

pytestmark = [pytest.mark.local_model, pytest.mark.corpus]

SECONDS = 30.0
QUESTIONS = (
    "Can ICE see my tax return?",
    "How many names did ICE ask the IRS for?",
    "Which court blocked the sharing?",
    "What does section 6103(i)(2) allow?",
    "What is the penalty for sharing a return unlawfully?",
    "Should I still file my taxes with an ITIN?",
    "¿Puede ICE ver mis impuestos?",
    "¿Cuántos nombres pidió ICE al IRS?",
    "¿Qué tribunal bloqueó el intercambio?",
    "¿Qué permite la sección 6103(i)(2)?",
    "¿Qué pena hay por divulgar una declaración?",
    "¿Quién firmó el acuerdo entre el IRS e ICE?",
)


@pytest.fixture(scope="module")
def settings(whole_index: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with local_model.served(tmp_path_factory.mktemp("weights")) as url:
        given = {"engine": local_model.ENGINE, "model_url": url, "model_seconds": SECONDS}
        yield whole_index.model_copy(update=given | {"model_tokens": 1000})


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Assistant:
    made = Assistant(settings, open_embedder(settings.embedder), lambda: TODAY)
    made.ask(Request(QUESTIONS[0], engine="quotes"))  # so that no answer is timed with opening
    return made


@pytest.mark.parametrize("asked", QUESTIONS)
def test_whatever_it_writes_only_what_is_borne_out_is_shown(
    asked: str, assistant: Assistant, settings: Settings
) -> None:
    started = perf_counter()
    answer = assistant.ask(Request(asked))
    assert perf_counter() - started < SECONDS + 2
    assert answer.engine == local_model.ENGINE
    assert answer.sentences
    assert _not_in_their_documents(answer, settings.corpus) == []
    assert _not_borne(answer, assistant) == []
    assert _in_another_language(answer) == []
    assert _reached_outside() == []


def _not_in_their_documents(answer: Answer, corpus: Path) -> list[str]:
    quoted = [each.text for each in answer.sentences if each.quoted]
    quotes = [each.quote for each in answer.citations]
    wrong = [text for text in quoted if text not in quotes]
    for each in answer.citations:
        source = (corpus / each.passage.source.path).read_text(encoding="utf-8")
        if source[each.start : each.end] != each.quote:
            wrong.append(each.quote)
    return wrong


def _not_borne(answer: Answer, assistant: Assistant) -> list[str]:
    """A model's sentences that fail the checks by what is quoted for them."""
    checker = checker_over(assistant.index(), open_embedder(assistant.settings.embedder))
    wrong = []
    for said in answer.sentences:
        cited = [answer.citations[number - 1].passage for number in said.citations]
        evidence = tuple({passage.id: passage for passage in cited}.values())
        question = answer.question
        claim = Claim(said.text, question.language, evidence, question.as_of)
        if not (said.quoted or checker.check(claim).stands):
            wrong.append(said.text)
    return wrong


def _in_another_language(answer: Answer) -> list[str]:
    """Notices about the model, and all others, that are not in the asker's language."""
    mine = answer.question.language
    assert mine is detect_language(answer.question.text)
    other = Language.ES if mine is Language.EN else Language.EN
    reasons = [say(other, f"model.{each.value}") for each in Failure]
    foreign = {say(other, f"model.{key}") for key in ("withheld", "all_withheld")}
    foreign |= {
        say(other, f"model.{key}", reason=r) for key in ("failed", "partly") for r in reasons
    }
    return [
        each
        for each in answer.notices
        if each in foreign or detect_language(each, mine) is not mine
    ]


def _reached_outside() -> list[str]:
    """Addresses outside this machine that this process is connected to, native code included."""
    if not Path("/proc/self/net/tcp").exists():
        return []
    links = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    mine = {link.removeprefix("socket:[").rstrip("]") for link in links}
    far = []
    for line in Path("/proc/self/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        columns = line.split()
        number = int(columns[2].partition(":")[0], 16)
        address = socket.inet_ntoa(struct.pack("=I", number))
        host = ipaddress.ip_address(address)
        if columns[9] in mine and not (host.is_loopback or host.is_unspecified):
            far.append(address)
    return far
