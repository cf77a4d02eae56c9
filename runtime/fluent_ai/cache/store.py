"""What keeps answers: a few methods, so that any store of the caller's can be one."""

from __future__ import annotations

from typing import Protocol

from fluent_ai.arguments import check_number


class Store(Protocol):
    """Keeps answers as bytes under keys of 64 hexadecimal digits. Methods may be called from any thread, and may raise
    anything: the call then goes on without the store, and one warning says so.

    The methods of a store that has the attribute `waits` with the value False are called in the event loop, because
    they never wait; those of others in a thread.

        >>> import fluent_ai as ai
        >>> class Kept(dict):
        ...     def set(self, key, value):
        ...         self[key] = value
        >>> client = ai.Client(cache=Kept())
    """

    def get(self, key: str, /) -> bytes | None:
        """What was kept under this key, if it is still to be used."""
        ...

    def set(self, key: str, value: bytes, /) -> object:
        """Keep this under the key, in place of what was there."""
        ...


def check_seconds(ttl: float | None) -> float | None:
    """How long answers are used, unchanged. Raises ConfigError for what is no time."""
    if ttl is not None:
        check_number("ttl", ttl, float, 0.001, 1e9)
    return ttl
