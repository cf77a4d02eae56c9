"""Chats of other programs, read from a file and written to a store one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from fluent_ai.content.parts import PathLike
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.chat.formats.exports import read_exports
from fluent_ai_toolkit.chat.formats.imported import ImportedChat, write
from fluent_ai_toolkit.chat.formats.llm_logs import read_llm_logs


def import_from(path: PathLike, writing: Callable[[], AbstractContextManager[sqlite3.Connection]]) -> Iterator[str]:
    """The ids of the chats that were not there yet, each once it is written in a transaction of its own.

    Raises ConfigError for a file that is no export.
    """
    for chat in _read(Path(path)):
        with writing() as connection:
            made = write(connection, chat)
        if made is not None:
            yield made


def _read(path: Path) -> Iterator[ImportedChat]:
    try:
        with path.open("rb") as file:
            head = file.read(16)
            if head.startswith(b"SQLite format 3"):
                yield from read_llm_logs(path)
                return
            data = head + file.read()
    except OSError as error:
        raise ConfigError(f"path {str(path)!r}: {error.strerror or type(error).__name__}") from None
    yield from read_exports(path, data)
