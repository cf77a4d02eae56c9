"""A process that renders templates, kept while it behaves."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any, Final
from weakref import finalize

from fluent_ai.threads import new_lock, renew_in_child

from fluent_ai_local.text import _render

_LOAD: Final = "import runpy, sys; sys.path[:] = sys.argv[2:]; runpy.run_path(sys.argv[1], run_name='__main__')"


class DiedError(Exception):
    """The process has ended without an answer."""


class Renderer:
    """Asks a process of its own, which is started for the first question, and anew after a failure of any kind."""

    def __init__(self) -> None:
        self._lock = new_lock()
        self._renew()
        renew_in_child(self, Renderer._renew)

    def _renew(self) -> None:
        """What a forked child does: the process is its parent's."""
        self._process: subprocess.Popen[bytes] | None = None
        self._end: finalize[..., Any] | None = None

    def ask(self, request: dict[str, Any], deadline: float) -> dict[str, str]:
        """The answer of `_render.answer`. Raises TimeoutError after `deadline` seconds, DiedError without an answer."""
        line = json.dumps(request).encode() + b"\n"
        with self._lock:
            kept = self._process is not None
            try:
                answer = self._ask(line, deadline)
            except DiedError:
                if not kept:
                    raise
                answer = self._ask(line, deadline)  # the one that was kept had ended for want of questions
            if "failed" in answer:  # it may have little memory left
                self._stop()
            return answer

    def _ask(self, line: bytes, deadline: float) -> dict[str, str]:
        process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101  # both are pipes
        assert process.stdout is not None  # noqa: S101
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(deadline, end)
        timer.daemon = True
        timer.start()
        answer = b""
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(line)
                process.stdin.flush()
                answer = process.stdout.readline()
        finally:
            timer.cancel()
            if not answer.endswith(b"\n") or late.is_set():
                self._stop()
        if answer.endswith(b"\n"):
            found: dict[str, str] = json.loads(answer)
            return found
        if late.is_set():
            raise TimeoutError
        raise DiedError

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and file
            [sys.executable, "-I", "-c", _LOAD, _render.__file__, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        self._end = finalize(self, _end, process)
        return process

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
