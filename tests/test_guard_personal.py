"""Personal details go, in every way of writing them; everything else stays to the letter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guard.kinds import PersonalKind as Kind
from assistant.guard.personal import MARK, remove_personal

# What is written, what must be gone from it, and of what kind that was.
REMOVED = [
    ("My SSN is 123-45-6789, can ICE see it?", "123-45-6789", Kind.SSN),
    ("my ssn 123456789", "123456789", Kind.SSN),
    ("ssn:123.45.6789", "123.45.6789", Kind.SSN),
    ("123 45 6789 is mine", "123 45 6789", Kind.SSN),
    ("123 - 45 - 6789", "123 - 45 - 6789", Kind.SSN),
    ("social security number 12345678", "12345678", Kind.SSN),
    ("mi seguro social es 123_45_6789", "123_45_6789", Kind.SSN),
    ("mi seguro es el 123 456789", "123 456789", Kind.SSN),
    ("the last four of my social are 6789", "6789", Kind.SSN),
    ("los últimos cuatro de mi seguro son 6789", "6789", Kind.SSN),
    ("my social is nine one two three four five six seven eight", "three four five", Kind.ITIN),
    ("es el uno dos tres cuatro cinco seis siete ocho nueve", "tres cuatro", Kind.SSN),
    ("1 2 3 4 5 6 7 8 9", "4 5 6", Kind.SSN),
    ("https://x.example/?ssn=123-45-6789", "123-45-6789", Kind.SSN),
    ("itin 912-34-5678 is it safe", "912-34-5678", Kind.ITIN),
    ("Mi ITIN es 987 65 4321 ¿lo tiene ICE?", "987 65 4321", Kind.ITIN),
    ("912345678 ¿qué hago?", "912345678", Kind.ITIN),
    ("ITIN#912345678", "912345678", Kind.ITIN),
    ("My A number is A 123 456 789", "123 456 789", Kind.A_NUMBER),
    ("A-123456789", "123456789", Kind.A_NUMBER),
    ("A12345678 is my file", "12345678", Kind.A_NUMBER),
    ("alien number 99 123 456", "99 123 456", Kind.A_NUMBER),
    ("USCIS number 012-345-678", "012-345-678", Kind.A_NUMBER),
    ("mi número de extranjero es 099123456", "099123456", Kind.A_NUMBER),
    ("my receipt is IOE0912345678", "IOE0912345678", Kind.RECEIPT_NUMBER),
    ("mi recibo es MSC-21-901-23456", "MSC-21-901-23456", Kind.RECEIPT_NUMBER),
    ("eac2190123456", "eac2190123456", Kind.RECEIPT_NUMBER),
    ("my EIN is 12-3456789", "12-3456789", Kind.EIN),
    ("EIN 123456789", "123456789", Kind.EIN),
    ("tarjeta 4111 1111 1111 1111", "4111 1111 1111 1111", Kind.CARD),
    ("my card 4111111111111111", "4111111111111111", Kind.CARD),
    ("amex 3782 822463 10005", "3782 822463 10005", Kind.CARD),
    ("routing number 021000021 for the refund", "021000021", Kind.CARD),
    ("call me at 713-555-0142", "713-555-0142", Kind.PHONE),
    ("(713) 555-0142", "(713) 555-0142", Kind.PHONE),
    ("713.555.0142", "713.555.0142", Kind.PHONE),
    ("+1 (713) 555 0142", "(713) 555 0142", Kind.PHONE),
    ("mi número es 7135550142", "7135550142", Kind.PHONE),
    ("my phone is 555-1234", "555-1234", Kind.PHONE),
    ("+52 55 1234 5678", "+52 55 1234 5678", Kind.PHONE),
    ("mi cel es +502 5555 1234", "5555 1234", Kind.PHONE),
    ("llámame al 55 1234 5678", "55 1234 5678", Kind.PHONE),
    ("mi tel 664 123 45 67", "664 123 45 67", Kind.PHONE),
    ("whatsapp 7123-4567", "7123-4567", Kind.PHONE),
    ("my routing is O21OOOO21", "O21OOOO21", Kind.CARD),
    ("ssn 9l2-7O-4432", "9l2-7O-4432", Kind.ITIN),
    ("ssn 219-09-\n9274", "9274", Kind.SSN),
    ("my passport is G38412907", "G38412907", Kind.DOCUMENT),
    ("956-94-7710/956-94-7711", "7711", Kind.ITIN),
    ("call seven thirteen triple five zero one eight eight", "triple five", Kind.PHONE),
    ("mi ITIN novecientos doce, setenta, cuatro cuatro tres dos", "setenta", Kind.ITIN),
    ("nací el catorce de marzo de mil novecientos ochenta y cinco", "catorce", Kind.DATE_OF_BIRTH),
    ("my pasport numbr G38412907", "G38412907", Kind.DOCUMENT),
    ("rosa punto mtz arroba gmail punto com", "rosa punto mtz", Kind.EMAIL),
    ("HC 61 Box 23, Marfa TX 79843", "Box 23, Marfa TX 79843", Kind.STREET_ADDRESS),
    ("4a Calle 5-67 Zona 10, Guatemala", "5-67 Zona 10", Kind.STREET_ADDRESS),
    ("Me llamo\nRosa Martínez y declaro", "Rosa Martínez", Kind.NAME),
    ("My name is Abdul-Rahman al-Hassan", "al-Hassan", Kind.NAME),
    ("Does it list Oumar Diallo, my husband?", "Oumar Diallo", Kind.NAME),
    ("Atentamente,\nAmanda Kowalczyk", "Kowalczyk", Kind.NAME),
    ("write to juan.perez+irs@gmail.com", "juan.perez+irs@gmail.com", Kind.EMAIL),
    ("juan arroba gmail punto com", "juan arroba gmail", Kind.EMAIL),
    ("juan (at) yahoo (dot) com", "juan (at) yahoo", Kind.EMAIL),
    (
        "I live at 123 Main St Apt 4, Houston TX 77002",
        "123 Main St Apt 4, Houston TX 77002",
        Kind.STREET_ADDRESS,
    ),
    (
        "i live at 123 main st apt 4 houston tx 77002, is ice coming",
        "123 main st apt 4 houston tx 77002",
        Kind.STREET_ADDRESS,
    ),
    ("My address is 4521 Oak Ridge Dr, Dallas, TX.", "Oak Ridge Dr, Dallas", Kind.STREET_ADDRESS),
    ("we live at 12 Broadway and ICE came", "12 Broadway", Kind.STREET_ADDRESS),
    ("500 W Madison Street, Suite 2000", "500 W Madison Street", Kind.STREET_ADDRESS),
    ("P.O. Box 1234, Miami FL 33101", "Box 1234, Miami FL 33101", Kind.STREET_ADDRESS),
    ("vivo en la calle Olmo 45", "Olmo 45", Kind.STREET_ADDRESS),
    ("Vivo en la Calle Olmo y tengo ITIN", "Olmo", Kind.STREET_ADDRESS),
    ("vivo en calle olmo número 45, Houston, Texas", "olmo número 45", Kind.STREET_ADDRESS),
    ("mi casa está en Av. Juárez 12", "Juárez 12", Kind.STREET_ADDRESS),
    ("Avenida 5 de Mayo 123, Puebla", "5 de Mayo 123", Kind.STREET_ADDRESS),
    ("vivo en el 1520 de la calle Elm y tengo miedo", "1520", Kind.STREET_ADDRESS),
    ("mi direccion es 2345 w 7th street los angeles ca 90057", "7th street", Kind.STREET_ADDRESS),
    ("Cra. 15 No. 88-64", "88-64", Kind.STREET_ADDRESS),
    ("I was born on March 14, 1985 in Mexico", "March 14, 1985", Kind.DATE_OF_BIRTH),
    ("DOB 03/14/1985", "03/14/1985", Kind.DATE_OF_BIRTH),
    ("nací el 14 de marzo de 1985", "14 de marzo de 1985", Kind.DATE_OF_BIRTH),
    ("fecha de nacimiento: 14/03/85", "14/03/85", Kind.DATE_OF_BIRTH),
    ("My son's birthday is 2015-03-03", "2015-03-03", Kind.DATE_OF_BIRTH),
    ("my name is Juan Pérez and I have an ITIN", "Juan Pérez", Kind.NAME),
    ("my name is juan perez and i have an itin", "juan perez", Kind.NAME),
    ("My name is Ahmed", "Ahmed", Kind.NAME),
    ("me llamo María de la Cruz López, tengo miedo", "María de la Cruz López", Kind.NAME),
    ("MI NOMBRE ES JUAN PEREZ Y TENGO ITIN", "JUAN PEREZ", Kind.NAME),
    ("Hola, soy María González y tengo ITIN", "María González", Kind.NAME),
    ("this is John Smith, did ICE get my file?", "John Smith", Kind.NAME),
    ("mi esposo Juan Pérez tiene orden de deportación", "Juan Pérez", Kind.NAME),
    ("My client, Rosa Martinez, filed in 2023", "Rosa Martinez", Kind.NAME),
    ("Nombre: Ana Ruiz", "Ana Ruiz", Kind.NAME),
    ("pasaporte G12345678", "G12345678", Kind.DOCUMENT),
    ("CURP PEPJ850314HDFRRN09", "PEPJ850314HDFRRN09", Kind.DOCUMENT),
    ("driver's license D1234567", "D1234567", Kind.DOCUMENT),
    ("my IP PIN is 123456", "123456", Kind.DOCUMENT),
    # Look-alike and invisible characters.
    ("ssn １２３-４５-６７８９", "１２３", Kind.SSN),
    ("ssn 123\u200b-45\u200b-6789", "6789", Kind.SSN),
    ("ssn 123\u00a045\u00a06789", "6789", Kind.SSN),
    ("ssn 123–45–6789", "6789", Kind.SSN),
    ("ssn 123\u00ad456\u2060789", "789", Kind.SSN),
    ("ssn 1\ufe0f\u20e32\ufe0f\u20e33456789", "456789", Kind.SSN),
    ("ssn ٠٢٣-٤٥-٦٧٨٩", "٦٧٨٩", Kind.SSN),
    ("me llamo Jose\u0301 Pe\u0301rez", "rez", Kind.NAME),
    ("juan＠gmail．com", "juan", Kind.EMAIL),
]

KEPT = [
    "What does § 6103(i)(2) allow?",
    "What happened in 1:25-cv-00677 and in No. 26-5006?",
    "¿Qué pasó en el caso 2:25-cv-01234?",
    "ICE asked about 1.28 million people; 47,289 matched.",
    "Did ICE send 1,273,211 names or 1280000?",
    "ICE pidió a 1280000 personas",
    "Did they share 1234567890 records?",
    "Form 1040, Form W-7, Form 8821, 1099-NEC, 1040-NR and 4506-T",
    "Formulario 8821 o 2848",
    "P.L. 119-21 and 26 CFR 301.6103(i)-1",
    "What is 26 C.F.R. § 301.6109-1(d)(3)?",
    "itin regulation 301.6109-1",
    "What happened on August 7, 2025?",
    "the deadline is April 15",
    "el plazo es el 15 de abril de 2026",
    "a fine of $10,000 and $123456789",
    "from 2025-04-07 to 2025-05-12, in 2024-2025",
    "6103 7213 7431",
    "2022 2023 2024 2025",
    "TIGTA 2014-20-059, JCX-7-25, B-337366, GAO-24-105395, JRIP 2026-408-012",
    "IRM 11.3.28.1.5 and 10.5.4.4.6",
    "80 Fed. Reg. 12345 (2015); 90 FR 2025-02006",
    "H.R. 8292 (118th), hr 2421, EO 14243, CP565",
    "https://example.org/recap/gov.uscourts.dcd.278865443/2579739109.pdf",
    "What did Judge Kollar-Kotelly say?",
    "Who are Kunitz, Billy Long and Melanie Krause?",
    "What did the 2025 Wall Street Journal report say?",
    "5 District Court cases and 2 Circuit Court rulings",
    "The case took a long road in 2025",
    "3 agents came down my street",
    "calle",
    "vivo en la calle",
    "me pararon en la calle en 2025",
    "salí a la calle el 15 de abril",
    "vivo en Houston desde 2010",
    "vivo en 2 estados",
    "I live at home with 3 kids",
    "my address is different from 2019",
    "mi dirección es la misma que en 2019",
    "Mi hijo nació en 2015 en Texas, ¿puedo reclamarlo?",
    "My kids were born here. April 15 is the deadline",
    "my name is on the list",
    "If my name is blacked out, does my file become open?",
    "my name is spelled wrong on my ITIN letter",
    "¿Mi nombre está en la lista?",
    "mi nombre es igual al de otra persona",
    "Me llamó el IRS",
    "me llamo el irs ayer",
    "me llamo inmigracion a mi casa",
    "¿Cómo se llama la ley?",
    "soy residente permanente",
    "soy mexicano y pago taxes",
    "I'm undocumented and scared",
    "thanks for the answer",
    "my husband is in jail",
    "Can my mother Social Security be seen?",
    "a number of people",
    # What is free to call is an office's.
    "TIGTA at 1-800-366-4484 or (877) 777-4778",
    "forty-seven thousand two hundred eighty-nine addresses",
    "un millón doscientos setenta y tres mil doscientos once",
    "l6 child support l7 l13 l20 l21 counts",
    "President Trump signed Executive Order 14243",
    "my husband ICE took was at work",
    "I'm John Doe in the lawsuit",
    "Names that you type stay, so read it",
    "good morning my friend, God bless you",
    "mi apellido es hispano",
    "caso contra IRS, 2024, Corte Suprema",
    "se llama Ley de Reducción de la Inflación",
    "apartado postal en los impuestos",
    "seguro social 2025",
    "between 5 and 10 years",
    "",
    "¿?",
]

# What a pattern that goes back over its text would take minutes for, many times over.
_PIECES = [
    "1",
    "1 ",
    "12-",
    "+1",
    "a",
    "a@",
    "a.",
    "a@b.",
    "A-",
    "123 Main ",
    "1 a a a a ",
    "calle a ",
    "vivo en 12 a ",
    "my name is ",
    "my client Aa ",
    "ssn ",
    "ssn 1",
    "phone(1)",
    "nací 1/",
    "one two ",
    "www.a 123456789 ",
    "one ",
    "seven y ",
    "1l-",
    "1 1l 1 ",
    "scoial 1 ",
    "\n1",
    "a dot ",
    "born 1985-01-",
    "apt 1 ",
    "1 Elm Ave, Houston, ",
    "calle 1-",
    "gracias, Aa ",
    "soy Aa ",
    "\u200b",
    "１",
    " ",
]
_LONG = 30_000  # characters


def cost(text: str) -> float:
    """Processor time, which a busy machine disturbs less than the clock."""
    started = time.process_time()
    remove_personal(text)
    return time.process_time() - started


@pytest.mark.parametrize(("text", "gone", "kind"), REMOVED)
def test_a_personal_detail_is_removed_and_named(text: str, gone: str, kind: Kind) -> None:
    redacted = remove_personal(text)
    assert gone not in redacted.text
    assert kind in redacted.kinds
    assert MARK in redacted.text


@pytest.mark.parametrize("text", KEPT)
def test_public_figures_and_plain_words_are_left_alone(text: str) -> None:
    assert remove_personal(text).text == text
    assert remove_personal(text).kinds == ()


def test_the_question_around_a_number_stays() -> None:
    text = "Mi ITIN es 912-34-5678 y vivo en la calle Olmo 45. ¿Lo sabe ICE?"
    redacted = remove_personal(text)
    assert redacted.text == f"Mi ITIN es {MARK} y vivo en {MARK}. ¿Lo sabe ICE?"
    assert redacted.kinds == (Kind.ITIN, Kind.STREET_ADDRESS)


def test_several_details_of_a_form_are_named_in_order() -> None:
    redacted = remove_personal("Name: Juan Pérez, SSN: 123-45-6789, DOB: 3/14/85")
    assert redacted.text == f"Name: {MARK}, SSN: {MARK}, DOB: {MARK}"
    assert redacted.kinds == (Kind.NAME, Kind.SSN, Kind.DATE_OF_BIRTH)


@pytest.mark.parametrize("piece", _PIECES, ids=lambda piece: piece.encode().hex())
def test_a_hostile_text_costs_little(piece: str) -> None:
    # Some times what it takes on a busy machine.
    assert cost(piece * (_LONG // len(piece))) < 1.5


@given(
    digits=st.integers(100_000_000, 999_999_999).map(str),
    separator=st.sampled_from(["-", " ", ".", "–", "\u00a0", " - ", ""]),
    before=st.sampled_from(["", "My number: ", "mi seguro ", "SSN#", "¿", "(", "\n"]),
    after=st.sampled_from(["", ".", ", can ICE see it?", " ¿qué hago?", ")", "\n"]),
)
def test_no_nine_digits_in_the_form_of_an_ssn_survive(
    digits: str, separator: str, before: str, after: str
) -> None:
    number = separator.join((digits[:3], digits[3:5], digits[5:]))
    redacted = remove_personal(f"{before}{number}{after}")
    assert digits[5:] not in redacted.text
    assert redacted.text.startswith(before.rstrip("#")[:3])
    assert redacted.text.endswith(after)


@given(st.text(max_size=80))
def test_what_was_cleaned_once_is_clean(text: str) -> None:
    once = remove_personal(text).text
    assert remove_personal(once).text == once


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("123-45-6789my name is Maria Lopez, am I on the list?", "[…]my name is […], am I on"),
        ("912-78-4417me llamo Ana Ruiz, ¿qué hago?", "[…]me llamo […], ¿qué hago?"),
    ],
)
def test_a_detail_written_against_another_goes_too(text: str, left: str) -> None:
    once = remove_personal(text)
    assert once.text.startswith(left)
    assert remove_personal(once.text).text == once.text
