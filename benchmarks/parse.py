"""Microseconds per chunk from bytes in memory to typed events, without a socket.

    python benchmarks/parse.py [--chunks 2000] [--rounds 15]

First the parser of each protocol, fed one event at a time and in pieces of 64 kB, against the bare msgspec decode of
the same payloads into the same structs; and what tracemalloc finds while it is fed: the bytes of an event, in how many
blocks, while all are kept, and the bytes that the parser holds for each when they were dropped. Then whole clients over
a transport in memory: ours, and the vendors' own SDKs as far as they are installed. The best round counts.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from math import inf

import fluent_ai as ai
import msgspec
from _bodies import PROTOCOLS, framed
from _sdks import SDKS, installed
from fluent_ai import testing
from fluent_ai.protocols.table import chat_codec

PIECE = 64 * 1024
KEYS = {"openai": "k", "anthropic": "k", "mistral": "k", "gemini": "k", "cohere": "k"}
STRUCTS = {
    "openai_chat": "ChatCompletion",
    "openai_responses": "ResponseEvent",
    "anthropic_messages": "MessageEvent",
    "gemini": "GenerateContentResponse",
    "cohere_v2": "ChatEvent",
    "ollama_chat": "ChatResponse",
}


def parser(protocol: str, pieces: list[bytes]) -> Callable[[], None]:
    new = chat_codec(protocol).parser

    def read() -> None:
        reader = new("bench")
        for piece in pieces:
            reader.feed(piece)
        reader.finish()

    return read


def decode(protocol: str, rows: list[bytes]) -> Callable[[], None]:
    struct = getattr(import_module(f"fluent_ai_wire.{protocol}"), STRUCTS[protocol])
    decoder = msgspec.json.Decoder(struct)

    def read() -> None:
        for row in rows:
            decoder.decode(row)

    return read


def ours(model: str, body: bytes) -> Callable[[], int]:
    transport = testing.FakeTransport(lambda _: testing.FakeResponse(cut(body)))
    client = ai.Client(keys=KEYS, transport=transport)

    def read() -> int:
        with client.stream(model, "hi") as stream:
            return sum(1 for _ in stream)

    return read


def cut(body: bytes) -> list[bytes]:
    return [body[start : start + PIECE] for start in range(0, len(body), PIECE)]


def best(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Seconds of the best round of each; they take turns, so that a busy machine slows all of them alike."""
    times = [inf] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            times[place] = min(times[place], time.process_time() - start)
    return times


def allocated(protocol: str, pieces: list[bytes]) -> tuple[float, float, float]:
    """Per event: bytes and blocks that are alive while all events are kept, and bytes when they were dropped."""
    reader = chat_codec(protocol).parser("bench")
    tracemalloc.start()
    kept = [event for piece in pieces for event in reader.feed(piece)]
    alive = tracemalloc.take_snapshot().statistics("filename")
    number = len(kept)
    kept.clear()
    dropped, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size, blocks = sum(found.size for found in alive), sum(found.count for found in alive)
    return size / number, blocks / number, dropped / number


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chunks", type=int, default=2000)
    arguments.add_argument("--rounds", type=int, default=15)
    given = arguments.parse_args()
    chunks, rounds = given.chunks, given.rounds

    def per_chunk(*works: Callable[[], object]) -> list[float]:
        return [seconds / chunks * 1e6 for seconds in best(rounds, *works)]

    print(f"{'us per chunk':22}{'bare decode':>12}{'one a feed':>12}{'64 kB a feed':>14}{'to the decode':>15}", end="")
    print(f"{'bytes':>9}{'blocks':>8}{'dropped':>9}")
    bodies = {}
    for protocol, make in PROTOCOLS.items():
        rows = make(chunks)
        events = framed(protocol, rows)
        bodies[protocol] = b"".join(events)
        bare, single, bulk = per_chunk(
            decode(protocol, rows), parser(protocol, events), parser(protocol, cut(bodies[protocol]))
        )
        size, blocks, dropped = allocated(protocol, events)
        print(f"{protocol:22}{bare:12.2f}{single:12.2f}{bulk:14.2f}{bulk / bare:13.1f} x", end="")
        print(f"{size:9.0f}{blocks:8.1f}{dropped:9.0f}")

    print(f"\n{'us per chunk':24}{'fluent-ai':>12}{'the SDK':>12}{'to ours':>12}")
    for module, (protocol, model, sdk) in SDKS.items():
        our_client = ours(model, bodies[protocol])
        if not installed(module):
            (mine,) = per_chunk(our_client)
            print(f"{module:24}{mine:12.2f}   not installed")
            continue
        read = sdk(bodies[protocol])
        seen = read()
        assert seen >= chunks, f"{module} read {seen} of {chunks} chunks"
        mine, theirs = per_chunk(our_client, read)
        print(f"{module:24}{mine:12.2f}{theirs:12.2f}{theirs / mine:10.1f} x")


if __name__ == "__main__":
    main()
