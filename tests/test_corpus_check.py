"""The real corpus is sound, and each kind of mistake in a copy is told with file, line and mend."""

import re
from pathlib import Path

import pytest

from assistant.corpus.check import check_corpus
from assistant.corpus.problem import Problem
from assistant.errors import CorpusError

CORPUS = Path(__file__).parent.parent / "corpus"
FRONT = """---
id: {id}
title: "{title}"
kind: court
citation: "No. 1:25-cv-00677"
publisher: A court
url: https://example.org/case
published: 2026-02
as_of: 2026-11-22
status: pending
basis: primary
sources:
  - https://example.org/case
topics: [courts]
audiences: [public, staff]
language: {language}
related: [{related}]
---
"""
ENGLISH = """
## Ruling of February 26, 2026

> What did the judge say? → 1
> Did the judge rule against the IRS? → 2, 1

On February 26, 2026, the judge counted about 42,695 of 47,289 disclosures under § 6103(i)(2).

The request named 1.28 million people, and less than 5 percent were in doubt.

## What follows

> What happens next?

Three things follow from No. 1:25-cv-00677:

- an appeal by May 18, 2026;
- a fine of $1,000.
"""
SPANISH = """
## Fallo del 26 de febrero de 2026

> ¿Qué dijo la jueza?

El 26 de febrero de 2026, la jueza contó unas 42,695 de 47,289 divulgaciones bajo la § 6103(i)(2).

La solicitud nombraba a 1.28 millones de personas, y menos del 5 por ciento estaba en duda.

## Lo que sigue

> ¿Qué pasa ahora?

De la causa 1:25-cv-00677 siguen tres cosas:

- una apelación antes del 18 de mayo de 2026;
- una multa de $1,000.
"""
EN, ES = "en/courts/case.md", "es/courts/case.md"


def put(folder: Path, file: str, text: str) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for language, body in (("en", ENGLISH), ("es", SPANISH)):
        for name, other in (("case", "other"), ("other", "case")):
            front = FRONT.format(id=name, title=f"The {name}", language=language, related=other)
            put(tmp_path, f"{language}/courts/{name}.md", front + body)
    assert check_corpus(tmp_path) == ()
    return tmp_path


