"""Output of the commands: tables and bars on a terminal, elsewhere plain lines with tabs between columns."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

import msgspec

from fluent_ai.content.events import Progress
from fluent_ai.content.printable import STEERING, printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


def prepare() -> None:
    """Escape characters that the terminal's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def asks() -> bool:
    """Whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def one_line(text: str) -> str:
    return " ".join(printable(text).split())


def write(text: str) -> None:
    """Part of a line on stdout, shown at once; as it is when stdout is not a terminal."""
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
    sys.stdout.flush()


def line(text: str) -> None:
    write(text + "\n")


def json_line(value: object) -> None:
    """One JSON document on one line."""
    sys.stdout.write(_escaped(msgspec.json.encode(value)) + "\n")
    sys.stdout.flush()


def json_document(value: object) -> None:
    """One JSON document, indented."""
    sys.stdout.write(_escaped(msgspec.json.format(msgspec.json.encode(value))) + "\n")


def _escaped(document: bytes) -> str:
    """The document with the characters escaped that steer a terminal; JSON itself asks for some of them only."""
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", document.decode())


def error(message: str) -> None:
    sys.stderr.write(f"error: {one_line(message)}\n")


def note(message: str) -> None:
    sys.stderr.write(f"{one_line(message)}\n")


def show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: IO[str] | None = None,
    line: str | None = None,
) -> None:
    """Replaces `warnings.showwarning`: without the source line, which means nothing to a user."""
    note(f"warning: {message}")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned on a terminal. Elsewhere a header and a line for each row, with tabs; nothing is cut or wrapped."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            sys.stdout.write("\t".join(one_line(cell) for cell in row) + "\n")
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*columns, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        shown.add_row(*(Text(one_line(cell)) for cell in row))
    Console().print(shown)


class ProgressBar:
    """Shows progress events as a bar on stderr, if that is a terminal."""

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def show(self, progress: Progress) -> None:
        if not sys.stderr.isatty():
            return
        if self._bars is None:
            self._bars = _bars()
            self._bars.start()
        if progress.phase not in self._tasks:
            self._tasks[progress.phase] = self._bars.add_task(one_line(progress.phase), total=None)
        self._bars.update(self._tasks[progress.phase], completed=progress.done, total=progress.total)

    def close(self) -> None:
        """Remove the bar from the screen."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None
            self._tasks.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Bars(*columns, console=Console(stderr=True), transient=True)
