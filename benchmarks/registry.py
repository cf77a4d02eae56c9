"""Milliseconds to read a catalog, microseconds to look up, and what checking a request adds to it.

    python benchmarks/registry.py [rounds]

Reading is timed in this process, best of many, with the file in the page cache; `find` asks all providers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

import fluent_ai as ai
import msgspec
from fluent_ai.content.parts import Message, TextPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.registry import Registry
from fluent_ai.registry.request_checks import find_model, notes
from fluent_ai.verbs.base import Target

MODEL = "openrouter:anthropic/claude-sonnet-4.5"
RAW = {
    "prompt_tokens": 1_000, "completion_tokens": 100, "total_tokens": 1_100,
    "prompt_tokens_details": {"cached_tokens": 500, "audio_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
}  # fmt: skip
"""A usage object as OpenAI and OpenRouter send it."""


def best(work: Callable[[], object], rounds: int, repeat: int = 1) -> float:
    """Seconds of one call, of the fastest of `rounds` rows of `repeat` calls."""
    found = float("inf")
    for _ in range(rounds):
        began = perf_counter()
        for _ in range(repeat):
            work()
        found = min(found, perf_counter() - began)
    return found / repeat


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    models = ai.models.default
    sizes = {name: len(models.list(name)) for name in models.providers()}
    largest = max(sizes, key=sizes.__getitem__)
    print(f"{sum(sizes.values())} models of {len(sizes)} providers")
    for name in ("openai", largest):
        took = best(lambda name=name: Registry(overlays=()).list(name), rounds)  # type: ignore[misc]
        print(f"cold load of {name}, {sizes[name]} models: {took * 1e3:.2f} ms")
    print(f"cold load of everything: {best(lambda: Registry(overlays=()).find(), rounds) * 1e3:.1f} ms")
    print(f"warm get: {best(lambda: models.get(MODEL), rounds, 1000) * 1e6:.2f} us")
    lookups: dict[str, Callable[[], object]] = {
        "find over everything, three conditions": lambda: models.find(
            tools=True, min_context=200_000, max_input_price=1.0
        ),
        "find with words": lambda: models.find("claude sonnet"),
        "find with errors in typing": lambda: models.find("cluade sonet"),
        "cheapest": lambda: models.cheapest(input_tokens=1_000, output_tokens=500, tools=True),
    }
    for name, work in lookups.items():
        print(f"{name}: {best(work, rounds) * 1e3:.2f} ms")
    bare = ai.Usage(input_tokens=1_000, output_tokens=100, cached_input_tokens=500)
    for what, usage in (("bare", bare), ("with details", msgspec.structs.replace(bare, raw=RAW))):
        spent = best(lambda usage=usage: models.cost(usage, MODEL), rounds, 100)  # type: ignore[misc]
        print(f"cost of a usage, {what}: {spent * 1e6:.1f} us")
    manifest = load_manifests()["openrouter"]
    name = MODEL.partition(":")[2]
    request = ChatRequest(model=name, messages=(Message("user", (TextPart("Why is the sky blue?"),)),), max_tokens=100)
    target = Target(manifest, manifest.chat[0], name)
    checked = best(lambda: notes(models, target, "chat", request, find_model(models, target, str)), rounds, 1000)
    print(f"checks of a short request: {checked * 1e6:.2f} us")


if __name__ == "__main__":
    main()
