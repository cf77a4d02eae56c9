"""A tool call whose arguments come in thousands of pieces: the time must grow with their number, not with its square.

    python benchmarks/tool_arguments.py [--rounds 5]

Milliseconds for 1,000 to 16,000 pieces of 12 bytes: of the openai_chat parser; of `PartialJSON`, fed the pieces alone
and asked for what each changed; and of decoding again all that has come so far, for as long as that is bearable.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from fluent_ai.protocols.table import chat_codec
from fluent_ai.schema.partial_json import PartialJSON

SIZES = (1_000, 2_000, 4_000, 8_000, 16_000)
PIECE = 12
BEARABLE = 2_000


def pieces(number: int) -> list[str]:
    """The JSON of an object with one long list, cut into so many pieces."""
    item = '"value %05d", '
    text = '{"values": [' + "".join(item % row for row in range(number * PIECE // 15)) + '"end"]}'
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def stream(arguments: list[str]) -> list[bytes]:
    def row(call: dict[str, object]) -> bytes:
        chunk = {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"tool_calls": [call]}}]}
        return b"data: " + json.dumps(chunk, separators=(",", ":")).encode() + b"\n\n"

    first = row({"index": 0, "id": "call", "type": "function", "function": {"name": "save", "arguments": ""}})
    rest = [row({"index": 0, "function": {"arguments": piece}}) for piece in arguments]
    end = b'data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n'
    return [first, *rest, end]


def parse(rows: list[bytes]) -> None:
    parser = chat_codec("openai_chat").parser("bench")
    for row in rows:
        parser.feed(row)
    parser.finish()
    assert parser.partial.tool_calls[0].valid


def follow(arguments: list[str]) -> None:
    reader = PartialJSON()
    for piece in arguments:
        reader.changes(piece)
    reader.finish()


def reparse(arguments: list[str]) -> None:
    """What decoding everything again after each piece costs at the least: reading it."""
    text = ""
    for piece in arguments:
        text += piece
        with suppress(ValueError):  # cut inside a string or between two values
            json.loads(text + '"]}')


def best(work: Callable[[], None], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1e3


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    print(f"{'pieces':>8}{'kB':>6}{'parser':>12}{'a piece':>10}{'PartialJSON':>14}{'decode all again':>20}")
    for number in SIZES:
        given = pieces(number)
        parsed = best(partial(parse, stream(given)), rounds)
        followed = best(partial(follow, given), rounds)
        naive = f"{best(partial(reparse, given), 1):17.0f} ms" if number <= BEARABLE else "-"
        size = number * PIECE // 1000
        print(f"{number:8}{size:6}{parsed:9.1f} ms{parsed / number * 1e3:7.2f} us{followed:11.1f} ms{naive:>20}")


if __name__ == "__main__":
    main()
