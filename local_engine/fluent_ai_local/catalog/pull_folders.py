"""Folders in which models are fetched: what a pull that did not end has fetched is there for the next one.

A lock says which of them are in use, because the system lets go of it however a process ends.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from fluent_ai.errors import UnsupportedModel, WeightsCorrupt
from fluent_ai.kept_files import lock_if_free

_ABANDONED: Final = 7 * 24 * 3600.0
"""Seconds for which a folder that no pull has is kept."""
_PREFIX: Final = "pull-"
_LOCK: Final = "lock"
_BESIDE: Final = (".json", ".new")
"""Suffixes of the files that say which version a file is."""
_UNPACKED: Final = "unpacked"


@contextmanager
def pull_folder(home: Path, key: str) -> Iterator[Path]:
    """A folder within `home` for this pull alone: that of an earlier pull of `key` which did not end, else a new one.

    Its folder `unpacked` is there and empty. All of it is removed at the end, and after an error which says that what
    was fetched is of no use: OSError, WeightsCorrupt, UnsupportedModel. After any other, and when the process is
    killed, what was fetched stays. Any number of processes and threads may pull at once; each has a folder of its own.
    """
    folder, lock = _left(home, key) or _new(home, key)
    fetched = False
    try:
        shutil.rmtree(folder / _UNPACKED, ignore_errors=True)
        (folder / _UNPACKED).mkdir()
        yield folder
    except (OSError, WeightsCorrupt, UnsupportedModel):
        raise
    except BaseException:
        shutil.rmtree(folder / _UNPACKED, ignore_errors=True)
        fetched = _size(folder) > 0
        raise
    finally:
        _let_go(folder, lock, remove=not fetched)


def unpacked(folder: Path) -> Path:
    """Where a pull writes what is not yet checked."""
    return folder / _UNPACKED


def fetched_before(home: Path, key: str) -> int:
    """The bytes that earlier pulls of `key` have fetched, and the next one need not."""
    return max((_size(folder) for folder in home.glob(_stem(key) + "*")), default=0)


def forget(home: Path, key: str) -> int:
    """Remove what pulls of `key` that did not end have left. Returns the bytes that this freed."""
    freed = 0
    while (found := _left(home, key)) is not None:
        freed += _size(found[0])
        _let_go(*found, remove=True)
    return freed


def sweep(home: Path) -> None:
    """Remove what was left long ago. Others may do so at the same time."""
    for folder in home.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - max(path.stat().st_mtime for path in (folder, *folder.iterdir())) > _ABANDONED:
                _let_go(folder, _hold(folder), remove=True)


def _stem(key: str) -> str:
    return f"{_PREFIX}{hashlib.sha256(key.encode()).hexdigest()[:16]}-"


def _left(home: Path, key: str) -> tuple[Path, IO[bytes]] | None:
    """The folder with the most in it of those that no pull has."""
    for folder in sorted(home.glob(_stem(key) + "*"), key=_size, reverse=True):
        with suppress(OSError):  # another has it, or has just removed it, or it is another user's
            return folder, _hold(folder)
    return None


def _new(home: Path, key: str) -> tuple[Path, IO[bytes] | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_stem(key), dir=home))
        try:
            return folder, _hold(folder)
        except (BlockingIOError, FileNotFoundError):
            continue  # another pull took it for one that was left
        except OSError:  # no locks here: nobody can take it, and so nobody goes on with what is in it
            return folder, None


def _hold(folder: Path) -> IO[bytes]:
    """The lock of a folder. Raises BlockingIOError if another has it, and another OSError if it cannot be had."""
    path = folder / _LOCK
    file = path.open("a+b")
    try:
        lock_if_free(file)
        if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
            raise FileNotFoundError(path)  # removed between the two
    except BaseException:
        file.close()
        raise
    return file


def _let_go(folder: Path, lock: IO[bytes] | None, *, remove: bool) -> None:
    if remove:
        shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        lock.close()
    if remove:
        shutil.rmtree(folder, ignore_errors=True)  # once more for systems on which an open file cannot be removed


def _size(folder: Path) -> int:
    """The bytes of the files that were fetched."""
    size = 0
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_file() and path.suffix not in _BESIDE:
                size += path.stat().st_size
    return size
