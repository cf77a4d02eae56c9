"""A tiny random llama in a real GGUF file, written by the gguf library, and the real SmolLM2."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from fluent_ai.content.events import Event
from fluent_ai_local.architectures import Precision, load
from fluent_ai_local.architectures.decoder import Decoder
from fluent_ai_local.catalog import weights
from fluent_ai_local.files.gguf import GGUFFile
from small_gguf import write_small_gguf

if TYPE_CHECKING:
    from package_index import PackageIndex

if "PYTEST_XDIST_WORKER" in os.environ:
    # Each worker would start a thread per core, and OpenMP's threads wait by spinning.
    torch.set_num_threads(1)


WriteGGUF = Callable[..., Path]


@pytest.fixture(scope="session")
def write_gguf(tmp_path_factory: pytest.TempPathFactory) -> WriteGGUF:
    """Writes a tiny model; its options are those of `write_small_gguf`."""

    def write(**changes: Any) -> Path:
        path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
        write_small_gguf(path, **changes)
        return path

    return write


@pytest.fixture(scope="session")
def tiny_path(write_gguf: WriteGGUF) -> Path:
    return write_gguf()


@pytest.fixture(scope="session")
def load_network() -> Callable[..., Decoder]:
    def load_path(path: Path, precision: Precision = "exact") -> Decoder:
        with GGUFFile(path) as file:
            return load(file, device=torch.device("cpu"), precision=precision, loaded=lambda *facts: None)

    return load_path


@pytest.fixture(scope="session")
def tiny(tiny_path: Path, load_network: Callable[[Path], Decoder]) -> Decoder:
    return load_network(tiny_path)


@pytest.fixture(scope="session")
def smollm2_path() -> Path:
    """The real weights, pulled once into the user's cache."""

    def ignore(event: Event) -> None:
        pass

    return weights.locate("smollm2-135m", ignore)


@pytest.fixture(scope="session")
def to_transformers() -> Callable[[Path], torch.nn.Module]:
    """The naive twin: transformers' own LlamaForCausalLM with our dequantised weights, in its own q and k order."""
    transformers = pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")

    def build(path: Path) -> torch.nn.Module:
        with GGUFFile(path) as file:
            return _transformers_llama(file, transformers)

    return build


_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def _transformers_llama(file: GGUFFile, transformers) -> torch.nn.Module:
    keys = file.metadata
    heads = {"attn_q": keys["llama.attention.head_count"], "attn_k": keys["llama.attention.head_count_kv"]}
    config = transformers.LlamaConfig(
        vocab_size=len(keys["tokenizer.ggml.tokens"]),
        hidden_size=keys["llama.embedding_length"],
        intermediate_size=keys["llama.feed_forward_length"],
        num_hidden_layers=keys["llama.block_count"],
        num_attention_heads=heads["attn_q"],
        num_key_value_heads=heads["attn_k"],
        max_position_embeddings=keys["llama.context_length"],
        rms_norm_eps=keys["llama.attention.layer_norm_rms_epsilon"],
        rope_parameters={"rope_type": "default", "rope_theta": keys["llama.rope.freq_base"]},
        tie_word_embeddings=True,
    )
    with torch.device("meta"):  # no random weights that are thrown away at once
        model = transformers.LlamaForCausalLM(config)
    model.model.rotary_emb = type(model.model.rotary_emb)(config)
    embedding = file.tensor("token_embd.weight")
    state = {
        "model.embed_tokens.weight": embedding,
        "lm_head.weight": embedding,
        "model.norm.weight": file.tensor("output_norm.weight"),
    }
    for layer in range(config.num_hidden_layers):
        for ours, theirs in _NAMES.items():
            values = file.tensor(f"blk.{layer}.{ours}.weight")
            if ours in heads:  # GGUF interleaves the halves of each head
                values = values.view(heads[ours], -1, 2, values.shape[1]).transpose(1, 2).reshape(values.shape)
            state[f"model.layers.{layer}.{theirs}.weight"] = values
    model.load_state_dict(state, assign=True)
    return model.eval()


@pytest.fixture
def package_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets what pip and uv are told, in the place of all that this machine tells them."""
    for name in tuple(os.environ):
        if name.startswith(("PIP_", "UV_")):
            monkeypatch.delenv(name)
    folder = tmp_path / "nobody"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("NETRC", str(folder / "netrc"))

    def tell(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return tell


@pytest.fixture
def serving_index(tmp_path: Path, package_settings: Callable[..., None]) -> Iterator[PackageIndex]:
    """A loopback index, the only one that pip is told of."""
    folder = tmp_path / "served"
    folder.mkdir()
    from package_index import PackageIndex

    index = PackageIndex(folder)
    package_settings(PIP_INDEX_URL=index.url)
    yield index
    index.close()
