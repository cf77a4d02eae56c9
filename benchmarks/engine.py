"""Tokens per second of the local engine and of transformers' generate, side by side in one run.

    python benchmarks/engine.py [--prompt 512] [--tokens 64] [--rounds 3]

Both run a llama of SmolLM2-135M's shape in float32 on the CPU, transformers with random weights: speed does not depend
on their values. Rounds alternate, and the best of each counts, so that a busy machine disturbs both alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable

import torch
import transformers
from fluent_ai_local import architectures
from fluent_ai_local.architectures.base import Network
from fluent_ai_local.architectures.llama import LlamaConfig
from fluent_ai_local.catalog import weights
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.generate import generate
from fluent_ai_local.samplers import Sampling


def load() -> tuple[Network, LlamaConfig]:
    with GGUFFile(weights.locate("smollm2-135m", lambda event: None)) as file:
        network = architectures.load(
            file, device=torch.device("cpu"), dtype=torch.float32, loaded=lambda done, total: None
        )
        return network, LlamaConfig.read(file)


def reference(config: LlamaConfig) -> transformers.LlamaForCausalLM:
    return transformers.LlamaForCausalLM(
        transformers.LlamaConfig(
            vocab_size=config.vocabulary,
            hidden_size=config.width,
            intermediate_size=config.feed_forward,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            num_key_value_heads=config.kv_heads,
            max_position_embeddings=config.context_length,
            tie_word_embeddings=True,
        )
    ).eval()


def seconds(run: Callable[[int], object], tokens: int) -> tuple[float, float]:
    """Prefill (to the first token), and decode of the `tokens` - 1 that follow."""
    start = time.perf_counter()
    run(1)
    first = time.perf_counter() - start
    start = time.perf_counter()
    run(tokens)
    return first, time.perf_counter() - start - first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prompt", type=int, default=512, help="tokens of the prompt")
    parser.add_argument("--tokens", type=int, default=64, help="tokens of the reply")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    start = time.perf_counter()
    ours, config = load()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}")
    print(f"load {time.perf_counter() - start:.1f} s; prompt {options.prompt}, reply {options.tokens} tokens, float32")
    theirs = reference(config)
    prompt = torch.randint(config.vocabulary, (1, options.prompt), generator=torch.Generator().manual_seed(0))
    runs: dict[str, Callable[[int], object]] = {
        "fluent-ai": lambda count: list(
            generate(ours, prompt[0].tolist(), max_tokens=count, sampling=Sampling(temperature=0))
        ),
        "transformers": lambda count: theirs.generate(
            prompt, do_sample=False, max_new_tokens=count, min_new_tokens=count, pad_token_id=0
        ),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            times[name].append(seconds(run, options.tokens))
    rates = {
        name: (options.prompt / min(t[0] for t in taken), (options.tokens - 1) / min(t[1] for t in taken))
        for name, taken in times.items()
    }
    for name, (prefill, decode) in rates.items():
        print(f"{name:14} prefill {prefill:7.1f} tokens/s   decode {decode:6.1f} tokens/s")
    ratios = [mine / other for mine, other in zip(rates["fluent-ai"], rates["transformers"], strict=True)]
    print(f"{'ratio':14} prefill {ratios[0]:7.2f}            decode {ratios[1]:6.2f}")


if __name__ == "__main__":
    main()
