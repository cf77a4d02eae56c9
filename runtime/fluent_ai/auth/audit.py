"""The log of who used or changed which key when: lines chained by keyed hashes, so that none can be changed."""

from __future__ import annotations

import errno
import getpass
import hmac
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Literal

import msgspec

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import KeyStoreError
from fluent_ai.type_info import prepare

Action = Literal["set", "rotate", "remove", "use"]


class AuditEntry(JsonStruct, frozen=True):
    """Something that was done with a key."""

    time: float
    """When, in seconds since 1970."""
    action: Action
    """`set`, `rotate`, `remove`, or `use`, which is noted once for each process."""
    provider: str
    """The provider of the key."""
    name: str
    """The name of the key."""
    who: str
    """The user and the machine."""
    hash: str = ""
    """The chain up to this entry: a hash of it and of the one before it, keyed by the store (HMAC-SHA-256)."""


def entry(action: Action, provider: str, name: str) -> AuditEntry:
    """An entry of this user, now; its hash comes with `append`."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # in a container, a user id may have no name
        user = "unknown"
    return AuditEntry(time(), action, provider, name, f"{user}@{socket.gethostname()}")


def append(path: Path, key: bytes, last: str, entries: Sequence[AuditEntry]) -> str:
    """Add entries after the one whose hash is `last`; returns the hash of the last one. Raises OSError."""
    lines = b""
    for each in entries:
        last = _hash(key, last, each)
        lines += msgspec.json.encode(msgspec.structs.replace(each, hash=last)) + b"\n"
    with path.open("ab", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            if file.write(lines) != len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            with suppress(OSError):
                file.truncate(size)  # half an entry would count as one that was changed
            raise
    return last


def read(path: Path, key: bytes, count: int, known: str) -> tuple[AuditEntry, ...]:
    """The entries, verified. `known` is the hash of entry number `count`. Raises KeyStoreError for a broken chain."""
    found: list[AuditEntry] = []
    last = ""
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
        for line in lines:
            each = msgspec.json.decode(line, type=AuditEntry)
            last = _hash(key, last, each)
            if not hmac.compare_digest(last, each.hash):
                raise _broken(path, len(found) + 1)
            found.append(each)
    except msgspec.MsgspecError:
        raise _broken(path, len(found) + 1) from None
    if len(found) < count or (count and not hmac.compare_digest(found[count - 1].hash, known)):
        raise _broken(path, min(len(found), count) + 1)
    return tuple(found)


def _hash(key: bytes, last: str, each: AuditEntry) -> str:
    plain = msgspec.json.encode(msgspec.structs.replace(each, hash=last))
    return hmac.new(key, plain, "sha256").hexdigest()


def _broken(path: Path, number: int) -> KeyStoreError:
    return KeyStoreError(f"{path}: entry {number} was changed or is missing", reason="damaged")


prepare(AuditEntry)
