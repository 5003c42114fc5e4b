"""Conversations of several turns: what each last message is searched with."""

from __future__ import annotations

import pytest

from assistant.dialogue.follow import standalone, understood
from assistant.models import Language, Turn

EN, ES = Language.EN, Language.ES

# What was asked before, the last message, and which of the earlier messages it is read with.
CASES: list[tuple[tuple[str, ...], str, tuple[int, ...]]] = [
    (("does the IRS give my address to ICE",), "and in Massachusetts?", (0,)),
    (("does the IRS give my address to ICE",), "Massachusetts too?", (0,)),
    (("does ICE get my info if i file",), "DACA recipients?", (0,)),
    (("does ICE get my info if i file",), "what about green card holders", (0,)),
    (("does ICE get my info if i file",), "citizens too?", (0,)),
    (("does ICE get my info if i file",), "i have daca", (0,)),
    (("does ICE get my info if i file",), "but i never had a court date", (0,)),
    (("can I get the child credit with an ITIN",), "my husband has a good social tho", (0,)),
    (("can I get the child credit with an ITIN",), "we file jointly", (0,)),
    (("did the irs send wrong addresses",), "who said that?", (0,)),
    (("did the irs send wrong addresses",), "who said that, ICE or the IRS?", (0,)),
    (("did the irs send wrong addresses",), "when was that", (0,)),
    (("did the irs send wrong addresses",), "how do they know that", (0,)),
    (("did the irs send wrong addresses",), "so can they deport the wrong person", (0,)),
    (("is there a bill on taxpayer privacy",), "did it ever get a vote", (0,)),
    (("is there a bill on taxpayer privacy",), "who sponsored it", (0,)),
    (("is there a bill on taxpayer privacy",), "ok and is that still going on", (0,)),
    (("how many violations did the judge count",), "can we print that as a final ruling", (0,)),
    (("how many violations did the judge count",), "can I quote that in my article?", (0,)),
    (("how many violations did the judge count",), "so do we get money", (0,)),
    (("how many violations did the judge count",), "is that number final", (0,)),
    (("does the injunction bar ICE",), "does it also cover what SSA handed over", (0,)),
    (("does the injunction bar ICE",), "does it apply to CBP employees too", (0,)),
    (("does the injunction bar ICE",), "wait, since when?", (0,)),
    (("does the injunction bar ICE",), "i dont understand", (0,)),
    (("does the injunction bar ICE",), "in simple words", (0,)),
    (("does the injunction bar ICE", "and in Texas?"), "why?", (0, 1)),
    (("does the injunction bar ICE", "and in Texas?"), "and in Ohio?", (0,)),
    (("hi", "does the injunction bar ICE"), "for how long?", (1,)),
    (("but is it safe to file my taxes",), "and my kids?", (0,)),
    (("what is an ITIN", "how do I sue the IRS"), "what is the deadline", (1,)),
    (("what is an ITIN", "how do I sue the IRS"), "then do i need a lawyer", (1,)),
    (("¿el IRS le da mi dirección a ICE?",), "¿y si tengo DACA?", (0,)),
    (("¿el IRS le da mi dirección a ICE?",), "¿los residentes también?", (0,)),
    (("¿el IRS le da mi dirección a ICE?",), "¿y en Massachusetts?", (0,)),
    (("¿el IRS le da mi dirección a ICE?",), "yo entré sin papeles", (0,)),
    (("¿el IRS le da mi dirección a ICE?",), "y a mi esposa que es ciudadana?", (0,)),
    (("¿el IRS le da mi dirección a ICE?",), "¿ciudadanos?", (0,)),
    (("¿cuántas direcciones mandó el IRS?",), "¿y quién dijo eso, la migra o el irs?", (0,)),
    (("¿cuántas direcciones mandó el IRS?",), "¿quién lo dijo?", (0,)),
    (("¿cuántas direcciones mandó el IRS?",), "¿cuándo fue eso?", (0,)),
    (("¿cuántas direcciones mandó el IRS?",), "¿podemos publicar eso?", (0,)),
    (
        ("¿la jueza contó 42 mil violaciones?",),
        "entonces ya nos toca dinero o como le hacemos",
        (0,),
    ),
    (("¿la jueza contó 42 mil violaciones?",), "¿lo apelaron?", (0,)),
    (("¿la jueza contó 42 mil violaciones?",), "¿y eso sigue o ya lo pararon?", (0,)),
    (("¿la jueza contó 42 mil violaciones?",), "no entiendo", (0,)),
    (("¿la jueza contó 42 mil violaciones?",), "¿hay multa?", (0,)),
    (("¿la jueza contó 42 mil violaciones?", "¿y en Texas?"), "¿por qué?", (0, 1)),
    (("me cobraron por un ITIN falso",), "¿y ahora qué hago?", (0,)),
    # Another matter: nothing old comes along.
    (("does the injunction bar ICE",), "How do I renew an ITIN?", ()),
    (("does the injunction bar ICE",), "so what is an ITIN?", ()),
    (("does the injunction bar ICE",), "so how do I renew my ITIN", ()),
    (("does the injunction bar ICE",), "does Medicaid share data with ICE", ()),
    (("does the injunction bar ICE",), "can my landlord evict me", ()),
    (("does the injunction bar ICE",), "I want to know what a notario can do", ()),
    (("does the injunction bar ICE",), "Who is Dottie Romo?", ()),
    (("does the injunction bar ICE",), "When did Melanie Krause resign?", ()),
    (("does the injunction bar ICE",), "If ICE takes my passport can I get it back?", ()),
    (("does the injunction bar ICE",), "Can a reporter publish the names of agents?", ()),
    (("does the injunction bar ICE",), "where can I find free legal help", ()),
    (("does the injunction bar ICE",), "form 8821", ()),
    (("does the injunction bar ICE",), "new topic: who wrote section 6103", ()),
    (("does the injunction bar ICE",), "ok thanks", ()),
    (("¿el IRS le da mi dirección a ICE?",), "¿Cómo renuevo mi ITIN?", ()),
    (("¿el IRS le da mi dirección a ICE?",), "entonces, ¿qué es un ITIN?", ()),
    (("¿el IRS le da mi dirección a ICE?",), "¿Qué castigo hay por filtrar datos?", ()),
    (("¿el IRS le da mi dirección a ICE?",), "¿Quién es la jueza Talwani?", ()),
    (("¿el IRS le da mi dirección a ICE?",), "¿Dónde consigo un abogado gratis?", ()),
    (("¿el IRS le da mi dirección a ICE?",), "lo del IRS y el Congreso, ¿qué votaron?", ()),
    (("¿el IRS le da mi dirección a ICE?",), "quiero saber sobre la sección 7431", ()),
    (("¿el IRS le da mi dirección a ICE?",), "otra pregunta, ¿puedo viajar?", ()),
    (("¿el IRS le da mi dirección a ICE?",), "gracias", ()),
]


