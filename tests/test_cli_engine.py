"""``assistant ask --engine PROVIDER:MODEL``: one question or many, and what is wrong told early."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Ran, here
from contract import check_record
from model_server import ModelServer, perfect

from assistant.config import Settings

QUESTION = "How many addresses did the IRS give to ICE?"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    listening = ModelServer(perfect)
    yield listening
    listening.close()


@pytest.mark.network
@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_model_answers_when_it_is_named(small: Settings, server: ModelServer, by: str) -> None:
    named = {"ASSISTANT_ENGINE": "openai:scripted"} if by == "variable" else {}
    option = ["--engine", "openai:scripted"] if by == "option" else []
    more = {"ASSISTANT_MODEL_URL": server.url, **named}
    ran = here("ask", QUESTION, *option, "--json", settings=small, **more)
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    check_record(found)
    assert found["engine"] == "openai:scripted"
    assert not found["sentences"][0].get("quoted", False)


@pytest.mark.network
def test_a_model_answers_a_file_of_questions(
    small: Settings, server: ModelServer, tmp_path: Path
) -> None:
    file = tmp_path / "asked.jsonl"
    rows = [{"id": 1, "question": QUESTION}, {"id": 2, "question": "ICE is at my door"}]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    server.follow(perfect)
    options = ["--batch", str(file), "--engine", "openai:scripted"]
    ran = here("ask", *options, settings=small, ASSISTANT_MODEL_URL=server.url)
    assert (ran.code, ran.err) == (0, "")
    assert [json.loads(line)["engine"] for line in ran.lines] == ["openai:scripted", "quotes"]
    assert len(server.asked) == 1


WRONG = [
    ("oracle", 2, "There is no engine 'oracle'. Use quotes, or a language model as PROVIDER:MODEL"),
    ("nobody:model", 2, "The engine 'nobody:model' cannot be opened"),
    ("openai:gpt", 4, "A hosted model needs its provider's key in the environment"),
    ("anthropic:claude", 4, "langchain-anthropic"),
]


@pytest.mark.parametrize(("engine", "code", "says"), WRONG)
@pytest.mark.parametrize("batch", [False, True])
def test_what_is_wrong_with_an_engine_is_told_before_an_index_is_built(
    small_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
    code: int,
    says: str,
    batch: bool,
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    file = tmp_path / "asked.jsonl"
    file.write_text(json.dumps({"question": QUESTION}), encoding="utf-8")
    what = ["--batch", str(file)] if batch else [QUESTION]
    told(here("ask", *what, "--engine", engine, settings=small_settings), code, says)
    assert not small_settings.index.exists()


def test_a_missing_library_is_told_with_how_to_install_it(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    ran = here("ask", QUESTION, "--engine", "openai:gpt", settings=small)
    told(ran, 4, "pip install 'ask6103[models]'")


def told(ran: Ran, code: int, says: str) -> None:
    """The command ended so, with one message and no traceback."""
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.notice
    assert "Traceback" not in ran.err
