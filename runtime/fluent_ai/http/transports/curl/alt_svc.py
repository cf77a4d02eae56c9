"""Servers that have said that they speak HTTP/3 (Alt-Svc, RFC 7838), remembered beyond the process.

Only alternatives at the same host and port are used: libcurl races QUIC with TCP to one place.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import time
from typing import Final

import msgspec

from fluent_ai.http.transports.curl.routes import Place
from fluent_ai.kept_files import read_kept, replace_file
from fluent_ai.threads import new_lock, submit
from fluent_ai.user_folder import user_folder

FILE: Final = "alt-svc.json"
LEFT_ALONE_SECONDS: Final = 300.0
"""How long HTTP/3 is not tried again at a server where it did not come through."""
LONGEST_SECONDS: Final = 30 * 86400.0
_DEFAULT_SECONDS: Final = 86400
_MOST: Final = 1000
"""Servers that are remembered."""
_ALTERNATIVE: Final = re.compile(r'\s*([^=\s]+)="([^"]*)"((?:\s*;\s*[\w-]+=(?:"[^"]*"|[^\s,;"]+))*)\s*(?:,|$)')
_decode: Final = msgspec.json.Decoder(dict[str, float]).decode
_MAX_AGE: Final = re.compile(r';\s*ma="?(\d{1,10})')


def http3_seconds(value: str, host: str, port: int) -> float | None:
    """For how long the server at this place speaks HTTP/3, by its header Alt-Svc; None if it does not say.

    0 for `clear`, and where it names others only, which takes back what it said before.
    """
    value = value.strip()
    if value == "clear":
        return 0.0
    at, seconds = 0, None
    while at < len(value):
        if (found := _ALTERNATIVE.match(value, at)) is None:
            return None  # malformed
        protocol, authority, parameters = found.groups()
        there, _, number = authority.rpartition(":")
        if protocol == "h3" and there in ("", host) and number == str(port):
            age = _MAX_AGE.search(parameters)
            seconds = min(float(age[1]) if age else _DEFAULT_SECONDS, LONGEST_SECONDS)
        elif seconds is None:
            seconds = 0.0
        at = found.end()
    return seconds


class AltServices:
    """Where HTTP/3 is tried. Safe to share between threads."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` replaces the file in the user's folder."""
        folder = user_folder()
        self._path = path or (None if folder is None else folder / FILE)
        self._until: dict[str, float] | None = None
        self._failed: dict[str, float] = {}
        self._lock = new_lock()

    def speaks_http3(self, place: Place) -> bool:
        key, now = _key(place), time()
        return self._known().get(key, 0.0) > now and self._failed.get(key, 0.0) <= now

    def failed(self, place: Place) -> None:
        """HTTP/3 did not come through."""
        self._failed[_key(place)] = time() + LEFT_ALONE_SECONDS

    def learn(self, place: Place, header: str) -> None:
        """What a response over TLS says in its header Alt-Svc."""
        seconds = http3_seconds(header, place.host, place.port)
        known, key = self._known(), _key(place)
        before = known.get(key, 0.0)
        if seconds is None or (not seconds and not before):
            return
        until = time() + seconds
        if seconds and abs(until - before) < seconds / 10:
            return  # it says so with each response
        with self._lock:
            left = {each: due for each, due in known.items() if due > time() and each != key}
            if seconds:
                left[key] = until
            self._until = dict(sorted(left.items(), key=lambda item: item[1])[-_MOST:])
        submit(partial(self._keep, dict(self._until)), name="alt-svc")

    def _known(self) -> dict[str, float]:
        if self._until is None:
            kept = None if self._path is None else read_kept(self._path, _decode, "HTTP/3 is learnt anew")
            self._until = kept or {}
        return self._until

    def _keep(self, until: dict[str, float]) -> None:
        if self._path is not None:
            with suppress(OSError):  # then the next process learns it anew
                self._path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(self._path, msgspec.json.encode(until))


def _key(place: Place) -> str:
    return f"{place.host}:{place.port}"
