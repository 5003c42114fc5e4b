"""Search words meet however people type: accents, endings, capitals, references, numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.words import WordIndex, words
from assistant.models import Language

EN, ES = Language.EN, Language.ES

ALIKE = [
    (EN, "addresses", "Address"),
    (EN, "disclosures", "disclosure"),
    (EN, "sharing shared shares", "share share share"),
    (EN, "taxpayer’s", "taxpayer's"),
    (EN, "ICE", "ice"),
    (EN, "U.S.C.", "usc"),
    (EN, "naïve résumé", "naive resume"),
    (EN, "re\u0301sume\u0301", "résumé"),
    (EN, "e\u0323\u0301tat", "etat"),
    (EN, "ﬁling at the ＩＲＳ", "filing at the irs"),
    (EN, "May 7–8", "may 7-8"),
    (EN, "47,289", "47289"),
    (EN, "6103(I)(2)", "6103(i)(2)"),
    (ES, "dirección", "direccion"),
    (ES, "direcciones", "dirección"),
    (ES, "declaración", "declaraciones"),
    (ES, "declaracion", "declaraciones"),
    (ES, "divulgó", "divulgo"),
    (ES, "información", "INFORMACION"),
    (ES, "pingüino", "pinguino"),
    (ES, "impuestos", "impuesto"),
    (ES, "migración", "migracion"),
    (ES, "apelaciones", "apelacion"),
    (ES, "tribunales", "tribunal"),
    (ES, "contribuyentes", "Contribuyente"),
]
APART = [
    (EN, "tax", "taxi"),
    (EN, "7213", "7213A"),
    (EN, "1.28", "128"),
    (EN, "6103(i)(2)", "6103(k)(2)"),
    (ES, "año", "ano"),
    (ES, "carta", "cartel"),
]
CUT = [
    (EN, "What did the IRS do?", ["ir"]),
    (EN, "6103(i)(2)(B)", ["6103", "6103(i)", "6103(i)(2)", "6103(i)(2)(b)"]),
    (EN, "26 U.S.C. § 6103(i)", ["26", "usc", "6103", "6103(i)"]),
    (EN, "7213A(a)(1)", ["7213a", "7213a(a)", "7213a(a)(1)"]),
    (EN, "No. 1:25-cv-00457", ["no", "1:25", "cv", "00457"]),
    (EN, "1.28 million of 47,289", ["1.28", "million", "47289"]),
    (EN, "", []),
    (EN, "?! — …", []),
    (EN, "the of and", []),
    (ES, "¿Qué hizo el IRS?", ["hiz", "irs"]),
    (ES, "de la para que", []),
    (ES, "la § 6103(i)(2)", ["6103", "6103(i)", "6103(i)(2)"]),
    (ES, "el 4.9 por ciento", ["4.9", "cient"]),
]


@pytest.mark.parametrize(("language", "one", "other"), ALIKE)
def test_two_ways_of_writing_give_the_same_words(language: Language, one: str, other: str) -> None:
    assert words(one, language) == words(other, language) != []


@pytest.mark.parametrize(("language", "one", "other"), APART)
def test_different_things_stay_apart(language: Language, one: str, other: str) -> None:
    assert words(one, language)[-1] != words(other, language)[-1]


@pytest.mark.parametrize(("language", "text", "expected"), CUT)
def test_a_text_is_cut_into_its_search_words(
    language: Language, text: str, expected: list[str]
) -> None:
    assert words(text, language) == expected


@given(st.text(), st.sampled_from(Language))
def test_any_text_gives_words_without_space_capital_or_accent(
    text: str, language: Language
) -> None:
    for word in words(text, language):
        assert word
        assert not any(sign.isspace() for sign in word)
        assert word == word.lower()


class TestWordIndex:
    TEXTS = (
        "The IRS shared addresses with ICE",
        "A judge blocked the sharing of addresses",
        "Nothing of the kind",
        "",
    )

    @pytest.fixture
    def index(self) -> WordIndex:
        return WordIndex.build([words(text, EN) for text in self.TEXTS])

    def test_the_text_that_shares_most_words_scores_highest(self, index: WordIndex) -> None:
        scores = index.scores(words("which judge blocked the shared addresses?", EN))
        assert list(np.argsort(-scores, kind="stable")) == [1, 0, 2, 3]
        assert scores[2] == scores[3] == 0

    @pytest.mark.parametrize("query", [[], [""], ["unheard"], ["", "unheard"]])
    def test_words_that_stand_nowhere_score_nothing(
        self, index: WordIndex, query: list[str]
    ) -> None:
        assert list(index.scores(query)) == [0, 0, 0, 0]

    def test_unknown_words_do_not_weaken_known_ones(self, index: WordIndex) -> None:
        known = index.scores(["judg"])
        assert list(index.scores(["judg", "unheard"])) == list(known)
        assert known[1] > 0

    def test_what_was_saved_scores_the_same(self, index: WordIndex, tmp_path: Path) -> None:
        index.save(tmp_path / "words")
        again = WordIndex.load(tmp_path / "words", len(self.TEXTS))
        query = words("addresses shared by a judge", EN)
        assert list(again.scores(query)) == list(index.scores(query))

    @pytest.mark.parametrize("texts", [[], [[]], [[], []]], ids=["none", "one", "two"])
    def test_an_index_of_nothing_finds_nothing(self, texts: list[list[str]]) -> None:
        index = WordIndex.build(texts)
        assert list(index.scores(["irs"])) == [0] * len(texts)
