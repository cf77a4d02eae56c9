"""Plain keys: one, or several of which the next takes over when one fails."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Mapping, Sequence

import msgspec

from fluent_ai.auth.base import Caller, with_headers
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import AuthError, ConfigError, FluentError, PermissionDenied, QuotaExceeded, RateLimited
from fluent_ai.http.messages import HttpRequest
from fluent_ai.threads import new_lock

DEFAULT_PAUSE = 60.0
"""Seconds for which a rate-limited key is skipped if the provider does not say; most limits are per minute."""

_DEAD = (AuthError, PermissionDenied)
_LIMITED = (RateLimited, QuotaExceeded)


class _Mark(msgspec.Struct, frozen=True):
    """Why a key is skipped and until when; `stated` is True if the provider named that time."""

    error: FluentError
    until: float
    stated: bool


def checked_key(provider: str, source: str, key: str) -> str:
    """The key without surrounding whitespace. Raises ConfigError, which does not show it, for an unusable key."""
    key = key.strip() if isinstance(key, str) else ""  # a caller's function may return anything
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigError(
            f"{provider}: {source} holds no usable key; allowed: printable ASCII without spaces", provider=provider
        )
    return key


class KeyHealth(JsonStruct, frozen=True):
    """Whether a key of a list is in use, without the key itself."""

    name: str
    """What it is called, such as `keys['groq'][1]`."""
    usable: bool
    """False while it is skipped."""
    error: str | None = None
    """The kind of the error that it is skipped for, such as `RateLimited`."""
    retry_in: float | None = None
    """Seconds until it is tried again; None if it is usable, or is not tried again."""


class KeyRing:
    """The keys of one provider, shared by all calls and threads; the first that works is used.

    A refused key (401, 403) is not used again. A limited key (429, or no credit left) is skipped until the time
    that the provider named, or for `DEFAULT_PAUSE` seconds if there are other keys. A single key is always tried.
    """

    def __init__(
        self, keys: Sequence[str], clock: Callable[[], float] = time.monotonic, names: Sequence[str] = ()
    ) -> None:
        self.keys = tuple(dict.fromkeys(keys))
        self.names = dict(zip(keys, names, strict=False))
        """What to call each key where its text must not stand."""
        self._clock = clock
        self._marks: dict[str, _Mark] = {}
        self._lock = new_lock()

    def __repr__(self) -> str:
        return f"KeyRing({len(self.keys)} keys)"

    def take(self, tried: frozenset[str] = frozenset()) -> str:
        """The key to use now, if possible one that was not tried yet.

        If none can be used, raises the provider's error for the key that becomes available soonest.
        """
        if len(self.keys) == 1:
            return self.keys[0]
        with self._lock:
            marks, now = self._marks, self._clock()
            free = [key for key in self.keys if key not in marks or marks[key].until <= now]
            if free:
                return next((key for key in free if key not in tried), free[0])
            guessed = [key for key in self.keys if not marks[key].stated]
            if guessed:
                return min(guessed, key=lambda key: marks[key].until)
            mark = min(marks.values(), key=lambda mark: mark.until)
            error = copy.copy(mark.error)
            error.retry_after = mark.until - now if math.isfinite(mark.until) else None
            raise error

    def reject(self, key: str, error: FluentError) -> None:
        """Skip this key for as long as the error calls for."""
        if len(self.keys) == 1:
            return
        kept = copy.copy(error)
        with self._lock:
            if isinstance(error, _DEAD):
                self._marks[key] = _Mark(kept, math.inf, True)
            else:
                pause, stated = error.retry_after, error.retry_after is not None
                self._marks[key] = _Mark(kept, self._clock() + (DEFAULT_PAUSE if pause is None else pause), stated)

    def health(self) -> tuple[KeyHealth, ...]:
        """Which keys are in use. A single key always is."""
        with self._lock:
            marks, now = dict(self._marks), self._clock()
        found = []
        for key in self.keys:
            name, mark = self.names.get(key, "key"), marks.get(key)
            if mark is None or mark.until <= now:
                found.append(KeyHealth(name, True))
            else:
                again = mark.until - now if math.isfinite(mark.until) else None
                found.append(KeyHealth(name, False, type(mark.error).__name__, again))
        return tuple(found)

    def has_another(self, than: frozenset[str]) -> bool:
        """True if a key other than these can be used now."""
        with self._lock:
            now = self._clock()
            return any(
                key not in than and (key not in self._marks or self._marks[key].until <= now) for key in self.keys
            )


class KeyAuthenticator:
    """A key in a header."""

    def __init__(self, ring: KeyRing, header: str, prefix: str) -> None:
        self.secrets = ring.keys
        self._ring = ring
        self._header = header
        self._prefix = prefix
        self.key_name: str | None = None
        self._used: str | None = None
        self._tried: frozenset[str] = frozenset()

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        self._used = None
        key = self._used = self._ring.take(self._tried)
        self.key_name = self._ring.names.get(key)
        return with_headers(request, {self._header: self._prefix + key})

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        if self._used is None or not isinstance(error, _DEAD + _LIMITED):
            return False
        self._ring.reject(self._used, error)
        known, self._tried = self._tried, self._tried | {self._used}
        return self._tried != known and self._ring.has_another(self._tried)
