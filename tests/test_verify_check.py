"""Checks of generated sentences: what each objects to, what it lets stand, in both languages."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEmbedder, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.read import read_corpus
from assistant.index.split import split
from assistant.models import Language, Passage, Sentence, Standing
from assistant.verify.check import SentenceChecker
from assistant.verify.claim import Check, Claim, Verdict
from assistant.verify.clauses import clauses
from assistant.verify.support import support_of

EN, ES = Language.EN, Language.ES
DAY = date(2026, 11, 30)
EMBEDDER = FakeEmbedder()
SMALL = Path(__file__).resolve().parent / "small_corpus"


def encode(text: str) -> np.ndarray:
    return EMBEDDER.encode([text])[0]


def vector_of(passage: Passage, sentence: Sentence) -> np.ndarray:
    return encode(sentence.text)


CHECKER = SentenceChecker(encode, vector_of)


def claim_of(
    text: str, evidence: str, language: Language = EN, status: Standing = Standing.IN_EFFECT
) -> Claim:
    source = make_source("doc", language, status=status)
    return Claim(text, language, (make_passage(evidence, source),), DAY)


def checks(claim: Claim) -> set[Check]:
    return {each.check for each in CHECKER.check(claim).objections}


OBJECTED = (
    (EN, Check.FIGURES, "The IRS sent 47,299 addresses.", "The IRS sent 47,289 addresses."),
    (ES, Check.FIGURES, "El IRS envió 47,299 nombres.", "El IRS envió 47,289 nombres."),
    (EN, Check.FIGURES, "It was on February 6, 2026.", "It was on February 5, 2026."),
    (ES, Check.FIGURES, "Fue el 06/02/2026.", "Fue el 5 de febrero de 2026."),
    (EN, Check.FIGURES, "It was below 6%.", "It was below 5 percent."),
    (EN, Check.COUNTED, "The IRS sent 47,289 names.", "The IRS sent 47,289 addresses."),
    (ES, Check.COUNTED, "El IRS envió 47,289 nombres.", "El IRS envió 47,289 direcciones."),
    (
        EN,
        Check.BOUND,
        "The fine for late notice of a move is up to $1,000.",
        "The fine for late notice of a move is up to $200. Other acts cost up to $1,000.",
    ),
    (
        ES,
        Check.BOUND,
        "La multa por el aviso tarde de una mudanza es de $1,000.",
        "La multa por el aviso tarde de una mudanza es de $200. Otros actos cuestan $1,000.",
    ),
    (EN, Check.STATUTES, "Section 7213 applies.", "Section 7431 applies."),
    (ES, Check.STATUTES, "La sección 7213 se aplica.", "La sección 7431 se aplica."),
    (EN, Check.NAMES, "On Friday Judge Smith ruled.", "On Friday Judge Talwani ruled."),
    (ES, Check.NAMES, "El viernes falló la jueza Smith.", "El viernes falló la jueza Talwani."),
    (EN, Check.QUOTED, "She wrote “never again”.", "She wrote “not this time”."),
    (ES, Check.QUOTED, "Escribió «nunca más».", "Escribió «esta vez no»."),
    (
        EN,
        Check.QUOTED,
        "The IEP (Institute for Peace) said so.",
        "The IEP (Economic Press) said so.",
    ),
    (
        EN,
        Check.ALTERED,
        "The agency must store the old photographs of every visitor in Boston.",
        "The agency must burn the old photographs of every visitor in Boston.",
    ),
    (
        EN,
        Check.ALTERED,
        "Were not confirmed by a court paper or a named news outlet.",
        "Events after the July hearing were not confirmed by a court paper or a named news outlet.",
    ),
    (
        EN,
        Check.ALTERED,
        "The agency must store the old green photographs of every visitor in Boston.",
        "The agency must store the old photographs of every visitor in Boston.",
    ),
    (
        ES,
        Check.ALTERED,
        "La oficina debe guardar las fotos de cada visitante en Boston.",
        "La oficina debe quemar las fotos de cada visitante en Boston.",
    ),
    (EN, Check.OPPOSITE, "The agreement ends the suit.", "The agreement does not end the suit."),
    (EN, Check.OPPOSITE, "The judge denied the motion.", "The judge granted the motion."),
    (ES, Check.OPPOSITE, "La jueza rechazó la moción.", "La jueza concedió la moción."),
    (
        EN,
        Check.OPPOSITE,
        "The House adopted it, and the agencies have 14 days to answer.",
        "If the House adopted it, the agencies have 14 days to answer.",
    ),
    (
        ES,
        Check.OPPOSITE,
        "Un defensor local no puede decirle al IRS que la persona vino.",
        "Un defensor local puede decidir no decirle al IRS que la persona vino.",
    ),
    (EN, Check.STRENGTH, "The office must tell people.", "The office may tell people."),
    (ES, Check.STRENGTH, "La oficina siempre avisa.", "La oficina avisa."),
    (EN, Check.STRENGTH, "The sharing broke the law.", "The sharing likely broke the law."),
    (
        EN,
        Check.DIRECTION,
        "The office must tell the agency before it sends notices.",
        "The agency must tell the office before it sends notices.",
    ),
    (
        EN,
        Check.DIRECTION,
        "The Washington order bars use, and the Boston order blocks the policy.",
        "The Boston order bars use. The Washington order blocks the policy.",
    ),
    (
        ES,
        Check.DIRECTION,
        "El IRS pidió y recibió las direcciones, e ICE las entregó.",
        "ICE pidió y recibió las direcciones. El IRS las entregó.",
    ),
    (EN, Check.PERSONAL, "You should file now.", "People file in April."),
    (ES, Check.PERSONAL, "Usted debe presentar su declaración.", "Se presenta en abril."),
    (EN, Check.PERSONAL, "You will be deported.", "Some people were deported."),
    (ES, Check.PERSONAL, "A usted lo van a deportar.", "Deportaron a algunos."),
    (EN, Check.PERSONAL, "Your data is safe.", "The data is in a vault."),
    (ES, Check.PERSONAL, "Sus datos están a salvo.", "Los datos están en un archivo."),
    (EN, Check.SUPPORT, "Whales sing in winter seas.", "The court heard the case."),
    (ES, Check.SUPPORT, "Las ballenas cantan en invierno.", "El tribunal oyó el caso."),
)


@pytest.mark.parametrize(("language", "check", "text", "evidence"), OBJECTED)
def test_each_check_objects_to_what_it_is_for(
    language: Language, check: Check, text: str, evidence: str
) -> None:
    assert check in checks(claim_of(text, evidence, language))


LET_STAND = (
    (EN, Check.FIGURES, "It is 1.28 million names.", "It is 1,280,000 names."),
    (ES, Check.FIGURES, "Son 1.28 millones.", "Son 1,280,000."),
    (EN, Check.FIGURES, "It was on Feb. 5, 2026.", "It was on February 5, 2026."),
    (EN, Check.FIGURES, "It was on Feb 5, 2026.", "It was on February 5, 2026."),
    (EN, Check.FIGURES, "It was on 5 February 2026.", "It was on February 5, 2026."),
    (EN, Check.FIGURES, "It was on 2026-02-05.", "It was on February 5, 2026."),
    (EN, Check.FIGURES, "It was on 02/05/2026.", "It was on February 5, 2026."),
    (ES, Check.FIGURES, "Fue el 5 de feb. de 2026.", "Fue el 5 de febrero de 2026."),
    (ES, Check.FIGURES, "Fue el 2026-02-05.", "Fue el 5 de febrero de 2026."),
    (ES, Check.FIGURES, "Fue el 05/02/2026.", "Fue el 5 de febrero de 2026."),
    (EN, Check.FIGURES, "The fine is 1,000 dollars.", "The fine is $1,000."),
    (ES, Check.FIGURES, "La multa es de 1,000 dólares.", "La multa es de $1,000."),
    (EN, Check.FIGURES, "It was below 5%.", "It was below 5 percent."),
    (ES, Check.FIGURES, "Fue menos del 5%.", "Fue menos del 5 por ciento."),
    (EN, Check.COUNTED, "The fine rose to 5,000 dollars.", "The fine rose to $5,000."),
    (
        EN,
        Check.BOUND,
        "The Post reported on August 9, 2025 that names went out.",
        "The Post reported on August 9, 2025 that names went out.",
    ),
    (EN, Check.STATUTES, "Section 6103 applies.", "Section 6103(i)(2) applies."),
    (EN, Check.NAMES, "It went to ICE.", "It went to Immigration and Customs Enforcement."),
    (EN, Check.QUOTED, "She wrote “not this time”.", "She wrote “not this time”, and left."),
    (EN, Check.OPPOSITE, "It is a suit over taxes.", "It is a suit under section 7431."),
    (EN, Check.STRENGTH, "The office must tell people.", "The office shall tell people."),
    (EN, Check.DIRECTION, "The IRS gave ICE files.", "The IRS gave ICE files."),
    (EN, Check.PERSONAL, "You should file now.", "The office says: you should file now."),
    (ES, Check.PERSONAL, "Lo mejor es esperar.", "La clínica dice que lo mejor es esperar."),
)


@pytest.mark.parametrize(("language", "check", "text", "evidence"), LET_STAND)
def test_each_check_lets_the_same_in_other_words_stand(
    language: Language, check: Check, text: str, evidence: str
) -> None:
    assert check not in checks(claim_of(text, evidence, language))


@pytest.mark.parametrize(
    ("language", "text", "evidence"),
    [
        (EN, "The order now blocks it.", "The order blocks it."),
        (ES, "La orden actualmente lo bloquea.", "La orden lo bloquea."),
    ],
)
def test_what_is_past_is_not_told_as_present(language: Language, text: str, evidence: str) -> None:
    past = claim_of(text, evidence, language, Standing.SUPERSEDED)
    assert Check.STANDING in checks(past)
    assert Check.STANDING not in checks(claim_of(text, evidence, language))


def test_without_evidence_that_alone_is_objected_to() -> None:
    verdict = CHECKER.check(Claim("You should sue.", EN, (), DAY))
    assert [each.check for each in verdict.objections] == [Check.CITES]


def test_a_claim_rests_on_the_sentences_that_bear_it() -> None:
    text = "The court heard the case. Whales sing in winter seas."
    claim = claim_of("The court heard the case.", text)
    found = support_of(claim, encode(claim.text), vector_of)
    assert [sentence.text for _, sentence in found.resting] == ["The court heard the case."]
    assert found.meaning == pytest.approx(1.0)
    assert found.borne == 1.0


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        (EN, "It was on February 5, 2026 in the old court house.", 1),
        (ES, "La jueza oyó el caso largo ayer, y el tribunal negó la moción nueva.", 2),
        (EN, "Yes, no, and so on.", 1),
    ],
)
def test_a_clause_is_long_enough_to_say_something(
    language: Language, text: str, parts: int
) -> None:
    assert len(clauses(text, language)) == parts


PASSAGES = split(read_corpus(SMALL))
SENTENCES = [(passage, each) for passage in PASSAGES for each in passage.sentences]


def verdict_on(text: str, passage: Passage) -> Verdict:
    return CHECKER.check(Claim(text, passage.source.language, (passage,), DAY))


@pytest.mark.parametrize("place", range(len(SENTENCES)))
def test_a_sentence_repeated_to_the_letter_stands(place: int) -> None:
    passage, sentence = SENTENCES[place]
    assert verdict_on(sentence.text, passage).objections == ()


@given(st.sampled_from([(p, s) for p, s in SENTENCES if re.search(r"\d", s.text)]), st.randoms())
def test_a_claim_with_a_changed_digit_never_stands(
    chosen: tuple[Passage, Sentence], draw: random.Random
) -> None:
    passage, sentence = chosen
    place = draw.choice([found.start() for found in re.finditer(r"\d", sentence.text)])
    digit = draw.choice([each for each in "123456789" if each != sentence.text[place]])
    changed = sentence.text[:place] + digit + sentence.text[place + 1 :]
    if changed not in passage.text:
        assert not verdict_on(changed, passage).stands


@given(st.sampled_from(PASSAGES), st.text(max_size=200))
def test_nonsense_never_stands_and_never_raises(passage: Passage, text: str) -> None:
    if text.strip(" .") and text.strip() in passage.text:
        return
    assert not verdict_on(text, passage).stands
