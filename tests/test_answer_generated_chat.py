"""A chat model's text comes in lines, whether it writes lines or JSON, and its end is believed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_openai import ChatOpenAI
from model_server import ModelServer, Reply
from openai import APIError
from pydantic import SecretStr

from assistant.answer.generated.chat import ChatModel, CutShort, writes_json
from assistant.answer.generated.prompt import Prompt

pytestmark = pytest.mark.network

PROMPT = Prompt("rules", "passages", {})
WRITTEN = (("The IRS gave addresses.", ["P1"]), ("A court stopped it.", ["P2", "P1"]))
LINES = ["The IRS gave addresses. [P1]\n", "A court stopped it. [P2][P1]\n"]


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    server = ModelServer()
    yield server
    server.close()


def model(server: ModelServer, structured: bool = True) -> ChatModel:
    chat = ChatOpenAI(
        model="m", base_url=server.url, api_key=SecretStr("none"), max_retries=0, timeout=5
    )
    return ChatModel("openai:m", chat, structured)


def in_json(*written: tuple[str, list[str]]) -> str:
    return json.dumps({"sentences": [{"text": text, "keys": keys} for text, keys in written]})


def in_pieces(text: str, size: int = 7) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def test_json_becomes_the_lines_that_any_model_writes(server: ModelServer) -> None:
    server.follow(lambda asked: Reply(in_pieces(in_json(*WRITTEN))))
    assert list(model(server).stream(PROMPT)) == LINES
    [asked] = server.asked
    assert json.loads(asked.raw)["response_format"]["type"] == "json_schema"


def test_a_sentence_in_json_is_given_once_the_next_begins(server: ModelServer) -> None:
    server.follow(lambda asked: Reply([*in_pieces(in_json(*WRITTEN))[:12], " "], cut=True))
    assert list(islice(model(server).stream(PROMPT), 1)) == LINES[:1]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(in_pieces(in_json(*WRITTEN))[:-4], finished="length"), id="too long"),
        pytest.param(Reply(in_pieces(in_json(*WRITTEN))[:-4], finished=None), id="silent"),
        pytest.param(Reply(in_pieces(in_json(*WRITTEN))[:-4], cut=True), id="cut"),
    ],
)
def test_of_json_that_breaks_off_the_last_sentence_is_not_given(
    reply: Reply, server: ModelServer
) -> None:
    server.follow(lambda asked: reply)
    came = []
    with pytest.raises(CutShort if reply.finished == "length" else (ConnectionError, APIError)):
        for line in model(server).stream(PROMPT):
            came.append(line)
    assert came == LINES[:1]


@pytest.mark.parametrize(("finished", "error"), [("length", CutShort), (None, ConnectionError)])
def test_lines_that_end_before_their_time_are_said_to(
    finished: str | None, error: type[Exception], server: ModelServer
) -> None:
    server.follow(lambda asked: Reply(["The IRS gave addresses. [P1]\n"], finished=finished))
    stream = model(server, structured=False).stream(PROMPT)
    assert next(stream) == LINES[0]
    with pytest.raises(error):
        list(stream)


def test_a_server_that_knows_no_schema_is_asked_for_lines_from_then_on(server: ModelServer) -> None:
    def script(asked: object) -> Reply:
        unknown = server.asked[-1].wants_json
        return Reply(status=400) if unknown else Reply(LINES)

    server.follow(script)
    asking = model(server)
    assert "".join(asking.stream(PROMPT)) == "".join(LINES)
    assert "".join(asking.stream(PROMPT)) == "".join(LINES)
    assert [each.wants_json for each in server.asked] == [True, False, False]


def test_a_model_that_knows_no_schema_is_asked_for_lines() -> None:
    chat = FakeListChatModel(responses=["The IRS gave addresses. [P1]"])
    text = "".join(ChatModel("fake:m", chat, structured=True).stream(PROMPT))
    assert text == "The IRS gave addresses. [P1]"


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        '{"sentences": {"text": "x"}}',
        '{"sentences": ["x", 3, null]}',
        '{"said": "The IRS gave addresses. [P1]"}',
    ],
)
def test_json_of_another_form_says_nothing(body: str, server: ModelServer) -> None:
    server.follow(lambda asked: Reply(in_pieces(body)))
    assert list(model(server).stream(PROMPT)) == []


def test_keys_that_are_no_words_are_left_out(server: ModelServer) -> None:
    body = '{"sentences": [{"text": "One\\nline.", "keys": [1, "P2", null]}, {"text": 4}]}'
    server.follow(lambda asked: Reply(in_pieces(body)))
    assert list(model(server).stream(PROMPT)) == ["One line. [P2]\n", " \n"]


def test_a_provider_that_never_says_how_it_ends_is_believed() -> None:
    chat = FakeListChatModel(responses=["The IRS gave addresses. [P1]"])
    text = "".join(ChatModel("fake:m", chat).stream(PROMPT))
    assert text == "The IRS gave addresses. [P1]"


@pytest.mark.parametrize(
    ("name", "known"), [("gpt-4o-mini", True), ("gpt-5", True), ("a-model-of-my-own", False)]
)
def test_json_is_asked_of_models_that_are_known_to_write_it(name: str, known: bool) -> None:
    chat = ChatOpenAI(model=name, api_key=SecretStr("none"))
    assert writes_json(chat) is known
