"""What the README tells those to type who want a language model, run against a scripted one."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

import pytest
from commands import Ran, here
from model_server import Asked, ModelServer, Reply, perfect
from test_readme import LINES, README

from assistant.answer.generated.opening import stays_here
from assistant.config import Settings
from assistant.service import Assistant

RECIPES = [line for line in LINES if "assistant ask" in line and "--engine" in line]
OLLAMA, LLAMA, HOSTED = RECIPES
SET = ("ENGINE", "MODEL_URL", "MODEL_SECONDS", "MODEL_TOKENS")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    running = ModelServer(perfect)
    yield running
    running.close()


@pytest.fixture
def settings(shared_assistant: Assistant) -> Settings:
    return shared_assistant.settings


def parts(line: str) -> tuple[dict[str, str], list[str]]:
    """The variables of a command line, and the words after ``assistant``."""
    words = shlex.split(line)
    at = words.index("assistant")
    return dict(word.split("=", 1) for word in words[:at]), words[at + 1 :]


def assert_it_wrote(ran: Ran, name: str) -> None:
    """The answer is this engine's, and no notice tells of a model that failed."""
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["engine"] == name
    assert told["sentences"]
    assert not [notice for notice in told["notices"] if "language model" in notice]


def engine(line: str) -> str:
    return parts(line)[1][-1]


def ollama(asked: Asked) -> Reply:
    """The same words as Ollama sends them."""
    said = {"model": "gemma3", "created_at": "2026-01-01T00:00:00Z"}
    whole = {"role": "assistant", "content": "".join(perfect(asked).pieces)}
    last = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
    lines = ({"message": whole, "done": False}, last)
    return Reply(body="".join(f"{json.dumps(said | line)}\n" for line in lines))


@pytest.mark.network
def test_a_server_of_ones_own_writes_what_is_shown(server: ModelServer, settings: Settings) -> None:
    variables, words = parts(LLAMA)
    url = variables["ASSISTANT_MODEL_URL"]
    assert stays_here(words[-1], url)
    assert url.endswith(f":{_port_of_llama_server()}/v1")
    ran = here(*words, "--json", settings=settings, ASSISTANT_MODEL_URL=server.url)
    assert_it_wrote(ran, words[-1])
    (asked,) = server.asked
    assert asked.headers["authorization"] == "Bearer none"


@pytest.mark.network
def test_a_hosted_model_gets_the_key_that_the_readme_names(
    server: ModelServer, settings: Settings
) -> None:
    exported = next(line for line in LINES if line.startswith("export ")).split()[1]
    name, _, _ = exported.partition("=")
    _, words = parts(HOSTED)
    assert not stays_here(words[-1], None)
    given = {name: "a-key", "OPENAI_BASE_URL": server.url}
    ran = here(*words, settings=settings, **given)
    assert ran.code == 0, ran.err
    (asked,) = server.asked
    assert asked.headers["authorization"] == "Bearer a-key"
    assert "a-key" not in ran.out + ran.err


def test_without_the_key_it_ends_with_a_sentence_that_names_it(settings: Settings) -> None:
    ran = here(*parts(HOSTED)[1], settings=settings, OPENAI_API_KEY="")
    assert ran.code == 4
    assert "key" in ran.notice


@pytest.mark.network
def test_ollama_writes_what_is_shown(server: ModelServer, settings: Settings) -> None:
    server.follow(ollama)
    _, words = parts(OLLAMA)
    assert stays_here(words[-1], None)
    host = server.url.removesuffix("/v1")
    ran = here(*words, "--json", settings=settings, OLLAMA_HOST=host)
    assert_it_wrote(ran, words[-1])


def test_ollama_is_asked_for_the_model_that_was_pulled() -> None:
    pulled = next(line for line in LINES if line.startswith("ollama pull")).split()[-1]
    assert engine(OLLAMA) == f"ollama:{pulled}"


@pytest.mark.parametrize("name", SET)
def test_each_setting_is_told_with_its_default(name: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `ASSISTANT_{name}`"))
    default = getattr(Settings(), name.lower())
    told = row.split("|")[2].strip(" `")
    assert told == ("none" if default is None else f"{default:g}" if name[-1] == "S" else default)


def _port_of_llama_server() -> str:
    line = next(line for line in LINES if line.startswith("llama-server"))
    return line.split()[-1]
