"""A follow-up brings the question it depends on; a new question brings nothing old."""

from __future__ import annotations

import pytest

from assistant.dialogue.follow import depends, standalone
from assistant.models import Language, Turn

EN_FIRST = "Can ICE get my address from the IRS?"
ES_FIRST = "¿Puede la migra ver mi dirección en los taxes?"

FOLLOW_UPS = [
    "and in Massachusetts?",
    "And in Texas",
    "what about my kids?",
    "What about people with DACA?",
    "how about green card holders",
    "and if I have a removal order?",
    "what if I moved?",
    "but only for ITIN holders?",
    "with an ITIN?",
    "in Texas?",
    "who said that?",
    "who decided this",
    "why?",
    "why not?",
    "when?",
    "Since when?",
    "how many?",
    "How many people were there?",
    "is that legal?",
    "is it legal?",
    "Is it still going on?",
    "ok and is that still going on or did somebody stop it",
    "when did it come out and what was the main problem",
    "does it apply to my kids?",
    "can they do that?",
    "did they appeal?",
    "Did ICE appeal?",
    "what did the judge say?",
    "which judge?",
    "what happened next?",
    "What is the penalty?",
    "what does that law say?",
    "did she sign it?",
    "tell me more",
    "explain",
    "sources?",
    "are you sure?",
    "yes",
    "in Spanish please",
    "¿y en Massachusetts?",
    "y en texas",
    "¿y si tengo DACA?",
    "y si no tengo papeles",
    "¿Y mis hijos?",
    "y mi esposo?",
    "¿y eso cómo me afecta?",
    "¿y eso sale del bolsillo del que la regó o lo paga Washington?",
    "y yo que nunca he ido a corte, solo entré sin papeles, también me buscan con eso?",
    "¿quién dijo eso?",
    "¿por qué?",
    "¿cuándo?",
    "¿cuántos fueron?",
    "¿cuántas personas?",
    "¿desde cuándo?",
    "¿eso es legal?",
    "¿esa ley sigue vigente?",
    "¿qué dijo la jueza?",
    "¿quién firmó?",
    "¿y qué pasó después?",
    "¿qué pasa con los que tienen green card?",
    "¿Y apelaron?",
    "con ITIN?",
    "sin papeles?",
    "dime más",
    "explícame",
    "en español por favor",
]

STANDS_ALONE = [
    "What is an ITIN?",
    "And what is an ITIN?",
    "what is tigta",
    "What is ICE?",
    "¿Qué es el IRS?",
    "itin",
    "form 8821",
    "section 7431",
    "mou",
    "kollar-kotelly",
    "irs ice",
    "How do I renew my ITIN?",
    "and how do I renew my ITIN?",
    "Is it legal for ICE to use IRS data?",
    "Is it safe to file taxes with an ITIN?",
    "Is there a deadline to sue the IRS?",
    "Can they deport me for paying taxes?",
    "If my husband has an ITIN, can he be deported?",
    "Did the court say that ICE could use the data?",
    "How long does it take to get an ITIN?",
    "What did TIGTA find?",
    "Who is Melanie Krause?",
    "Another question: what is the penalty for a leak?",
    "changing the subject, can I travel?",
    "What is the penalty for leaking tax records?",
    "Does my employer have to tell me?",
    "Can ICE come to my house?",
    "thanks",
    "hello",
    "¿Qué es un ITIN?",
    "¿Y qué es un ITIN?",
    "¿Cómo renuevo mi ITIN?",
    "y cómo renuevo mi ITIN",
    "otra pregunta: ¿qué es la sección 7431?",
    "cambiando de tema, ¿puedo viajar?",
    "¿Qué castigo hay por filtrar declaraciones?",
    "¿Quién es Melanie Krause?",
    "¿Es seguro declarar este año?",
    "¿Puede ICE venir a mi casa?",
    "Mi esposo tiene ITIN, ¿lo pueden deportar?",
    "¿Hay ayuda legal gratis?",
    "¿Qué encontró TIGTA?",
    "gracias",
    "hola",
    "",
    "?",
]


def talk(*said: str) -> tuple[Turn, ...]:
    return tuple(
        turn for text in said for turn in (Turn("user", text), Turn("assistant", "An answer."))
    )


@pytest.mark.parametrize("question", FOLLOW_UPS)
def test_a_follow_up_reads_with_the_question_before_it(question: str) -> None:
    assert standalone(question, talk(EN_FIRST), Language.EN) == f"{EN_FIRST} {question}"
    assert standalone(question, talk(ES_FIRST), Language.ES) == f"{ES_FIRST} {question}"


@pytest.mark.parametrize("question", STANDS_ALONE)
def test_a_new_question_drags_nothing_old_along(question: str) -> None:
    assert standalone(question, talk(EN_FIRST), Language.EN) == question
    assert standalone(question, talk(ES_FIRST), Language.ES) == question


@pytest.mark.parametrize("question", [*FOLLOW_UPS, *STANDS_ALONE])
def test_without_a_conversation_every_question_is_itself(question: str) -> None:
    assert standalone(question, (), Language.EN) == question


def test_the_subject_is_the_last_question_that_stood_alone() -> None:
    turns = talk("What is an ITIN?", EN_FIRST, "and in Texas?")
    assert standalone("and in Ohio?", turns, Language.EN) == f"{EN_FIRST} and in Ohio?"


def test_what_points_back_brings_the_follow_up_between() -> None:
    turns = talk(EN_FIRST, "and in Massachusetts?")
    expected = f"{EN_FIRST} and in Massachusetts? who said that?"
    assert standalone("who said that?", turns, Language.EN) == expected


def test_a_changed_subject_becomes_the_one_to_follow() -> None:
    turns = talk(ES_FIRST, "¿Qué es la sección 7431?")
    expected = "¿Qué es la sección 7431? ¿y cuánto pagan?"
    assert standalone("¿y cuánto pagan?", turns, Language.ES) == expected


def test_a_greeting_before_is_no_subject() -> None:
    assert standalone("why?", talk("hola"), Language.EN) == "why?"
    assert standalone("why?", talk(EN_FIRST, "thanks"), Language.EN) == f"{EN_FIRST} why?"


def test_what_the_assistant_said_is_not_taken_for_the_asker() -> None:
    turns = (Turn("assistant", "Welcome. Ask about tax privacy."),)
    assert standalone("why?", turns, Language.EN) == "why?"


def test_of_a_long_story_the_end_with_the_question_is_kept() -> None:
    story = "I came here in 2009 and filed every year. " * 40 + "Can ICE see my return?"
    text = standalone("why?", talk(story), Language.EN)
    assert text.endswith("Can ICE see my return? why?")
    assert len(text) < 420


def test_depends_tells_both_apart_without_any_turns() -> None:
    assert depends("¿y eso?")
    assert not depends("¿Qué es un ITIN?")
