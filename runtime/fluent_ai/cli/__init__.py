"""The command `fluent-ai`. Exit codes: 0 done, 1 a provider or the engine failed, 2 wrong usage or configuration,
130 stopped by Ctrl-C, 141 the reader of the output is gone, 143 stopped by SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_EXTRA = {"rich", "typer"}


def main() -> None:
    """Run the command line of this process and exit."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _run()
    except KeyboardInterrupt:  # while the commands were being imported, or once more while the first was handled
        code = 130
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process is ending
    sys.exit(code)


def _run() -> int:
    interruptible = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
    if interruptible:
        signal.signal(signal.SIGINT, _leave)  # an exception in the middle of an import may be printed, and lost
    try:
        from .app import run
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        sys.stderr.write("error: the command line needs its extra: pip install 'fluent-ai[cli]'\n")
        return 2
    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run(sys.argv[1:])


def _leave(number: int, frame: FrameType | None) -> None:
    """Exit as after Ctrl-C, while there is nothing yet that would have to end."""
    os._exit(130)


def _terminate(number: int, frame: FrameType | None) -> None:
    """Exit as after Ctrl-C: streams are closed."""
    sys.exit(128 + number)
