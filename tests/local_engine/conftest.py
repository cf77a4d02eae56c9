"""A tiny random llama in a real GGUF file, written by the gguf library, and the real SmolLM2."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import gguf
import numpy as np
import pytest
import torch
from fluent_ai.content.events import Event
from fluent_ai_local.architectures import Precision, load
from fluent_ai_local.architectures.decoder import Decoder
from fluent_ai_local.catalog import weights
from fluent_ai_local.files.gguf import GGUFFile

if TYPE_CHECKING:
    from package_index import PackageIndex

WIDTH, HEADS, KV_HEADS, FEED_FORWARD, LAYERS, CONTEXT = 32, 4, 2, 64, 2, 600
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")


if "PYTEST_XDIST_WORKER" in os.environ:
    # Each worker would start a thread per core, and OpenMP's threads wait by spinning.
    torch.set_num_threads(1)


def byte_characters() -> list[str]:
    """GPT-2's character of each byte, in byte order."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(b) if b in printable else chr(256 + sum(o not in printable for o in range(b))) for b in range(256)]


WriteGGUF = Callable[..., Path]


@pytest.fixture(scope="session")
def write_gguf(tmp_path_factory: pytest.TempPathFactory) -> WriteGGUF:
    """Writes a tiny model. `metadata` replaces keys (None: leaves out); `tensors` replaces or (None) leaves out."""

    def write(
        *,
        metadata: dict[str, object] | None = None,
        tensors: dict[str, np.ndarray | None] | None = None,
        seed: int = 0,
        quantised: bool = False,
    ) -> Path:
        path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
        characters = byte_characters()
        tokens = [*CONTROL, *characters, "th", "the", "Ġt"]
        keys: dict[str, object] = {
            "llama.context_length": CONTEXT,
            "llama.embedding_length": WIDTH,
            "llama.block_count": LAYERS,
            "llama.feed_forward_length": FEED_FORWARD,
            "llama.attention.head_count": HEADS,
            "llama.attention.head_count_kv": KV_HEADS,
            "llama.attention.layer_norm_rms_epsilon": 1e-5,
            "llama.rope.freq_base": 10000.0,
            "llama.rope.dimension_count": WIDTH // HEADS,
            "tokenizer.ggml.model": "gpt2",
            "tokenizer.ggml.pre": "smollm",
            "tokenizer.ggml.tokens": tokens,
            "tokenizer.ggml.token_type": [3] * len(CONTROL) + [1] * (len(tokens) - len(CONTROL)),
            "tokenizer.ggml.merges": ["t h", "th e", "Ġ t"],
            "tokenizer.ggml.bos_token_id": 1,
            "tokenizer.ggml.eos_token_id": 2,
            "tokenizer.chat_template": CHATML,
        }
        architecture = "llama"
        for key, value in (metadata or {}).items():
            if key == "general.architecture":
                architecture = str(value)
            else:
                keys[key] = value
        writer = gguf.GGUFWriter(path, architecture)
        for key, value in keys.items():
            if isinstance(value, list):
                writer.add_array(key, value)
            elif isinstance(value, float):
                writer.add_float32(key, value)
            elif isinstance(value, int):
                writer.add_uint32(key, value)
            elif value is not None:
                writer.add_string(key, str(value))
        for name, values in {**random_tensors(len(tokens), seed), **(tensors or {})}.items():
            if values is None:
                continue
            if quantised and values.ndim == 2:
                kind = gguf.GGMLQuantizationType.Q8_0
                writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)
            else:
                writer.add_tensor(name, values)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path

    return write


def random_tensors(vocabulary: int, seed: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    kv_width = WIDTH // HEADS * KV_HEADS

    def normal(*shape: int) -> np.ndarray:
        return random.normal(0, 0.3, shape).astype(np.float32)

    tensors = {"token_embd.weight": normal(vocabulary, WIDTH), "output_norm.weight": 1 + normal(WIDTH)}
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        tensors |= {
            f"{block}attn_norm.weight": 1 + normal(WIDTH),
            f"{block}attn_q.weight": normal(WIDTH, WIDTH),
            f"{block}attn_k.weight": normal(kv_width, WIDTH),
            f"{block}attn_v.weight": normal(kv_width, WIDTH),
            f"{block}attn_output.weight": normal(WIDTH, WIDTH),
            f"{block}ffn_norm.weight": 1 + normal(WIDTH),
            f"{block}ffn_gate.weight": normal(FEED_FORWARD, WIDTH),
            f"{block}ffn_up.weight": normal(FEED_FORWARD, WIDTH),
            f"{block}ffn_down.weight": normal(WIDTH, FEED_FORWARD),
        }
    return tensors


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
