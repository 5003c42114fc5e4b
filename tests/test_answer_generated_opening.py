"""A model is opened by its name; what is wrong with name, library or key is said, and the mend."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from assistant.answer.generated.opening import check_name, open_model, stays_here
from assistant.errors import AssistantError, ModelError, UsageError


@pytest.mark.parametrize("name", ["oracle", "openai:", ":gpt", ":", "", "quotes "])
def test_what_is_no_name_is_refused_with_the_form_of_one(name: str) -> None:
    with pytest.raises(UsageError, match="PROVIDER:MODEL, for example ollama:gemma3"):
        check_name(name)


@pytest.mark.parametrize("name", ["openai:gpt-5", "ollama:gemma3:4b", "anthropic:claude"])
def test_any_provider_and_model_is_a_name(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        (
            "nobody:model",
            UsageError,
            "'nobody:model' cannot be opened: Unsupported .*--engine qu",
        ),
        ("anthropic:claude", ModelError, "langchain-anthropic"),
        ("openai:gpt", ModelError, "provider's key in the environment"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(
    name: str, kind: type[AssistantError], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    with pytest.raises(kind, match=says):
        open_model(name, None, 5)


def test_without_langchain_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    with pytest.raises(ModelError, match=r"pip install 'ask6103\[models\]'.*--engine quotes"):
        open_model("openai:gpt", None, 5)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What LangChain is told."""
    told: dict[str, Any] = {}
    monkeypatch.setattr(
        "langchain.chat_models.init_chat_model", lambda name, **more: told.update(more, name=name)
    )
    return told


@pytest.mark.parametrize("key", [None, "sk-own"])
def test_a_server_of_ones_own_needs_no_key(
    key: str | None, opened: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key or "")
    assert open_model("openai:m", "http://127.0.0.1:1/v1", 5).name == "openai:m"
    assert opened["base_url"] == "http://127.0.0.1:1/v1"
    assert opened.get("api_key") == (None if key else "none")
    assert (opened["temperature"], opened["timeout"], opened["max_retries"]) == (0, 5, 0)


def test_a_key_is_given_to_no_other_provider(
    opened: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
    open_model("mistralai:m", "http://127.0.0.1:1/v1", 5)
    assert "api_key" not in opened


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gpt-4o-mini", {"temperature": 0.0, "max_completion_tokens": 600}),
        ("gpt-5-mini", {"reasoning_effort": "minimal", "max_completion_tokens": 4000}),
        ("o4-mini", {"max_completion_tokens": 4000}),
        ("a-model-of-my-own", {"temperature": 0.0, "max_completion_tokens": 600}),
    ],
)
def test_a_model_is_told_what_it_understands(
    name: str, told: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
    chat: Any = open_model(f"openai:{name}", "http://127.0.0.1:1/v1", 5)._chat
    sent = chat._get_request_payload([("human", "Why?")])
    kept = ("temperature", "max_completion_tokens", "reasoning_effort")
    assert {key: sent[key] for key in kept if key in sent} == told


def test_ollama_is_told_its_limits_by_the_names_it_knows() -> None:
    chat: Any = open_model("ollama:gemma3", "http://127.0.0.1:1", 5)._chat
    assert (chat.num_predict, chat.client_kwargs) == (600, {"timeout": 5})
    assert chat.base_url == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("name", "url", "stays"),
    [
        ("quotes", None, True),
        ("ollama:gemma3", None, True),
        ("openai:gpt", None, False),
        ("openai:m", "http://localhost:8080/v1", True),
        ("openai:m", "http://127.0.0.1/v1", True),
        ("openai:m", "http://[::1]:1/v1", True),
        ("openai:m", "https://api.example.org/v1", False),
        ("openai:m", "https://localhost.example.org/v1", False),
        ("openai:m", "https://example.org//localhost", False),
        ("ollama:gemma3", "https://ollama.example.org", False),
    ],
)
def test_whether_a_question_stays_on_this_machine_is_told_by_the_address(
    name: str, url: str | None, stays: bool
) -> None:
    assert stays_here(name, url) is stays
