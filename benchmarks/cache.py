"""What a cache of answers costs where it misses, and saves where it hits.

    python benchmarks/cache.py [--rounds 7]

Microseconds of CPU for one short request of a fake transport: without a cache, with one that never has the answer, and
with one that has it. The last column is the ratio to the request without a cache.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.testing import FakeResponse, FakeTransport

TEXT = b'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"word "}}]}\n\n'
END = (
    b'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    b'data: {"id":"c","model":"m","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}\n\n'
    b"data: [DONE]\n\n"
)
ROW = Manifest(
    id="acme", name="", docs="", base_url="http://127.0.0.1:1", auth=Auth(scheme="none", required=False),
    chat=(Route(protocol="openai_chat", path="/c"),),
)  # fmt: skip
REQUESTS = 200


class Nothing:
    """A store that keeps nothing."""

    waits = False

    def get(self, key: str) -> bytes | None:
        return None

    def set(self, key: str, value: bytes) -> None:
        pass


def request(cache: Any) -> Callable[[], float]:
    """A round of requests; the CPU microseconds of one."""
    transport = FakeTransport(lambda _: FakeResponse([TEXT] * 5 + [END], 200, {"content-type": "text/event-stream"}))
    client = ai.Client(manifests=[ROW], transport=transport, validate=False, cache=cache)
    client.complete("acme:m", "hi")

    def work() -> float:
        begun = time.process_time()
        for _ in range(REQUESTS):
            client.complete("acme:m", "hi")
        transport.requests.clear()
        return (time.process_time() - begun) / REQUESTS * 1e6

    return work


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=7)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        works = {
            "no cache": request(None),
            "misses": request(Nothing()),
            "memory": request(ai.MemoryCache()),
            "sqlite": request(ai.SQLiteCache(Path(folder) / "replies.db")),
        }
        best = dict.fromkeys(works, float("inf"))
        for _ in range(rounds):  # one after another, so that a busy machine slows all of them
            best = {name: min(best[name], work()) for name, work in works.items()}
    for name, spent in best.items():
        print(f"{name:10} {spent:8.1f} us {spent / best['no cache']:6.2f}")


if __name__ == "__main__":
    main()
