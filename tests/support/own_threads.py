"""The threads that fluent-ai has started and that are to end; libraries have some of their own that last."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection


def join_own_threads(before: Collection[threading.Thread]) -> None:
    """Wait for those that have come since `before`, which was `threading.enumerate()`."""
    for thread in set(threading.enumerate()) - set(before):
        if thread.name.startswith("fluent-ai"):
            while thread.ident is None:  # another thread is just starting it
                time.sleep(0.01)
            thread.join(30)
            assert not thread.is_alive(), thread.name
