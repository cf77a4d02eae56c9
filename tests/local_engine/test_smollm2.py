"""The real SmolLM2-135M-Instruct: 98 MB, pulled once into the user's cache."""

from __future__ import annotations

import pytest
import torch
from fluent_ai import laws
from fluent_ai.content import events as ev
from fluent_ai.content.parts import Message, TextPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai_local.catalog.weights import KNOWN
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.generate import generate
from fluent_ai_local.provider import LocalProvider
from fluent_ai_local.samplers import Sampling
from fluent_ai_local.text.tokenizer import Tokenizer

PROMPTS = (
    "Why is the sky blue?",
    "Write a short poem about the sea.",
    "def fibonacci(n):",
    "List three uses of copper, then explain the second one.",
    "Zähle auf Deutsch von 1 bis 20: 1, 2, 3",
)


@pytest.fixture(scope="module")
def replies(smollm2_path, load_network):
    """(prompt ids, our 100 greedy tokens) for each prompt."""
    network = load_network(smollm2_path)
    with GGUFFile(smollm2_path) as file:
        tokenizer = Tokenizer(file)
    prompts = [tokenizer.encode(f"<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n") for text in PROMPTS]
    return [(ids, list(generate(network, ids, max_tokens=100, sampling=Sampling()))) for ids in prompts]


def test_each_greedy_token_is_the_one_transformers_would_take(smollm2_path, replies, to_transformers):
    """One pass over prompt and reply: where every token is the best after the same ones, so is the whole reply."""
    theirs = to_transformers(smollm2_path)
    for prompt, reply in replies:
        with torch.inference_mode():
            best = theirs(torch.tensor([prompt + reply])).logits[0].argmax(-1)
        assert reply == best[len(prompt) - 1 : -1].tolist()
        assert len(reply) == 100


@pytest.mark.slow
def test_greedy_output_equals_transformers_own_generation(smollm2_path, replies, to_transformers):
    theirs = to_transformers(smollm2_path)
    for prompt, reply in replies:
        settings = {"do_sample": False, "max_new_tokens": 100, "eos_token_id": None, "pad_token_id": 0}
        assert reply == theirs.generate(torch.tensor([prompt]), **settings)[0, len(prompt) :].tolist()


def test_the_registrys_facts_are_the_files(smollm2_path):
    known = KNOWN["smollm2-135m"]
    with GGUFFile(smollm2_path) as file:
        assert file.metadata["llama.context_length"] == known.context_length
        assert len(file.get_list("tokenizer.ggml.tokens", str)) == known.vocabulary
        assert file.parameters == known.parameters
        assert file.metadata["general.license"] == known.license


def test_it_answers(smollm2_path):
    chat = LocalProvider().chat_model("smollm2-135m")
    events: list[ev.Event] = []
    question = Message("user", (TextPart("What is the capital of France?"),))
    chat.run(ChatRequest(model="smollm2-135m", messages=(question,), max_tokens=40), events.append)
    laws.validate(events)
    assert "Paris" in "".join(event.text for event in events if isinstance(event, ev.TextDelta))
