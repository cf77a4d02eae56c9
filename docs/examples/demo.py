"""The three floors of fluent-ai in one minute, without a key: generated code, the offline registry, a streamed reply.

Run with `nox -s demo`, or with a question of your own: `nox -s demo -- "Why is the sky blue?"`
"""

from __future__ import annotations

import sys
from time import perf_counter

import fluent_ai as ai
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.render.generated import render
from fluent_ai_codegen.render.inputs import Inputs

QUESTION = "What is the capital of France, and what is it known for?"


def regenerate() -> None:
    """Render the SDK in memory from specs/ and cache/, and compare it with what is committed."""
    print("1. The SDK is rendered from specs/ and cache/")
    layout = Layout.find()
    began = perf_counter()
    rendered = render(Inputs.load(layout))
    differences = rendered.differences(layout)
    if differences:
        sys.exit(f"   {differences[0].path} is not what specs/ and cache/ render to; run `nox -s generate`")
    print(f"   {len(rendered.files)} files in {perf_counter() - began:.1f} s, equal to what is committed\n")


def look_up() -> None:
    """Facts are typed, offline, and say where they come from."""
    print("2. The registry knows models without asking anyone")
    cheap = ai.models.find(tools=True, min_context=200_000, max_input_price=0.1)
    print(f"   {len(cheap)} models call tools, take 200,000 tokens and cost at most $0.10 per million")
    for name in ("openrouter:anthropic/claude-sonnet-4.5", "gemini:gemini-2.5-flash", "local:smollm2-135m"):
        model = ai.models.get(name)
        print(f"   {name}")
        facts = {
            "context_window": model.context_window,
            "max_input_tokens": model.max_input_tokens,
            "max_output_tokens": model.max_output_tokens,
            "prices": model.prices and f"${model.prices.input:g} in, ${model.prices.output:g} out per million",
            "tools": model.tools,
        }
        for fact, value in facts.items():
            if value is not None:
                source = model.sources[fact]
                print(f"     {fact:18} {value!s:36} {source.who}, {source.date}")
    print()


def stream_reply(question: str) -> None:
    """The same call talks to OpenAI: only the model's name differs."""
    print(f"3. A reply is streamed by the local model\n   > {question}")
    with ai.Client() as client, client.stream("local:smollm2-135m", question, max_tokens=120) as stream:
        first = last = 0.0
        for event in stream:
            match event:
                case ai.Progress(phase=phase, done=done, total=int(total)):
                    show_bar(phase, done, total)
                case ai.TextDelta(text=text):
                    first, last = first or perf_counter(), perf_counter()
                    print(text, end="", flush=True)
        reply = stream.collect()
    usage = reply.usage or ai.Usage()
    print(f"\n\n   finished ({reply.finish_reason}); {usage.input_tokens} tokens in, {usage.output_tokens} out")
    if usage.output_tokens and last > first:
        print(f"   {(usage.output_tokens - 1) / (last - first):.1f} tokens/s")


def show_bar(phase: str, done: int, total: int) -> None:
    """Download, load and prefill report their progress as events of the same stream."""
    if sys.stdout.isatty() or done == total:
        bar = "#" * (30 * done // total)
        print(f"\r   {phase:9}[{bar:30}] {done / total:4.0%}", end="\n" if done == total else "", flush=True)


if __name__ == "__main__":
    regenerate()
    look_up()
    stream_reply(" ".join(sys.argv[1:]) or QUESTION)
