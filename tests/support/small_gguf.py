"""A tiny random llama in a real GGUF file, written by the gguf library."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

WIDTH, HEADS, KV_HEADS, FEED_FORWARD, LAYERS, CONTEXT = 32, 4, 2, 64, 2, 600
CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
SENTENCEPIECE = [
    "<unk>",
    "<s>",
    "</s>",
    *(f"<0x{byte:02X}>" for byte in range(256)),
    "▁",
    "a",
    "b",
    "▁a",
    "ab",
    "▁ab",
    "aa",
]
SCORES = [0.0, 0.0, 0.0, *[0.0] * 256, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0]
SENTENCEPIECE_KEYS = {
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": SENTENCEPIECE,
    "tokenizer.ggml.token_type": [2, 3, 3, *[6] * 256, *[1] * 7],
    "tokenizer.ggml.scores": SCORES,
    "tokenizer.ggml.merges": None,
    "tokenizer.ggml.bos_token_id": 1,
    "tokenizer.ggml.eos_token_id": 2,
}


def write_small_gguf(
    path: Path,
    *,
    metadata: dict[str, object] | None = None,
    tensors: dict[str, np.ndarray | None] | None = None,
    seed: int = 0,
    quantised: bool = False,
    split: int = 0,
) -> None:
    """`metadata` replaces keys (None: leaves out); `tensors` replaces or (None) leaves out; `split` is how many tensors
    a part has.
    """
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
    writer = gguf.GGUFWriter(path, architecture, split_max_tensors=split)
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


def byte_characters() -> list[str]:
    """GPT-2's character of each byte, in byte order."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(b) if b in printable else chr(256 + sum(o not in printable for o in range(b))) for b in range(256)]


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
