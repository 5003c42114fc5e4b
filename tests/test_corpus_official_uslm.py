"""The U.S. Code in USLM: places, lead-ins and flush text, editions, sections that are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_files import USLM_2, code, section, write

from assistant.cites import find_references
from assistant.corpus.official.facts import Draft, Reading, UnreadableFile, Wanted
from assistant.corpus.official.uslm import read_code
from assistant.corpus.sentences import sentence_spans


def read(tmp_path: Path, text: str, *sections: str, as_of: str = "") -> Reading:
    wanted = Wanted(sections=frozenset(sections), as_of=as_of)
    return read_code(write(tmp_path, "any.name", text), wanted)


def places(draft: Draft) -> dict[str, tuple[str, ...]]:
    return {place.heading: place.paragraphs for place in draft.pinpoints}


@pytest.mark.parametrize("namespace", ["http://xml.house.gov/schemas/uslm/1.0", USLM_2])
def test_each_place_can_be_quoted_alone_and_says_what_the_law_says(
    tmp_path: Path, namespace: str
) -> None:
    (draft,) = read(tmp_path, code(namespace=namespace)).drafts
    lead = "Lists shall be secret, and except as allowed here—"
    end = "shall show any list to anyone."
    assert places(draft) == {
        "§ 5(a): General rule": (
            f"{lead} (1) no clerk, and (2) no other person who— (A) has seen one, or (B) holds "
            f"one, {end} For this subsection, a clerk includes a former clerk.",
        ),
        "§ 5(a)(1): General rule": (f"{lead} (1) no clerk, and * * * {end}",),
        "§ 5(a)(2): General rule": (
            f"{lead} * * * (2) no other person who— (A) has seen one, or (B) holds one, {end}",
        ),
        "§ 5(a)(2)(A): General rule": (
            f"{lead} * * * (2) no other person who— (A) has seen one, or * * * {end}",
        ),
        "§ 5(a)(2)(B): General rule": (
            f"{lead} * * * (2) no other person who— * * * (B) holds one, {end}",
        ),
        "§ 5(b)": ("A clerk may read section 6. Nobody else may.",),
    }
    for place in draft.pinpoints[:5]:
        first, *_ = sentence_spans(place.paragraphs[0])
        assert place.paragraphs[0][slice(*first)].endswith(end)


def test_a_document_tells_edition_day_and_official_page(tmp_path: Path) -> None:
    (draft,) = read(tmp_path, code()).drafts
    assert draft.id == "official-usc-99-5"
    assert draft.title == "99 U.S.C. § 5: Secrecy of lists"
    assert draft.citation == "99 U.S.C. § 5 (release point 119-73)"
    assert (draft.published, draft.as_of) == ("2026-01-12", "2026-01-12")
    assert draft.url.startswith("https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-")
    assert "title99-section5&" in draft.url


def test_the_edition_in_a_citation_is_read_as_no_other_provision() -> None:
    found = find_references("26 U.S.C. § 6103 (release point 119-102not101)")
    assert [str(each.reference) for each in found] == ["26 U.S.C. § 6103"]


@pytest.mark.parametrize(
    ("title", "number", "label"),
    [
        ("26", "6103", "§ 6103"),
        ("42", "6103", "42 U.S.C. § 6103"),
        ("8", "1253", "§ 1253"),
        ("99", "5", "§ 5"),
    ],
)
def test_a_place_is_never_taken_for_one_of_another_title(
    tmp_path: Path, title: str, number: str, label: str
) -> None:
    law = section(number).replace("/t99/", f"/t{title}/")
    (draft,) = read(tmp_path, code(law, title=title)).drafts
    assert draft.pinpoints[0].heading == f"{label}: Of {number}"


def test_notes_credits_contents_and_quotations_are_not_the_law(tmp_path: Path) -> None:
    (draft,) = read(tmp_path, code()).drafts
    text = " ".join(text for place in draft.pinpoints for text in place.paragraphs)
    for word in ("editor", "Pub. L.", "contents", "Quoted", "original"):
        assert word not in text


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Online@119-102not101", "release point 119-102not101"),
        ("Online@118-22u1", "release point 118-22u1"),
        ("Online", "edition of 2023-06-29"),
    ],
)
def test_the_edition_is_labelled_as_the_file_says(tmp_path: Path, name: str, label: str) -> None:
    dated = "<processedDate>2023-06-29T09:14:42</processedDate>"
    (draft,) = read(tmp_path, code(section("1"), name=name, day=dated)).drafts
    assert draft.citation.endswith(f"({label})")
    assert draft.as_of == "2023-06-29"


def test_the_release_point_is_also_found_in_a_note(tmp_path: Path) -> None:
    noted = "<note><p>Current through 119-102not101</p></note>" + section("1")
    (draft,) = read(tmp_path, code(noted, name="Online")).drafts
    assert "release point 119-102not101" in draft.citation


def test_a_file_without_a_day_needs_one_from_the_user(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="--as-of"):
        read(tmp_path, code(day=""))
    (draft,) = read(tmp_path, code(day=""), as_of="2026-02-03").drafts
    assert draft.as_of == "2026-02-03"


@pytest.mark.parametrize(
    "text",
    [
        code(before="<!-- RECONSTRUCTED TEST DATA -->"),
        code(before="<!-- not official bytes -->"),
        code(name="reconstructed-from-markdown"),
        code(day='<property role="provenance">reconstructed</property>'),
    ],
)
def test_a_file_that_calls_itself_reconstructed_is_not_labelled_official(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(UnreadableFile, match="reconstructed.*no official text"):
        read(tmp_path, text)


@pytest.mark.parametrize("asked", ["410aaa-81b", "410aaa\u201381b", "§ 410AAA\u201481b"])
def test_a_section_with_an_en_dash_is_found_however_it_is_typed(tmp_path: Path, asked: str) -> None:
    from assistant.corpus.official.text import section_key

    text = code(section("410aaa\u201381b") + section("410"))
    reading = read(tmp_path, text, section_key(asked))
    (draft,) = reading.drafts
    assert draft.id == "official-usc-99-410aaa-81b"
    assert draft.title.startswith("99 U.S.C. § 410aaa\u201381b")
    assert "section410aaa-81b&" in draft.url


def test_letter_case_counts_where_both_sections_are_there(tmp_path: Path) -> None:
    text = code(section("72A") + section("72a"))
    assert [each.id for each in read(tmp_path, text).drafts] == [
        "official-usc-99-72a",
        "official-usc-99-72a-2",
    ]
    (draft,) = read(tmp_path, code(section("72A")), "72a").drafts
    assert "§ 72A" in draft.title


def test_the_same_identifier_twice_is_kept_twice_and_in_order(tmp_path: Path) -> None:
    text = code(section("3", "First.") + section("3", "Second."))
    drafts = read(tmp_path, text, "3").drafts
    assert [(each.id, each.pinpoints[0].paragraphs) for each in drafts] == [
        ("official-usc-99-3", ("First.",)),
        ("official-usc-99-3-2", ("Second.",)),
    ]


def test_one_element_may_bear_several_numbers(tmp_path: Path) -> None:
    both = section("10 /us/usc/t99/s10a").replace('value="10 /us/usc/t99/s10a"', 'value="10, 10a"')
    for asked in ("10", "10a"):
        (draft,) = read(tmp_path, code(both), asked).drafts
        assert draft.title.startswith("99 U.S.C. §§ 10, 10a")
    within = (
        '<section identifier="/us/usc/t99/s4"><subsection '
        'identifier="/us/usc/t99/s4/a /us/usc/t99/s4/b"><content>Both.</content></subsection>'
        '<subsection identifier="/us/usc/t99/s4/a"><content>Again.</content></subsection>'
        '<subsection identifier="/us/usc/t99/s4/a"><content>Thrice.</content></subsection>'
        "</section>"
    )
    (draft,) = read(tmp_path, code(within)).drafts
    assert [*places(draft)] == ["§ 4(a), (b)", "§ 4(a)", "§ 4(a) [2]"]


def test_letter_case_of_places_is_kept(tmp_path: Path) -> None:
    levels = "".join(
        f'<subsection identifier="/us/usc/t99/s4/{each}"><content>It is {each}.</content>'
        "</subsection>"
        for each in ("i", "I", "l", "L")
    )
    text = code(f'<section identifier="/us/usc/t99/s4">{levels}</section>')
    (draft,) = read(tmp_path, text).drafts
    assert [*places(draft)] == ["§ 4(i)", "§ 4(I)", "§ 4(l)", "§ 4(L)"]


def test_sections_no_longer_in_force_are_left_out_and_told(tmp_path: Path) -> None:
    text = code(section("1") + section("2", attributes='status="repealed"') + section("3", ""))
    reading = read(tmp_path, text)
    assert [each.id for each in reading.drafts] == ["official-usc-99-1"]
    assert reading.notices == ("left out: § 2 (repealed), § 3 (no text)",)
    with pytest.raises(UnreadableFile, match="no section that could be imported: left out § 2"):
        read(tmp_path, code(section("2", attributes='status="repealed"')))


def test_many_sections_must_be_named(tmp_path: Path) -> None:
    text = code("".join(section(str(number)) for number in range(1, 42)))
    with pytest.raises(UnreadableFile, match="holds 41 sections.*--section '1'"):
        read(tmp_path, text)
    assert [each.id for each in read(tmp_path, text, "7").drafts] == ["official-usc-99-7"]
    near = read(tmp_path, code(section("6103")), "6013")
    assert near.drafts == () and near.named == frozenset()
    assert near.notices == ("no section 6013; near it: 6103",)


def test_flush_text_that_is_a_sentence_of_its_own_stands_with_its_level(tmp_path: Path) -> None:
    text = code(
        '<section identifier="/us/usc/t99/s4"><chapeau>One may\u2014</chapeau>'
        '<paragraph identifier="/us/usc/t99/s4/1"><heading>Go</heading><content>go, or</content>'
        '</paragraph><paragraph identifier="/us/usc/t99/s4/2"><heading>Stay</heading>'
        "<content>stay.</content></paragraph>"
        "<continuation>The rule holds on Sundays.</continuation></section>"
    )
    (draft,) = read(tmp_path, text).drafts
    assert places(draft) == {
        "§ 4": ("The rule holds on Sundays.",),
        "§ 4(1): Go": ("One may— (1) go, or * * *",),
        "§ 4(2): Stay": ("One may— * * * (2) stay.",),
    }


def test_a_list_of_sentences_stays_with_its_lead_in(tmp_path: Path) -> None:
    listed = "<p>The offices are:</p><p>The Office of Lists.</p><p>The Office of Clerks.</p>"
    (draft,) = read(tmp_path, code(section("8", listed))).drafts
    (text,) = draft.pinpoints[0].paragraphs
    assert text == "The offices are:\n- The Office of Lists.\n- The Office of Clerks."
    assert len(sentence_spans(text)) == 1


def test_rows_of_a_table_carry_the_heads_of_their_columns(tmp_path: Path) -> None:
    table = (
        'The tax is as follows:<t:table xmlns:t="http://www.w3.org/1999/xhtml"><t:tr>'
        "<t:th>If income is:</t:th><t:th>The tax is:</t:th></t:tr><t:tr><t:td>Over $1</t:td>"
        "<t:td>15%.</t:td></t:tr></t:table>"
    )
    (draft,) = read(tmp_path, code(section("8", table))).drafts
    assert draft.pinpoints[0].paragraphs == (
        "The tax is as follows:",
        "If income is: Over $1 | The tax is: 15%.",
    )


def test_markup_of_ours_in_a_text_is_no_markup(tmp_path: Path) -> None:
    hostile = (
        "<p>&gt; Is this a question?</p><p>## No heading</p><p>---</p><p>\u202eseen\u200b.</p>"
    )
    (draft,) = read(tmp_path, code(section("8", hostile))).drafts
    assert draft.pinpoints[0].paragraphs == ("Is this a question?", "No heading --- seen.")


def test_a_lead_in_of_two_sentences_is_parted_and_loses_nothing(tmp_path: Path) -> None:
    """As in 16 U.S.C. § 45f(c)(7): the whole lead-in stands nowhere in one piece."""
    text = """<section identifier="/us/usc/t99/s7"><num value="7">§ 7.</num><heading> R</heading>
<subsection identifier="/us/usc/t99/s7/a"><num value="a">(a)</num>
<chapeau>The clerk shall report. The report shall tell of—</chapeau>
<paragraph identifier="/us/usc/t99/s7/a/1"><num value="1">(1)</num><heading> Lists</heading>
<content>the lists; and</content></paragraph>
<paragraph identifier="/us/usc/t99/s7/a/2"><num value="2">(2)</num><heading> Readers</heading>
<content>the readers.</content></paragraph>
<continuation>The report shall be short.</continuation></subsection></section>"""
    (draft,) = read(tmp_path, code(text)).drafts
    assert places(draft) == {
        "§ 7(a)": ("The clerk shall report.", "The report shall be short."),
        "§ 7(a)(1): Lists": ("The report shall tell of— (1) the lists; and * * *",),
        "§ 7(a)(2): Readers": ("The report shall tell of— * * * (2) the readers.",),
    }
