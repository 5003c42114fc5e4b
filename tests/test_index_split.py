"""A passage is a section, or runs of its paragraphs; no paragraph is lost or stands twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from fakes import make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.split import LONGEST_PASSAGE, split, split_document
from assistant.models import Document, Passage, Section

WORD = "Confidential "


def document(sections: list[list[int]], name: str = "doc") -> Document:
    """A document whose paragraphs have these lengths, section by section."""
    text = "---\nfront matter\n---\n"
    made = []
    for number, lengths in enumerate(sections):
        text += f"\n## Heading {number}\n"
        spans = []
        for place, length in enumerate(lengths):
            text += "\n"
            paragraph = f"S{number}P{place}. {WORD * length}"[: max(length, 8)].strip() + "."
            spans.append((len(text), len(text) + len(paragraph)))
            text += paragraph + "\n"
        questions = (f"What is in {number}?", f"¿Y en {number}?")
        made.append(Section(f"Heading {number}", number, questions, tuple(spans)))
    return Document(make_source(name), text, tuple(made))


SECTIONS = st.lists(st.lists(st.integers(8, 3000), max_size=8), max_size=4)


def paragraphs(found: Document) -> list[tuple[int, int, int]]:
    """(section, start, end) of every paragraph."""
    return [
        (number, *span)
        for number, section in enumerate(found.sections)
        for span in section.paragraphs
    ]


@given(SECTIONS)
def test_every_paragraph_stands_in_exactly_one_passage(sections: list[list[int]]) -> None:
    found = document(sections)
    passages = list(split_document(found))
    for section, start, end in paragraphs(found):
        holders = [each for each in passages if each.start <= start and end <= each.end]
        assert [each.section for each in holders] == [section]
    covered = Counter(
        place
        for each in passages
        for place in range(each.start, each.end)
        if not found.text[place].isspace()
    )
    wanted = {
        place
        for _, start, end in paragraphs(found)
        for place in range(start, end)
        if not found.text[place].isspace()
    }
    assert set(covered) == wanted
    assert set(covered.values()) <= {1}


@given(SECTIONS)
def test_a_passage_is_its_place_in_the_document(sections: list[list[int]]) -> None:
    found = document(sections)
    for passage in split_document(found):
        assert found.text[passage.start : passage.end] == passage.text
        assert passage.pinpoint == found.sections[passage.section].heading
        assert passage.questions == found.sections[passage.section].questions
        assert passage.sentences
        for sentence in passage.sentences:
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert found.text[sentence.start : sentence.end] == sentence.text


@given(SECTIONS)
def test_parts_count_from_nought_and_stay_near_the_wanted_length(sections: list[list[int]]) -> None:
    found = document(sections)
    passages = list(split_document(found))
    for number, section in enumerate(found.sections):
        parts = [each for each in passages if each.section == number]
        assert [each.part for each in parts] == list(range(len(parts)))
        longest = max((end - start for start, end in section.paragraphs), default=0)
        for each in parts:
            # The blank lines between paragraphs come on top.
            assert len(each.text) <= LONGEST_PASSAGE + longest + 2 * len(section.paragraphs)


@given(SECTIONS)
def test_ids_are_different_and_the_same_each_time(sections: list[list[int]]) -> None:
    found = document(sections)
    ids = [passage.id for passage in split_document(found)]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in split_document(found)]


def test_a_short_section_is_one_passage() -> None:
    (passage,) = split_document(document([[400, 400, 300]]))
    assert (passage.section, passage.part) == (0, 0)


def test_a_long_section_is_cut_between_paragraphs_into_even_parts() -> None:
    parts = list(split_document(document([[500, 500, 500, 500]])))
    assert [len(part.text) // 500 for part in parts] == [2, 2]
    assert parts[0].questions == parts[1].questions


def test_a_single_long_paragraph_is_never_cut() -> None:
    found = document([[3 * LONGEST_PASSAGE]])
    (passage,) = split_document(found)
    assert passage.text == found.text[slice(*found.sections[0].paragraphs[0])]


def test_a_section_without_paragraphs_gives_no_passage() -> None:
    assert [each.section for each in split_document(document([[], [100]]))] == [1]


def test_an_id_is_of_document_language_heading_and_text_alone() -> None:
    (here,) = split_document(document([[200]]))
    moved = document([[200]])
    moved = replace(moved, source=replace(moved.source, title="Another", as_of="2020"))
    assert [each.id for each in split_document(moved)] == [here.id]
    (other,) = split_document(document([[200]], "other"))
    (longer,) = split_document(document([[260]]))
    assert len({here.id, other.id, longer.id}) == 3


def test_an_edit_changes_the_ids_of_its_own_section_only() -> None:
    before = [each.id for each in split_document(document([[200], [300], [400]]))]
    after = [each.id for each in split_document(document([[200], [360], [400]]))]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


class TestTheSentencesThatAnswer:
    """A section counts its sentences from 1 through all of its parts, a passage its own from 0."""

    def split(self, lengths: list[int], *answers: tuple[int, ...]) -> list[Passage]:
        """The passages of one section that has a question for each of these answers."""
        whole = document([lengths])
        asked = tuple(f"What of {number}?" for number in range(len(answers)))
        section = replace(whole.sections[0], questions=asked, answers=answers)
        return list(split_document(replace(whole, sections=(section,))))

    def test_are_counted_from_nought_in_a_section_that_is_one_passage(self) -> None:
        (passage,) = self.split([40, 40, 40], (1,), (3, 2), ())
        assert passage.answers == ((0,), (2, 1), ())

    def test_are_carried_to_the_part_that_holds_them(self) -> None:
        first, second = self.split([500, 500, 500, 500], (1,), (3,), (2, 4), (4, 1), ())
        assert [len(each.sentences) for each in (first, second)] == [4, 4]
        first, second = self.split([500, 500, 500, 500], (1,), (5,), (2, 8), (8, 1, 7), ())
        assert first.answers == ((0,), (), (1,), (0,), ())
        assert second.answers == ((), (0,), (3,), (3, 2), ())

    def test_are_none_where_the_document_does_not_say(self) -> None:
        whole = document([[500, 500, 500, 500]])
        assert [each.answers for each in split_document(whole)] == [(), ()]

    def test_that_a_section_does_not_have_are_left_out(self) -> None:
        (passage,) = self.split([40, 40], (1, 99), (0,))
        assert passage.answers == ((0,), ())

    @given(
        lengths=st.lists(st.integers(8, 1500), min_size=1, max_size=8),
        answers=st.lists(st.lists(st.integers(1, 8), max_size=3, unique=True).map(tuple)),
    )
    def test_are_the_same_sentences_wherever_the_section_is_cut(
        self, lengths: list[int], answers: list[tuple[int, ...]]
    ) -> None:
        parts = self.split(lengths, *answers)
        sentences = [sentence for part in parts for sentence in part.sentences]
        for place, numbers in enumerate(answers):
            wanted = {sentences[number - 1] for number in numbers if number <= len(sentences)}
            carried = [part.sentences[number] for part in parts for number in part.answers[place]]
            assert set(carried) == wanted
            assert len(carried) == len(wanted)


def test_those_of_the_real_corpus_all_reach_a_passage(
    whole_documents: tuple[Document, ...], whole_passages: tuple[Passage, ...]
) -> None:
    named = sum(
        len(numbers)
        for document in whole_documents
        for section in document.sections
        for numbers in section.answers
    )
    carried = sum(len(numbers) for passage in whole_passages for numbers in passage.answers)
    assert carried == named > 0
    for passage in whole_passages:
        assert len(passage.answers) == len(passage.questions)


def test_the_corpus_has_each_passage_once_and_twins_side_by_side(
    whole_documents: tuple[Document, ...], whole_passages: tuple[Passage, ...]
) -> None:
    assert split(whole_documents) == whole_passages
    assert max(Counter(passage.id for passage in whole_passages).values()) == 1
    places = Counter((each.source.id, each.section) for each in whole_passages if each.part == 0)
    assert set(places.values()) == {2}
