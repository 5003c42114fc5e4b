"""``python -m evals adapter``: trains the adapter of the bundled model and writes it to a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from safetensors import SafetensorError

from assistant.config import load_settings
from assistant.corpus.read import read_corpus
from assistant.errors import UsageError
from assistant.index.adapter import Adapter
from assistant.index.embed import bundled_folder, stay_offline
from evals.adapter.lessons import lessons
from evals.progress import bar
from evals.ready import from_one
from evals.record import write_bytes

_RANK = 24


def main(arguments: Sequence[str]) -> int:
    """Runs the command; the assistant's own adapter is not touched."""
    options = _parser().parse_args(arguments)
    stay_offline()
    # Torch takes seconds to import, which `--help` need not wait for.
    from safetensors.numpy import save

    from evals.adapter.model import Taught
    from evals.adapter.train import Course, train

    taught = lessons(read_corpus(load_settings(corpus=options.corpus).corpus))
    course = Course(steps=options.steps, rate=options.rate, seed=options.seed)
    model = Taught(bundled_folder(), _RANK, _start(options.start))
    with bar("Teaching") as watch:
        train(model, taught, course, lambda step, loss: watch(step, course.steps))
    made = {"seed": str(course.seed), "steps": str(course.steps), "lessons": taught.hash}
    write_bytes(options.out, save(model.matrices(), metadata=made), "--out")
    sys.stdout.write(f"{options.out}: {course.steps} steps, lessons {taught.hash[:16]}\n")
    return 0


def _start(file: Path | None) -> Adapter | None:
    if file is None:
        return None
    try:
        return Adapter.load(file)
    except (OSError, ValueError, SafetensorError) as error:
        raise UsageError(
            f"--from {file} holds no adapter: {error}. Name a file that this command wrote."
        ) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals adapter",
        description="Teach the bundled embedding model this subject and write what it learned, a"
        " low-rank adapter, to a file. A step takes two to five seconds on two cores.",
    )
    parser.add_argument("--out", type=Path, required=True, help="write the adapter here")
    parser.add_argument("--from", dest="start", type=Path, help="go on from this adapter")
    parser.add_argument("--steps", type=from_one("at least one step"), default=1200)
    parser.add_argument("--rate", type=float, default=1e-3, help="learning rate at its highest")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    return parser
