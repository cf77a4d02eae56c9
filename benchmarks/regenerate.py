"""Seconds to render generated/: all of it, and again after one provider's list changed, as a user waits for them.

    python benchmarks/regenerate.py [--rounds 3]

Works on a copy of specs/, cache/ and generated/; each run is a process of its own, and the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "fluent_ai_codegen", "generate")


def generate(checkout: Path) -> float:
    began = time.perf_counter()
    subprocess.run([*COMMAND, "--root", str(checkout)], check=True, capture_output=True)
    return time.perf_counter() - began


def change(checkout: Path, number: int) -> None:
    """One more model in the longest list."""
    path = max((checkout / "cache").glob("*.json"), key=lambda path: path.stat().st_size)
    cache = json.loads(path.read_text("utf-8"))
    cache["models"].append({"id": f"benchmark-{number}"})
    path.write_text(json.dumps(cache), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder)
        for name in ("specs", "cache", "generated"):
            shutil.copytree(ROOT / name, checkout / name)
        whole, changed, nothing = [], [], []
        for number in range(rounds):
            shutil.rmtree(checkout / ".fetch", ignore_errors=True)
            shutil.rmtree(checkout / "generated")
            whole.append(generate(checkout))
            change(checkout, number)
            changed.append(generate(checkout))
            nothing.append(generate(checkout))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, best of {rounds}")
    print(f"whole tree           {min(whole):5.2f} s   (goal 20)")
    print(f"one list changed     {min(changed):5.2f} s   (goal 3)")
    print(f"nothing changed      {min(nothing):5.2f} s")


if __name__ == "__main__":
    main()