def alter(folder: Path, file: str, old: str, new: str) -> int:
    """Changes one place of a file; gives the line it stands on."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, old
    put(folder, file, text.replace(old, new, 1))
    return text.count("\n", 0, text.index(old)) + 1


def test_the_real_corpus_has_nothing_to_mend() -> None:
    assert [str(problem) for problem in check_corpus(CORPUS)] == []


FACTS = [
    (ES, "47,289", "47,298", "only here 47298; only there 47289"),
    (ES, "1.28 millones", "1.27 millones", "only here 1270000; only there 1280000"),
    (ES, "1.28 millones", "1.28 mil millones", "only here 1280000000; only there 1280000"),
    (ES, "5 por ciento", "6 por ciento", "only here 6%; only there 5%"),
    (ES, "\nEl 26 de febrero", "\nEl 26 de enero", "2026-1-26"),
    (ES, "18 de mayo", "19 de mayo", "only here 19, 2026-5-19"),
    (ES, "§ 6103(i)(2)", "§ 6103(i)(1)", "only there 6103(i)(2)"),
    (ES, "causa 1:25-cv-00677", "causa 1:25-cv-00667", "only here 1:25-cv-00667"),
    (ES, "tres cosas", "cuatro cosas", "only here 4; only there 3"),
    (ES, "$1,000", "$1.000", "only here 1; only there 1000"),
    (ES, "## Fallo del 26", "## Fallo del 25", "the figures of the heading differ"),
    (ES, 'title: "The case', 'title: "The 2nd case', "the figures of the title differ"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), FACTS)
def test_a_fact_that_differs_between_twins_is_told(
    corpus: Path, file: str, old: str, new: str, message: str
) -> None:
    alter(corpus, file, old, new)
    (problem,) = check_corpus(corpus)
    assert message in problem.what
    assert problem.file == file
    assert f"{EN}:" in problem.what


def test_a_fact_changed_in_the_english_twin_is_told_too(corpus: Path) -> None:
    line = alter(corpus, EN, "47,289", "47,280")
    (problem,) = check_corpus(corpus)
    assert f"{EN}:{line}: only here 47289; only there 47280" in problem.what


SHAPE = [
    (ES, "status: pending", "status: blocked", "'status' differs from the twin"),
    (ES, "kind: court", "kind: news", "'kind' differs from the twin"),
    (ES, "basis: primary", "basis: secondary", "'basis' differs from the twin"),
    (ES, "as_of: 2026-11-22", "as_of: 2026-11-21", "'as_of' differs from the twin"),
    (ES, "published: 2026-02", "published: 2026-03", "'published' differs from the twin"),
    (ES, "url: https://example.org/case", "url: https://example.org/x", "'url' differs"),
    (ES, "  - https://example.org/case", "  - https://example.org/x", "'sources' differs"),
    (ES, "related: [other]", "related: []", "'related' differs from the twin"),
    (ES, "\n\nLa solicitud", "\nLa solicitud", "1 paragraphs under this heading, and 2 at"),
    (ES, "## Lo que sigue\n\n> ¿Qué pasa ahora?\n\n", "", "1 headings, and 2 in en/courts"),
    (EN, "status: pending", "status: settled", "'status' cannot be used"),
    (EN, "as_of: 2026-11-22", "as_of: 2026-11-31", "is not a date of the calendar"),
    (EN, "topics:", "topic:", "unknown key 'topic'"),
    (EN, "related: [other]", "related: [other, ghost]", "related 'ghost' is not a document"),
    (EN, "related: [other]", "related: [other, case]", "the document names itself"),
    (EN, "published: 2026-02", "published: 2026-12", "published 2026-12 is later than as_of"),
    (EN, "id: case", "id: cases", "id 'cases' is not the file's name 'case'"),
    (EN, "\n## Ruling", "\nLead.\n\n## Ruling", "text before the first heading"),
    (EN, "## What follows", "### What follows", "a heading of another form"),
    (EN, "## What follows", "## ", "a heading without words"),
    (EN, "## What follows", "## ruling of february 26, 2026", "stands on line 20 already"),
    (EN, "> What happens next?\n", "", "a section without a question"),
    (EN, "> What happens next?", "> what did the judge say?", "stands under line 20 already"),
    (EN, "The request named", "> Late?\n\nThe request named", "do not stand right under"),
    (EN, "the judge", "the\u200b judge", "U+200B (ZERO WIDTH SPACE)"),
    (EN, "the judge", "the\u202e judge", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    (EN, "the judge", "the\x07 judge", "U+0007"),
    (EN, "the judge", "the\tjudge", "U+0009"),
    (EN, "the judge", "the \ufffd judge", "U+FFFD"),
    (EN, "the judge", "the so\u00adcalled judge", "U+00AD (SOFT HYPHEN)"),
    (ES, "¿Qué dijo", "¿Que\u0301 dijo", "an accent is written as a separate character"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), SHAPE)
def test_a_mistake_is_told_with_its_file_and_a_mend(
    corpus: Path, file: str, old: str, new: str, message: str
) -> None:
    alter(corpus, file, old, new)
    problems = check_corpus(corpus)
    told = [problem for problem in problems if message in problem.what]
    assert [problem.file for problem in told] == [file], [str(problem) for problem in problems]
    assert told[0].mend


ARROWS = [
    ("→ 2, 1", "→ 2, 3", "points at 3, and the section's sentences are 1 to 2"),
    ("→ 2, 1", "→ 4, 0, 1", "points at 4, 0, and the section's sentences are 1 to 2"),
    ("→ 2, 1", "→ 2, 2", "names a sentence twice"),
    ("→ 2, 1", "→ 2,1", "an arrow that cannot be read"),
    ("→ 2, 1", "→", "an arrow that cannot be read"),
    # The second section says one thing, however long the list in it.
    (
        "What happens next?",
        "What happens next? → 2",
        "points at 2, and the section's sentences are 1 to 1",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), ARROWS)
def test_an_arrow_that_points_at_no_sentence_is_told_with_its_line(
    corpus: Path, old: str, new: str, message: str
) -> None:
    line = alter(corpus, EN, old, new)
    (problem,) = check_corpus(corpus)
    assert message in problem.what
    assert (problem.file, problem.line) == (EN, line)
    assert problem.mend


def test_an_arrow_within_a_question_is_no_arrow_to_sentences(corpus: Path) -> None:
    alter(corpus, EN, "Did the judge rule against the IRS? → 2, 1", "Does IRS → ICE go on? → 2")
    assert check_corpus(corpus) == ()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (EN, "kind: court", "kind: rumour"),
        (EN, "related: [other]", "related: [other, ghost]"),
        (EN, "the judge counted", "the\u200b judge counted"),
        (ES, "47,289", "47,298"),
        (ES, "status: pending", "status: blocked"),
    ],
)
def test_a_problem_names_the_very_line(corpus: Path, file: str, old: str, new: str) -> None:
    line = alter(corpus, file, old, new)
    assert (file, line) in {(problem.file, problem.line) for problem in check_corpus(corpus)}


def test_a_document_without_its_twin_is_told(corpus: Path) -> None:
    (corpus / ES).unlink()
    messages = [str(problem) for problem in check_corpus(corpus)]
    assert any(m.startswith(f"{EN}:1: the document has no twin in 'es'") for m in messages)
    assert any("es/courts/other.md" in m and "related 'case'" in m for m in messages)


def test_an_unreadable_document_does_not_hide_the_others(corpus: Path) -> None:
    (corpus / EN).write_bytes(b"\xff")
    alter(corpus, "es/courts/other.md", "47,289", "47,298")
    problems = check_corpus(corpus)
    assert [problem.file for problem in problems] == [EN, "es/courts/other.md"]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("en/rumours/case.md", "'rumours' is not a known shelf"),
        ("es/courts/case.md", "language 'en' stands in the folder 'es'"),
        ("en/case.md", "the file is not on a shelf of a language"),
        ("fr/courts/case.md", "the file is not on a shelf of a language"),
        ("en/courts/deep/case.md", "the file is not on a shelf of a language"),
    ],
)
def test_a_misplaced_document_is_told(corpus: Path, file: str, message: str) -> None:
    text = (corpus / EN).read_text(encoding="utf-8")
    (corpus / EN).unlink()
    put(corpus, file, text)
    assert any(p.file == file and message in p.what for p in check_corpus(corpus))


def test_an_id_taken_twice_is_told(corpus: Path) -> None:
    put(corpus, "en/guides/case.md", (corpus / EN).read_text(encoding="utf-8"))
    (problem,) = [p for p in check_corpus(corpus) if "is taken by" in p.what]
    assert (problem.file, problem.line) == ("en/guides/case.md", 2)


def test_twins_on_two_shelves_are_told(corpus: Path) -> None:
    put(corpus, "es/guides/case.md", (corpus / ES).read_text(encoding="utf-8"))
    (corpus / ES).unlink()
    (problem,) = check_corpus(corpus)
    assert "the twin stands elsewhere: en/courts/case.md" in problem.what


def test_a_paragraph_left_in_english_is_told(corpus: Path) -> None:
    english = ENGLISH.split("\n\n")[2].strip()
    spanish = SPANISH.split("\n\n")[2].strip()
    alter(corpus, ES, spanish, english)
    assert any("the same words in both" in p.what for p in check_corpus(corpus))


def test_english_words_that_a_spanish_page_repeats_count_once(corpus: Path) -> None:
    asked = 'Ask for "every disclosure since April 7, 2025."'
    repeated = (
        'Pida "toda divulgación desde el 7 de abril de 2025" '
        '(envíelo en inglés: "every disclosure since April 7, 2025").'
    )
    alter(corpus, EN, "The request named", f"{asked} The request named")
    alter(corpus, ES, "La solicitud nombraba", f"{repeated} La solicitud nombraba")
    assert check_corpus(corpus) == ()
    alter(corpus, ES, "since April 7, 2025", "since April 8, 2025")
    assert len(check_corpus(corpus)) == 1


def test_a_problem_reads_as_one_line() -> None:
    problem = Problem("en/guides/a.md", 7, "what is wrong", "Do this")
    assert str(problem) == "en/guides/a.md:7: what is wrong. Do this."


def test_every_problem_of_a_broken_corpus_reads_as_one_line(corpus: Path) -> None:
    alter(corpus, EN, "kind: court", "kind: rumour")
    alter(corpus, EN, "topics: [courts]", "topics: []")
    problems = check_corpus(corpus)
    assert [problem.line for problem in problems] == sorted(p.line for p in problems)
    assert len(problems) == 2
    for problem in problems:
        assert re.fullmatch(r"\S+:\d+: .+\. .+\.", str(problem))


def test_an_empty_folder_is_no_sound_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no documents"):
        check_corpus(tmp_path)
