"""Observers that raise, hang, or outlive the process's main thread hold up nobody."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
import threading
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.observe import delivery
from forks import QUIET
from scripted_server import Server, sse, stream, text_chunks
from watchers import Keeper

SUPPORT = str(Path(__file__).parents[2] / "support")


class Broken(ai.Observer):
    """Raises in each of its methods."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def started(self, call: ai.Call) -> None:
        raise self.error

    def attempted(self, call: ai.Call, attempt: ai.AttemptEvent) -> None:
        raise self.error

    def first_item(self, call: ai.Call) -> None:
        raise self.error

    def finished(self, call: ai.Call) -> None:
        raise self.error


@pytest.mark.parametrize("error", [ValueError("the-prompt"), SystemExit(3), KeyboardInterrupt()])
def test_an_observer_that_raises_is_warned_of_once(
    settings: dict[str, Any], keeper: Keeper, caplog: pytest.LogCaptureFixture, error: BaseException
) -> None:
    broken = Broken(error)
    with ai.Client(**settings, observe=[broken, keeper]) as client:
        for _ in range(3):
            assert client.complete("acme:m", "hi").text == "Hello"
    assert len(keeper.all()) == 3
    (record,) = [each for each in caplog.records if each.name == "fluent_ai.observe"]
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith(f"Broken.started raised {type(error).__name__} at {__file__}:")
    assert "the-prompt" not in caplog.text


def test_an_observer_that_hangs_holds_up_nobody(
    settings: dict[str, Any], keeper: Keeper, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MOST_WAITING", 10)
    go_on = threading.Event()

    class Hanging(ai.Observer):
        seen = 0

        def finished(self, call: ai.Call) -> None:
            self.seen += 1
            go_on.wait(60)

    hanging = Hanging()
    client = ai.Client(**settings, observe=[hanging, keeper])
    for _ in range(20):
        assert client.complete("acme:m", "hi").text == "Hello"
    assert len(keeper.all()) == 20
    assert not hanging.flush(0.01)
    (record,) = [each for each in caplog.records if each.name == "fluent_ai.observe"]
    assert "Hanging does not keep up: 10 steps wait" in record.getMessage()
    go_on.set()
    assert hanging.flush(60)
    assert 10 <= hanging.seen <= 12
    client.complete("acme:m", "hi")
    assert hanging.flush(60)
    client.close()


def test_observers_see_the_context_of_the_call(settings: dict[str, Any]) -> None:
    request_id: ContextVar[str] = ContextVar("request_id")
    seen = []

    class Sees(ai.Observer):
        def finished(self, call: ai.Call) -> None:
            seen.append((request_id.get(), threading.current_thread().name))

    observers = [Sees(), Sees()]
    with ai.Client(**settings, observe=observers) as client:
        for number in "12":
            reset = request_id.set(number)
            client.complete("acme:m", "hi")
            request_id.reset(reset)
    assert sorted(seen) == [(number, "fluent-ai observer Sees") for number in "1122"]


def test_the_thread_of_an_observer_ends_with_it(settings: dict[str, Any]) -> None:
    class Short(ai.Observer):
        def finished(self, call: ai.Call) -> None:
            pass

    client = ai.Client(**settings, observe=[Short()])
    client.complete("acme:m", "hi")
    client.close()
    (thread,) = [each for each in threading.enumerate() if each.name == "fluent-ai observer Short"]
    del client
    gc.collect()
    thread.join(60)
    assert not thread.is_alive()


PROGRAM = """
import os, sys
import fluent_ai as ai
sys.path.insert(0, {support!r})
from scripted_server import manifest_for

class Writes(ai.Observer):
    def finished(self, call):
        os.write(1, f"{{call.ended}}\\n".encode())

client = ai.Client(keys={{"acme": "k"}}, manifests=[manifest_for({url!r})], observe=[Writes()])
"""


def run(server: Server, program: str) -> list[str]:
    whole = PROGRAM.format(support=SUPPORT, url=server.url) + program
    done = subprocess.run(
        [sys.executable, *QUIET, "-c", whole], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split()


def test_calls_are_told_before_the_process_ends(server: Server) -> None:
    server.say(stream(sse(*text_chunks("Hello"))))
    program = 'for _ in range(50): client.complete("acme:m", "hi")\nopen_still = client.stream("acme:m", "hi")\n'
    assert run(server, program + "next(open_still)") == ["complete"] * 50 + ["dropped"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
def test_a_forked_child_tells_its_own_calls_only(server: Server) -> None:
    server.say(stream(sse(*text_chunks("Hello"))))
    program = """
mine = client.stream("acme:m", "hi")
next(mine)
if not (child := os.fork()):
    del mine
    client.complete("acme:m", "hi")
    client.close()
    os._exit(0)
os.waitpid(child, 0)
mine.close()
client.close()
"""
    assert sorted(run(server, program)) == ["closed", "complete"]


def test_unusual_observers_can_be_told(settings: dict[str, Any]) -> None:
    """Frozen ones, and those that cannot be hashed."""
    from dataclasses import dataclass, field

    @dataclass(frozen=True)
    class Frozen(ai.Observer):
        ids: list[str] = field(default_factory=list)

        def finished(self, call: ai.Call) -> None:
            self.ids.append(call.id)

    @dataclass
    class Unhashable(ai.Observer):
        ids: list[str] = field(default_factory=list)

        def finished(self, call: ai.Call) -> None:
            self.ids.append(call.id)

    frozen, unhashable = Frozen(), Unhashable()
    with ai.Client(**settings, observe=[frozen, unhashable]) as client:
        client.complete("acme:m", "hi")
    assert frozen.ids == unhashable.ids
    assert len(frozen.ids) == 1
