"""The tools compared: what each is, what runs it, and how it was set."""

from __future__ import annotations

from dataclasses import dataclass

OURS = "ours"
_TOOLS = "evals.peers.tools"


@dataclass(frozen=True, slots=True)
class Peer:
    """One tool: what its interpreter is told to run, and what a reader must know of its use."""

    name: str
    program: tuple[str, ...]
    how: str
    docs: str


def _peer(name: str, module: str, how: str, docs: str) -> Peer:
    return Peer(name, ("-m", f"{_TOOLS}.serve", f"{_TOOLS}.{module}"), how, docs)


PEERS = (
    _peer(
        OURS,
        "our_search",
        "assistant.service.Assistant.search, told the asker's language",
        "README.md",
    ),
    _peer(
        "langchain",
        "langchain_quickstart",
        "RecursiveCharacterTextSplitter 1000/200 characters, Chroma, vectors alone",
        "https://docs.langchain.com/oss/python/langchain/knowledge-base",
    ),
    _peer(
        "llamaindex",
        "llamaindex_default",
        "SimpleDirectoryReader, SentenceSplitter 1024/200 tokens, VectorStoreIndex, vectors alone"
        " (the model reads a piece's first 256 tokens)",
        "https://developers.llamaindex.ai/python/framework/getting_started/starter_example_local",
    ),
    _peer(
        "haystack",
        "haystack_hybrid",
        "DocumentSplitter 150/50 words, BM25 and vectors joined by reciprocal rank",
        "https://haystack.deepset.ai/tutorials/33_hybrid_retrieval",
    ),
    _peer(
        "txtai",
        "txtai_hybrid",
        "hybrid index (BM25 and vectors, equal weights) over the documents cut at ## headings",
        "https://neuml.github.io/txtai/embeddings/configuration/general/#hybrid",
    ),
    _peer(
        "bm25s",
        "bm25s_plain",
        "quickstart tokenizer over the documents cut at ## headings, words alone",
        "https://github.com/xhluca/bm25s#quickstart",
    ),
)
