"""A process that is killed while it keeps a model list leaves the list before or the list after, never half of one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from fluent_ai.kept_files import CORRUPT, TEMPORARY
from fluent_ai.registry.refreshed_lists import LiveLists

ADDRESS = "https://groq.example"
KEEPER = f"""
import itertools, sys
from datetime import UTC, datetime
from pathlib import Path
import fluent_ai as ai
from fluent_ai.registry.refreshed_lists import LiveList, LiveLists

listed = ai.models.find(provider="openai") * 20
print("ready", flush=True)
for number in itertools.count():
    some = listed[: 200 + number % 1000]
    LiveLists(Path(sys.argv[1])).put(LiveList.of("groq", "{ADDRESS}", some, datetime.now(UTC)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX thing")
def test_a_kept_list_is_whole_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    rng = random.Random(1)
    kept = None
    for _ in range(12):
        process = subprocess.Popen([sys.executable, "-c", KEEPER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a damaged file is said in a warning
            found = LiveLists(tmp_path).at("groq", ADDRESS)
        assert found is not None or kept is None
        kept = found
        assert not list(tmp_path.glob(f"*{CORRUPT}"))
        assert len(list(tmp_path.glob(TEMPORARY))) <= 1, "those of earlier writers were cleared away"
    assert kept is not None
    assert len(kept.parts[0][1]) >= 200
