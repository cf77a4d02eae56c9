"""Processes that end while a local model generates: with the status that they should have, and in silence."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

OPEN = """
import asyncio, os, signal, sys
import fluent_ai as ai
client = ai.Client()
ASKED = {"model": "local:" + sys.argv[1], "messages": "Tell a story.", "temperature": 2.0, "seed": 1}
"""
ENDINGS = {
    "break": ("with client.stream(**ASKED) as stream:\n    for text in stream.text():\n        break", 0),
    "break while it loads": ("with client.stream(**ASKED) as stream:\n    next(stream)", 0),
    "held": ("stream = client.stream(**ASKED); next(stream.text())", 0),
    "two at once": ("streams = [client.stream(**ASKED) for _ in range(2)]\nfor s in streams: next(s.text())", 0),
    "sys.exit": ("with client.stream(**ASKED) as stream:\n    for text in stream.text(): sys.exit(7)", 7),
    "interrupted": (
        "try:\n    for text in client.stream(**ASKED).text(): os.kill(os.getpid(), signal.SIGINT)\n"
        "except KeyboardInterrupt:\n    sys.exit(130)",
        130,
    ),
    "async break": (
        "async def main():\n    async with ai.AsyncClient() as c, c.stream(**ASKED) as stream:\n"
        "        async for text in stream.text():\n            break\nasyncio.run(main())",
        0,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def talker(write_gguf) -> Path:
    """A model that goes on talking: no token ends its reply, and its context is never full."""
    return write_gguf(
        metadata={
            "llama.context_length": 2**24,
            "tokenizer.ggml.token_type": [1] * 262,
            "tokenizer.ggml.bos_token_id": None,
            "tokenizer.ggml.eos_token_id": None,
        }
    )


@pytest.mark.parametrize("name", ENDINGS)
def test_a_process_that_leaves_a_local_stream_ends_as_it_should(name: str, talker: Path) -> None:
    body, status = ENDINGS[name]
    done = subprocess.run(
        [sys.executable, "-c", OPEN + body, str(talker)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, {130}), (signal.SIGTERM, {143, -signal.SIGTERM})])
def test_the_command_that_is_interrupted_ends_as_it_should(sent: int, status: set[int], talker: Path) -> None:
    command = [sys.executable, "-c", "from fluent_ai.cli import main; main()"]
    command += ["ask", "-m", f"local:{talker}", "Tell a story.", "--temperature", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(20)
        process.send_signal(sent)
        process.stdout.read()
        said = process.stderr.read()
        assert process.wait(60) in status
    assert b"terminate" not in said
    assert b"Traceback" not in said
