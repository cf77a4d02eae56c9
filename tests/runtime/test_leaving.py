"""Processes that end while threads of ours are at work: each with the status it should have, and in silence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from forks import QUIET

ALONE = """
import atexit, sys, threading

def look():  # registered before ours, so called after it
    left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    if left:
        sys.stderr.write(f"still running: {left}")

atexit.register(look)
"""
ENDLESS = """
import asyncio, gc, os, signal, time
import fluent_ai as ai

class Endless:
    def chat_model(self, model):
        return self

    def run(self, request, emit):
        emit(ai.StreamStart(model="m", provider="endless"))
        emit(ai.TextStart(0))
        while True:
            emit(ai.TextDelta(0, "word "))
            time.sleep(0.001)

from fluent_ai.manifest.schema import Auth, Manifest, Route
ai.register_provider(
    Manifest(id="endless", name="E", docs="", auth=Auth(scheme="none"), chat=(Route(protocol="worker"),)), Endless
)
client = ai.Client()

def words(count=3):
    stream = client.stream("endless:m", "hi")
    text = stream.text()
    for _ in range(count):
        next(text)
    return stream

def workers():
    return [thread for thread in threading.enumerate() if thread.name == "fluent-ai m"]

def wait_until_gone(count=0):
    deadline = time.monotonic() + 60
    while len(workers()) > count:
        assert time.monotonic() < deadline, workers()
        time.sleep(0.01)
"""


def program(body: str) -> list[str]:
    return [sys.executable, *QUIET, "-c", ALONE + ENDLESS + body]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONWARNINGS": "default"}


ENDINGS = {
    "break": ("with client.stream('endless:m', 'hi') as stream:\n    for event in stream:\n        break", 0),
    "close": ("words().close()", 0),
    "held": ("stream = words()", 0),
    "dropped": ("words()", 0),
    "full": ("stream = words(); time.sleep(0.3)", 0),
    "return before the first word": ("stream = client.stream('endless:m', 'hi'); stream.__enter__()", 0),
    "many": ("streams = [words() for _ in range(20)]", 0),
    "sys.exit": ("stream = words(); sys.exit(7)", 7),
    "sys.exit inside": ("with client.stream('endless:m', 'hi') as stream:\n    for _ in stream: sys.exit(7)", 7),
    "interrupt caught": (
        "try:\n    for event in words():\n        os.kill(os.getpid(), signal.SIGINT)\n"
        "except KeyboardInterrupt:\n    sys.exit(130)",
        130,
    ),
    "SIGTERM": ("stream = words(); os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)", -signal.SIGTERM),
    "SIGTERM handled": (
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        "for event in words(): os.kill(os.getpid(), signal.SIGTERM)",
        143,
    ),
    "async break": (
        "async def main():\n    async with ai.AsyncClient() as c, c.stream('endless:m', 'hi') as stream:\n"
        "        async for event in stream:\n            break\nasyncio.run(main())",
        0,
    ),
    "async held": (
        "async def main():\n    global stream\n    stream = ai.AsyncClient().stream('endless:m', 'hi')\n"
        "    await anext(stream)\nasyncio.run(main())",
        0,
    ),
    "a thread of the caller's goes on reading": (
        "def read():\n    with client.stream('endless:m', 'hi') as stream:\n        time.sleep(0.3)\n"
        "        assert len([next(stream) for _ in range(200)]) == 200\nthreading.Thread(target=read).start()",
        0,
    ),
    "a channel of one's own": (
        "from fluent_ai.threads import start\nc = ai.channel(1)\ndef produce():\n    try:\n        while True:\n"
        "            c.emit(1)\n    except ai.Cancelled: pass\nstart(produce, name='m', stop=None)\n"
        "stream = c.stream(); next(stream); del stream; wait_until_gone()",
        0,
    ),
    "a key function that hangs": (
        "async def main():\n    c = ai.AsyncClient(keys={'openai': lambda: time.sleep(0.2) or 'k'})\n"
        "    task = asyncio.ensure_future(c.complete('openai:a-new-one', 'hi'))\n    await asyncio.sleep(0.05)\n"
        "    task.cancel()\nasyncio.run(main())",
        0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDINGS)
def test_a_process_ends_as_it_should_and_in_silence(name: str) -> None:
    body, status = ENDINGS[name]
    done = subprocess.run(program(body), capture_output=True, text=True, timeout=120, env=environment(), check=False)
    assert (done.returncode, done.stderr, done.stdout) == (status, "", "")


def test_an_exception_ends_with_its_own_traceback_only() -> None:
    body = "with client.stream('endless:m', 'hi') as stream:\n    for event in stream: 1 / 0"
    done = subprocess.run(program(body), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr.count("Traceback") == 1
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_the_worker_of_a_forgotten_stream_ends_while_the_process_lives() -> None:
    """As in a notebook: cells run in one process, and one that fails keeps its frames until the next failure."""
    body = """
