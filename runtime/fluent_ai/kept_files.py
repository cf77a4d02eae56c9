"""Files of this package that outlive the process: replaced atomically, and ignored if they are damaged."""

from __future__ import annotations

import os
import secrets
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar

import msgspec

T = TypeVar("T")

TEMPORARY = ".*.new"
"""The pattern of temporary files, which remain if a process dies while it writes."""
CORRUPT = ".corrupt"
"""The suffix of a damaged file that was set aside."""

_said: set[Path] = set()


def read_kept(path: Path, decode: Callable[[bytes], T], loss: str) -> T | None:
    """The decoded file; None if it does not exist or cannot be read.

    A damaged file is renamed to `<name>.corrupt`, so that the next write replaces it. Any problem is reported once, as
    a RuntimeWarning that states the `loss`: what happens without the file.
    """
    try:
        body = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        _say(path, error.strerror or type(error).__name__, loss)
        return None
    try:
        return decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        with suppress(OSError):
            os.replace(path, path.with_name(path.name + CORRUPT))
            _said.discard(path)
        _say(path, str(error), loss)
        return None


def replace_file(path: Path, data: bytes) -> None:
    """Write the whole file atomically. An OSError leaves the previous content, and no temporary file."""
    path = Path(os.path.realpath(path))  # a symbolic link is followed, not replaced
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe; for a folder it raises
        return
    fresh = path.with_name(f".{secrets.token_hex(8)}.new")
    try:
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    except BaseException as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename, error.filename2 = os.fspath(path), None
        raise


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at this path: of all processes and threads, one at a time. Raises OSError if it cannot be.

    The file stays, because who removes it could remove the one that another has just made.
    """
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
                except OSError:
                    continue
                break
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file lets go of it


def lock_if_free(file: IO[bytes]) -> None:
    """Lock an open file until it is closed or the process ends, however it does. Raises BlockingIOError if it is locked
    already, by another process or through another opening of it, and another OSError if the system has no such locks.
    """
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from None
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _say(path: Path, why: str, loss: str) -> None:
    if path not in _said:
        _said.add(path)
        warnings.warn(f"{path}: {why}: {loss}", RuntimeWarning, stacklevel=3)
