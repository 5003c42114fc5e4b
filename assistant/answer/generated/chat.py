"""A LangChain chat model as we use it: its text in lines, however the model hands it over.

A model that can is asked for its sentences and keys in JSON; each sentence becomes a line as any
other model writes it, so that what follows reads one form only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from assistant.answer.generated.prompt import Prompt
from assistant.log import logger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk
    from langchain_core.output_parsers import BaseLLMOutputParser
    from langchain_core.runnables import Runnable

SCHEMA: dict[str, Any] = {
    "title": "Answer",
    "description": "A short answer, each sentence with the keys of the passages it rests on.",
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string", "description": "One sentence, without its keys."},
                    "keys": {
                        "type": "array",
                        "items": {"type": "string"},
                        "description": "Keys of the passages it rests on, such as P2.",
                    },
                },
                "required": ["text", "keys"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}
# How providers say that a text is at its end, and what they call an end before its time.
_ENDS = ("finish_reason", "done_reason", "stop_reason")
_BEFORE_TIME = frozenset({"length", "max_tokens"})
# Of these it is known that they say so, so that silence means a broken connection.
_SAY_SO = frozenset({"openai", "azure_openai", "ollama", "anthropic"})
_NO_SUCH_REQUEST = frozenset({400, 404, 415, 422, 501})  # by HTTP, where JSON is not known

_log = logger("model")


class CutShort(Exception):
    """A model came to the end of what it may write, and not of what it had to say."""


class ChatModel:
    """A LangChain chat model behind our seam; ``structured`` asks it for JSON.

    A server that refuses to be asked for JSON is asked for plain lines from then on.
    """

    def __init__(self, name: str, chat: BaseChatModel, structured: bool = False) -> None:
        self.name, self._chat = name, chat
        self._provider = name.partition(":")[0]
        self._structured = structured

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The model's text, piece by piece; a tracing service set up for others learns nothing.

        Raises:
            CutShort: The model was not done when its tokens were used up.
            ConnectionError: The stream closed before its end.
            Exception: Whatever the provider's library raises.
        """
        from langsmith import tracing_context

        messages = [("system", prompt.system), ("human", prompt.user)]
        with tracing_context(enabled=False):
            if not self._structured:
                yield from self._plain(messages)
                return
            begun = False
            try:
                for piece in self._lines(messages):
                    begun = True
                    yield piece
            except Exception as error:
                # OpenAI's library has an error of its own for it, which is nowhere else.
                if type(error).__name__ == "LengthFinishReasonError":
                    raise CutShort("length") from error
                if begun or not _knows_no_json(error):
                    raise
                _log.info("the model takes no JSON schema; it is asked for plain lines")
                self._structured = False
                yield from self._plain(messages)

    def _plain(self, messages: list[tuple[str, str]]) -> Iterator[str]:
        end = None
        for chunk in self._chat.stream(messages):
            end = _end_of(chunk.response_metadata) or end
            yield str(chunk.text)
        self._check(end)

    def _lines(self, messages: list[tuple[str, str]]) -> Iterator[str]:
        """Each sentence as a line as soon as the next one begins, the last once all is well."""
        from langchain_core.outputs import ChatGeneration

        chat, parser = self._asking_for_json()
        held: AIMessageChunk | None = None
        end, given = None, 0
        sentences: list[str] = []
        for chunk in chat.stream(messages):
            held = chunk if held is None else held + chunk
            end = _end_of(chunk.response_metadata) or end
            answer = parser.parse_result([ChatGeneration(message=held)], partial=True)
            sentences = _sentences(answer)
            yield from sentences[given : len(sentences) - 1]
            given = max(given, len(sentences) - 1)
        self._check(end)
        yield from sentences[given:]

    def _asking_for_json(
        self,
    ) -> tuple[Runnable[Any, AIMessageChunk], BaseLLMOutputParser[object]]:
        """The model bound to our schema in its provider's own way, and what reads its answer."""
        chain = cast("Any", self._chat.with_structured_output(SCHEMA))
        return chain.first, chain.last

    def _check(self, end: str | None) -> None:
        if end in _BEFORE_TIME:
            raise CutShort(end)
        if end is None and self._provider in _SAY_SO:
            raise ConnectionError("the stream closed before its end")


def writes_json(chat: BaseChatModel) -> bool:
    """Whether LangChain's profile of a model tells that it keeps to a schema."""
    profile = getattr(chat, "profile", None) or {}
    return bool(profile.get("structured_output"))


def _knows_no_json(error: Exception) -> bool:
    status = getattr(error, "status_code", None)
    return isinstance(error, NotImplementedError) or status in _NO_SUCH_REQUEST


def _sentences(answer: object) -> list[str]:
    """The sentences of a whole or partial answer in JSON, as lines with their keys."""
    listed = answer.get("sentences") if isinstance(answer, Mapping) else None
    return [_line(each) for each in listed or () if isinstance(each, Mapping)]


def _line(sentence: Mapping[str, object]) -> str:
    text, keys = sentence.get("text"), sentence.get("keys")
    named = [f"[{key}]" for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
    said = " ".join(text.split()) if isinstance(text, str) else ""
    return f"{said} {''.join(named)}\n"


def _end_of(metadata: Mapping[str, object]) -> str | None:
    said = next((metadata[name] for name in _ENDS if metadata.get(name)), None)
    return str(said) if said else None
