"""Anyone's LangChain chain can stand on these documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeEmbedder, make_found, make_passage
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from assistant.config import Settings
from assistant.models import Hit, Language
from assistant.retrieve.langchain import PassageRetriever
from assistant.service import Assistant


def test_a_retriever_finds_what_it_is_given_to_find_with() -> None:
    asked: list[str] = []

    def find(text: str) -> tuple[Hit, ...]:
        asked.append(text)
        return make_found([make_passage("One thing is known.")]).hits

    (document,) = PassageRetriever(find=find).invoke("¿qué se sabe?")
    assert document.page_content == "One thing is known."
    assert asked == ["¿qué se sabe?"]


@pytest.mark.parametrize(
    ("language", "query", "spoken"),
    [
        (None, "How many addresses did the IRS give to ICE?", "en"),
        (None, "¿Cuántas direcciones le dio el IRS a ICE?", "es"),
        (Language.ES, "IRS ICE 47,289", "es"),
    ],
)
def test_documents_carry_all_that_a_citation_needs(
    language: Language | None, query: str, spoken: str, shared_assistant: Assistant
) -> None:
    retriever = shared_assistant.as_retriever(language, k=3)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke(query)
    assert len(found) == 3
    first = found[0]
    assert first.metadata["document"] == "mou-of-april-2025"
    for document in found:
        facts = document.metadata
        assert facts["language"] == spoken
        (file,) = Path(shared_assistant.settings.corpus, spoken).rglob(f"{facts['document']}.md")
        text = file.read_text(encoding="utf-8")
        assert text[facts["start"] : facts["end"]] == document.page_content
        assert document.id == facts["passage"]
        assert {"title", "citation", "pinpoint", "url", "kind", "status", "basis"} <= set(facts)
        assert {"published", "as_of", "score"} <= set(facts)


def test_a_retriever_is_a_step_of_a_chain(shared_assistant: Assistant) -> None:
    def titles(documents: list[Document]) -> str:
        return "; ".join(document.metadata["title"] for document in documents)

    chain = shared_assistant.as_retriever(Language.EN, k=1) | RunnableLambda(titles)
    said = chain.invoke("How many addresses did the IRS give to ICE?")
    assert said == "The IRS–DHS agreement of April 2025"


async def _ask_later(retriever: BaseRetriever) -> list[Document]:
    return await retriever.ainvoke("How many addresses?")


def test_a_retriever_can_be_awaited(shared_assistant: Assistant) -> None:
    import asyncio

    assert asyncio.run(_ask_later(shared_assistant.as_retriever(Language.EN, k=2)))


def test_personal_details_never_reach_the_finder(small_settings: Settings) -> None:
    embedder = FakeEmbedder()
    assistant = Assistant(small_settings, embedder)
    assistant.refresh(lambda step: None)
    assistant.as_retriever(Language.EN).invoke("My SSN is 123-45-6789, did ICE get it?")
    assert not any("6789" in text for text in embedder.encoded)


def test_the_vectors_are_a_langchain_store_too(shared_assistant: Assistant) -> None:
    embedder = FakeEmbedder()
    store = shared_assistant.index().vectors.as_vector_store(Language.EN, embedder)
    asked = "How many addresses did the IRS give to ICE?"
    (question,) = store.similarity_search(asked, k=1)
    assert question.page_content == asked
    assert question.metadata["kind"] == "question"
    (passage,) = store.similarity_search(asked, k=1, filter={"kind": "passage"})
    assert passage.metadata["kind"] == "passage"
