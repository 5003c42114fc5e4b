"""References are found in both languages, and ordinary numbers are left alone."""

import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cites import Code, Reference, find_references, near_miss
from assistant.corpus.read import read_corpus
from assistant.models import Language

CORPUS = Path(__file__).parent.parent / "corpus"


def stated(text: str) -> list[str]:
    return [str(found.reference) for found in find_references(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 6103(i)(2)(C)", "26 U.S.C. § 6103(i)(2)(C)"),
        ("26 U.S.C. § 6103(i)(2)(C)", "26 U.S.C. § 6103(i)(2)(C)"),
        ("26 USC 6103(i)(2)(C)", "26 U.S.C. § 6103(i)(2)(C)"),
        ("26 U. S. C. § 6103", "26 U.S.C. § 6103"),
        ("IRC 6103", "26 U.S.C. § 6103"),
        ("I.R.C. § 6103(i)(2)", "26 U.S.C. § 6103(i)(2)"),
        ("section 6103(i)(2) of title 26", "26 U.S.C. § 6103(i)(2)"),
        ("section 6103 of the Internal Revenue Code", "26 U.S.C. § 6103"),
        ("la sección 6103(i)(2)", "26 U.S.C. § 6103(i)(2)"),
        ("la sección 6103 del título 26", "26 U.S.C. § 6103"),
        ("la seccion 6103 del Código de Rentas Internas", "26 U.S.C. § 6103"),
        ("título 26, sección 6103(a)", "26 U.S.C. § 6103(a)"),
        ("artículo 6103", "26 U.S.C. § 6103"),
        ("¿qué dice la 6103(i)(2)?", "26 U.S.C. § 6103(i)(2)"),
        ("6103(i)(2)", "26 U.S.C. § 6103(i)(2)"),
        ("§6103 (i) (2)", "26 U.S.C. § 6103(i)(2)"),
        ("what is 6103", "26 U.S.C. § 6103"),
        ("tell me about 6103", "26 U.S.C. § 6103"),
        ("how many 6103 requests", "26 U.S.C. § 6103"),
        ("(6103)", "26 U.S.C. § 6103"),
        ("6103 (IRS)", "26 U.S.C. § 6103"),
        ("6103i2", "26 U.S.C. § 6103(i)(2)"),
        ("6103-i-2", "26 U.S.C. § 6103(i)(2)"),
        ("6103(i)2", "26 U.S.C. § 6103(i)(2)"),
        ("7213A", "26 U.S.C. § 7213A"),
        ("§ 7216", "26 U.S.C. § 7216"),
        ("§ 6050I", "26 U.S.C. § 6050I"),
        ("8 USC 1253", "8 U.S.C. § 1253"),
        ("1253(a)(1)", "8 U.S.C. § 1253(a)(1)"),
        ("sección 1326", "8 U.S.C. § 1326"),
        ("5 U.S.C. § 552a(o)", "5 U.S.C. § 552a(o)"),
        ("705(a)", "5 U.S.C. § 705(a)"),
        ("§ 1905", "18 U.S.C. § 1905"),
        ("sección 706 de la Ley de Procedimiento Administrativo", "5 U.S.C. § 706"),
        ("42 U.S.C. § 1320b-7(a)", "42 U.S.C. § 1320b-7(a)"),
        ("28 U.S.C. 1360", "28 U.S.C. § 1360"),
        ("26 CFR 301.6103(i)-1", "26 C.F.R. § 301.6103(i)-1"),
        ("26 C.F.R. § 301.6103(i)\u20131", "26 C.F.R. § 301.6103(i)-1"),
        ("26 C.F.R. § 301.6109-1(a)(1)(i)", "26 C.F.R. § 301.6109-1(a)(1)(i)"),
        ("Treas. Reg. § 301.6103(c)-1", "26 C.F.R. § 301.6103(c)-1"),
    ],
)
def test_one_reference_is_read_whatever_its_form(text: str, expected: str) -> None:
    assert stated(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "26 U.S.C. §§ 6713, 7214, 7216",
            ["26 U.S.C. § 6713", "26 U.S.C. § 7214", "26 U.S.C. § 7216"],
        ),
        (
            "8 U.S.C. §§ 1304(e), 1306(a) y 1306(b)",
            ["8 U.S.C. § 1304(e)", "8 U.S.C. § 1306(a)", "8 U.S.C. § 1306(b)"],
        ),
        ("8 U.S.C. §§ 1324-1326", ["8 U.S.C. § 1324", "8 U.S.C. § 1326"]),
        ("las secciones 1302 a 1306", ["8 U.S.C. § 1302", "8 U.S.C. § 1306"]),
        (
            "26 U.S.C. §§ 7213, 7431 and 8 U.S.C. § 1253",
            ["26 U.S.C. § 7213", "26 U.S.C. § 7431", "8 U.S.C. § 1253"],
        ),
        (
            "26 C.F.R. §§ 301.6103(p)(4)-1 and 301.6103(p)(7)-1",
            ["26 C.F.R. § 301.6103(p)(4)-1", "26 C.F.R. § 301.6103(p)(7)-1"],
        ),
        ("sections 6103, 7213A and 2025", ["26 U.S.C. § 6103", "26 U.S.C. § 7213A"]),
        ("31 U.S.C. § 321, and later § 321(b)", ["31 U.S.C. § 321", "31 U.S.C. § 321(b)"]),
    ],
)
def test_sections_of_a_list_share_the_title(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1:25-cv-00677",
        "No. 25-5181",
        "47,289",
        "Form 1040",
        "Form 6103",
        "Formulario 7213",
        "6103 people",
        "6103 personas",
        "nearly 6103",
        "$6103",
        "6103 dólares",
        "6103%",
        "6103.5",
        "61030",
        "06103",
        "call 555-6103",
        "6103-2025",
        "in 1905",
        "706 people",
        "section 702 of FISA",
        "sección 110",
        "chapter 76 of the tax code",
        "INA 243(a)",
        "99 U.S.C. § 6103",
        "126 U.S.C. § 3",
        "usc-26-6103-i-2",
        "April 7, 2025",
        "the 13-page ruling of 2026",
        "",
    ],
)
def test_ordinary_numbers_are_no_references(text: str) -> None:
    assert stated(text) == []


