"""The lists of models that a client keeps for as long as HTTP allows (RFC 9111)."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from fluent_ai.threads import new_lock

if TYPE_CHECKING:
    from fluent_ai.streams.cached_answers import Fetched, Known

MOST: Final = 64
"""How many pages are kept; those that were not used for longest go first."""
LARGEST: Final = 8 * 1024 * 1024
"""Bytes of the largest page that is kept."""


class KeptLists:
    """Pages of lists by URL and caller, in memory. Safe from any thread."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Known] = OrderedDict()
        self._lock = new_lock()

    def find(self, url: str, caller: str) -> Known | None:
        """What is kept of the answer to this caller."""
        name = _name(url, caller)
        with self._lock:
            if (found := self._pages.get(name)) is not None:
                self._pages.move_to_end(name)
            return found

    def keep(self, url: str, caller: str, fetched: Fetched) -> None:
        """Keep a page, once it is known to be a good one: its own ETag must not vouch for a broken one."""
        name = _name(url, caller)
        with self._lock:
            if fetched.entry is not None and len(fetched.body) <= LARGEST:
                self._pages[name] = fetched.entry, fetched.body
                while len(self._pages) > MOST:
                    self._pages.popitem(last=False)
            elif fetched.how == "sent":
                self._pages.pop(name, None)

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._pages.clear()


def caller_of(secrets: Iterable[str]) -> str:
    """What stands for a caller's keys. A digest, so that no frame that an error holds shows them."""
    return hashlib.sha256(" ".join(secrets).encode("utf-8", "surrogatepass")).hexdigest()


def _name(url: str, caller: str) -> str:
    return hashlib.sha256(f"{len(url)} {url}{caller}".encode("utf-8", "surrogatepass")).hexdigest()
