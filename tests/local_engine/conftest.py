"""A tiny random llama in a real GGUF file, written by the gguf library, and the real SmolLM2."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from fluent_ai.content.events import Event
from fluent_ai_local.architectures import Precision, load
from fluent_ai_local.architectures.decoder import Decoder
from fluent_ai_local.catalog import sources
from fluent_ai_local.files.gguf import GGUFFile
from small_gguf import (
    CHATML,
    CONTEXT,
    CONTROL,
    FEED_FORWARD,
    HEADS,
    KV_HEADS,
    LAYERS,
    WIDTH,
    write_small_gguf,
)

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
def write_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """A tiny model's GGUF file as the folder that Hugging Face would publish."""
    from safetensors.numpy import save_file

    def write(path: Path) -> Path:
        folder = tmp_path_factory.mktemp("folder")
        with GGUFFile(path) as file:
            names = {"token_embd": "model.embed_tokens", "output_norm": "model.norm"}
            state = {}
            for name in file.tensors:
                values = file.tensor(name).numpy()
                stem = name.removesuffix(".weight")
                if stem.startswith("blk."):
                    _, number, ours = stem.split(".")
                    stem = f"model.layers.{number}.{_NAMES[ours]}"
                    heads = {"attn_q": HEADS, "attn_k": KV_HEADS}.get(ours)
                    if heads:
                        values = values.reshape(heads, -1, 2, WIDTH).swapaxes(1, 2).reshape(values.shape)
                state[f"{names.get(stem, stem)}.weight"] = np.ascontiguousarray(values)
            save_file(state, folder / "model.safetensors")
            tokens = file.get_list("tokenizer.ggml.tokens", str)
        config = {
            "model_type": "llama", "hidden_size": WIDTH, "intermediate_size": FEED_FORWARD, "num_hidden_layers": LAYERS,
            "num_attention_heads": HEADS, "num_key_value_heads": KV_HEADS, "max_position_embeddings": CONTEXT,
            "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu", "vocab_size": len(tokens),
            "tie_word_embeddings": True,
        }  # fmt: skip
        added = [{"id": n, "content": token, "special": True, "single_word": False, "lstrip": False, "rstrip": False,
                  "normalized": False} for n, token in enumerate(CONTROL)]  # fmt: skip
        level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
        digits = {"type": "Digits", "individual_digits": True}
        tokenizer = {
            "version": "1.0", "added_tokens": added, "normalizer": None, "post_processor": None, "decoder": level,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [digits, level]},
            "model": {"type": "BPE", "vocab": {token: n for n, token in enumerate(tokens)},
                      "merges": ["t h", "th e", "Ġ t"]},
        }  # fmt: skip
        named = {"bos_token": CONTROL[1], "eos_token": {"content": CONTROL[2]}, "chat_template": CHATML}
        for name, content in (
            ("config", config), ("tokenizer", tokenizer), ("tokenizer_config", named),
            ("generation_config", {"eos_token_id": [2, 0]}),
        ):  # fmt: skip
            (folder / f"{name}.json").write_text(json.dumps(content))
        return folder

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

    return sources.locate("smollm2-135m", ignore)


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


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where weights are kept, and nothing else is; not made yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("FLUENT_AI_HOME", str(folder))
    return folder


@pytest.fixture
def index(tmp_path: Path, package_settings: Callable[..., None]) -> Path:
    """A folder of wheels, the only place where packages are looked for."""
    folder = tmp_path / "index"
    folder.mkdir()
    package_settings(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(folder))
    return folder
