"""What a local picture costs from the very start: the first event, the longest silence, and the peak of memory.

    python benchmarks/image_loading.py [--rounds 3]

Each round is a process of its own, which has imported nothing. diffusers' own pipeline draws the same picture from the
same files. Memory is what the kernel counts as resident at its peak, libraries included.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from itertools import pairwise


def ours() -> dict[str, float]:
    import fluent_ai as ai

    with ai.Client() as client:
        marks = [time.perf_counter()]
        with client.stream_image("local:tiny-sd3", "a seven", steps=20, seed=1) as stream:
            for item in stream:
                marks.append(time.perf_counter())
                if isinstance(item, ai.Progress) and item.phase == "denoise":
                    break
            loaded = len(marks)
            marks += [time.perf_counter() for _ in stream]
    gaps = [after - before for before, after in pairwise(marks[:loaded])]
    return {"first event": gaps[0], "longest silence while loading": max(gaps), "whole": marks[-1] - marks[0]}


def diffusers() -> dict[str, float]:
    start = time.perf_counter()
    from images import theirs

    theirs()("a seven", height=32, width=32, num_inference_steps=20, guidance_scale=4.0, max_sequence_length=12)
    return {"whole": time.perf_counter() - start}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", choices=["ours", "diffusers"])
    given = parser.parse_args()
    if given.one:
        found = {"ours": ours, "diffusers": diffusers}[given.one]()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found | {"peak MB": peak}))
        return
    for name in ("ours", "diffusers"):
        rounds = []
        for _ in range(given.rounds):
            command = [sys.executable, __file__, "--one", name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            rounds.append(json.loads(done.stdout.splitlines()[-1]))
        best = {fact: min(each[fact] for each in rounds) for fact in rounds[0]}
        print(name, ", ".join(f"{fact} {value:.2f}" for fact, value in best.items()))


if __name__ == "__main__":
    main()
