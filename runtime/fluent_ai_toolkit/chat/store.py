"""A store of chats: a SQLite file that any number of processes use at once."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from fluent_ai.arguments import as_text, check_choice, check_number, did_you_mean
from fluent_ai.errors import ConfigError
from fluent_ai.observe.ledger_reports import Period, moment
from fluent_ai.sqlite_file import BUSY_SECONDS
from fluent_ai.streams.stream import AsyncResultStream, ResultStream, Stream
from fluent_ai.user_folder import data_file

from fluent_ai_toolkit.chat import rows
from fluent_ai_toolkit.chat.chat_file import ChatFile
from fluent_ai_toolkit.chat.chat_rows import add_tags, beginning
from fluent_ai_toolkit.chat.entering import OutputSource
from fluent_ai_toolkit.chat.formats.exporting import SUFFIXES, ExportFormat, export
from fluent_ai_toolkit.chat.hits import SearchHit, SearchResult
from fluent_ai_toolkit.chat.media import forget_unused_media
from fluent_ai_toolkit.chat.messages import ChatBranch, ChatMessage, ChatSummary
from fluent_ai_toolkit.chat.search import SearchOptions, open_search
from fluent_ai_toolkit.chat.words import Vocabulary

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Unpack

    from fluent_ai.content.parts import PathLike

    from fluent_ai_toolkit.errors import ChatStoreFailed

_SUMMARY: Final = """
SELECT chats.id, title, created, updated, model, system, options, head,
    (SELECT count(*) FROM messages WHERE chat = chats.id),
    (SELECT coalesce(sum(cost), 0) FROM messages WHERE chat = chats.id),
    (SELECT count(*) FROM messages WHERE chat = chats.id AND cost_unknown IS NOT NULL),
    (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM tags WHERE chat = chats.id ORDER BY tag))