def talk(*said: str, answer: str = "An answer. And more of it.") -> tuple[Turn, ...]:
    return tuple(turn for text in said for turn in (Turn("user", text), Turn("assistant", answer)))


@pytest.mark.parametrize(("said", "last", "kept"), CASES)
def test_a_message_is_read_with_what_it_follows_and_no_more(
    said: tuple[str, ...], last: str, kept: tuple[int, ...]
) -> None:
    expected = " ".join([*(said[place] for place in kept), last])
    assert standalone(last, talk(*said), EN) == expected
    assert standalone(last, talk(*said), ES) == expected


@pytest.mark.parametrize(
    "last", ["who said that?", "when?", "¿quién dijo eso?", "is that final", "sources?"]
)
def test_what_is_asked_of_an_answer_is_read_with_how_it_began(last: str) -> None:
    turns = talk("how many addresses", answer="About **47,289** [1]. The court saw more.")
    heard = understood(last, turns, EN)
    assert heard.text == f"how many addresses {last}"
    assert heard.answer == "About 47,289."


@pytest.mark.parametrize("last", ["and in Texas?", "what about my kids", "y si tengo DACA"])
def test_what_narrows_a_question_leaves_the_answer_out(last: str) -> None:
    heard = understood(last, talk("how many addresses"), EN)
    assert (heard.text, heard.answer) == (f"how many addresses {last}", "")


def test_a_new_question_is_read_without_any_answer() -> None:
    heard = understood("What did TIGTA find?", talk("how many addresses"), EN)
    assert (heard.text, heard.answer) == ("What did TIGTA find?", "")


@pytest.mark.parametrize(("said", "whole"), [("taxes", True), ("otra pregunta", False)])
def test_what_alone_is_vague_follows_unless_the_subject_is_changed(said: str, whole: bool) -> None:
    heard = understood(said, talk("how many addresses"), EN, vague=True)
    assert (heard.text != said) is whole
