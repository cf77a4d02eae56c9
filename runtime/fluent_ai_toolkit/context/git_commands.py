"""Running git on a repository that may be hostile.

Nothing is checked out, so that no filter, hook or monitor of files runs; objects that are missing are not fetched, and
what a repository configures is overruled where it could start a program (git(1), git-config(1); CVE-2022-24765,
CVE-2024-32004).
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import IO, Final, NamedTuple, cast

from fluent_ai.content.printable import printable

from fluent_ai_toolkit.context.awaiting import Awaiting
from fluent_ai_toolkit.errors import GitFailed

CLONE_BYTES: Final = 1_073_741_824
"""Bytes that a repository may have that is fetched."""
CLONE_SECONDS: Final = 120.0
"""How long that may take."""
_LOOK: Final = 0.1
"""Seconds between two looks at how much was fetched."""
_SAFE: Final = (
    "core.fsmonitor=false", f"core.hooksPath={os.devnull}", f"core.attributesFile={os.devnull}", "core.sshCommand=ssh",
    "core.gitProxy=", "core.askPass=", "core.alternateRefsCommand=true", "credential.interactive=false",
    "gc.auto=0", "maintenance.auto=false", "fetch.recurseSubmodules=false", "submodule.recurse=false",
    "protocol.ext.allow=never", "protocol.file.allow=never",
)  # fmt: skip
"""What overrules the configuration of a repository."""


class Running(NamedTuple):
    """A command of git as it runs."""

    process: subprocess.Popen[bytes]
    out: IO[bytes]
    errors: IO[bytes]

    def said(self) -> str:
        """The first line of what it said of errors."""
        self.errors.seek(0)
        return first_line(self.errors.read(10_000))


def commit_of(folder: str, ref: str) -> str:
    """The id of a commit. Raises GitFailed if there is no git, no repository or no such commit."""
    done = _run(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    found = done.stdout.decode("ascii", "replace").strip()
    if done.returncode == 0 and re.fullmatch(r"[0-9a-f]{40,64}", found):
        return found
    if _run(folder, "rev-parse", "--git-dir").returncode:
        said = first_line(done.stderr) or "no repository"
        raise GitFailed(f"repository is {folder[:80]!r}, which git cannot read: {said}", reason="not_a_repository")
    raise GitFailed(f"ref is {ref!r}, which is no commit of {folder[:80]!r}", reason="ref")


def fetch(url: str, ref: str, folder: str, awaiting: Awaiting) -> None:
    """Fetch one commit, without those before it, into an empty repository."""
    if _run(folder, "init", "--bare", "--quiet", "--template=").returncode:
        raise GitFailed("git could not make a repository", reason="failed")
    end = monotonic() + CLONE_SECONDS
    command = ("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", url, ref)
    with running(folder, *command, protocols="https:http:ssh") as git:
        while True:
            awaiting.check()
            try:
                git.process.wait(_LOOK)
                break
            except subprocess.TimeoutExpired:
                if monotonic() > end:
                    raise GitFailed(f"fetching took more than {CLONE_SECONDS:.0f} seconds", reason="timeout") from None
                if size_of(folder) > CLONE_BYTES:
                    raise GitFailed(f"the repository has more than {CLONE_BYTES:,} bytes", reason="too_large") from None
        if git.process.returncode:
            said = git.said().replace(url, "it")
            raise GitFailed(f"git could not fetch {ref!r}: {said}", reason="fetch")


def size_of(folder: str) -> int:
    """Bytes of the files in a folder that git changes meanwhile: what is gone when it is looked at does not count."""
    total = 0
    for above, _, names in os.walk(folder):  # which passes over folders that are gone
        for name in names:
            with suppress(FileNotFoundError):
                total += os.lstat(os.path.join(above, name)).st_size
    return total


@contextmanager
def running(folder: str, *command: str, protocols: str = "none") -> Iterator[Running]:
    """git, which ends with the block. What it says of errors goes to a file, so that it never waits for a reader."""
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603  # a list, of which the callers check what is the user's
                _command(folder, command),
                stdin=subprocess.PIPE if command[0] == "cat-file" else subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=errors, env=_environment(protocols),
            )  # fmt: skip
        except FileNotFoundError:
            raise GitFailed("git is not installed", reason="missing") from None
        with process:
            try:
                yield Running(process, cast("IO[bytes]", process.stdout), errors)
            finally:
                process.kill()


def _run(folder: str, *command: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  # as above
            _command(folder, command),
            stdin=subprocess.DEVNULL, capture_output=True, env=_environment("none"), check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise GitFailed("git is not installed", reason="missing") from None


def _command(folder: str, command: Sequence[str]) -> list[str]:
    settings = [part for setting in _SAFE for part in ("-c", setting)]
    return ["git", "--no-pager", *settings, "-C", folder, *command]


def _environment(protocols: str) -> dict[str, str]:
    """Ours without git's own variables, which could name another repository or program."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    return kept | {
        "GIT_ALLOW_PROTOCOL": protocols,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "LC_ALL": "C",
    }


def first_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return printable(lines[0])[:200] if lines else ""
