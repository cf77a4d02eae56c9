"""Which leg of four to ask, where one is ten times slower: by chance, by calls under way, by speed, and with hedging.

    python benchmarks/picking.py [--calls 10000] [--seed 1]

A simulation, because nothing but the choices differs: calls come at random, and the time until an answer begins is
drawn from a log-normal distribution, around 0.8 s at three legs and 8 s at the fourth. What picks and hedges is the
code of the routes itself, under the clock of the simulation. Seconds until the answer begins, and requests for each
call. The second table is of a provider that becomes slow in the middle, the third of all four becoming slow at once.
"""

from __future__ import annotations

import argparse
import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from fluent_ai.resilience.hedging import Hedging
from fluent_ai.resilience.load import Asked, Load
from fluent_ai.resilience.picking import by_speed

LEGS = 4
MEDIAN, SPREAD, SLOW = 0.8, 0.5, 10.0
EACH_SECOND = 5.0
"""How many calls begin in a second."""


@dataclass
class World:
    """A clock, what is to happen, and how slow each leg is at a time."""

    chance: random.Random
    slowness: Callable[[int, float], float]
    now: float = 0.0
    events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    number: int = 0

    def clock(self) -> float:
        return self.now

    def at(self, time: float, do: Callable[[], None]) -> None:
        self.number += 1
        heapq.heappush(self.events, (time, self.number, do))

    def run(self) -> None:
        while self.events:
            self.now, _, do = heapq.heappop(self.events)
            do()

    def seconds(self, leg: int) -> float:
        return self.chance.lognormvariate(0.0, SPREAD) * MEDIAN * self.slowness(leg, self.now)


class Call:
    """One call: asks legs in an order, the second after a while if it is hedged."""

    def __init__(self, calls: Calls) -> None:
        self.calls, self.began, self.asked = calls, calls.world.now, list[Asked]()
        self.order = calls.order(calls.loads, calls.world.chance)
        self.ask()
        if calls.hedging is not None:
            calls.world.at(self.began + calls.hedging.delay, self.hedge)

    def ask(self) -> None:
        leg = self.order[len(self.asked)]
        asked = self.calls.loads[leg].begin()
        self.asked.append(asked)
        self.calls.requests += 1
        self.calls.world.at(self.calls.world.now + self.calls.world.seconds(leg), lambda: self.answer(asked))

    def hedge(self) -> None:
        if self.asked and self.calls.hedging is not None and self.calls.hedging.spend():
            self.ask()

    def answer(self, asked: Asked) -> None:
        if not self.asked:
            return
        asked.answered()
        asked.end()
        if asked is not self.asked[0]:
            self.asked[0].lost()
        self.asked[-1].end()
        self.asked.clear()
        seconds = self.calls.world.now - self.began
        self.calls.taken.append((self.began, seconds))
        if self.calls.hedging is not None:
            self.calls.hedging.answered(seconds)


class Calls:
    def __init__(self, world: World, order: Order, hedge: float | None) -> None:
        self.world, self.order = world, order
        self.loads = [Load(world.clock) for _ in range(LEGS)]
        self.hedging = None if hedge is None else Hedging(hedge, world.clock)
        self.requests = 0
        self.taken: list[tuple[float, float]] = []


Order = Callable[[list[Load], random.Random], list[int]]


def by_chance(loads: list[Load], chance: random.Random) -> list[int]:
    return chance.sample(range(len(loads)), len(loads))


def by_calls(loads: list[Load], chance: random.Random) -> list[int]:
    return sorted(by_chance(loads, chance), key=lambda leg: loads[leg].under_way)


WAYS: dict[str, tuple[Order, float | None]] = {
    "random": (by_chance, None),
    "least under way": (by_calls, None),
    "fastest": (by_speed, None),
    "random, hedge=0.95": (by_chance, 0.95),
    "fastest, hedge=0.95": (by_speed, 0.95),
}


def run(order: Order, hedge: float | None, calls: int, seed: int, slowness: Callable[[int, float], float]) -> Calls:
    world = World(random.Random(seed), slowness)  # noqa: S311
    made = Calls(world, order, hedge)
    arrivals, time = random.Random(seed + 1), 0.0  # noqa: S311
    for _ in range(calls):
        time += arrivals.expovariate(EACH_SECOND)
        world.at(time, lambda: Call(made) and None)
    world.run()
    return made


def share(taken: list[float], of: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(of * len(taken)))]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--calls", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    middle = given.calls / EACH_SECOND / 2
    worlds: dict[str, Callable[[int, float], float]] = {
        "one leg of four is 10 times slower": lambda leg, now: SLOW if leg == 3 else 1.0,
        "one leg becomes 10 times slower": lambda leg, now: SLOW if leg == 3 and now > middle else 1.0,
        "all legs become 10 times slower": lambda leg, now: SLOW if now > middle else 1.0,
    }
    for title, slowness in worlds.items():
        print(f"{title:36}{'p50':>8}{'p95':>8}{'p99':>8}{'requests':>10}")
        for name, (order, hedge) in WAYS.items():
            made = run(order, hedge, given.calls, given.seed, slowness)
            seconds = [each for began, each in made.taken]
            cells = "".join(f"{share(seconds, of):8.2f}" for of in (0.5, 0.95, 0.99))
            print(f"  {name:34}{cells}{made.requests / len(seconds):10.3f}")


if __name__ == "__main__":
    main()
