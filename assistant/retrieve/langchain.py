"""The finder as a LangChain retriever, so that anyone's chain can stand on these documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.models import Hit


class PassageRetriever(BaseRetriever):
    """Finds passages as LangChain documents, best first.

    ``metadata`` holds what a citation needs: document, title, citation, pinpoint, url, kind,
    status, basis, published, as_of, language, passage (its id), start and end (characters in the
    source file) and score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    find: Callable[[str], Sequence[Hit]]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [_document(hit) for hit in self.find(query)]


def _document(hit: Hit) -> LangChainDocument:
    passage, source = hit.passage, hit.passage.source
    return LangChainDocument(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "document": source.id,
            "title": source.title,
            "citation": source.citation,
            "pinpoint": passage.pinpoint,
            "url": source.url,
            "kind": source.kind.value,
            "status": source.status.value,
            "basis": source.basis.value,
            "published": source.published,
            "as_of": source.as_of,
            "language": source.language.value,
            "passage": passage.id,
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
        },
    )
