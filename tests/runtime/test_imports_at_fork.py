"""A child that is forked while another thread imports one of our modules can import it too."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")

SLOW_IMPORT = """
import os, signal, sys, threading
from importlib.machinery import PathFinder
import fluent_ai as ai

begun, go_on = threading.Event(), threading.Event()

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name != "fluent_ai.registry.shared":
            return None
        spec = PathFinder.find_spec(name, path)
        load = spec.loader.exec_module
        def later(module):
            begun.set()
            IN_THE_MIDDLE()
            load(module)
        spec.loader.exec_module = later
        return spec

sys.meta_path.insert(0, Slow())

def fork():
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        ai.models.get("groq:openai/gpt-oss-20b")
        os._exit(3)
    return child

def check(child):
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
"""
ELSEWHERE = """
def IN_THE_MIDDLE():
    assert go_on.wait(60)

importing = threading.Thread(target=lambda: ai.models.get("groq:openai/gpt-oss-20b"))
importing.start()
assert begun.wait(60)
threading.Timer(0.2, go_on.set).start()
check(fork())
importing.join()
check(fork())
"""
WITHIN = """
import fluent_ai.imports_at_fork as waiting
waiting.PATIENCE = float("inf")
children = []

def IN_THE_MIDDLE():
    children.append(os.fork())

ai.models.get("groq:openai/gpt-oss-20b")
if children[0] == 0:
    os._exit(3)
check(children[0])
"""
WITHOUT_END = """
import fluent_ai.imports_at_fork as waiting
waiting.PATIENCE = 0.05

def IN_THE_MIDDLE():
    assert go_on.wait(60)

importing = threading.Thread(target=lambda: ai.models.get("groq:openai/gpt-oss-20b"))
importing.start()
assert begun.wait(60)
child = os.fork()
if child == 0:
    import json.tool
    os._exit(3)
check(child)
go_on.set()
importing.join()
"""


@pytest.mark.parametrize("case", [ELSEWHERE, WITHIN, WITHOUT_END], ids=["elsewhere", "within", "without end"])
def test_a_fork_in_the_middle_of_an_import(case: str) -> None:
    """Of another thread it is waited for, of the same thread or for ever it is not."""
    command = [sys.executable, "-W", "ignore", "-c", SLOW_IMPORT + case]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
