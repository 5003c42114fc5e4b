"""The C.F.R. in both forms of the eCFR: places where they are sure, and the section where not."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_files import bulk, ecfr, write

from assistant.corpus.official.cfr import read_regulations
from assistant.corpus.official.cfr_levels import Mark, places
from assistant.corpus.official.facts import Draft, UnreadableFile, Wanted


def read(tmp_path: Path, text: str, *sections: str, as_of: str = "") -> tuple[Draft, ...]:
    wanted = Wanted(sections=frozenset(sections), as_of=as_of)
    return read_regulations(write(tmp_path, "file", text), wanted).drafts


def marks(text: str) -> list[Mark]:
    return [Mark(each.strip("*"), italic=each.startswith("*")) for each in text.split()]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a 1 2 b", "a a1 a2 b"),
        ("a 1 i ii A B 2 b", "a a1 a1i a1ii a1iiA a1iiB a2 b"),
        ("a 1 i A *1 *i *ii *2 B", "a a1 a1i a1iA a1iA1 a1iA1i a1iA1ii a1iA2 a1iB"),
        ("a b c d e f g h i j", "a b c d e f g h i j"),
        ("a b c d e f g h 1 i ii 2 i", "a b c d e f g h h1 h1i h1ii h2 ?"),
        ("a b c d e f g h 1 2 i 1 j", "a b c d e f g h h1 h2 i i1 j"),
    ],
)
def test_places_are_told_where_one_reading_alone_fits(given: str, expected: str) -> None:
    found = places(marks(given))
    assert found is not None
    assert ["".join(each) if each else "?" for each in found] == expected.split()


@pytest.mark.parametrize("given", ["b", "a 2", "a 1 3", "a A", "a 1 *i", "1 a"])
def test_marks_that_fit_no_order_have_no_place(given: str) -> None:
    assert places(marks(given)) is None


def test_a_section_of_the_service_is_cited_by_its_places(tmp_path: Path) -> None:
    text = ecfr(
        "<P>(a) <I>Overview.</I> Lists\n are secret.</P><P>(b) <I>Terms.</I> Here:</P>"
        "<P>(1) <I>List</I> means a list.</P><P>(2) <I>Clerk</I> means a clerk.</P>"
        "<P>(c)(1) A clerk may\u2014</P><P>(i) Look; or</P><P>(ii) Count.</P><P>(2) No more.</P>"
    )
    (draft,) = read(tmp_path, text)
    assert draft.id == "official-cfr-26-301-9-i-1"
    assert draft.title == "26 C.F.R. § 301.9(i)-1: Use of lists"
    assert {each.heading: each.paragraphs for each in draft.pinpoints} == {
        "§ 301.9(i)-1(a): Overview": ("Lists are secret.",),
        "§ 301.9(i)-1(b)(1): Terms": ("Here: (1) List means a list.",),
        "§ 301.9(i)-1(b)(2): Terms": ("Here: * * * (2) Clerk means a clerk.",),
        "§ 301.9(i)-1(c)(1)": ("A clerk may— (i) Look; or (ii) Count.",),
        "§ 301.9(i)-1(c)(1)(i)": ("A clerk may— (i) Look; or * * *",),
        "§ 301.9(i)-1(c)(1)(ii)": ("A clerk may— * * * (ii) Count.",),
        "§ 301.9(i)-1(c)(2)": ("No more.",),
    }


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # (i) after (h)(1) may be either: its text stands under the section.
        (
            "".join(f"<P>({each}) Yes.</P>" for each in "abcdefgh")
            + "<P>(1) One.</P><P>(i) I.</P>",
            ("§ 301.9(i)-1: Use of lists", ("(i) I.",)),
        ),
        # A place that is not known takes part in a sentence: the whole section is cited.
        (
            "<P>(b) Terms:</P><P>(1) a list; or</P><P>(3) a clerk</P><P>shall be secret.</P>",
            (
                "§ 301.9(i)-1: Use of lists",
                ("(b) Terms: (1) a list; or (3) a clerk shall be secret.",),
            ),
        ),
        # Flush text of a level that is not known.
        (
            "<P>(a) One may\u2014</P><P>(1) go; or</P><P>(2) stay;</P><FP>as one likes.</FP>",
            (
                "§ 301.9(i)-1: Use of lists",
                ("(a) One may— (1) go; or (2) stay; as one likes.",),
            ),
        ),
        ("<P>Lists are secret.</P>", ("§ 301.9(i)-1: Use of lists", ("Lists are secret.",))),
    ],
)
def test_the_section_alone_is_cited_where_a_place_is_not_sure(
    tmp_path: Path, paragraphs: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    (draft,) = read(tmp_path, ecfr(paragraphs))
    first = draft.pinpoints[0]
    assert (first.heading, first.paragraphs) == expected


def test_history_and_footnotes_are_not_the_rule_and_tables_are_rows(tmp_path: Path) -> None:
    text = ecfr(
        "<P>As follows:<SU>1</SU></P><DIV><TABLE><TR><TH>Day</TH><TH>Fee</TH></TR>"
        "<TR><TD>Monday</TD><TD>$1</TD></TR></TABLE></DIV><FTNT><P>A note.</P></FTNT>"
    )
    (draft,) = read(tmp_path, text)
    (place,) = draft.pinpoints
    assert place.paragraphs == ("As follows:", "Day: Monday | Fee: $1")


def test_the_day_of_a_text_is_the_users_or_the_last_that_it_names(tmp_path: Path) -> None:
    (draft,) = read(tmp_path, ecfr("<P>Yes.</P>"))
    assert (draft.as_of, draft.citation) == (
        "2025-01-02",
        "26 C.F.R. § 301.9(i)-1 (eCFR, last amended 2025-01-02)",
    )
    assert draft.url == "https://www.ecfr.gov/current/title-26/section-301.9(i)-1"
    (draft,) = read(tmp_path, ecfr("<P>Yes.</P>"), as_of="2026-11-20")
    assert (draft.as_of, draft.citation) == (
        "2026-11-20",
        "26 C.F.R. § 301.9(i)-1 (eCFR of 2026-11-20)",
    )
    assert draft.url == "https://www.ecfr.gov/on/2026-11-20/title-26/section-301.9(i)-1"
    bare = ecfr("<P>Yes.</P>").replace("Mar. 7, 1989; 90 FR 1, Jan. 2, 2025", "")
    (draft,) = read(tmp_path, bare)
    assert draft.as_of == "2020-11-04"
    with pytest.raises(UnreadableFile, match="--as-of"):
        read(tmp_path, bare.replace("Nov. 4, 2020", ""))


def test_a_bulk_file_tells_title_number_and_day(tmp_path: Path) -> None:
    (draft,) = read(tmp_path, bulk("<P>It applies to all.</P>"))
    assert draft.citation == "1 C.F.R. § 2.4 (eCFR of 2022-12-29)"
    assert draft.pinpoints[0].heading == "§ 2.4: Scope"
    with pytest.raises(UnreadableFile, match="reserved"):
        read(tmp_path, bulk("", head="§ 2.4   [Reserved]"))


def test_sections_are_chosen_by_number(tmp_path: Path) -> None:
    assert len(read(tmp_path, ecfr("<P>Yes.</P>"), "301.9(i)-1")) == 1
    assert read(tmp_path, ecfr("<P>Yes.</P>"), "301.9") == ()


@pytest.mark.parametrize("number", ["../../../etc/passwd", "301.9/../x", "x" * 500])
def test_a_number_that_is_none_leads_nowhere(tmp_path: Path, number: str) -> None:
    text = bulk("<P>Yes.</P>", number=number)
    with pytest.raises(UnreadableFile, match="no number that can be cited"):
        read(tmp_path, text)