def test_letter_case_tells_places_apart() -> None:
    lower, upper = find_references("§ 7803(i) and § 7803(I)")
    assert lower.reference != upper.reference
    assert not lower.reference.contains(upper.reference)


def test_the_span_states_the_reference_with_its_title() -> None:
    text = "Under section 6103(i)(2) of title 26, and 26 U.S.C. § 7431, too."
    assert [text[found.start : found.end] for found in find_references(text)] == [
        "section 6103(i)(2) of title 26",
        "26 U.S.C. § 7431",
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("6103(i)(2)", "6103(i)(2)(C)", True),
        ("6103(i)(2)", "6103(i)(2)", True),
        ("6103", "6103(i)", True),
        ("6103(i)(2)(C)", "6103(i)(2)", False),
        ("6103(i)(2)", "6103(i)(20)", False),
        ("6103(i)", "6103(k)", False),
        ("7213", "7213A", False),
        ("26 U.S.C. § 1360", "8 U.S.C. § 1360", False),
    ],
)
def test_a_place_contains_what_lies_inside_it(outer: str, inner: str, expected: bool) -> None:
    (first,), (second,) = find_references(outer), find_references(inner)
    assert first.reference.contains(second.reference) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what does 6013 say", "6103"),
        ("qué dice la 6013(i)(2)", "6103(i)(2)"),
        ("section 6130", "6103"),
        ("26 USC 6013", "6103"),
        ("penalties of section 7123", "7213"),
        ("8 USC 6013", None),
        ("6013 people", None),
        ("Form 6013", None),
        ("is it 6013 or 6103", None),
        ("6103", None),
        ("in 1996", None),
        ("", None),
    ],
)
def test_swapped_digits_bring_a_suggestion(text: str, expected: str | None) -> None:
    assert near_miss(text) == expected


parts = st.one_of(
    st.sampled_from(string.ascii_letters),
    st.sampled_from(["aa", "bb", "ii", "iii", "iv", "viii", "xii", "II", "IV", "AA"]),
    st.integers(1, 999).map(str),
)
paths = st.lists(parts, max_size=6).map(tuple)
statutes = st.builds(
    Reference,
    st.integers(1, 54),
    st.just(Code.USC),
    st.builds(
        "".join, st.tuples(st.integers(1, 99999).map(str), st.sampled_from(["", "a", "A", "bb"]))
    ),
    paths,
)
regulations = st.builds(
    Reference,
    st.integers(1, 50),
    st.just(Code.CFR),
    st.builds(
        "{}.{}{}-{}".format,
        st.integers(1, 1999),
        st.integers(1, 9999),
        st.sampled_from(["", "(i)", "(p)(7)"]),
        st.integers(1, 99),
    ),
    paths,
)
plain_words = st.text(alphabet=string.ascii_letters + " ,áéíóúñ¿?", max_size=30).map(
    lambda text: f"{text}, "
)


@given(st.one_of(statutes, regulations), plain_words)
def test_a_written_reference_is_found_again(reference: Reference, lead: str) -> None:
    text = f"{lead}{reference}, y más"
    (found,) = find_references(text)
    assert found.reference == reference
    assert text[found.start : found.end] == str(reference)


@given(st.text())
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = [(found.start, found.end) for found in find_references(text)]
    bounds = [at for span in spans for at in span]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(alphabet=string.ascii_letters + string.punctuation + " ¿§áé", max_size=200))
def test_a_text_without_digits_states_nothing(text: str) -> None:
    assert find_references(text) == ()
    assert near_miss(text) is None


@pytest.mark.parametrize(
    "unit",
    [
        "6103(",
        "(a)",
        "9",
        "§ ",
        " ",
        "26 U.S.C. ",
        "§§ 6103, ",
        "title 26 ",
        "6103 of title ",
        "301.6103(i)",
    ],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        find_references(text)
        near_miss(text)
        return time.process_time() - started

    small = min(seconds(20_000) for _ in range(3))
    large = min(seconds(80_000) for _ in range(3))
    # Quadratic growth would be sixteenfold.
    assert large < 10 * small + 0.02


def test_twin_paragraphs_of_the_corpus_state_the_same_references() -> None:
    documents = {(found.source.id, found.source.language): found for found in read_corpus(CORPUS)}
    compared = 0
    for (name, language), spanish in documents.items():
        if language is not Language.ES:
            continue
        english = documents[name, Language.EN]
        for ours, theirs in zip(english.sections, spanish.sections, strict=True):
            pairs = zip(ours.paragraphs, theirs.paragraphs, strict=True)
            for (start, end), (twin_start, twin_end) in pairs:
                references = sorted(stated(english.text[start:end]))
                assert references == sorted(stated(spanish.text[twin_start:twin_end])), name
                compared += len(references)
    assert compared > 1000
