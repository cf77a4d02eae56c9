"""Budgets that several processes spend from at once, some of which die meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import fluent_ai as ai
import pytest

LIMIT = 2.0
SPENDER = """
import json, os, random, sys
import fluent_ai as ai
path, seed, rounds, dies = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "dies"
chance = random.Random(seed)
ledger = ai.Ledger(path)
settled = held = refused = 0
for number in range(rounds):
    wanted = chance.randrange(1, 30)
    try:
        money = ledger.reserve("team", wanted / 1000, limit=2.0)
    except ai.BudgetExceeded as error:
        refused += 1
        assert error.spent + error.reserved + wanted / 1000 > 2.0 - 1e-9, error
        assert error.spent + error.reserved <= 2.0 + 1e-9, error
        continue
    if dies and number == rounds - 1:
        print(json.dumps([settled, wanted, refused]), flush=True)
        os._exit(9)  # without settling
    what = chance.random()
    if what < 0.3:
        money.release()
    else:
        spent = chance.randrange(0, wanted + 1)
        money.settle(spent / 1000)
        money.settle(1.0)  # only the first one counts
        settled += spent
print(json.dumps([settled, held, refused]), flush=True)
"""


def spend(path: Path, processes: int, rounds: int) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SPENDER, str(path), str(seed), str(rounds), "dies" if seed == 0 else "lives"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(processes)
    ]
    ended = [each.communicate(timeout=300) for each in running]
    assert [errors for _, errors in ended] == [""] * processes
    results = [json.loads(said) for said, _ in ended]
    settled, held = sum(each[0] for each in results) / 1000, sum(each[1] for each in results) / 1000
    assert settled + held <= LIMIT + 1e-9
    with pytest.raises(ai.BudgetExceeded) as caught:
        ai.Ledger(path).reserve("team", LIMIT, limit=LIMIT)
    assert (caught.value.spent, caught.value.reserved) == (pytest.approx(settled), pytest.approx(held))


def test_processes_never_spend_more_than_there_is(tmp_path: Path) -> None:
    spend(tmp_path / "usage.db", 3, 60)


@pytest.mark.slow
def test_many_processes_never_spend_more_than_there_is(tmp_path: Path) -> None:
    spend(tmp_path / "usage.db", 6, 500)
