"""Documents are read whole, every paragraph at its offsets, or refused with a mend."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.problem import DocumentError
from assistant.corpus.read import corpus_hash, read_corpus, read_document
from assistant.corpus.sentences import sentence_spans
from assistant.errors import CorpusError
from assistant.models import Audience, Basis, Document, Kind, Language, Origin, Standing

CORPUS = Path(__file__).parent.parent / "corpus"
FRONT = """---
id: sample
title: "A sample: with a colon"
kind: guide
citation: "Sample v. Sample"
publisher: Nobody
url: https://example.org/sample
published: 2022
as_of: 2026-11-22
status: in-effect
basis: secondary
sources:
  - https://example.org/sample
  - https://example.org/other
topics: [numbers, data]
audiences: [public, staff]
language: en
related: []
---
"""


def write(folder: Path, body: str, front: str = FRONT, name: str = "en/guides/sample.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((front + body).encode())
    return path


def read(folder: Path, body: str, front: str = FRONT) -> Document:
    return read_document(write(folder, body, front), folder)


def paragraphs(document: Document) -> list[list[str]]:
    return [
        [document.text[start:end] for start, end in section.paragraphs]
        for section in document.sections
    ]


def test_front_matter_becomes_the_source_with_dates_as_written(tmp_path: Path) -> None:
    source = read(tmp_path, "\n## One\n\n> Q?\n\nText.\n").source
    assert source.title == "A sample: with a colon"
    assert (source.published, source.as_of) == ("2022", "2026-11-22")
    assert (source.kind, source.status, source.basis) == (
        Kind.GUIDE,
        Standing.IN_EFFECT,
        Basis.SECONDARY,
    )
    assert source.sources == ("https://example.org/sample", "https://example.org/other")
    assert source.audiences == (Audience.PUBLIC, Audience.STAFF)
    assert source.language is Language.EN
    assert source.related == ()
    assert source.path == "en/guides/sample.md"


def test_a_section_knows_its_heading_line_and_questions(tmp_path: Path) -> None:
    document = read(
        tmp_path, "\n## One\n\n> First?\n> Second?\n\nText.\n\n## Two\n> Third?\nMore.\n"
    )
    lines = document.text.split("\n")
    first, second = document.sections
    assert (first.heading, first.questions) == ("One", ("First?", "Second?"))
    assert (second.heading, second.questions) == ("Two", ("Third?",))
    assert lines[first.line - 1] == "## One"
    assert lines[second.line - 1] == "## Two"


class TestTheSentencesThatAQuestionNames:
    """A question may end in an arrow and the numbers of the sentences that answer it."""

    @pytest.mark.parametrize(
        ("line", "question", "answers"),
        [
            ("Who did it?", "Who did it?", ()),
            ("Who did it? → 2", "Who did it?", (2,)),
            ("Who did it? → 2, 3", "Who did it?", (2, 3)),
            ("Who did it? → 3, 1, 12", "Who did it?", (3, 1, 12)),
            ("¿Quién fue? → 10", "¿Quién fue?", (10,)),
            ("who did it → 1", "who did it", (1,)),
            # Space before the arrow is the writer's own; all else is written one way.
            ("Who did it?   → 2", "Who did it?", (2,)),
            ("Who did it?→ 2", "Who did it?", (2,)),
            ("Who did it? → 2   ", "Who did it?", (2,)),
            ("Who did it? →2", "Who did it? →2", ()),
            ("Who did it? →  2", "Who did it? →  2", ()),
            ("Who did it? → 2,3", "Who did it? → 2,3", ()),
            ("Who did it? → 2, ", "Who did it? → 2,", ()),
            ("Who did it? → 2 3", "Who did it? → 2 3", ()),
            ("Who did it? -> 2", "Who did it? -> 2", ()),
            # An arrow that points at no numbers is part of the question.
            ("Does IRS → ICE go on?", "Does IRS → ICE go on?", ()),
            ("IRS → ICE", "IRS → ICE", ()),
            ("Is it 2024 → 2025?", "Is it 2024 → 2025?", ()),
            ("Does IRS → ICE go on? → 4", "Does IRS → ICE go on?", (4,)),
            ("What of 1 → 2? → 4, 5", "What of 1 → 2?", (4, 5)),
            ("Who? → 1234", "Who? → 1234", ()),
        ],
    )
    def test_are_read_off_its_end(
        self, tmp_path: Path, line: str, question: str, answers: tuple[int, ...]
    ) -> None:
        (section,) = read(tmp_path, f"\n## One\n\n> {line}\n\nText.\n").sections
        assert (section.questions, section.answers) == ((question,), (answers,))

    def test_stand_beside_their_questions_in_their_order(self, tmp_path: Path) -> None:
        asked = "> First? → 2\n> Second?\n>\n> Third? → 1, 3"
        document = read(tmp_path, f"\n## One\n\n{asked}\n\nText.\n\n## Two\n> Fourth? → 1\nMore.\n")
        first, second = document.sections
        assert first.questions == ("First?", "Second?", "Third?")
        assert first.answers == ((2,), (), (1, 3))
        assert (second.questions, second.answers) == (("Fourth?",), ((1,),))

    def test_leave_the_text_of_the_section_as_it_is(self, tmp_path: Path) -> None:
        named = read(tmp_path, "\n## One\n\n> Who? → 1\n\nGo → 2\n")
        assert paragraphs(named) == [["Go → 2"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One line\nand its second.", ["One line\nand its second."]),
        ("  One.  \n   \nTwo.\n\n\n", ["One.", "Two."]),
        ("Four things:\n\n- a;\n- b.\n\nAfter.", ["Four things:\n\n- a;\n- b.", "After."]),
        ("Four things:\n- a;\n- b.", ["Four things:\n- a;\n- b."]),
        ("Steps:\n\n1. a\n\n2. b\n\nAfter.", ["Steps:\n\n1. a\n\n2. b", "After."]),
        ("No colon.\n\n- a;\n- b.", ["No colon.", "- a;\n- b."]),
        ("A colon:\n\nand no list.", ["A colon:", "and no list."]),
        ("One.\n\n> A late quotation.\n\nTwo.", ["One.", "Two."]),
        ("One.\n> A late quotation.\nTwo.", ["One.", "Two."]),
        ("### Deeper\n\nOne.", ["### Deeper", "One."]),
    ],
)
def test_paragraphs_are_runs_of_lines(tmp_path: Path, body: str, expected: list[str]) -> None:
    document = read(tmp_path, f"\n## One\n\n> Q?\n\n{body}\n")
    assert paragraphs(document) == [expected]


words = st.text(alphabet="aá¿?.,–§\U0001f4c4 ", min_size=1).filter(str.strip)
bodies = st.lists(
    st.one_of(
        words,
        words.map(lambda text: f"## {text}"),
        words.map(lambda text: f"> {text}"),
        words.map(lambda text: f"- {text}"),
        st.just(""),
    ),
    max_size=20,
).map("\n".join)


@given(bodies)
def test_spans_are_ordered_stripped_and_hold_every_word_of_text(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    document = read(tmp_path_factory.mktemp("c"), f"\n## Start\n{body}\n")
    spans = [span for section in document.sections for span in section.paragraphs]
    texts = [document.text[start:end] for start, end in spans]
    bounds = [at for span in spans for at in span]
    assert bounds == sorted(bounds)
    assert all(text and text == text.strip() for text in texts)
    written = [
        word
        for line in body.split("\n")
        if not line.lstrip().startswith((">", "## "))
        for word in line.split()
    ]
    assert " ".join(texts).split() == written


def test_every_paragraph_of_the_real_corpus_is_at_its_offsets() -> None:
    documents = read_corpus(CORPUS)
    assert [d.source.language for d in documents] == sorted(d.source.language for d in documents)
    for document in documents:
        assert document.text == (CORPUS / document.source.path).read_text(encoding="utf-8")
        for section in document.sections:
            assert section.questions or document.source.origin is Origin.OFFICIAL, section.heading
            assert section.paragraphs, section.heading
            for start, end in section.paragraphs:
                text = document.text[start:end]
                assert text == text.strip()
                assert not text.startswith((">", "##"))


class TestTheSentencesNamedInTheRealCorpus:
    def named(self, documents: Sequence[Document]) -> Iterator[tuple[str, tuple[int, ...], int]]:
        """Each question, the numbers that it names, and how many sentences its section has."""
        for document in documents:
            for section in document.sections:
                count = sum(
                    len(sentence_spans(document.text[start:end]))
                    for start, end in section.paragraphs
                )
                for question, numbers in zip(section.questions, section.answers, strict=True):
                    place = f"{document.source.path}: {section.heading}: {question}"
                    yield place, numbers, count

    def test_are_sentences_of_the_section_and_none_twice(
        self, whole_documents: tuple[Document, ...]
    ) -> None:
        wrong = [
            (place, numbers, count)
            for place, numbers, count in self.named(whole_documents)
            if len(set(numbers)) < len(numbers) or not all(1 <= each <= count for each in numbers)
        ]
        assert wrong == []

    def test_nearly_every_question_names_one(self, whole_documents: tuple[Document, ...]) -> None:
        named = [bool(numbers) for _, numbers, _ in self.named(whole_documents)]
        assert sum(named) >= 0.99 * len(named)

    def test_no_arrow_is_left_in_a_question(self, whole_documents: tuple[Document, ...]) -> None:
        """One that is written another way would be read as part of the question."""
        left = [place for place, _, _ in self.named(whole_documents) if "→" in place]
        assert left == []


def changed(key: str, value: str | None) -> str:
    lines = [line for line in FRONT.split("\n") if not line.startswith(f"{key}:")]
    return "\n".join(lines if value is None else [*lines[:1], f"{key}: {value}", *lines[1:]])


@pytest.mark.parametrize(
    ("front", "line", "what"),
    [
        (changed("id", "Bad Name"), 2, "'id' cannot be used"),
        (changed("kind", "rumour"), 2, "'kind' cannot be used"),
        (changed("status", "null"), 2, "'status' cannot be used"),
        (changed("basis", "[primary]"), 2, "'basis' cannot be used"),
        (changed("language", "fr"), 2, "'language' cannot be used"),
        (changed("title", '""'), 2, "'title' cannot be used"),
        (changed("url", "example.org"), 2, "'url' cannot be used"),
        (changed("url", "javascript:alert(1)"), 2, "'url' cannot be used"),
        (changed("published", "2026-02-30"), 2, "'2026-02-30' is not a date of the calendar"),
        (changed("published", "2026-13"), 2, "'2026-13' is not a date of the calendar"),
        (changed("published", "0000"), 2, "'0000' is not a date of the calendar"),
        (changed("as_of", "yesterday"), 2, "is not a year, a year and month"),
        (changed("as_of", "2026-1-5"), 2, "is not a year, a year and month"),
        (changed("as_of", "2026-W01-1"), 2, "is not a year, a year and month"),
        (changed("audiences", "[public, press]"), 2, "'audiences' cannot be used"),
        (changed("audiences", "[]"), 2, "'audiences' cannot be used"),
        (changed("topics", "[data, data]"), 2, "an entry stands twice"),
        (changed("related", "none"), 2, "'related' cannot be used"),
        (changed("as_of", None), 1, "front matter lacks 'as_of'"),
        (changed("colour", "red"), 2, "unknown key 'colour'"),
        (FRONT.replace("kind: guide", "id: again"), 4, "'id' stands twice"),
        (FRONT.replace('"A sample: with a colon"', "A sample: with: colons"), 3, "is not YAML"),
        ("---\n---\n", 2, "front matter is empty"),
        ("---\n- a\n---\n", 2, "front matter is empty"),
        ("---\nid: sample\n", 1, "front matter has no end"),
        ("", 1, "no front matter"),
    ],
)
def test_bad_front_matter_is_refused_with_its_line(
    tmp_path: Path, front: str, line: int, what: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, "\n## One\n\n> Q?\n\nText.\n", front)
    (problem,) = caught.value.problems
    assert what in problem.what
    assert problem.line == line
    assert str(caught.value).startswith(f"en/guides/sample.md:{line}: ")
    assert problem.mend


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"\xef\xbb\xbf" + FRONT.encode(), 1, "byte order mark"),
        (FRONT.replace("\n", "\r\n").encode(), 1, "carriage return"),
        (FRONT.encode() + b"\n## One\n\nA\rB\n", 23, "carriage return"),
        (FRONT.encode() + b"\n\xf1ame\n", 21, "not UTF-8"),
        (FRONT.encode("utf-16"), 1, "not UTF-8"),
    ],
)
def test_a_file_in_another_form_is_refused_with_a_mend(
    tmp_path: Path, content: bytes, line: int, what: str
) -> None:
    path = tmp_path / "en.md"
    path.write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        read_document(path, tmp_path)
    assert str(caught.value).startswith(f"en.md:{line}: ")
    assert what in str(caught.value)
    assert "Save the file" in str(caught.value)


def test_a_missing_or_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no such folder.*--corpus"):
        read_corpus(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match=r"holds no documents.*--corpus"):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match="no such folder"):
        corpus_hash(tmp_path / "nowhere")


def test_hidden_folders_are_no_part_of_the_corpus(tmp_path: Path) -> None:
    write(tmp_path, "\n## One\n\n> Q?\n\nText.\n")
    before = corpus_hash(tmp_path)
    write(tmp_path, "", front="", name="en/.checkpoints/sample.md")
    assert len(read_corpus(tmp_path)) == 1
    assert corpus_hash(tmp_path) == before


def test_the_hash_changes_with_every_edit_and_only_then(tmp_path: Path) -> None:
    path = write(tmp_path, "\n## One\n\n> Q?\n\nText.\n")
    seen = [corpus_hash(tmp_path)]
    assert corpus_hash(tmp_path) == seen[0]
    path.write_bytes(path.read_bytes().replace(b"Text.", b"Test."))
    seen.append(corpus_hash(tmp_path))
    path.rename(path.with_name("other.md"))
    seen.append(corpus_hash(tmp_path))
    write(tmp_path, "more")
    seen.append(corpus_hash(tmp_path))
    assert len(set(seen)) == len(seen)
    assert all(len(found) == 64 for found in seen)