words()
wait_until_gone()
for cell in ("with client.stream('endless:m', 'hi') as s:\\n for e in s: break", "words(70)", "words().close()",
             "for event in words(): raise ValueError", "loop = []; loop.append(loop); loop.append(words()); del loop"):
    try:
        exec(cell, dict(globals()))
    except ValueError:
        pass
gc.collect()
wait_until_gone()
"""
    done = subprocess.run(program(body), capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
@pytest.mark.parametrize("end", ["sys.exit(3)", "os._exit(3)"])
def test_a_forked_child_is_told_what_it_lost_and_can_begin_anew(end: str) -> None:
    body = f"""
stream = words(5)
child = os.fork()
if child == 0:
    try:
        for event in stream:
            pass
    except ai.StreamInterrupted as error:
        assert "forked" in error.message
        assert error.partial.text.startswith("word word word word word")
    else:
        raise AssertionError("the child's stream ended")
    words(5).close()
    wait_until_gone()
    {end}
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
assert len([next(stream) for _ in range(200)]) == 200
"""
    done = subprocess.run(program(body), capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
def test_locks_that_a_thread_of_the_parent_holds_are_free_in_the_child() -> None:
    body = """
from fluent_ai.threads import new_lock, new_rlock
locks = [new_lock(), new_rlock(), client._lock, client._core.credentials and ai.channel()._lock]
held, go_on = threading.Event(), threading.Event()
def hold():
    for lock in locks: lock.acquire()
    held.set(); go_on.wait()
    for lock in locks: lock.release()
holder = threading.Thread(target=hold); holder.start(); held.wait()
child = os.fork()
if child == 0:
    os._exit(0 if all(lock.acquire(timeout=5) for lock in locks) else 1)
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
go_on.set(); holder.join()
sys.exit(code)
"""
    done = subprocess.run(program(body), capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
def test_a_child_leaves_its_parents_connection_alone() -> None:
    body = """
import socket
listener = socket.create_server(("127.0.0.1", 0))
manifest = Manifest(
    id="loop", name="L", docs="", base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", auth=Auth(scheme="none"),
    chat=(Route(protocol="openai_chat", path="/chat"),),
)
def serve():
    connection, _ = listener.accept()
    asked = b""
    while not asked.endswith(b"}"):
        asked += connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\\r\\ncontent-type: text/event-stream\\r\\nconnection: close\\r\\n\\r\\n")
    delta = b'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\\n\\n'
    connection.sendall(delta)
    proceed.wait()
    connection.sendall(delta + b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\\n\\n')
    connection.sendall(b"data: [DONE]\\n\\n")
    connection.close()
proceed = threading.Event()
server = threading.Thread(target=serve); server.start()
loop = ai.Client(manifests=[manifest], validate=False)
stream = loop.stream("loop:m", "hi")
next(stream.text())
child = os.fork()
if child == 0:
    stream.close()
    assert loop._transport is None
    del stream
    gc.collect()
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
proceed.set()
assert stream.collect().text == "aa"
server.join()
"""
    done = subprocess.run(program(body), capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
