"""False premises: told from many wordings, kept off questions that only sound alike, put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from contract import check_record
from fakes import FakeEmbedder, make_index, make_passage, make_source

from assistant.answer.picks import picked
from assistant.answer.premises import premises, premises_in
from assistant.answer.quotes import QuotesEngine
from assistant.answer.select import MOST_SENTENCES
from assistant.export.record import answer_record
from assistant.models import Audience, Language, Passage, Question, Request
from assistant.retrieve.find import Finder, Search
from assistant.service import Assistant

EN, ES = Language.EN, Language.ES
TODAY = date(2026, 11, 22)

# In each language: what people say who believe it, or ask whether it is so.
CLAIMED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "five_percent_of_the_list": (
        ("so 5 percent of 1.28 million people were wrong?", "is it 64,000 errors, five percent?"),
        ("¿el 5 por ciento de 1.28 millones estaba mal?", "son 64 mil personas equivocadas, no?"),
    ),
    "seven_million_given": (
        ("7 million people were given to ICE", "Did the IRS hand over seven million addresses?"),
        ("¿entregaron a 7 millones de personas?", "el IRS le pasó siete millones de direcciones"),
    ),
    "million_given": (
        (
            "The IRS gave ICE 1.28 million addresses, right?",
            "is it true over a million people were handed to immigration",
            "ICE got 1.3 million tax addresses",
        ),
        (
            "El IRS le dio a ICE 1.28 millones de direcciones, ¿verdad?",
            "dicen que millones de direcciones fueron entregadas a la migra",
            "ICE ya tiene un millon de domicilios",
        ),
    ),
    "full_returns": (
        (
            "Does ICE have my whole tax return now?",
            "Can immigration see my bank account?",
            "does ice know where i work because of my taxes",
            "How long has ICE had my W-2s?",
            "the IRS gave ICE everyone's wages and employers",
        ),
        (
            "¿ICE tiene mi declaración completa?",
            "la migra puede ver mi cuenta de banco?",
            "¿ya sabe la migra cuánto gano?",
            "el IRS le entregó a ICE las declaraciones completas",
        ),
    ),
    "all_itin_holders": (
        (
            "Everyone with an ITIN was shared with ICE",
            "is it true having an ITIN puts you on the ICE list",
            "they gave ICE a list of all ITIN holders",
        ),
        (
            "A todos los que tienen ITIN los pasaron a ICE",
            "¿tener ITIN me pone en la lista?",
            "le dieron a la migra la lista de todos los del ITIN",
        ),
    ),
    "supreme_court": (
        (
            "Now that the Supreme Court approved the IRS-ICE deal, what can I do?",
            "Which justices dissented when SCOTUS let the IRS share with ICE?",
            "did the supreme court allow it",
        ),
        (
            "Ya que la Corte Suprema aprobó el acuerdo, ¿qué puedo hacer?",
            "la suprema corte permitio que el irs comparta con ice?",
        ),
    ),
    "circuit_blocked_agreement": (
        (
            "Now that the D.C. Circuit has struck down the MOU, what is left?",
            "the appeals court blocked the irs ice agreement right?",
            "Was the agreement overturned by the court of appeals?",
        ),
        (
            "El tribunal de apelaciones bloqueó el acuerdo, ¿verdad?",
            "ya que el Circuito de D.C. anuló el memorando, ¿qué queda?",
            "la corte de apelaciones ya tumbó el convenio?",
        ),
    ),
    "circuit_cleared_the_transfer": (
        (
            "The appeals court approved the 47,289 disclosures, didn't it?",
            "So the D.C. Circuit found the August transfer legal?"
            " I read it upheld the August handover",
        ),
        (
            "La corte de apelaciones dio por buenas las 47 mil entregas",
            "¿el Circuito de D.C. validó las divulgaciones de agosto?",
        ),
    ),
    "november_order_binds_ice": (
        (
            "Kollar-Kotelly's November order stopped ICE from using the data",
            "the november ruling bars ICE from looking at the addresses it has, correct?",
        ),
        (
            "La orden de Kollar-Kotelly le prohíbe a ICE usar los datos",
            "¿la orden de noviembre impide que ICE use las direcciones?",
        ),
    ),
    "deletion_ordered": (
        (
            "Did a judge order ICE to delete the data?",
            "the court made immigration destroy the addresses",
            "ICE had to erase the whole list, right?",
        ),
        (
            "¿Un juez le ordenó a ICE borrar los datos?",
            "la corte obligó a la migra a destruir las direcciones",
        ),
    ),
    "agreement_cancelled": (
        (
            "I heard the agreement was cancelled",
            "They terminated the IRS deal with ICE, so we are fine",
            "the memorandum has been rescinded?",
        ),
        ("ya cancelaron el acuerdo, ¿no?", "oí que el convenio quedó sin efecto"),
    ),
    "agreement_fully_running": (
        (
            "Is the deal still in full force?",
            "the irs is still sharing addresses with ice",
            "No judge blocked the data deal",
        ),
        (
            "¿El acuerdo sigue vigente?",
            "el IRS todavía está pasando direcciones a ICE",
            "nadie bloqueó el acuerdo",
        ),
    ),
    "courts_said_all_legal": (
        (
            "A judge said everything was legal",
            "Courts approved the program, so it is lawful, right?",
            "the government already won in court",
        ),
        (
            "Un juez dijo que todo es legal",
            "los tribunales ya aprobaron el programa",
            "el gobierno ya ganó en la corte",
        ),
    ),
    "all_disclosures_unlawful": (
        (
            "Can I write that a court found all 47,000 disclosures broke the law?",
            "every one of the 47,289 disclosures was illegal",
        ),
        (
            "¿Todas las 47,289 divulgaciones fueron ilegales?",
            "puedo escribir que todas las entregas violaron la ley",
        ),
    ),
    "all_disclosures_mistaken": (
        (
            "All 47,000 addresses were sent by mistake",
            "were the 47,289 all errors?",
            "47 thousand wrong people, shame",
        ),
        (
            "Todas las direcciones se mandaron por equivocación",
            "los 47 mil fueron errores, ¿cierto?",
        ),
    ),
    "deported_by_the_data": (
        (
            "42,695 people were deported because of the IRS",
            "How many of the 47,289 have been arrested?",
            "tax data was used to deport people",
        ),
        (
            "42,695 personas fueron deportadas por culpa del IRS",
            "¿a cuántos de los 47 mil ya los deportaron?",
            "usaron los datos del irs para deportar gente",
        ),
    ),
    "count_by_another_judge": (
        ("Need the cite for Talwani's 42,695 violations.", "42,695, says the Boston judge"),
        ("¿Dónde dice Talwani lo de las 42,695?", "las 42,695 violaciones de la jueza de Boston"),
    ),
    "count_is_final": (
        ("Is 42,695 the final number?", "the court settled it: a final judgment of 42,695"),
        ("¿El 42,695 ya es definitivo?", "42,695 violaciones, sentencia firme"),
    ),
    "congress_changed_the_law": (
        (
            "Since Congress repealed 6103, is my return public?",
            "Congress passed a law letting the IRS share with ICE",
            "section 6103 was amended for ICE",
        ),
        (
            "Como el Congreso derogó la 6103, ¿ya no hay secreto?",
            "el congreso aprobó una ley que permite compartir con ICE",
        ),
    ),
    "order_overrides_the_law": (
        (
            "DHS says the information-silos executive order overrides 6103",
            "Trump's executive order allows the IRS to share tax data, no?",
        ),
        (
            "La orden ejecutiva está por encima de la 6103",
            "¿el decreto autoriza al IRS a compartir datos?",
        ),
    ),
    "section_1373_binds_the_irs": (
        ("Does 1373 force the IRS to give ICE addresses?", "IRS must comply with 8 USC 1373"),
        ("¿La 1373 obliga al IRS a darle datos a ICE?", "por la ley de impuestos y la 1373, deben"),
    ),
    "filing_alerts_ice": (
        (
            "If I file, does the IRS tell ICE?",
            "Filing taxes automatically alerts immigration",
            "the IRS notifies ICE every time someone applies for an ITIN",
        ),
        (
            "mi comadre dice que apenas manda uno la W-7 el IRS le da el pitazo a la migra",
            "si declaro, ¿el IRS le avisa a la migra?",
            "los taxes le llegan directo a la migra",
        ),
    ),
    "social_security_number_is_safe": (
        (
            "I file with a Social Security number so I'm safe, right?",
            "Am I in the clear if I have an SSN?",
            "only ITIN holders are affected",
        ),
        (
            "Declaro con seguro social, entonces estoy a salvo",
            "tener seguro social me protege de la lista",
            "solo los del ITIN están en peligro",
        ),
    ),
    "extension_hides_a_person": (
        ("If I file an extension can I hide my address?", "an extension keeps me off the radar"),
        ("con una prórroga no me encuentran", "¿pedir extensión oculta mi dirección?"),
    ),
    "other_number_or_box_hides_a_person": (
        (
            "Will a PO box hide me from ICE?",
            "I use an EIN so they can't find me",
            "I never filed taxes so the IRS has no address for me",
        ),
        (
            "¿Un apartado postal me protege de ICE?",
            "uso un EIN para que no me encuentren",
            "nunca he declarado así que no tienen mi dirección",
        ),
    ),
    "no_duty_to_file": (
        (
            "Undocumented people don't have to file taxes",
            "we no longer need to file because of the deal",
            "Is it legal to not file taxes if I'm scared?",
            "do people without papers still have to file",
        ),
        (
            "los indocumentados no tienen que declarar",
            "ya no hay que hacer los taxes por el acuerdo",
            "¿puedo dejar de declarar mis impuestos?",
        ),
    ),
    "lapsed_itin_erases": (
        (
            "If my ITIN expires will my records be deleted?",
            "let the ITIN lapse and you disappear from their system",
        ),
        (
            "si se me vence el ITIN, ¿se borran mis datos?",
            "dejo que mi ITIN caduque y desaparezco",
        ),
    ),
    "name_removed_for_a_fee": (
        (
            "A notario offers to take my name off the list for $300",
            "can I pay to have my name removed from the ICE list",
        ),
        (
            "Un notario me cobra por quitar mi nombre de la lista",
            "¿puedo pagar para que me saquen de la lista?",
        ),
    ),
    "public_list_exists": (
        (
            "Where can I look up my name on the ICE list?",
            "is there a website that shows the list",
            "the IRS published the names",
        ),
        (
            "¿Dónde puedo buscar mi nombre en la lista?",
            "hay una página para ver si salgo",
            "el IRS publicó la lista",
        ),
    ),
    "letters_were_sent": (
        (
            "The IRS already sent letters to everyone affected",
            "did all the affected people get notices?",
        ),
        (
            "El IRS ya mandó cartas a los afectados",
            "¿todos los afectados recibieron una carta?",
        ),
    ),
    "money_awarded": (
        (
            "where do i sign up for the $1000 the judge ordered for each person",
            "The court awarded money to the victims",
            "how do I claim the settlement for the irs ice leak",
        ),
        (
            "¿dónde me apunto para los mil dólares que mandó pagar la jueza?",
            "el tribunal ordenó una indemnización para los afectados",
        ),
    ),
    "only_convicted_people": (
        (
            "The deal only covers convicted criminals, correct?",
            "they only share data of people with criminal records",
        ),
        (
            "El acuerdo es solo para criminales, ¿no?",
            "nomás comparten datos de gente con antecedentes",
        ),
    ),
    "krause_was_fired": (
        (
            "Was Krause fired for refusing to sign?",
            "Trump ousted Melanie Krause over the ICE deal",
        ),
        ("¿Despidieron a Krause?", "Krause se negó a firmar y la corrieron"),
    ),
    "official_was_sentenced": (
        (
            "What sentence did the IRS employee get who gave addresses to ICE?",
            "which IRS officials were charged for this",
        ),
        (
            "¿Qué sentencia le dieron al empleado del IRS que le pasó las direcciones a ICE?",
            "¿Cuántos funcionarios del IRS están procesados?",
        ),
    ),
    "contractor_gave_the_addresses": (
        (
            "Which prison is the contractor in who gave our addresses to ICE?",
            "the contractor leaked the list to ICE and got five years",
        ),
        (
            "¿Cuántos años le dieron al contratista que le pasó los datos a ICE?",
            "el contratista vendió las direcciones a la migra",
        ),
    ),
    "credit_names_given": (
        (
            "What did the White House do with the names of people who claimed the EITC?",
            "the IRS told ICE who got child tax credits",
        ),
        (
            "¿Qué hizo la Casa Blanca con los nombres de quienes cobraron el EITC?",
            "el IRS entregó a ICE quién cobró créditos tributarios",
        ),
    ),
}

# What sounds alike and claims nothing wrong.
HARMLESS = {
    EN: (
        "How many addresses did the IRS give ICE?",
        "Did the IRS give my address to ICE?",
        "How many names did ICE ask about, 1.28 million?",
        "ICE asked for 7 million, what happened to that request?",
        "What did the Supreme Court decide in Church of Scientology v. IRS in 1987?",
        "Which bank account should I use for my refund?",
        "What did ICE ask for besides addresses, such as bank names?",
        "With a court order, can ICE get my full tax return under 6103(i)(1)?",
        "What did the D.C. Circuit decide on February 24, 2026?",
        "Has the appeals court decided the government's second appeal?",
        "What does Judge Talwani's February order stop ICE from doing?",
        "Does the court hotline show my removal order?",
        "Who can cancel the agreement?",
        "How long does the agreement last?",
        "Which judge blocked the sharing?",
        "How many disclosures were mistakes?",
        "What does the 42,695 figure count?",
        "What bills would change section 6103?",
        "How was 6103 changed in 1976 after Watergate?",
        "Which executive orders came before the agreement?",
        "How do I apply for an ITIN with Form W-7?",
        "How do I renew my ITIN before it expires?",
        "How do I get an extension and how much time does it give?",
        "What is the filing threshold for 2025?",
        "Do I need to file Form 8822 when I move?",
        "Can a Low Income Taxpayer Clinic represent me for free?",
        "Can I sue for $1,000 under section 7431?",
        "Does Social Security give my address to ICE?",
        "Who was Melanie Krause?",
        "What is the penalty for an IRS employee who discloses a return?",
        "What happened to Charles Littlejohn?",
        "Do I qualify for the child tax credit with an ITIN?",
        "When did senators send letters to the IRS?",
        "What crime does the agreement name?",
        "How do I write a letter asking for an accounting of disclosures?",
    ),
    ES: (
        "¿Cuántas direcciones le dio el IRS a ICE?",
        "¿El IRS le dio mi dirección a ICE?",
        "¿Por cuántos nombres preguntó ICE, 1.28 millones?",
        "ICE pidió 7 millones, ¿qué pasó con esa solicitud?",
        "¿Qué decidió la Corte Suprema en el caso de la Iglesia de la Cienciología y el IRS?",
        "¿En qué cuenta de banco pido mi reembolso?",
        "¿Qué pidió ICE además de direcciones, como nombres de bancos?",
        "Con orden judicial, ¿ICE puede ver mi declaración completa según la 6103(i)(1)?",
        "¿Qué decidió el Circuito de D.C. el 24 de febrero de 2026?",
        "¿Qué le prohíbe a ICE la orden de febrero de la jueza Talwani?",
        "¿Quién puede cancelar el acuerdo?",
        "¿Cuánto dura el acuerdo?",
        "¿Qué jueza bloqueó el intercambio?",
        "¿Cuántas divulgaciones fueron errores?",
        "¿Qué cuenta la cifra de 42,695?",
        "¿Qué proyectos de ley cambiarían la sección 6103?",
        "¿Cómo cambió la 6103 en 1976?",
        "¿Cómo saco un ITIN con la forma W-7?",
        "¿Cómo renuevo mi ITIN antes de que venza?",
        "¿Cómo pido una prórroga y cuánto tiempo da?",
        "¿Desde qué ingreso hay que declarar?",
        "¿Una clínica me puede representar gratis?",
        "¿Puedo demandar por mil dólares según la 7431?",
        "¿El Seguro Social le da mi dirección a ICE?",
        "¿Quién fue Melanie Krause?",
        "¿Qué pena tiene un empleado del IRS que divulga una declaración?",
        "¿Qué le pasó a Littlejohn?",
        "¿Califico para el crédito por hijos con ITIN?",
        "¿Qué delito nombra el acuerdo?",
        "¿Cómo escribo una carta para pedir el registro de divulgaciones?",
        "¿Cuándo salió el informe de TIGTA?",
    ),
}


def claimed(language: Language) -> list[tuple[str, str]]:
    place = list(Language).index(language)
    return [(name, text) for name, by in CLAIMED.items() for text in by[place]]


def names(text: str, language: Language) -> list[str]:
    return [premise.name for premise in premises_in(text, language)]


def test_every_premise_has_wordings_here() -> None:
    assert list(CLAIMED) == [premise.name for premise in premises()]


@pytest.mark.parametrize(("name", "text"), claimed(EN))
def test_a_claim_is_told_in_english(name: str, text: str) -> None:
    assert names(text, EN)[:1] == [name]


@pytest.mark.parametrize(("name", "text"), claimed(ES))
def test_a_claim_is_told_in_spanish(name: str, text: str) -> None:
    assert names(text, ES)[:1] == [name]


@pytest.mark.parametrize("text", HARMLESS[EN])
def test_what_only_sounds_alike_is_left_alone_in_english(text: str) -> None:
    assert names(text, EN) == []


@pytest.mark.parametrize("text", HARMLESS[ES])
def test_what_only_sounds_alike_is_left_alone_in_spanish(text: str) -> None:
    assert names(text, ES) == []


def test_accents_and_capitals_do_not_matter() -> None:
    assert names("¿LA MIGRA YA SABE CUANTO GANO?", ES) == ["full_returns"]
    assert names("la migra ya\nsabe cuánto gano", ES) == ["full_returns"]


class TestInADraft:
    """On a corpus in memory: the correction opens the answer and is not said twice."""

    RIGHT = "Published sources do not show the IRS sending ICE wages or full returns."
    ASKED = "Does ICE have my whole tax return now?"

    def drafted(self, passages: Sequence[Passage], day: date = TODAY) -> list[str]:
        embedder = FakeEmbedder()
        index = make_index(passages, embedder)
        finder = Finder(index, embedder)
        question = Question(self.ASKED, self.ASKED, EN, Audience.PUBLIC, day)
        found = finder.find(Search(self.ASKED, EN, 12))
        engine = QuotesEngine(index, embedder)
        draft = engine.draft(question, found)
        return [each.sentence.text for each in draft.chosen]

    def passages(self, text: str, published: str = "2025-01-01") -> list[Passage]:
        source = make_source("guide-irs-data-and-address-match", published=published)
        others = [
            make_passage(
                f"ICE has a whole tax return of kind {number}. It is a return. ICE has it now.",
                make_source(f"other-{number}"),
            )
            for number in range(6)
        ]
        return [make_passage(text, source), *others]

    def test_the_correction_is_the_first_sentence_and_stands_once(self) -> None:
        shown = self.drafted(self.passages(self.RIGHT))
        assert shown[0] == self.RIGHT
        assert shown.count(self.RIGHT) == 1
        assert len(shown) <= MOST_SENTENCES

    def test_without_its_sentence_the_answer_goes_on_as_before(self) -> None:
        assert self.RIGHT not in self.drafted(self.passages("The IRS holds data."))

    def test_a_correction_that_was_not_yet_published_is_not_shown(self) -> None:
        later = self.passages(self.RIGHT, published="2026-11-22")
        assert self.RIGHT not in self.drafted(later, date(2025, 6, 1))


@pytest.mark.corpus
class TestOnTheRealCorpus:
    @pytest.mark.parametrize("language", Language)
    def test_every_correction_is_one_sentence(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        part = whole_assistant.index().languages[language]
        found = {each.name: len(picked(part, each.correction)) for each in premises()}
        assert {name: count for name, count in found.items() if count != 1} == {}

    @pytest.mark.parametrize("language", Language)
    def test_a_claim_is_put_right_in_the_first_sentence(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        part = whole_assistant.index().languages[language]
        right = {each.name: picked(part, each.correction)[0] for each in premises()}
        wrong = []
        for name, text in claimed(language)[::3]:
            answer = whole_assistant.ask(Request(text, language=language))
            record = answer_record(answer)
            check_record(record)
            if record["sentences"]:
                first = record["sentences"][0]["text"]
                texts = [sentence["text"] for sentence in record["sentences"]]
                assert len(texts) <= MOST_SENTENCES and texts.count(first) == 1
                if first != right[name].sentence.text:
                    wrong.append((name, text, first))
        assert wrong == []

    @pytest.mark.parametrize("language", Language)
    def test_nearly_no_question_that_the_documents_answer_is_taken_for_a_claim(
        self, whole_assistant: Assistant, language: Language
    ) -> None:
        """The documents' own questions hold real claims too: one in a hundred is enough."""
        questions = whole_assistant.index().languages[language].questions
        told = [text for text in questions if premises_in(text, language)]
        assert len(told) < 0.01 * len(questions)
