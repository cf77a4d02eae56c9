"""A fork waits for the imports of this package that other threads are in the middle of.

Many modules load on first use. CPython locks a module while it is imported, and a child inherits the locks of threads
that it does not have: it would wait for ever as soon as it needs such a module itself.
"""

from __future__ import annotations

import _imp
import os
import sys
import time
from _thread import get_ident

PATIENCE = 10.0
"""Seconds after which a fork no longer waits, as for an import that waits itself for the thread that forks."""


def _wait() -> None:
    """Return with the lock that every import needs to begin, so that none begins before the fork."""
    end = time.monotonic() + PATIENCE
    _imp.acquire_lock()
    while _others_import() and time.monotonic() < end:
        _imp.release_lock()  # an import needs it to go on, too
        time.sleep(0.001)
        _imp.acquire_lock()


def _others_import() -> bool:
    locks = getattr(sys.modules["_frozen_importlib"], "_module_locks", {})
    # Of a copy: a lock that its import has just let go ends with our look at it, and leaves the table.
    held = [reference() for name, reference in tuple(locks.items()) if name.startswith("fluent_ai")]
    return any(getattr(lock, "owner", None) not in (None, get_ident()) for lock in held)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_wait, after_in_parent=_imp.release_lock, after_in_child=_imp.release_lock)
