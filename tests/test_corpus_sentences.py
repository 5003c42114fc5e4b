"""Sentences end where a reader of legal English or Spanish would say they end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.sentences import sentence_spans
from assistant.models import Document, Passage

# Sentences as they should be found again once they are written one after the other.
ENGLISH = [
    ["The IRS shared addresses.", "ICE asked for them.", "A judge stopped it."],
    ["Section 6103 protects returns.", "It stands in 26 U.S.C. § 6103.", "Title 26 holds more."],
    ["A request under 26 U.S.C. § 6103(i)(2) names a person.", "The IRS agreed."],
    ["The order rests on 5 U.S.C. § 705.", "The stay is in force."],
    ["The case is No. 1:25-cv-00457.", "It was filed on Feb. 5, 2026."],
    ["See Nos. 25-5181 and 26-5006.", "Both are on appeal."],
    ["The appeal is in the D.C. Circuit No. 25-5181.", "It was affirmed."],
    ["The Tax Reform Act of 1976 is Pub. L. No. 94-455.", "It passed in October."],
    ["Centro de Trabajadores Unidos v. Bessent was decided.", "The D.C. Circuit affirmed."],
    ["In U.S. v. Richey the court agreed.", "Others did not."],
    ["Sen. Padilla wrote to the IRS.", "Rep. Chu did too.", "Gov. Newsom did not."],
    ["H.Res. 1097 was introduced.", "S.Res. 5 and H.R. 7 followed."],
    ["The ruling is at 26 C.F.R. § 301.6103(i)-1.", "Treas. Reg. § 301 applies."],
    ["It was printed in 42 Fed. Reg. 1234 and 90 Stat. 1520.", "Nobody objected."],
    ["Under § 6103.", "§ 7213 makes it a crime."],
    ["He said “no.”", "Then he left."],
    ['A tracker read "Government Action Temporarily Blocked."', "The judge had said so."],
    ['"Stop!" she said.', "Nobody did."],
    ["Why?", "Because the law says so!", "All of it."],
    ["Did the IRS give my address to ICE?", "Nobody outside can tell."],
    ["**Litigation name.** The court ruled.", "It held so."],
    ["**A name:** The court ruled.", "It held so."],
    ["*Centro v. Bessent* was affirmed.", "*Rights v. IRS* was not."],
    ["The clinic is in the U.S.", "The agency said so."],
    ["The U.S. Treasury agreed.", "The U.S. Department of Homeland Security asked."],
    ["He met J. Smith and Mary T. Jones.", "They talked."],
    ["Call before 5 p.m. Monday.", "It closes at 8 p.m.", "The line is free."],
    ["The bill (H.R. 1) passed.", "(The other did not.)", "It waits."],
    ["About 4.9 percent failed.", "It cost $1.5 million.", "Only 2,842 remained."],
    ["Agencies, e.g. ICE, i.e. the police, asked.", "Others, cf. TIGTA, did not."],
    ["The IRS, Treasury, etc. agreed.", "They listed names, dates, etc.", "The list was long."],
    ["Centro, Inc. sued.", "The party is Centro, Inc.", "The court agreed."],
    ["John Smith Jr. testified.", "Mr. Lyons, Ms. Noem and Dr. Chu did too."],
    ["Wait…", "Then it came."],
    ["It waited... and then it came.", "So it was."],
    ["See Form 8821, line 3, and Pub. 17.", "Both are free."],
    ["It is in ch. 75, sec. 7431, p. 2.", "The next is empty."],
    ["St. Paul has a clinic.", "So has St. Louis."],
    ["One sentence without an end"],
    ["The site is irs.gov.", "Write to help@example.org."],
    ["1. One thing is known.", "Two things are not."],
]
SPANISH = [
    ["El IRS compartió direcciones.", "ICE las pidió.", "Una jueza lo detuvo."],
    ["¿Puede ICE ver mis impuestos?", "No.", "Solo con una orden."],
    ["¡Cuidado!", "Hay multas.", "¿Y ahora qué?"],
    ["¿Qué hago?", "¿A quién llamo?", "Busque una clínica."],
    ["Vive en EE. UU. desde 2010.", "Paga impuestos."],
    ["Vive en EE. UU.", "Los impuestos se pagan igual."],
    ["El caso núm. 3 sigue abierto.", "Los núms. 4 y 5 no."],
    ["El caso es el n.º 25-5181.", "Se apeló."],
    ["Llegó al Tribunal de Apelaciones del Circuito de D.C. No. 25-5181.", "Se confirmó."],
    ["El juez dijo que no.", "No hubo más."],
    ["Según la 26 U.S.C. § 6103(i)(2), la solicitud nombra a la persona.", "El IRS aceptó."],
    ["Está en el art. 5 y en la pág. 12.", "Véase también el cap. 3."],
    ["El Sr. Lyons, la Sra. Noem y la Dra. Chu hablaron.", "El Dr. García calló."],
    ["La Lic. Pérez lo explicó.", "El Ing. Ruiz también."],
    ["«No lo sé.»", "Luego se fue."],
    ["Dijo: «no».", "Luego se fue."],
    ["El 1.º de enero de 2026 empezó.", "Se acabó en dic. 2026."],
    ["Costó $1.5 millones.", "Fue el 4.9 por ciento."],
    ["Es decir, p.ej. ICE.", "Nada más."],
    ["La senadora Warren escribió.", "El sen. Wyden también."],
    ["**Nombre del pleito.** El tribunal falló.", "Así lo dijo."],
    ["Ángel declaró.", "Él tenía razón.", "Éste fue el caso."],
    ["Llame a las 5 p.m. hoy.", "Cierra a las 8 p.m.", "La línea es gratis."],
    ["Puede leer la página (en inglés).", "(La otra no existe.)"],
    ["Ñico preguntó.", "Óscar respondió.", "Útil fue."],
]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("expected", ENGLISH + SPANISH, ids=lambda expected: expected[0][:44])
@pytest.mark.parametrize("between", [" ", "\n"], ids=["one line", "wrapped lines"])
def test_sentences_written_one_after_the_other_are_found_again(
    expected: list[str], between: str
) -> None:
    assert sentences(between.join(expected)) == expected


@pytest.mark.parametrize(
    "whole",
    [
        "Two things follow:\n\n- an appeal by May 18, 2026;\n- a fine of $1,000.",
        "It covers 8 U.S.C. §§ 1302, 1303 and 18 U.S.C. § 1905 alike.",
        "La carta del 7 de abr. de 2025 se publicó.",
        "The judge asked whether ICE “itself” could ask.",
        "It cites Ctr. for Taxpayer Rights v. IRS, No. 1:25-cv-00457 (D.D.C. Nov. 21, 2025).",
    ],
)
def test_one_sentence_stays_whole(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize("nothing", ["", " ", "\n\n\t "])
def test_no_text_has_no_sentence(nothing: str) -> None:
    assert sentence_spans(nothing) == []


# Text with many of the signs that matter, and now and then any sign at all.
LEGAL = st.text(
    st.one_of(
        st.sampled_from(' \n.?!…“”"()[]*_§¿¡:;,-0123456789abcAbcÑñéUSDNovEtc'), st.characters()
    )
)
WORDS = st.lists(
    st.sampled_from(
        [word for entry in (*ENGLISH, *SPANISH) for sentence in entry for word in sentence.split()]
    )
).map(" ".join)


@given(st.one_of(LEGAL, WORDS))
def test_spans_are_in_order_apart_stripped_and_leave_only_white_space(text: str) -> None:
    at = 0
    for start, end in sentence_spans(text):
        assert at <= start < end <= len(text)
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@given(st.one_of(LEGAL, WORDS))
def test_white_space_around_a_text_moves_its_sentences_and_changes_none(text: str) -> None:
    assert sentences(f"\n {text} \n") == sentences(text)


def test_every_sentence_of_the_corpus_stands_in_its_document(
    whole_documents: tuple[Document, ...], whole_passages: tuple[Passage, ...]
) -> None:
    text = {document.source.path: document.text for document in whole_documents}
    count = 0
    for passage in whole_passages:
        for sentence in passage.sentences:
            assert text[passage.source.path][sentence.start : sentence.end] == sentence.text
            count += 1
    assert count > 8000


def test_every_sentence_of_the_corpus_begins_and_ends_like_one(
    whole_passages: tuple[Passage, ...],
) -> None:
    odd = [
        f"{passage.source.path}: {sentence.text}"
        for passage in whole_passages
        for sentence in passage.sentences
        if sentence.text[0].islower()
        or sentence.text.rstrip('"”»)*_')[-1] not in ".?!…:"
        or sentence.text.startswith(("No. ", "Núm. ", "§"))
    ]
    assert odd == []
