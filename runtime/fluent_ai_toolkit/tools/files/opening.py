"""Opening what lies beneath a folder, and nothing else.

Each component is opened from the descriptor of the one before it and never through a link (openat, O_NOFOLLOW); links
are read and walked by ourselves, and ".." goes back along the descriptors that we hold. What is exchanged meanwhile can
therefore lead nowhere else, as with Linux's RESOLVE_BENEATH (openat2(2); CERT FIO02-C, CWE-59, CWE-367).
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

from fluent_ai_toolkit.errors import FileReason, FileRefused

LINKS_LIMIT: Final = 40
"""Links on the way to one file, as Linux has it (path_resolution(7))."""
LENGTH_LIMIT: Final = 4_096
"""Characters of a path."""
SUPPORTED: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
"""Whether the system opens files by the descriptor of their folder, as all but Windows do."""

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_FOLDER: Final = getattr(os, "O_DIRECTORY", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_REASONS: Final[dict[int | None, FileReason]] = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "not_a_folder",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ELOOP: "outside",
    errno.ENXIO: "special",
    errno.ENAMETOOLONG: "malformed",
}


class Folder:
    """A folder, and what lies beneath it. With `hidden`, also what begins with a dot."""

    def __init__(self, path: Path, *, hidden: bool) -> None:
        self.path = path
        """Where it is, without links."""
        self.hidden = hidden

    def open(self, path: str, shown: str) -> int:
        """A descriptor of the file or folder with this path from here; whoever gets it closes it.

        Raises FileRefused, in which the path is called `shown`, for what is not beneath this folder, is not there, may
        not be read, or is neither a file nor a folder.
        """
        if "\0" in path or not _is_text(path):
            raise FileRefused("it is no path", reason="malformed", path=shown)
        if (size := len(path)) > LENGTH_LIMIT:
            why = f"the path has {size:,} characters; allowed: {LENGTH_LIMIT:,}"
            raise FileRefused(why, reason="malformed", path=shown[:80] + "...", size=size, limit=LENGTH_LIMIT)
        walk: _Walk | None = None
        try:
            walk = _Walk(self, shown)
            return walk.to(path)
        except OSError as error:
            raise refusal(error, shown) from None
        finally:
            if walk is not None:
                walk.close()


class _Walk:
    """The descriptors from a folder down to where a path has led so far."""

    def __init__(self, folder: Folder, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self._trail = [os.open(folder.path, _FLAGS | _FOLDER)]
        self._links = 0

    def to(self, path: str) -> int:
        left = _components(path)
        while left:
            name = left.pop()
            if name == "..":
                if len(self._trail) == 1:
                    raise outside(self._shown)
                os.close(self._trail.pop())
                continue
            if name.startswith(".") and not self._folder.hidden:
                raise FileRefused("hidden files are not allowed", reason="hidden", path=self._shown)
            mode = os.stat(name, dir_fd=self._trail[-1], follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                left += self._followed(os.readlink(name, dir_fd=self._trail[-1]))
            else:
                self._check_kind(mode)  # opening a device may already do something
                self._trail.append(open_at(self._trail[-1], name, folder_only=bool(left)))
        self._check_kind(os.fstat(self._trail[-1]).st_mode)
        return self._trail.pop()

    def close(self) -> None:
        for descriptor in self._trail:
            os.close(descriptor)

    def _followed(self, target: str) -> list[str]:
        """What a link adds to the path that is left."""
        self._links += 1
        if self._links > LINKS_LIMIT:
            raise FileRefused(f"more than {LINKS_LIMIT} links lead to it", reason="outside", path=self._shown)
        if not os.path.isabs(target):
            return _components(target)
        here, there = self._folder.path.parts, Path(target).parts
        if there[: len(here)] != here:
            raise outside(self._shown)
        while len(self._trail) > 1:
            os.close(self._trail.pop())
        return list(reversed(there[len(here) :]))

    def _check_kind(self, mode: int) -> None:
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise FileRefused("it is neither a file nor a folder", reason="special", path=self._shown)


def open_at(folder: int, name: str, *, folder_only: bool) -> int:
    """A descriptor of what has this name in a folder, unless it is a link. Raises OSError."""
    return os.open(name, _FLAGS | _NO_LINK | (_FOLDER if folder_only else 0), dir_fd=folder)


def refusal(error: OSError, shown: str) -> FileRefused:
    """What the system says, as an error for the model."""
    why = (error.strerror or "it cannot be read").lower()
    return FileRefused(why, reason=_REASONS.get(error.errno, "unreadable"), path=shown)


def outside(shown: str) -> FileRefused:
    return FileRefused("it is outside of the allowed folders", reason="outside", path=shown)


def _components(path: str) -> list[str]:
    """From the last to the first."""
    return [name for name in reversed(path.split("/")) if name not in ("", ".")]


def _is_text(path: str) -> bool:
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True
