"""The sentences of the documents: found by their words, and each with its twin.

Twin documents hold the same sections, and in each paragraph the same sentences in the same order;
the corpus check compares their figures paragraph by paragraph. So the place of a sentence leads to
its twin. Where the count of sentences or a figure differs, there is no twin, and nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.corpus.figures import figures
from assistant.models import Citation, Language, Passage, Sentence
from assistant.verify.quotes import Reads, stands

_Paragraph = tuple[tuple[Passage, Sentence], ...]
_OTHER = {Language.EN: Language.ES, Language.ES: Language.EN}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: alike in both languages, whatever its words."""

    document: str
    section: int
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Table:
    """Where every sentence stands, and what stands in every paragraph."""

    places: dict[tuple[Language, str, int], Place] = field(default_factory=dict)
    words: dict[tuple[Language, str, str], Place] = field(default_factory=dict)
    paragraphs: dict[tuple[Language, str, int, int], _Paragraph] = field(default_factory=dict)

    def keep(self, key: tuple[Language, str, int, int], sentences: _Paragraph) -> None:
        """Takes in the next paragraph."""
        language, document, section, paragraph = key
        self.paragraphs[key] = sentences
        for number, (_, sentence) in enumerate(sentences):
            place = Place(document, section, paragraph, number)
            self.places[language, document, sentence.start] = place
            self.words.setdefault((language, document, sentence.text), place)


class Sentences:
    """Every sentence that may be quoted; what it gives stands in its document at this moment.

    The moment is that of the reader of documents it was made with; `reread` begins a new one.
    """

    def __init__(self, table: _Table, text_of: Reads) -> None:
        self._table = table
        self._text_of = text_of

    @classmethod
    def of(cls, passages: Iterable[Passage], text_of: Reads) -> Sentences:
        """The sentences of these passages, whose documents are read by ``text_of``."""
        table = _Table()
        counted: dict[tuple[Language, str, int], int] = {}
        for passage in sorted(passages, key=lambda each: (each.source.path, each.start)):
            section = (passage.source.language, passage.source.id, passage.section)
            for sentences in _paragraphs(passage):
                number = counted[section] = counted.get(section, -1) + 1
                table.keep((*section, number), sentences)
        return cls(table, text_of)

    def reread(self, text_of: Reads) -> Sentences:
        """The same sentences, held to what the documents say from now on."""
        return Sentences(self._table, text_of)

    def find(self, language: Language, document: str, text: str) -> Citation | None:
        """The quotation of exactly these words from that document; None where it has no such."""
        place = self._table.words.get((language, document, text))
        return self._cited(place, language, 0) if place else None

    def place(self, citation: Citation) -> Place | None:
        """The place of a quotation; None for one that is no sentence of these passages."""
        source = citation.passage.source
        place = self._table.places.get((source.language, source.id, citation.start))
        if place is None or self._at(place, source.language)[1].text != citation.quote:
            return None
        return place

    def twin(self, citation: Citation) -> Citation | None:
        """The quotation that says the same in the other language, under the same number.

        It holds the same figures and dates.
        """
        place = self.place(citation)
        if place is None:
            return None
        spoken = citation.passage.source.language
        other = _OTHER[spoken]
        if len(self._paragraph(place, spoken)) != len(self._paragraph(place, other)):
            return None
        _, sentence = self._at(place, other)
        if figures(citation.quote, spoken) != figures(sentence.text, other):
            return None
        return self._cited(place, other, citation.number)

    def _cited(self, place: Place, language: Language, number: int) -> Citation | None:
        passage, sentence = self._at(place, language)
        if not stands(passage, sentence, self._text_of):
            return None
        return Citation(number, passage, sentence.start, sentence.end, sentence.text)

    def _paragraph(self, place: Place, language: Language) -> _Paragraph:
        key = (language, place.document, place.section, place.paragraph)
        return self._table.paragraphs.get(key, ())

    def _at(self, place: Place, language: Language) -> tuple[Passage, Sentence]:
        return self._paragraph(place, language)[place.sentence]


def _paragraphs(passage: Passage) -> Iterable[_Paragraph]:
    """The sentences of a passage by paragraph; a paragraph never spans two passages."""
    groups: dict[int, list[tuple[Passage, Sentence]]] = {}
    for sentence in passage.sentences:
        before = passage.text[: sentence.start - passage.start]
        groups.setdefault(before.count("\n\n"), []).append((passage, sentence))
    return (tuple(group) for group in groups.values())
