"""Estimates against what the kernel counts, each plan in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import sized_sd3

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux counts peaks anew"),
]
SIZES = {
    "deep": {"heads": 8, "layers": 10, "t5_layers": 24, "vae": 32},
    "wide": {"heads": 12, "layers": 4, "t5_layers": 6, "vae": 64},
    "half": {"heads": 4, "layers": 12, "t5_layers": 40, "vae": 48, "dtype": "bfloat16"},
}
PLANS = [
    ("deep", "512x512", "none", "together", "whole"),
    ("wide", "768x768", "none", "together", "tiled"),
    ("half", "512x512", "model", "together", "whole"),
    ("deep", "768x768", "model", "together", "tiled"),
    ("deep", "512x512", "group", "together", "whole"),
    ("half", "512x512", "group", "together", "whole"),
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("sized")
    return {name: sized_sd3.write(place / name, **sizes) for name, sizes in SIZES.items()}


def run(*arguments: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, sized_sd3.__file__, *arguments], capture_output=True, text=True, check=True, timeout=600
    )
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("plan", PLANS, ids="-".join)
def test_the_estimate_is_5_percent_below_to_25_above_the_peak(plan: tuple[str, ...], folders: dict[str, Path]):
    name, *asked = plan
    found = run("plan", str(folders[name]), *asked)
    ratio = found["estimate"] / found["measured"]
    print(f"{plan}: {found['estimate'] / 1e6:.0f} MB of {found['measured'] / 1e6:.0f} MB, {100 * ratio - 100:+.1f} %")
    assert 0.95 <= ratio <= 1.25


@pytest.mark.parametrize("name", ["deep", "half"])
def test_the_memory_of_t5_is_back_within_5_percent(name: str, folders: dict[str, Path]):
    found = run("t5", str(folders[name]))
    assert found["peak"] > 0.95 * found["weight"]
    assert abs(found["left"]) < 0.05 * found["weight"]
