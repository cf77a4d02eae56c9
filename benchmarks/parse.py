"""Microseconds per chunk from bytes in memory to typed events, without a socket.

    python benchmarks/parse.py [--chunks 2000] [--rounds 7]

First the parser of each protocol, fed one event at a time and in pieces of 64 kB, against the bare msgspec decode of
the same payloads into the same structs. Then whole clients over a transport in memory: ours, and the vendors' own SDKs
as far as they are installed. The best round counts. Allocations are those of tracemalloc while the openai_chat parser
is fed: what each event holds when all are kept, and what the parser keeps when they are dropped.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable
from importlib import import_module

import fluent_ai as ai
import msgspec
from _bodies import PROTOCOLS, framed
from _sdks import SDKS, installed
from fluent_ai import testing
from fluent_ai.protocols import chat_codec

PIECE = 64 * 1024
KEYS = {"openai": "k", "anthropic": "k", "mistral": "k", "gemini": "k", "cohere": "k"}
STRUCTS = {
    "openai_chat": "ChatCompletion",
    "anthropic_messages": "MessageEvent",
    "gemini": "GenerateContentResponse",
    "cohere_v2": "ChatEvent",
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


def best(work: Callable[[], object], rounds: int) -> float:
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def allocated(pieces: list[bytes]) -> tuple[float, float]:
    """Bytes per event that are alive while all events are kept, and when they were dropped."""
    reader = chat_codec("openai_chat").parser("bench")
    tracemalloc.start()
    kept = [event for piece in pieces for event in reader.feed(piece)]
    with_events, _ = tracemalloc.get_traced_memory()
    number = len(kept)
    kept.clear()
    without, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return with_events / number, without / number


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chunks", type=int, default=2000)
    arguments.add_argument("--rounds", type=int, default=7)
    given = arguments.parse_args()
    chunks, rounds = given.chunks, given.rounds

    def per_chunk(work: Callable[[], object]) -> float:
        return best(work, rounds) / chunks * 1e6

    print(f"{'us per chunk':24}{'bare decode':>12}{'one a feed':>12}{'64 kB a feed':>14}{'to the decode':>15}")
    bodies = {}
    for protocol, make in PROTOCOLS.items():
        rows = make(chunks)
        events = framed(protocol, rows)
        bodies[protocol] = b"".join(events)
        bare = per_chunk(decode(protocol, rows))
        single, bulk = per_chunk(parser(protocol, events)), per_chunk(parser(protocol, cut(bodies[protocol])))
        print(f"{protocol:24}{bare:12.2f}{single:12.2f}{bulk:14.2f}{bulk / bare:13.1f} x")
    alive, kept = allocated(framed("openai_chat", PROTOCOLS["openai_chat"](chunks)))
    print(f"\nbytes per event: {alive:.0f} while the events are kept, {kept:.0f} when they were dropped")

    print(f"\n{'us per chunk':24}{'fluent-ai':>12}{'the SDK':>12}{'to ours':>12}")
    for module, (protocol, model, sdk) in SDKS.items():
        mine = per_chunk(ours(model, bodies[protocol]))
        if not installed(module):
            print(f"{module:24}{mine:12.2f}   not installed")
            continue
        read = sdk(bodies[protocol])
        seen = read()
        assert seen >= chunks, f"{module} read {seen} of {chunks} chunks"
        theirs = per_chunk(read)
        print(f"{module:24}{mine:12.2f}{theirs:12.2f}{theirs / mine:10.1f} x")


if __name__ == "__main__":
    main()
