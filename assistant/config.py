"""Settings: one frozen class, read from ``ASSISTANT_*`` variables, usable as it stands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

_CHECKOUT = Path(__file__).resolve().parent.parent
BUNDLED_MODEL = "all-MiniLM-L6-v2"
DEFAULT_EMBEDDER = f"{BUNDLED_MODEL}+adapter"
QUOTES_ENGINE = "quotes"


class JsonAnswers(StrEnum):
    """When a language model is asked for its sentences in JSON rather than in lines."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Settings(BaseSettings):
    """Everything that can be set from outside; every default works with no key and no network.

    Attributes:
        corpus: Folder of documents (``<language>/<shelf>/<id>.md``).
        index: Folder the search index is kept in.
        embedder: The bundled ``all-MiniLM-L6-v2`` as it was taught this subject (``+adapter``), or
            as it was published, or a sentence-transformers name or folder.
        chroma_url: Address of a Chroma server; None keeps vectors on disk beside the words.
        engine: Who writes answers; ``quotes`` shows only sentences of the documents, and
            ``PROVIDER:MODEL`` lets a language model write what is then checked.
        model_url: Address of an OpenAI-compatible server that has the model.
        model_seconds: Time that a model has for one answer, in seconds.
        model_tokens: Tokens of passages and rules that a model is given; its window must hold more.
        model_json: Whether a model is asked for JSON: ``always``, ``never``, or with ``auto`` where
            it is known to keep to a schema.
        entailment: A cross-encoder (sentence-transformers name or folder) that tells entailment and
            is asked of every sentence of a model as well; None asks none.
        model_off: A file that turns generated answers off for as long as it is there.
        public: Whether the page may listen where other machines can reach it.
        behind_proxy: Whether a reverse proxy with TLS stands in front and tells clients' addresses.
        questions_a_minute: How often one client may ask; 0 sets no limit.
        sign_in: A file of names and hashed passwords; with it, every page asks for one of them.
        metrics_open: Whether others than this machine may read the counts at ``/metrics``.
    """

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", frozen=True, extra="ignore", protected_namespaces=()
    )

    corpus: Path = _CHECKOUT / "corpus"
    index: Path = _CHECKOUT / ".index"
    embedder: str = DEFAULT_EMBEDDER
    chroma_url: str | None = None
    engine: str = QUOTES_ENGINE
    model_url: str | None = None
    model_seconds: float = Field(default=30.0, gt=0, le=600)
    model_tokens: int = Field(default=3000, ge=500)
    model_json: JsonAnswers = JsonAnswers.AUTO
    entailment: str | None = None
    model_off: Path | None = None
    public: bool = False
    behind_proxy: bool = False
    questions_a_minute: int = Field(default=60, ge=0)
    sign_in: Path | None = None
    metrics_open: bool = False


def load_settings(corpus: Path | None = None, index: Path | None = None) -> Settings:
    """Settings from the environment, with the command line's folders on top.

    Raises:
        SettingsError: A variable has a value that cannot be used.
    """
    given = {"corpus": corpus, "index": index}
    try:
        return Settings.model_validate(
            Settings().model_dump()
            | {name: value.absolute() for name, value in given.items() if value is not None}
        )
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(
            f"{name} cannot be used: {first['msg']}. Correct or unset it and try again."
        ) from error
