"""Tokens per second of the local engine in both precisions, and of others, side by side in one run.

    python benchmarks/engine.py [--model smollm2-135m] [--prompt 512] [--tokens 64] [--rounds 3] [--threads N] [--cpu]
                                [--llama PYTHON]

All run the same model on the CPU: ours from its quantised file; transformers, for SmolLM2-135M alone, a llama of that
shape with random weights in float32, since speed does not depend on their values; llama.cpp, bare, from the same file,
where PYTHON is an interpreter that has llama-cpp-python (or FLUENT_AI_BENCH_LLAMA names one). Rounds alternate, and the
median counts; with `--cpu` it is the process's own time that is measured, which says something on a busy machine too,
if there is one thread. Loading and memory (on Linux) are those of a process of its own, above its imports: plain ones,
and with the kernels, which numba reads in when they first run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy
import torch
import transformers
from fluent_ai.content.requests import ChatRequest
from fluent_ai_local import architectures
from fluent_ai_local.architectures import Precision
from fluent_ai_local.architectures.base import Network
from fluent_ai_local.architectures.llama import LlamaConfig
from fluent_ai_local.catalog import sources
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.generate import Generation, Token, forward, generate
from fluent_ai_local.kernels.intrinsics import cpu_features
from fluent_ai_local.layers.prefix_cache import PrefixCache
from fluent_ai_local.samplers import Sampling
from fluent_ai_local.scheduler import Scheduler
from fluent_ai_local.text.constraint import Constraint
from fluent_ai_local.text.grammar import to_grammar
from fluent_ai_local.text.tokenizer import Tokenizer

REFERENCE = "smollm2-135m"
PRECISIONS: tuple[Precision, ...] = ("fast", "exact")
STREAMS = 16
MEMORY = """
import sys, time, torch
import fluent_ai as ai
from fluent_ai_local import chat, memory
model, precision, kernels, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
if precision == "fast":
    from fluent_ai_local.layers import packed
    if kernels == "with":
        packed.run_kernels()
def measure(key):  # not ru_maxrss, which begins with that of the process that started this one
    with open("/proc/self/status") as status:
        return int(status.read().split(key)[1].split()[0]) / 1000
with ai.Client() as client:
    peak, resident = measure("VmHWM:"), measure("VmRSS:")
    start = time.perf_counter()
    cpu = time.process_time()
    memory._provider().models().get(model, lambda event: None, precision)
    took = time.perf_counter() - start, time.process_time() - cpu
    client.complete("local:" + model, "word " * 480, template="", max_tokens=16, precision=precision)
    peak = measure("VmHWM:") - peak
    memory.unload()
    time.sleep(2.5)  # the threads of the scheduler and of the kernels end
    memory.unload()
    print(*took, peak, measure("VmRSS:") - resident)
