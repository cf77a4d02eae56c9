"""A circuit breaker between runs: who failed again and again is left alone for a while, then asked once more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from fluent_ai.errors import CircuitOpen, ConfigError, FluentError, RateLimited
from fluent_ai.registry.lists.guard import ListShrunk

from fluent_ai_codegen.files.cache import write_atomically

THRESHOLD = 3
"""Failures in a row."""
PAUSE = timedelta(days=1)
"""After the failure that opens the circuit; twice as long after each probe that fails."""
MAX_PAUSE = timedelta(days=7)


class Circuit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`failures` in a row; the circuit is open, and nobody is asked, until `open_until`; then one call decides."""

    failures: int
    open_until: datetime | None = None


_decode = msgspec.json.Decoder(dict[str, Circuit]).decode


class Breaker:
    """The circuits by provider, kept in one file. ConfigError for a file that is no such table."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._circuits = _decode(path.read_bytes())
        except FileNotFoundError:
            self._circuits = {}
        except msgspec.DecodeError as error:
            raise ConfigError(f"{path.name}: {error}; remove the file, it only counts failures") from None
        self._read = dict(self._circuits)

    @property
    def circuits(self) -> Mapping[str, Circuit]:
        return self._circuits

    def check(self, name: str, now: datetime) -> None:
        """Raises CircuitOpen while the provider is left alone."""
        circuit = self._circuits.get(name)
        if circuit is None or circuit.open_until is None or now >= circuit.open_until:
            return
        until = f"{circuit.open_until:%Y-%m-%d %H:%M} UTC"
        raise CircuitOpen(
            f"{name}: failed {circuit.failures} times in a row and is left alone until {until}; "
            f"to ask at once, name it: fluent-ai fetch {name}",
            provider=name,
            retry_after=(circuit.open_until - now).total_seconds(),
        )

    def succeeded(self, name: str) -> None:
        self._circuits.pop(name, None)

    def failed(self, name: str, error: FluentError, now: datetime) -> None:
        """Counts what is the provider's or the network's fault; a missing key does not mend itself by waiting."""
        if isinstance(error, CircuitOpen | ListShrunk) or (
            error.fault == "client" and not isinstance(error, RateLimited)
        ):
            return
        before = self._circuits.get(name)
        failures = 1 + (before.failures if before else 0)
        until = None
        if failures >= THRESHOLD:
            until = now + min(PAUSE * 2 ** min(failures - THRESHOLD, 10), MAX_PAUSE)
        self._circuits[name] = Circuit(failures, until)

    def save(self) -> None:
        """Writes the file where something changed. OSError when it cannot."""
        if self._circuits != self._read:
            write_atomically(self._path, msgspec.json.encode(self._circuits, order="sorted") + b"\n")
            self._read = dict(self._circuits)
