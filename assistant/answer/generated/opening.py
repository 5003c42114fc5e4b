"""A language model by its name, through LangChain: any provider, any OpenAI-compatible server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.answer.generated.prompt import Prompt
from assistant.errors import ModelError, UsageError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_MOST_WRITTEN = 600  # tokens of one answer
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class ChatModel:
    """A LangChain chat model behind our seam."""

    def __init__(self, name: str, chat: BaseChatModel) -> None:
        self.name, self._chat = name, chat

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The model's text, piece by piece."""
        for chunk in self._chat.stream([("system", prompt.system), ("human", prompt.user)]):
            yield str(chunk.text)


def check_name(name: str) -> None:
    """Raises `UsageError` for what cannot be the name of an engine."""
    provider, colon, model = name.partition(":")
    if not (provider and colon and model):
        raise UsageError(
            f"There is no engine {name!r}. Use quotes, or a language model as PROVIDER:MODEL, for "
            "example ollama:gemma3 (set with --engine or ASSISTANT_ENGINE)."
        )


def open_model(name: str, url: str | None, seconds: float) -> ChatModel:
    """The model named ``provider:model``; ``url`` is that of an OpenAI-compatible server.

    Keys are read from the environment by the provider's own library and never by us.

    Raises:
        UsageError: The name is not of that form, or the provider is unknown.
        ModelError: Its library or its key is missing.
    """
    check_name(name)
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise ModelError(
            f"The engine {name} needs LangChain, which is not installed. Install it with: "
            "pip install 'ask6103[models]'. Or use --engine quotes, which needs nothing."
        ) from error
    settings: dict[str, Any] = {
        "temperature": 0,
        "timeout": seconds,
        "max_retries": 0,
        "max_tokens": _MOST_WRITTEN,
    }
    if url:
        # A server of one's own wants no key, but the library wants one to send.
        settings |= {"base_url": url, "api_key": os.environ.get("OPENAI_API_KEY", "none")}
    try:
        chat = init_chat_model(name, **settings)
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
    return ChatModel(name, chat)


def stays_here(name: str, url: str | None) -> bool:
    """Whether a question put to this engine stays on this machine, as far as its address tells."""
    if url:
        return any(f"//{host}" in url for host in _LOCAL)
    return name == "quotes" or name.startswith(("ollama:", "llamacpp:"))
