"""What was rendered before, so that only what has changed is rendered again."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import fluent_ai

_DIGEST = hashlib.sha256().digest_size


class Memory:
    """Results by the digest of all that they depend on, each a file below `folder`; without one, nothing is kept.

    A file that is damaged counts as missing.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def get(self, *depends_on: bytes) -> bytes | None:
        """The result, or None if it is not known."""
        if self._folder is None:
            return None
        name = _digest(*depends_on).hex()
        self._used.add(name)
        with suppress(OSError):
            kept = (self._folder / name).read_bytes()
            if hashlib.sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
                return kept[_DIGEST:]
        return None

    def put(self, result: bytes, *depends_on: bytes) -> None:
        """Keep a result for the next run."""
        if self._folder is not None:
            name = _digest(*depends_on).hex()
            self._used.add(name)
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_bytes(hashlib.sha256(result).digest() + result)  # half a file is a damaged one

    def recall(self, make: Callable[[], bytes], *depends_on: bytes) -> bytes:
        """The result, made where it is not known."""
        if (known := self.get(*depends_on)) is not None:
            return known
        made = make()
        self.put(made, *depends_on)
        return made

    def forget_unused(self) -> None:
        """Remove what this run neither asked for nor kept."""
        for path in self._folder.iterdir() if self._folder is not None and self._folder.is_dir() else ():
            if path.name not in self._used:
                path.unlink(missing_ok=True)


@cache
def code() -> bytes:
    """A digest of all code that renders: this package with its templates, the runtime, and the packages below."""
    folders = (Path(fluent_ai.__file__).parent, Path(__file__).parents[1])
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".jinja"))
    below = [sys.version, *(version(name) for name in ("jinja2", "msgspec", "ruff"))]
    files = (part for path in paths for part in (str(path).encode(), path.read_bytes()))
    return _digest(*map(str.encode, below), *files)


def _digest(*parts: bytes) -> bytes:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()