"""


def locate(model: str) -> Path:
    return sources.locate(model, lambda event: None)


def load(path: Path, precision: Precision) -> Network:
    with GGUFFile(path) as file:
        return architectures.load(file, device=torch.device("cpu"), precision=precision, loaded=lambda *facts: None)


def capability() -> str:
    """What of the processor counts here."""
    names = ("avx2", "avx512f", "avxvnni", "avx512vnni", "avx512bf16", "amx-int8")
    return " ".join(name for name in names if name in cpu_features())


def memory(model: str, precision: Precision, kernels: str, threads: int) -> str:
    """Of a process that loads the model, answers a prompt of 512 tokens, and lets go of it."""
    command = [sys.executable, "-c", MEMORY, model, precision, kernels, str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    took, cpu, peak, after = map(float, done.stdout.split())
    size = locate(model).stat().st_size / 1e6
    return (
        f"load {took:4.1f} s ({cpu:3.1f} s of CPU)   peak {peak:4.0f} MB, {peak / size:.2f} x the file   "
        f"after unload {after:4.0f} MB"
    )


def together(network: Network, tokens: int) -> float:
    """Tokens a second of 16 streams in relation to one, through the scheduler, while all of them write."""

    def read(scheduler: Scheduler, number: int) -> list[float]:
        prompt = [100 + number, 200, 300]
        cache = network.new_cache(3 + 2 * tokens)
        with closing(scheduler.run(Generation(prompt, cache, max_tokens=2 * tokens, sampling=Sampling()))) as steps:
            return [Clock.now() for step in steps if isinstance(step, Token)]

    def rate(streams: int) -> float:
        scheduler = Scheduler(network, PrefixCache())
        with ThreadPoolExecutor(streams) as pool:
            times = list(pool.map(lambda number: read(scheduler, number), range(streams)))
        begin, end = max(each[0] for each in times), min(each[-1] for each in times)
        return sum(begin < time <= end for each in times for time in each) / (end - begin)

    pairs = [(rate(STREAMS), rate(1)) for _ in range(3)]
    return statistics.median(many for many, _ in pairs) / statistics.median(one for _, one in pairs)


def seconds_of_token(
    network: Network, tokens: int, sampling: Sampling, constraint: Callable[[], Constraint | None]
) -> tuple[float, float]:
    """Those of a token that is chosen so, in relation to a greedy one, and how many more they are."""

    def measure(sampling: Sampling, constraint: Constraint | None) -> float:
        cache = network.new_cache(3 + tokens)
        chance = numpy.random.default_rng(0)
        asked = Generation(
            [1, 200, 300], cache, max_tokens=tokens, sampling=sampling, generator=chance, constraint=constraint
        )
        times: list[float] = []
        while not asked.ended:
            (logits,) = forward(network, [asked.next_tokens()], cache)
            asked.accept(logits)
            times.append(Clock.now())
        return (times[-1] - times[0]) / (tokens - 1)

    pairs = [(measure(sampling, constraint()), measure(Sampling(), None)) for _ in range(5)]
    chosen, greedy = (statistics.median(times) for times in zip(*pairs, strict=True))
    return chosen / greedy, chosen - greedy


def json_of_a_schema(path: Path) -> Callable[[], Constraint]:
    """What makes the constraint of a reply that must be a long list of people."""
    facts = {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer", "minimum": 0, "maximum": 130}}
    person = {"type": "object", "properties": facts, "required": ["name", "age"]}
    people = {"type": "array", "items": person, "minItems": 99}
    output = {"type": "object", "properties": {"people": people}, "required": ["people"]}
    grammar = to_grammar(ChatRequest(model="", messages=(), output=output))
    assert grammar is not None
    with GGUFFile(path) as file:
        tokenizer = Tokenizer(file)
    return lambda: Constraint(tokenizer.trie, grammar)


def reference(path: Path) -> transformers.LlamaForCausalLM:
    with GGUFFile(path) as file:
        config = LlamaConfig.read(file)
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

    now = time.perf_counter

    def __init__(self) -> None:
        self.times = [Clock.now()]

    def put(self, value: object) -> None:
        self.times.append(Clock.now())

    def end(self) -> None:
        pass


def seconds(run: Callable[[Clock], object]) -> tuple[float, float]:
    """Prefill (to the first token), and decode (of one token after it)."""
    clock = Clock()
    run(clock)
    first, last = clock.times[1], clock.times[-1]
    return first - clock.times[0], (last - first) / (len(clock.times) - 2)


class Llama:
    """llama.cpp in a process of its own."""

    def __init__(self, python: str, path: Path, threads: int, clock: str) -> None:
        command = [python, str(Path(__file__).with_name("_llama.py")), str(path), str(threads), clock]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, prompt: int, tokens: int) -> tuple[float, float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{prompt} {tokens}\n")
        self._process.stdin.flush()
        prefill, decode = map(float, self._process.stdout.readline().split())
        return prefill, decode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=REFERENCE, help="a model of `fluent-ai list`")
    parser.add_argument("--prompt", type=int, default=512, help="tokens of the prompt")
    parser.add_argument("--tokens", type=int, default=64, help="tokens of the reply")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--llama", default=os.environ.get("FLUENT_AI_BENCH_LLAMA"), metavar="PYTHON")
    parser.add_argument("--cpu", action="store_true", help="measure the time of the process, not that of the wall")
    options = parser.parse_args()
    if options.cpu:
        Clock.now = time.process_time
    torch.set_num_threads(options.threads)
    path = locate(options.model)
    print(f"{capability()}; {os.cpu_count()} cores, {options.threads} threads, torch {torch.__version__}")
    print(f"{options.model}, prompt {options.prompt}, reply {options.tokens} tokens")
    prompt = torch.randint(49_000, (1, options.prompt), generator=torch.Generator().manual_seed(0))
    runs: dict[str, Callable[[], tuple[float, float]]] = {}
    for precision in PRECISIONS:
        if sys.platform == "linux":
            for kernels in ("without", "with") if precision == "fast" else ("without",):
                facts = memory(options.model, precision, kernels, options.threads)
                print(f"{precision:14} imports {kernels} kernels: {facts}")
        ours = load(path, precision)

        def run(clock: Clock, network: Network = ours) -> None:
            for token in generate(network, prompt[0].tolist(), max_tokens=options.tokens, sampling=Sampling()):
                clock.put(token)

        runs[precision] = lambda run=run: seconds(run)
        list(generate(ours, [5, 6], max_tokens=2, sampling=Sampling()))  # compiles the kernels
        print(f"{precision:14} {STREAMS} streams together: {together(ours, options.tokens):4.2f} x one")
        chance = Sampling(temperature=0.8, top_k=40, top_p=0.95)
        for name, sampling, constraint in (
            ("JSON of a schema", Sampling(), json_of_a_schema(path)),
            ("top-k and top-p", chance, lambda: None),
        ):
            ratio, more = seconds_of_token(ours, options.tokens, sampling, constraint)
            print(f"{precision:14} {name}: {ratio:4.2f} x the time of a token, {more * 1e6:+.0f} us")
    if options.model == REFERENCE:
        theirs = reference(path)

        def transform(clock: Clock) -> None:
            settings = {"max_new_tokens": options.tokens, "min_new_tokens": options.tokens, "pad_token_id": 0}
            theirs.generate(prompt, do_sample=False, streamer=clock, **settings)
            del clock.times[1]  # the prompt

        runs["transformers"] = lambda: seconds(transform)
    if options.llama:
        llama = Llama(options.llama, path, options.threads, "cpu" if options.cpu else "wall")
        llama.seconds(options.prompt, 2)
        runs["llama.cpp"] = lambda: llama.seconds(options.prompt, options.tokens)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, measured in runs.items():
            times[name].append(measured())
    rates = {
        name: (options.prompt / statistics.median(t[0] for t in taken), 1 / statistics.median(t[1] for t in taken))
        for name, taken in times.items()
    }
    for name, (prefill, decode) in rates.items():
        print(f"{name:14} prefill {prefill:7.1f} tokens/s   decode {decode:6.1f} tokens/s")
    for other in [name for name in rates if name != "fast"]:
        ratios = [mine / its for mine, its in zip(rates["fast"], rates[other], strict=True)]
        print(f"fast / {other:12} prefill {ratios[0]:6.2f}   decode {ratios[1]:6.2f}")


if __name__ == "__main__":
    main()
