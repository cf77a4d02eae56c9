"""What it costs to name the client: CPU milliseconds of fresh processes, best of many, with compiled bytecode.

python benchmarks/imports.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec

CONTENDERS = {
    "msgspec alone": "import msgspec",
    "fluent_ai": "from fluent_ai import Client, TextDelta",
    "openai": "import openai",
    "anthropic": "import anthropic",
}


def cost(code: str, rounds: int) -> float:
    program = f"import time\nstart = time.process_time()\n{code}\nprint(time.process_time() - start)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", program]
    times = [
        float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
        for _ in range(rounds)
    ]
    return min(times) * 1e3


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    rounds = arguments.parse_args().rounds
    ours = cost(CONTENDERS["fluent_ai"], rounds)
    for name, code in CONTENDERS.items():
        if find_spec(code.split()[1]) is None:
            print(f"{name:16}  not installed")
            continue
        took = cost(code, rounds)
        print(f"{name:16}{took:8.1f} ms{ours / took * 100:8.1f} % of it is what fluent_ai costs")


if __name__ == "__main__":
    main()
