"""Output of the commands: tables and bars on a terminal, elsewhere plain lines with tabs between columns."""

from __future__ import annotations

import io
import os
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


_ROOM = 9
"""Cells that a column beside the first one needs."""
_errors_as_json = False


def prepare() -> None:
    """Escape characters that the terminal's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def asks() -> bool:
    """Whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def dim(text: str) -> None:
    """Part of a line on stderr, in a weaker colour where there are colours."""
    shown = printable(text)
    sys.stderr.write(f"\x1b[2m{shown}\x1b[0m" if has_colours() else shown)
    sys.stderr.flush()


def has_colours() -> bool:
    """Whether stderr shows colours (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


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


def errors_as_json(wanted: bool) -> None:
    """Whether errors are printed as JSON from now on."""
    global _errors_as_json
    _errors_as_json = wanted


def error(message: str, kind: str = "Error") -> None:
    """One line on stderr: the message, or a JSON document with `kind`, the name of the error."""
    if _errors_as_json:
        said = {"error": {"type": kind, "message": one_line(message)}}
        sys.stderr.write(_escaped(msgspec.json.encode(said)) + "\n")
    else:
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
    _draw(columns, [[one_line(cell) for cell in row] for row in rows])


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column, which is what is copied, is never wrapped or cut: where it leaves no room for others, these
    stand below it.
    """
    from rich.box import SIMPLE_HEAD
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    first = max((cell_len(row[0]) for row in (columns, *rows)), default=0)
    if console.width - first < _ROOM * (len(columns) - 1):
        for row in rows:
            console.print(Text(row[0]), soft_wrap=True)
            for column, cell in zip(columns[1:], row[1:], strict=True):
                if cell:
                    console.print(Text(f"  {column}: {cell}"))
        return
    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        shown.add_column(column, no_wrap=number == 0, min_width=first if number == 0 else None, overflow="fold")
    for row in rows:
        shown.add_row(*map(Text, row))
    console.print(shown)


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
