"""Claims about sections of the documents, each labelled by whether they bear it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import UsageError
from assistant.models import Language
from evals.cases import Split
from evals.ready import records_of

DEFAULT_FILE = Path(__file__).parent.parent / "checks.jsonl"


class Label(StrEnum):
    """What the evidence makes of a claim."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


class Section(BaseModel):
    """A section of a document, by its heading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str = Field(min_length=1)
    heading: str = Field(min_length=1)


class Labelled(BaseModel):
    """A claim with its evidence and label; ``kind`` tells how it was made of the evidence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    language: Language
    claim: str = Field(min_length=1)
    evidence: tuple[Section, ...] = Field(min_length=1)
    label: Label
    kind: str = Field(min_length=1)
    split: Split


def load_claims(path: Path = DEFAULT_FILE) -> tuple[Labelled, ...]:
    """Every claim of a file, in order.

    Raises:
        UsageError: The file cannot be read, or a line is not a claim; the line is named.
    """
    claims = records_of(path, Labelled, "claims")
    if not claims:
        raise UsageError(f"{path.name} holds no claim. Give one a line.")
    return claims
