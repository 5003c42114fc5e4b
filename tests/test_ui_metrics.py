"""Counts for whoever watches over the server, and nothing of what was asked."""

import re
import subprocess
import sys

import pytest
from ui_fakes import FakeAssistant

from assistant.models import Audience, Language, Request
from assistant.ui.metrics import Metrics, resident_memory
from assistant.ui.watched import Watched

SAMPLE = re.compile(r'[a-z0-9_]+(\{([a-z]+="[^"]*",?)+\})? [0-9.e+-]+')


def request(question: str, language: Language = Language.EN) -> Request:
    return Request(question=question, audience=Audience.PUBLIC, page_language=language)


def test_every_answer_is_counted_by_how_it_ended() -> None:
    metrics = Metrics()
    watched = Watched(FakeAssistant(), metrics)
    watched.ask(request("What is § 6103?"))
    watched.ask(request("¿Qué es la § 6103?", Language.ES))
    watched.ask(request("outcome abstained"))
    with pytest.raises(RuntimeError):
        watched.ask(request("explode"))
    text = metrics.text()
    answers = [line for line in text.splitlines() if line.startswith("ask6103_answers_total{")]
    assert answers == [
        'ask6103_answers_total{engine="none",language="none",outcome="failed"} 1',
        'ask6103_answers_total{engine="quotes",language="en",outcome="abstained"} 1',
        'ask6103_answers_total{engine="quotes",language="en",outcome="answered"} 1',
        'ask6103_answers_total{engine="quotes",language="es",outcome="answered"} 1',
    ]
    assert "ask6103_answers_running 0" in text
    assert "ask6103_answer_seconds_count 4" in text


def test_an_answer_that_is_left_alone_counts_as_stopped() -> None:
    metrics = Metrics()
    running = Watched(FakeAssistant(), metrics).answers(request("slowly"))
    next(running)
    assert "ask6103_answers_running 1" in metrics.text()
    running.close()  # type: ignore[attr-defined]
    text = metrics.text()
    assert 'answers_total{engine="none",language="none",outcome="stopped"} 1' in text
    assert "ask6103_answers_running 0" in text


def test_no_word_of_a_question_is_among_the_counts() -> None:
    metrics = Metrics()
    Watched(FakeAssistant(), metrics).ask(request("Is zanzibar safe?"))
    assert "zanzibar" not in metrics.text()


def test_the_text_is_what_prometheus_reads() -> None:
    metrics = Metrics()
    metrics.count("refused", reason='a "quoted"\nre\\ason')
    metrics.took(0.07)
    metrics.took(99)
    lines = metrics.text().splitlines()
    assert all(SAMPLE.fullmatch(line.replace('\\"', "")) for line in lines if line[0] != "#")
    assert 'ask6103_answer_seconds_bucket{le="0.05"} 0' in lines
    assert 'ask6103_answer_seconds_bucket{le="0.1"} 1' in lines
    assert 'ask6103_answer_seconds_bucket{le="+Inf"} 2' in lines
    assert 'ask6103_refused_total{reason="a \\"quoted\\"\\nre\\\\ason"} 1' in lines
    families = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(families) == len(set(families))


def test_memory_is_this_process_or_another_ones() -> None:
    assert resident_memory() > 10_000_000
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert 0 < resident_memory(other.pid) < resident_memory()
    assert resident_memory("none such") == 0
