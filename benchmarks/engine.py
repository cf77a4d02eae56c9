"""Tokens per second of the local engine in both precisions and of transformers' generate, side by side in one run.

    python benchmarks/engine.py [--prompt 512] [--tokens 64] [--rounds 3]

All run SmolLM2-135M on the CPU: ours from its quantised file, transformers a llama of that shape with random weights in
float32, since speed does not depend on their values. Rounds alternate, and the best of each counts, so that a busy
machine disturbs all alike. Memory (on Linux) is the peak of a process of its own above what its imports take.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable

import torch
import transformers
from fluent_ai_local import architectures
from fluent_ai_local.architectures import Precision
from fluent_ai_local.architectures.base import Network
from fluent_ai_local.architectures.llama import LlamaConfig
from fluent_ai_local.catalog import weights
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.generate import generate
from fluent_ai_local.samplers import Sampling

PRECISIONS: tuple[Precision, ...] = ("fast", "exact")
PEAK = """
import sys, torch
from fluent_ai_local.catalog.loaded_models import load_model
from fluent_ai_local.generate import generate
from fluent_ai_local.samplers import Sampling
from pathlib import Path
if sys.argv[2] == "fast":
    import fluent_ai_local.layers.packed
def highest():  # not ru_maxrss, which begins with that of the process that started this one
    with open("/proc/self/status") as status:
        return int(status.read().split("VmHWM:")[1].split()[0])
before = highest()
device = torch.device("cpu")
model = load_model(Path(sys.argv[1]), lambda event: None, trusted=True, device=device, precision=sys.argv[2])
list(generate(model.network, list(range(100, 612)), max_tokens=16, sampling=Sampling()))
print(highest() - before)
"""


def load(precision: Precision) -> tuple[Network, LlamaConfig, float]:
    start = time.perf_counter()
    with GGUFFile(weights.locate("smollm2-135m", lambda event: None)) as file:
        network = architectures.load(file, device=torch.device("cpu"), precision=precision, loaded=lambda *facts: None)
        return network, LlamaConfig.read(file), time.perf_counter() - start


def peak(precision: Precision) -> float:
    """Megabytes above the imports while it loads and answers a prompt of 512 tokens."""
    path = str(weights.locate("smollm2-135m", lambda event: None))
    done = subprocess.run([sys.executable, "-c", PEAK, path, precision], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1000


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


class Clock:
    """When each token came; transformers calls `put` first with the prompt."""

    def __init__(self) -> None:
        self.times = [time.perf_counter()]

    def put(self, value: object) -> None:
        self.times.append(time.perf_counter())

    def end(self) -> None:
        pass


def seconds(run: Callable[[Clock], object]) -> tuple[float, float]:
    """Prefill (to the first token), and decode (of one token after it)."""
    clock = Clock()
    run(clock)
    first, last = clock.times[1], clock.times[-1]
    return first - clock.times[0], (last - first) / (len(clock.times) - 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prompt", type=int, default=512, help="tokens of the prompt")
    parser.add_argument("--tokens", type=int, default=64, help="tokens of the reply")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"{torch.backends.cpu.get_cpu_capability()}, {os.cpu_count()} cores, torch {torch.__version__}")
    print(f"prompt {options.prompt}, reply {options.tokens} tokens")
    prompt = torch.randint(49_000, (1, options.prompt), generator=torch.Generator().manual_seed(0))
    runs: dict[str, Callable[[Clock], object]] = {}
    for precision in PRECISIONS:
        ours, config, took = load(precision)
        memory = f"   peak above imports {peak(precision):5.0f} MB" if sys.platform == "linux" else ""
        print(f"{precision:14} load {took:4.1f} s{memory}")
        runs[precision] = lambda clock, ours=ours: [
            clock.put(token)
            for token in generate(ours, prompt[0].tolist(), max_tokens=options.tokens, sampling=Sampling())
        ]
        list(generate(ours, [5, 6], max_tokens=2, sampling=Sampling()))  # compiles the kernels
    theirs = reference(config)

    def transform(clock: Clock) -> None:
        settings = {"max_new_tokens": options.tokens, "min_new_tokens": options.tokens, "pad_token_id": 0}
        theirs.generate(prompt, do_sample=False, streamer=clock, **settings)
        del clock.times[1]  # the prompt

    runs["transformers"] = transform
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            times[name].append(seconds(run))
    rates = {
        name: (options.prompt / min(t[0] for t in taken), 1 / min(t[1] for t in taken)) for name, taken in times.items()
    }
    for name, (prefill, decode) in rates.items():
        print(f"{name:14} prefill {prefill:7.1f} tokens/s   decode {decode:6.1f} tokens/s")
    for other in ("exact", "transformers"):
        ratios = [mine / its for mine, its in zip(rates["fast"], rates[other], strict=True)]
        print(f"fast / {other:12} prefill {ratios[0]:6.2f}   decode {ratios[1]:6.2f}")


if __name__ == "__main__":
    main()
