"""Threads that take turns as often as the interpreter lets them, to show what two of them do to each other."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable


def together(*works: Callable[[], object], seconds: float = 1.0) -> None:
    """Do each of these again and again, in a thread of its own, for so many seconds or until one of them fails.

    Raises what the first has failed with.
    """
    failed: list[BaseException] = []
    start = threading.Barrier(len(works))

    def repeat(work: Callable[[], object]) -> None:
        start.wait()
        end = time.monotonic() + seconds
        try:
            while not failed and time.monotonic() < end:
                work()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    if failed:
        raise failed[0]
