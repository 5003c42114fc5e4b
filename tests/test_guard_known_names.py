"""Names that nothing introduces go; the names of those in the public eye stay."""

from __future__ import annotations

import time

import pytest

from assistant.guard.kinds import PersonalKind
from assistant.guard.personal import find_personal, remove_personal


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kwame Boateng irs foia disclosure log", "[…] irs foia disclosure log"),
        ("Client: Blanca Estela Rivas, filed 2021", "Client: […], filed 2021"),
        ("this is Pastor Ruben Galdamez, half of us", "this is […], half of us"),
        ("le habla doña Petrona Xol de Lynn", "le habla doña […]"),
        ("is it the same for jose anibal zuniga", "is it the same for […]"),
        ("filed as Perez-Lopez, Maria E. with an ITIN", "filed as […] with an ITIN"),
        ("mis niños Kevin Alexander y Brittany son de aquí", "mis niños […] son de aquí"),
        ("I, Gloria Amaya de Henriquez, ask", "I, […], ask"),
        ("llame y pregunte por Maritza, ella sabe", "llame y pregunte por […], ella sabe"),
        ("mi esposo se llama Ever Josué Membreño y", "mi esposo se llama […] y"),
        (
            "Is it blocked?\n\nRespectfully,\n\nHieu T. Nguyen",
            "Is it blocked?\n\nRespectfully,\n\n[…]",
        ),
        ("is Chase Garcia on the list", "is […] on the list"),
        ("Zutano Perengano 912-70-1234 lista", "[…] […] lista"),
    ],
)
def test_a_name_is_told_by_its_words_or_its_place(text: str, left: str) -> None:
    assert remove_personal(text).text == left


@pytest.mark.parametrize(
    "text",
    [
        "¿Puedo recibir el Child Tax Credit con ITIN?",
        "abrir una cuenta de Wells Fargo con ITIN",
        "What did Scott Bessent and Kristi Noem sign?",
        "Judge Maria Lopez ruled in the case",
        "¿Qué dijo la senadora Elena Ruiz?",
        "What did Mr. Christensen argue for the government?",
        "Carlos Ramirez v. Noem",
        "born in San Pedro Sula, now in San Jose California",
        "the Taxpayer Advocate Service and Catholic Charities",
        "Ley de Libertad de Información",
        "does the irs share with ice",
    ],
)
def test_a_name_of_the_public_eye_stays(text: str) -> None:
    names = [each for each in find_personal(text) if each.kind is PersonalKind.NAME]
    assert not names


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Is 1500 Pennsylvania Avenue NW the Treasury?",
            "Is 1500 Pennsylvania Avenue NW the Treasury?",
        ),
        ("I live at 1500 Pennsylvania Ave, Brooklyn NY 11239", "I live at […]"),
        ("Maria Lopez wrote to phishing@irs.gov", "[…] wrote to phishing@irs.gov"),
    ],
)
def test_the_address_of_an_office_stays_and_a_home_in_such_a_street_goes(
    text: str, left: str
) -> None:
    assert remove_personal(text).text == left


@pytest.mark.parametrize("text", ["Maria Lopez " * 2000, "A" * 20000, "Aa Bb, " * 4000])
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    began = time.process_time()
    find_personal(text)
    assert time.process_time() - began < 10
