"""The words of the subject: documents, passages, questions, citations, answers.

Every type here is a frozen fact. Offsets are counted in Unicode characters of the document's
source file, so ``source[start:end]`` is always the quoted text itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Language(StrEnum):
    """The two languages the assistant speaks."""

    EN = "en"
    ES = "es"


class Audience(StrEnum):
    """Whom an answer is for; it changes order and choice of sentences, never facts."""

    PUBLIC = "public"
    STAFF = "staff"
    ADVOCATE = "advocate"


class Kind(StrEnum):
    """What sort of source a document digests."""

    STATUTE = "statute"
    REGULATION = "regulation"
    COURT = "court"
    AGREEMENT = "agreement"
    GUIDANCE = "guidance"
    OVERSIGHT = "oversight"
    GUIDE = "guide"
    ANALYSIS = "analysis"
    NEWS = "news"


class Standing(StrEnum):
    """Whether what a source says holds today; front matter calls it ``status``."""

    IN_FORCE = "in-force"
    IN_EFFECT = "in-effect"
    BLOCKED = "blocked"
    SUPERSEDED = "superseded"
    PENDING = "pending"
    AFFIRMED = "affirmed"
    REVERSED = "reversed"
    HISTORICAL = "historical"


class Basis(StrEnum):
    """How well founded a digest is: on the text itself, on reports of it, or on background."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    BACKGROUND = "background"


class Origin(StrEnum):
    """Whether a document is a digest of ours, or an official text imported on this machine."""

    DIGEST = "digest"
    OFFICIAL = "official"


class Outcome(StrEnum):
    """Every way in which a question can end; each has a text and a test."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    ABSTAINED = "abstained"
    OUT_OF_SCOPE = "out_of_scope"
    BLOCKED = "blocked"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its front matter describes it.

    ``published`` and ``as_of`` are kept as written: a year, a month or a day in ISO 8601 form.
    ``path`` is relative to the corpus folder, with forward slashes. ``origin`` tells an imported
    official text, quoted to the letter, from a digest in our own words.
    """

    id: str
    language: Language
    title: str
    kind: Kind
    citation: str
    publisher: str
    url: str
    published: str
    as_of: str
    status: Standing
    basis: Basis
    sources: tuple[str, ...]
    topics: tuple[str, ...]
    audiences: tuple[Audience, ...]
    related: tuple[str, ...]
    path: str
    origin: Origin = Origin.DIGEST

    @property
    def is_official(self) -> bool:
        """Whether it is an imported official text, and not a digest of ours."""
        return self.origin is Origin.OFFICIAL


@dataclass(frozen=True, slots=True)
class Section:
    """One ``##`` heading of a document: its questions, and its paragraphs as (start, end) spans.

    ``answers`` has for each question the numbers, from 1, of the section's sentences that answer
    it, the best first; none where the document does not say.
    """

    heading: str
    line: int
    questions: tuple[str, ...]
    paragraphs: tuple[tuple[int, int], ...]
    answers: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document read whole. ``text`` is the source file, front matter and all."""

    source: Source
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotable sentence at its place: ``source_text[start:end] == text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of finding and citing: a section, or some of its paragraphs when it is long.

    ``id`` is a hash of the document, language, pinpoint and text. ``section`` counts headings
    from 0 and ``part`` the pieces of one section. Twin passages share document, section and part.
    ``answers`` has for each question the numbers, from 0, of the sentences of this passage that
    answer it, the best first.
    """

    id: str
    source: Source
    pinpoint: str
    section: int
    part: int
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]
    questions: tuple[str, ...]
    answers: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its fused score and its rank in each list (from 1)."""

    passage: Passage
    score: float
    ranks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation; ``role`` is ``user`` or ``assistant``."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What an asker sends in, before anything has looked at it.

    ``language`` of None means: tell it from the question, and where the question shows none, take
    ``page_language``. ``as_of`` of None means today. ``asked_on`` is the day that counts as today;
    None means the real one.
    """

    question: str
    turns: tuple[Turn, ...] = ()
    language: Language | None = None
    audience: Audience = Audience.PUBLIC
    as_of: date | None = None
    engine: str | None = None
    id: str | None = None
    page_language: Language = Language.EN
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be answered: personal numbers gone, language and date settled.

    ``text`` is shown and kept; ``search_text`` is what retrieval reads (for a follow-up it
    carries the subject of the earlier turns). ``context`` is how the answer began that a follow-up
    points to; it helps finding and is nothing that the asker said. ``turns`` are the earlier turns
    without personal details; ``removed`` names the kinds of detail that this question held, as
    values of ``PersonalKind``. ``asked_on`` is the day that counted as today.
    """

    text: str
    search_text: str
    language: Language
    audience: Audience
    as_of: date
    context: str = ""
    turns: tuple[Turn, ...] = ()
    removed: tuple[str, ...] = ()
    asked_on: date | None = None

    @property
    def earlier_day(self) -> bool:
        """Whether it is asked as of a day before the one on which it was asked."""
        return self.asked_on is not None and self.as_of < self.asked_on

    @property
    def stressed(self) -> str:
        """What is asked now, where ``search_text`` carries earlier turns: it weighs more."""
        follows = self.search_text != self.text and self.search_text.endswith(self.text)
        return self.text if follows else ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and its place. ``number`` is the little number that a reader sees."""

    number: int
    passage: Passage
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A shown sentence and the numbers of the citations it stands on.

    ``quoted`` tells a sentence of a document from one in a model's words that the checks let pass.
    """

    text: str
    citations: tuple[int, ...]
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """What one holder says where sources differ."""

    holder: str
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which the sources differ, each side with its citations."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer was made with: hashes of corpus and index, names of embedder and engine.

    ``prompt`` is the hash of the rules that a model was given, and ``entailment`` names the model
    that its sentences were held against, if any; quotations have neither.
    """

    corpus: str
    index: str
    embedder: str
    engine: str
    settings: str
    prompt: str = ""
    entailment: str = ""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent finding, answering, and in all."""

    retrieve: float
    answer: float
    total: float

    @classmethod
    def between(cls, started: float, retrieved: float, finished: float) -> Timings:
        """The timings between three moments of a clock in seconds."""
        moments = ((started, retrieved), (retrieved, finished), (started, finished))
        return cls(*(round((end - start) * 1000, 1) for start, end in moments))


@dataclass(frozen=True, slots=True)
class Answer:
    """The one shape of an answer, whatever its outcome.

    ``margin`` tells how far the evidence stood above the least that is answered, in log-odds; None
    where nothing was searched. It is for measuring, and no record or export carries it. One that is
    not ``whole`` is still being written.
    """

    question: Question
    engine: str
    outcome: Outcome
    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    follow_ups: tuple[str, ...]
    receipt: Receipt
    timings: Timings
    disagreements: tuple[Disagreement, ...] = ()
    id: str | None = None
    margin: float | None = None
    whole: bool = True
