"""Microseconds per chunk from bytes in memory to typed events, without a socket.

    python benchmarks/parse.py [--chunks 2000] [--rounds 7]

The parser alone, fed one event at a time and in pieces of 64 kB, against the bare msgspec decode of the same payloads;
then whole clients over a transport in memory: ours, and the SDKs of OpenAI and Anthropic where they are installed. The
best round counts. Allocations are those that tracemalloc sees per event while the reply is kept.
"""

from __future__ import annotations

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec

import fluent_ai as ai
import msgspec
from _loopback import events, payloads
from fluent_ai import testing
from fluent_ai.protocols import load_codec
from fluent_ai_wire.openai_chat import ChatCompletion

PIECE = 64 * 1024


def anthropic_events(chunks: int) -> list[bytes]:
    """An Anthropic message with so many text deltas."""
    message = {"id": "msg_01", "type": "message", "role": "assistant", "model": "claude", "content": [], "usage": {}}
    rows: list[dict[str, object]] = [
        {"type": "message_start", "message": message},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": f" token{number}"}}
            for number in range(chunks)
        ),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": chunks}},
        {"type": "message_stop"},
    ]
    return [f"event: {row['type']}\ndata: {json.dumps(row)}\n\n".encode() for row in rows]


def parser(protocol: str, pieces: list[bytes]) -> Callable[[], None]:
    new = load_codec(protocol).parser

    def read() -> None:
        reader = new("bench")
        for piece in pieces:
            reader.feed(piece)
        reader.finish()

    return read


def decode(rows: list[bytes]) -> Callable[[], None]:
    decoder = msgspec.json.Decoder(ChatCompletion)

    def read() -> None:
        for row in rows:
            decoder.decode(row)

    return read


def ours(model: str, body: bytes) -> Callable[[], None]:
    transport = testing.FakeTransport(lambda _: testing.FakeResponse(cut(body)))
    client = ai.Client(keys={"openai": "k", "anthropic": "k"}, transport=transport)

    def read() -> None:
        with client.stream(model, "hi") as stream:
            for _ in stream:
                pass

    return read


def openai_sdk(body: bytes) -> Callable[[], None]:
    import httpx2
    import openai

    transport = httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=body)
    )
    client = openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=transport))

    def read() -> None:
        messages = [{"role": "user", "content": "hi"}]
        for _ in client.chat.completions.create(model="gpt-4o", messages=messages, stream=True):  # type: ignore[call-overload]
            pass

    return read


def anthropic_sdk(body: bytes) -> Callable[[], None]:
    import anthropic
    import httpx2

    transport = httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=body)
    )
    client = anthropic.Anthropic(api_key="k", http_client=httpx2.Client(transport=transport))

    def read() -> None:
        messages = [{"role": "user", "content": "hi"}]
        for _ in client.messages.create(model="claude", max_tokens=9, messages=messages, stream=True):  # type: ignore[call-overload]
            pass

    return read


def cut(body: bytes) -> list[bytes]:
    return [body[start : start + PIECE] for start in range(0, len(body), PIECE)]


def best(work: Callable[[], None], rounds: int) -> float:
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def allocated(protocol: str, pieces: list[bytes], chunks: int) -> float:
    """Bytes per chunk that are alive when the reply is complete and its events were dropped."""
    reader = load_codec(protocol).parser("bench")
    tracemalloc.start()
    for piece in pieces:
        reader.feed(piece)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / chunks


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chunks", type=int, default=2000)
    arguments.add_argument("--rounds", type=int, default=7)
    given = arguments.parse_args()
    chunks, rounds = given.chunks, given.rounds
    chat, messages = events(chunks), anthropic_events(chunks)
    chat_body, messages_body = b"".join(chat), b"".join(messages)

    base = best(decode(payloads(chunks)), rounds) / chunks * 1e6
    print(f"{'msgspec decode of the same bytes':44}{base:8.2f} us")
    for name, work in (
        ("openai_chat, one event a feed", parser("openai_chat", chat)),
        ("openai_chat, 64 kB a feed", parser("openai_chat", cut(chat_body))),
        ("anthropic_messages, one event a feed", parser("anthropic_messages", messages)),
        ("anthropic_messages, 64 kB a feed", parser("anthropic_messages", cut(messages_body))),
    ):
        took = best(work, rounds) / chunks * 1e6
        print(f"{name:44}{took:8.2f} us{took / base:8.1f} x the bare decode of a chat chunk")
    print(f"{'kept per chunk of text':44}{allocated('openai_chat', chat, chunks):8.0f} bytes")

    for name, model, body, peer in (
        ("openai", "openai:gpt-4o", chat_body, openai_sdk),
        ("anthropic", "anthropic:claude-opus-4-5", messages_body, anthropic_sdk),
    ):
        mine = best(ours(model, body), rounds) / chunks * 1e6
        print(f"{f'fluent-ai, {name} answer, whole client':44}{mine:8.2f} us")
        if find_spec(name) is None:
            print(f"{f'the {name} SDK':44}  not installed")
        else:
            theirs = best(peer(body), rounds) / chunks * 1e6
            print(f"{f'the {name} SDK':44}{theirs:8.2f} us{theirs / mine:8.1f} x ours")


if __name__ == "__main__":
    main()
