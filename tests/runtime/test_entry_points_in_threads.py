"""Packages that offer providers are imported while other threads look something up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = """
import __main__ as main

class Slow: pass

ROW = main.manifest("slow")
main.importing.set()
main.sleep(0.5)  # by now the other thread waits for this import
main.{here}
"""
PROGRAM = """
import threading
from time import sleep
import fluent_ai as ai
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.providers.table import in_process
ai.models.default  # imported already

def manifest(name):
    free = Auth(scheme="none", required=False)
    return Manifest(id=name, name=name, docs="", auth=free, chat=(Route(protocol="worker"),))

def look():
    importing.wait()
    {there}

importing = threading.Event()
ai.register_provider(manifest("other"), object)
other = threading.Thread(target=look, daemon=True)
other.start()
import slow_provider
other.join()
print("done")
"""


@pytest.mark.parametrize(
    ("entry", "here", "there"),
    [
        (
            "[fluent_ai.manifests]\nslow = slow_provider:ROW\n",
            'ai.models.get("groq:openai/gpt-oss-20b")',
            'ai.models.get("groq:openai/gpt-oss-20b")',
        ),
        (
            "[fluent_ai.providers]\nslow = slow_provider:Slow\n",
            'in_process(main.manifest("other"))',
            'in_process(manifest("slow"))',
        ),
    ],
    ids=["manifest", "provider"],
)
def test_an_entry_point_is_imported_under_no_lock(tmp_path: Path, entry: str, here: str, there: str) -> None:
    """One thread imports a package, which looks something up; another needs that package, and must not stop it."""
    (tmp_path / "slow_provider.py").write_text(SLOW.format(here=here))
    (tmp_path / "extra.toml").write_text('[[model]]\nprovider = "x"\nid = "m"\nfacts = { tools = true }\n')
    info = tmp_path / "slow_provider-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-provider\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entry)
    environment = {"PYTHONPATH": str(tmp_path), "FLUENT_AI_MODELS": str(tmp_path / "extra.toml")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(there=there)],
        capture_output=True,
        text=True,
        timeout=15,
        check=False,
        env=os.environ | environment,
    )
    assert (done.stdout, done.stderr) == ("done\n", "")
