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
from _acme import ROW, acme_transport

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
    transport = acme_transport()
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