FROM chats
"""
_LEAVES: Final = """
SELECT id, created, substr(text, 1, 200) FROM messages
WHERE chat = ? AND NOT EXISTS (SELECT 1 FROM messages AS next WHERE next.parent = messages.id)
ORDER BY created DESC, id DESC
"""


def chats(path: PathLike | None = None, *, busy: float = BUSY_SECONDS) -> Chats:
    """The store of chats in a file, which is made when something is written to it.

    `path` is by default `chats.db` in `FLUENT_AI_HOME`, or in the user's folder for data. Writers wait up to `busy`
    seconds for each other. Raises ConfigError for a path that is none.

    >>> import fluent_ai as ai
    >>> ai.chats("chats.db").list()
    ()
    """
    check_number("busy", busy, float, 0.0, 3600.0)
    return Chats(data_file(path, "chats.db"), busy)


class Chats:
    """What `ai.chats` returns: lists, reads, finds, imports, exports and deletes chats. Safe to share between threads.

    Methods raise ConfigError for chats that do not exist, and ChatStoreFailed where the file cannot be used. A file
    that is damaged, or of a later version, is still read as far as that is possible; `problem` then says why nothing is
    written.
    """

    def __init__(self, path: Path | None, busy: float) -> None:
        self.path = path
        """Where the chats are; None for those in memory."""
        self._file = ChatFile(path, busy)
        # Searches have a connection of their own, so that nothing waits for them; what is in memory has one alone.
        self._for_searches = self._file if path is None else ChatFile(path, busy)
        self._vocabulary = Vocabulary()

    def __repr__(self) -> str:
        return f"Chats({'in memory' if self.path is None else os.fspath(self.path)!r})"

    @property
    def problem(self) -> ChatStoreFailed | None:
        """Why nothing can be written any more; None while it can."""
        return self._file.problem

    def list(self, *, limit: int = 50, tag: str | None = None) -> tuple[ChatSummary, ...]:
        """The chats, the latest first; with `tag`, only those that have it."""
        check_number("limit", limit, int, 1, 10**9)
        only = "" if tag is None else "WHERE id IN (SELECT chat FROM tags WHERE tag = ?) "
        query = f"{_SUMMARY} {only}ORDER BY updated DESC, rowid DESC LIMIT ?"
        values = (limit,) if tag is None else (tag, limit)
        with self._file.reading() as connection:
            return tuple(_summary(row) for row in connection.execute(query, values))

    def get(self, chat: str) -> ChatSummary:
        """The chat with this id, of which the first characters suffice where only one chat has them."""
        as_text(chat, "chat")
        with self._file.reading() as connection:
            return self._get(connection, chat)

    def messages(self, chat: str, *, head: int | None = None) -> tuple[ChatMessage, ...]:
        """The messages of the chat's own branch, or of the one that ends with the message `head`."""
        with self._file.reading() as connection:
            found = self._get(connection, chat)
            path = rows.path_to(connection, found.head if head is None else head)
        if head is not None and (not path or path[-1].chat != found.id):
            raise ConfigError(f"head is {head!r}; allowed: the id of a message of the chat {found.id!r}")
        return tuple(path)

    def tree(self, chat: str) -> tuple[ChatMessage, ...]:
        """The messages of all branches, in the order in which they were written."""
        with self._file.reading() as connection:
            return tuple(rows.every(connection, self._get(connection, chat).id))

    def branches(self, chat: str) -> tuple[ChatBranch, ...]:
        """The branches of a chat, the latest first."""
        with self._file.reading() as connection:
            found = self._get(connection, chat)
            ends = [(*end, rows.path_to(connection, end[0])) for end in connection.execute(_LEAVES, (found.id,))]
        return tuple(
            ChatBranch(
                head=head,
                messages=len(path),
                updated=created,
                text=beginning(text or path[-1].text),
                current=found.head in {each.id for each in path},
            )
            for head, created, text, path in ends
        )

    def rename(self, chat: str, title: str) -> None:
        """Give the chat a title."""
        as_text(title, "title")
        with self._file.writing() as connection:
            connection.execute("UPDATE chats SET title = ? WHERE id = ?", (title, self._get(connection, chat).id))

    def tag(self, chat: str, *tags: str) -> None:
        """Add tags to a chat."""
        with self._file.writing() as connection:
            add_tags(connection, self._get(connection, chat).id, tags)

    def untag(self, chat: str, *tags: str) -> None:
        """Take tags from a chat; those that it does not have are ignored."""
        with self._file.writing() as connection:
            found = self._get(connection, chat).id
            connection.executemany("DELETE FROM tags WHERE chat = ? AND tag = ?", [(found, tag) for tag in tags])

    def delete(self, *chats: str) -> int:
        """Delete chats with all their branches, and the media that nothing else holds; how many there were."""
        with self._file.writing() as connection:
            found = [self._get(connection, each).id for each in chats]
            return self._delete(connection, found)

    def forget(self, *, before: Period) -> int:
        """Delete the chats that have not been used since then, and return how many they were.

        `before` is a datetime with a time zone, or a time until now such as `"90d"`. Nothing is deleted by itself: a
        clock that jumps would take everything.
        """
        until = moment(before)
        if until is None:
            raise ConfigError("before is None; allowed: a datetime with a time zone, or a time until now such as '90d'")
        with self._file.writing() as connection:
            found = connection.execute("SELECT id FROM chats WHERE updated < ?", (until,)).fetchall()
            return self._delete(connection, [row[0] for row in found])

    def backup(self, to: PathLike) -> None:
        """Write a copy of the whole store to another file, while others may use it."""
        self._file.backup(Path(to))

    def search(self, query: str, **options: Unpack[SearchOptions]) -> ResultStream[SearchHit, SearchResult]:
        """The messages that have the words of the query, as they are found, the best first.

        First come those with all words, where words that no message has are corrected by similar ones; then, unless
        `fuzzy` is False, those with similar words; then those with some of the words; and then those in which the query
        stands somewhere within words. The last word may go on, unless a space follows it. `collect()` returns the hits
        with the corrections and the time that the search took. Raises ConfigError for bad arguments, and
        ChatStoreFailed while iterating.
        """
        return ResultStream(open_search(self._for_searches, self._vocabulary, query, options, blocking=True))

    def asearch(self, query: str, **options: Unpack[SearchOptions]) -> AsyncResultStream[SearchHit, SearchResult]:
        """`search` for an event loop; its queries run in threads."""
        return AsyncResultStream(open_search(self._for_searches, self._vocabulary, query, options, blocking=False))

    def export(self, chat: str, format: ExportFormat = "markdown", *, head: int | None = None) -> str:
        """The chat's own branch, or the one that ends with the message `head`, as `markdown`, `json` or `html`.

        JSON holds everything; the other two are for reading. HTML is escaped, and needs nothing from elsewhere.
        """
        check_choice({"format": format}, "format", tuple(SUFFIXES.values()))
        return export(self.get(chat), self.messages(chat, head=head), format)

    def import_from(self, path: PathLike) -> Stream[ChatSummary]:
        """The chats of another program, as they are written to this store; those that it has already are passed over.

        The file is the `conversations.json` of ChatGPT or Claude or the archive that it came in, the `logs.db` of llm,
        or a chat that was exported as JSON. Raises ConfigError while iterating for any other; what was written until
        then stays. Of ChatGPT and Claude, texts and reasoning are taken over, with all branches.
        """
        from fluent_ai_toolkit.chat.formats.importing import import_from

        return Stream(OutputSource(map(self.get, import_from(path, self.writing)), blocking=True))

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A transaction of the store, for those who know its tables; it is undone if the block raises."""
        return self._file.writing()

    def close(self) -> None:
        """Close the file; the next use opens it again. Chats in memory stay."""
        self._file.close()
        self._for_searches.close()

    def _get(self, connection: sqlite3.Connection, chat: str) -> ChatSummary:
        exact = connection.execute(f"{_SUMMARY} WHERE id = ?", (chat,)).fetchall()
        found = exact or connection.execute(
            f"{_SUMMARY} WHERE substr(id, 1, ?) = ? LIMIT 3", (len(chat), chat)
        ).fetchall()  # fmt: skip
        if len(found) == 1:
            return _summary(found[0])
        if found:
            raise ConfigError(f"chat is {chat!r}, with which the ids of several chats begin; allowed: the whole id")
        known = [row[0] for row in connection.execute("SELECT id FROM chats ORDER BY updated DESC LIMIT 1000")]
        raise ConfigError(f"chat is {chat!r}; allowed: the id of a chat.{did_you_mean(chat, known)}")

    def _delete(self, connection: sqlite3.Connection, found: Sequence[str]) -> int:
        connection.executemany("DELETE FROM chats WHERE id = ?", [(each,) for each in found])
        forget_unused_media(connection)
        return len(found)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _summary(row: tuple[Any, ...]) -> ChatSummary:
    *head, options, last, messages, cost, unpriced, tags = row
    chat, title, created, updated, model, system = head
    return ChatSummary(
        id=chat,
        title=title,
        created=created,
        updated=updated,
        model=model,
        system=system,
        options=json.loads(options),
        head=last,
        messages=messages,
        cost=cost,
        unpriced=unpriced,
        tags=tuple(tags.split("\x1f")) if tags else (),
    )
