"""A language model by its name, through LangChain: any provider, any OpenAI-compatible server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.answer.generated.chat import ChatModel, writes_json
from assistant.config import JsonAnswers
from assistant.errors import ModelError, UsageError
from assistant.log import hush

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_MOST_WRITTEN = 600  # tokens of one answer
_MOST_THOUGHT = 4000  # tokens of one answer and of the thoughts before it
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
# At their lowest level these log whole requests, which hold the question and the passages.
_TALKATIVE = ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langchain_core", "langsmith")


def check_name(name: str) -> None:
    """Raises `UsageError` for what cannot be the name of an engine."""
    provider, colon, model = name.partition(":")
    if not (provider and colon and model):
        raise UsageError(
            f"There is no engine {name!r}. Use quotes, or a language model as PROVIDER:MODEL, for "
            "example ollama:gemma3 (set with --engine or ASSISTANT_ENGINE)."
        )


def open_model(
    name: str, url: str | None, seconds: float, json: JsonAnswers = JsonAnswers.AUTO
) -> ChatModel:
    """The model named ``provider:model``; ``url`` is that of an OpenAI-compatible server.

    With ``auto`` it is asked for JSON where LangChain knows that it keeps to a schema. Keys are
    read from the environment by the provider's own library and never by us.

    Raises:
        UsageError: The name is not of that form, or the provider is unknown.
        ModelError: Its library or its key is missing.
    """
    check_name(name)
    provider = name.partition(":")[0]
    settings = _settings(provider, url, seconds)
    chat = _opened(name, settings)
    if fitting := _fitting(provider, chat):
        chat = _opened(name, settings | fitting)
    hush(*_TALKATIVE, provider)
    structured = writes_json(chat) if json is JsonAnswers.AUTO else json is JsonAnswers.ALWAYS
    return ChatModel(name, chat, structured)


def _opened(name: str, settings: dict[str, Any]) -> BaseChatModel:
    provider, _, model = name.partition(":")
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise ModelError(
            f"The engine {name} needs LangChain, which is not installed. Install it with: "
            "pip install 'ask6103[models]'. Or use --engine quotes, which needs nothing."
        ) from error
    try:
        chat: BaseChatModel = init_chat_model(model, model_provider=provider, **settings)
        return chat
    except ImportError as error:
        raise ModelError(f"The engine {name} cannot be opened: {error}") from error
    except ValueError as error:
        first = str(error).partition("\n")[0]
        raise UsageError(
            f"The engine {name!r} cannot be opened: {first} Use --engine quotes, or another model."
        ) from error
    except Exception as error:
        raise ModelError(
            f"The engine {name} cannot be opened ({type(error).__name__}). A hosted model needs "
            "its provider's key in the environment, a server of your own its address in "
            "ASSISTANT_MODEL_URL. Or use --engine quotes, which needs neither."
        ) from error


def _settings(provider: str, url: str | None, seconds: float) -> dict[str, Any]:
    """What the provider's library is told; how often to ask again is for `Caller` to say."""
    if provider == "ollama":
        limits: dict[str, Any] = {
            "num_predict": _MOST_WRITTEN,
            "client_kwargs": {"timeout": seconds},
        }
    else:
        limits = {"max_tokens": _MOST_WRITTEN, "timeout": seconds, "max_retries": 0}
    settings = {"temperature": 0} | limits
    if url:
        settings["base_url"] = url
    if url and provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
        # A server of one's own wants no key, but the library wants one to send.
        settings["api_key"] = "none"
    return settings


def _fitting(provider: str, chat: object) -> dict[str, Any]:
    """What a model must be told otherwise, by what LangChain knows of it.

    One that thinks first spends tokens on that, so it is given more and asked to think little.
    """
    profile = getattr(chat, "profile", None) or {}
    fitting: dict[str, Any] = {}
    if profile.get("temperature") is False:
        fitting["temperature"] = None
    if profile.get("reasoning_output"):
        fitting["max_tokens"] = _MOST_THOUGHT
    levels = profile.get("reasoning_effort_levels")
    if provider == "openai" and levels:
        fitting["reasoning_effort"] = levels[0]
    return fitting


def stays_here(name: str, url: str | None) -> bool:
    """Whether a question put to this engine stays on this machine, as far as its address tells."""
    if url:
        return urlsplit(url).hostname in _LOCAL
    return name == "quotes" or name.startswith(("ollama:", "llamacpp:"))
