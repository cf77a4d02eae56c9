"""Reading lines at a terminal: editing, history and completion, as far as the platform's readline has them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final, Self

HISTORY: Final = 1000
"""How many lines are kept."""
_MARK: Final = '"""'


class LineEditor:
    """Reads lines. One that ends with a backslash goes on in the next; three quotes begin and end a longer text.

    `complete` gives the lines that the beginning of one may become. The lines are kept for the next time in
    `chat-history`, in the folder, for the user alone.
    """

    def __init__(self, complete: Callable[[str], list[str]], folder: Path | None) -> None:
        self._complete = complete
        self._found: list[str] = []
        self._readline: ModuleType | None = None
        self._path = folder and folder / "chat-history"

    def read(self, prompt: str) -> str:
        """What is typed. Raises EOFError at the end, and KeyboardInterrupt."""
        line = input(prompt)
        if line.strip() == _MARK:
            lines = []
            while (line := input(". ")).strip() != _MARK:
                lines.append(line)
            return "\n".join(lines)
        pieces = []
        while line.endswith("\\"):
            pieces.append(line[:-1])
            line = input(". ")
        return "\n".join((*pieces, line))

    def __enter__(self) -> Self:
        with suppress(ImportError):  # the platform has none
            self._readline = import_module("readline")
        if (readline := self._readline) is not None:
            readline.set_completer_delims("")  # the whole line is completed, because a path may hold spaces
            readline.set_completer(self._next)
            is_libedit = "libedit" in (readline.__doc__ or "")
            readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
            readline.parse_and_bind("set enable-bracketed-paste on")
            readline.set_history_length(HISTORY)
            with suppress(OSError):
                if self._path is not None:
                    readline.read_history_file(self._path)
        return self

    def __exit__(self, *error: object) -> None:
        if self._readline is None:
            return
        self._readline.set_completer(None)
        with suppress(OSError):  # without a place for it, there is no history
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.touch(0o600)
                self._readline.write_history_file(self._path)

    def _next(self, text: str, number: int) -> str | None:
        """The completion of that number, as readline asks for them, one by one."""
        if number == 0:
            self._found = self._complete(text)
        return self._found[number] if number < len(self._found) else None
