"""Searching a store of chats: stages from the strictest to the loosest, each streamed as soon as it is done."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic, perf_counter, time
from typing import Any, Final, TypedDict

import msgspec
from fluent_ai.arguments import as_flag, as_text, check_choice, check_number
from fluent_ai.content.message_input import ROLES
from fluent_ai.content.reply import Timing
from fluent_ai.errors import ConfigError
from fluent_ai.observe.ledger_reports import Period, moment
from fluent_ai.streams.timing import timing_of
from fluent_ai.threads import submit

from fluent_ai_toolkit.chat.chat_file import ChatFile
from fluent_ai_toolkit.chat.hits import SearchHit, SearchMatch, SearchResult, excerpt_of, query_words
from fluent_ai_toolkit.chat.messages import as_role
from fluent_ai_toolkit.chat.rows import index_unfinished
from fluent_ai_toolkit.chat.words import Vocabulary
from fluent_ai_toolkit.errors import ChatStoreFailed

POOL: Final = 200
"""How many of the best by BM25 are weighed by their age."""
RANKED: Final = 50_000
"""How many of the messages that have the words are ranked at most: the latest."""
HALF_LIFE: Final = 30 * 86_400.0
"""Seconds in which the weight of being recent halves."""
_STEPS: Final = 2_000
"""Steps of SQLite's machine between two looks at the clock."""
_FOUND: Final = "messages.id, chats.id, chats.title, messages.role, messages.model, messages.created, messages.text"


class SearchOptions(TypedDict, total=False):
    """What a search may be told."""

    limit: int
    """How many hits are wanted, 20 by default."""
    fuzzy: bool
    """False finds only words as they are written."""
    timeout: float
    """Seconds after which the search ends with what it has found, 2 by default."""
    role: str | None
    """Only messages of the `user`, the `assistant`, a `tool` or the `system`."""
    model: str | None
    """Only replies of models whose `provider:model` has this in it."""
    since: Period
    """Only messages from then on: a datetime with a time zone, or a time until now such as `30d`."""
    until: Period
    """Only messages from before then."""
    tag: str | None
    """Only messages of chats with this tag."""
    chat: str | None
    """Only messages of the chat with this id."""


class Filters(msgspec.Struct, frozen=True):
    """Which messages a search looks at; None for all."""

    role: str | None = None
    model: str | None = None
    since: float | None = None
    until: float | None = None
    tag: str | None = None
    chat: str | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """The conditions, each after an AND, and their values."""
        model = self.model and _anywhere(self.model)
        conditions = {
            "messages.role = ?": self.role,
            "messages.provider || ':' || messages.model LIKE ? ESCAPE '!'": model,
            "messages.created >= ?": self.since,
            "messages.created < ?": self.until,
            "messages.chat IN (SELECT chat FROM tags WHERE tag = ?)": self.tag,
            "messages.chat = ?": self.chat,
        }
        given = {condition: value for condition, value in conditions.items() if value is not None}
        return "".join(f" AND {condition}" for condition in given), list(given.values())


class SearchSource:
    """A search as the source of a stream of hits. Raises ChatStoreFailed if the file cannot be read."""

    def __init__(
        self,
        file: ChatFile,
        vocabulary: Vocabulary,
        query: str,
        filters: Filters,
        *,
        limit: int,
        fuzzy: bool,
        timeout: float,
        blocking: bool,
    ) -> None:
        self._file = file
        self._vocabulary = vocabulary
        self._query = query
        self._words, self._prefix = query_words(query)
        self._filters = filters
        self._limit = limit
        self._fuzzy = fuzzy
        self._timeout = timeout
        self._blocking = blocking
        self._left = timeout
        self._stopped = False
        self._timed_out = False
        self._hits: dict[int, SearchHit] = {}
        self._corrections: dict[str, tuple[str, ...]] = {}
        self._batches = self._search()
        self._started: float | None = None

    def result(self) -> SearchResult:
        return SearchResult(
            hits=tuple(self._hits.values()),
            corrections=dict(self._corrections),
            seconds=self._timeout - self._left,
            timed_out=self._timed_out,
        )

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        return timing_of(self._started, first, end, None)

    async def open(self) -> None:
        self._started = perf_counter()

    async def next_batch(self) -> list[SearchHit] | None:
        if self._blocking:
            return next(self._batches, None)
        import asyncio  # which takes longer to import than the rest, and blocking programs do not need

        return await asyncio.wrap_future(submit(lambda: next(self._batches, None), name="search"))

    def poll(self) -> list[SearchHit] | None:
        return []

    async def close(self) -> None:
        self.abort()

    def abort(self) -> None:
        self._stopped = True

    def _search(self) -> Iterator[list[SearchHit]]:
        self._index_unfinished()
        alternatives: dict[str, tuple[str, ...]] = {word: (word,) for word in self._words}
        if self._words:
            with self._file.reading() as connection:
                self._vocabulary.update(connection)
            if self._fuzzy:
                alternatives = self._corrected()
            kind: SearchMatch = "corrected" if self._corrections else "words"
            yield from self._matching(kind, alternatives, "AND")
            if self._fuzzy and not self._is_over():
                wider = {word: (*found, *self._vocabulary.nearest(word)) for word, found in alternatives.items()}
                if wider != alternatives and not self._corrections:
                    yield from self._matching("corrected", wider, "AND")
            if len(alternatives) > 1 and not self._is_over():
                yield from self._matching("some_words", alternatives, "OR")
        if not self._is_over():
            yield from self._containing(self._query.strip())

    def _corrected(self) -> dict[str, tuple[str, ...]]:
        """The words, with similar ones for those that no message has."""
        found = {}
        with self._file.reading() as connection:
            for word in self._words:
                query = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
                known = connection.execute(query, (self._quoted(word),)).fetchone()
                nearest = () if known else self._vocabulary.nearest(word)
                if nearest:
                    self._corrections[word] = nearest
                found[word] = nearest or (word,)
        return found

    def _matching(
        self, kind: SearchMatch, alternatives: dict[str, tuple[str, ...]], how: str
    ) -> Iterator[list[SearchHit]]:
        match = f" {how} ".join(f"({' OR '.join(map(self._quoted, found))})" for found in alternatives.values())
        conditions, values = self._filters.sql()
        if conditions:
            inner = f"{_JOINED_WORDS} WHERE words MATCH ?{conditions} ORDER BY words.rank LIMIT ?"
        else:
            inner = "SELECT rowid AS id, rank FROM words WHERE words MATCH ? AND rowid >= ? ORDER BY rank LIMIT ?"
            values = [self._oldest_ranked(match)]
        query = f"SELECT {_FOUND}, found.rank FROM ({inner}) AS found {_JOINED}"  # noqa: S608  # values are bound
        rows = self._rows(query, [match, *values, POOL + len(self._hits)])
        marked = {one for found in alternatives.values() for one in found}
        now = time()
        scored = sorted(((_weighed(-row[-1], row[5], now), row) for row in rows), key=lambda each: -each[0])
        prefix = self._prefix if self._prefix in marked else None
        yield from self._new(kind, scored, lambda text: excerpt_of(text, marked, prefix, None))

    def _oldest_ranked(self, match: str) -> int:
        """The id from which on messages are ranked. What BM25 says of words that most messages have is next to nothing,
        and takes its time.
        """
        newest_first = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
        oldest = self._rows(newest_first, [match, RANKED - 1])
        return int(oldest[0][0]) if oldest else 0

    def _quoted(self, word: str) -> str:
        """The word in a query of FTS5."""
        return f'"{word}"*' if word == self._prefix else f'"{word}"'

    def _containing(self, text: str) -> Iterator[list[SearchHit]]:
        """The latest messages that have the query as it is; the index knows what has three characters and more."""
        if not text or (len(text) < 3 and text.isascii()):
            return
        like = _anywhere(text)
        conditions, values = self._filters.sql()
        # Without ESCAPE, which the index cannot use (https://sqlite.org/fts5.html#the_trigram_tokenizer).
        plain = "!" not in like and len(text) >= 3
        table = "SELECT rowid AS id FROM pieces WHERE text LIKE ?" if plain else ""
        table = table or "SELECT id FROM messages WHERE text LIKE ? ESCAPE '!'"
        if not conditions:
            table += " ORDER BY id DESC LIMIT ?"  # which ends as soon as there are enough
        query = f"SELECT {_FOUND} FROM ({table}) AS found {_JOINED} WHERE 1{conditions}"  # noqa: S608
        query += " ORDER BY messages.id DESC" + (" LIMIT ?" if conditions else "")
        rows = self._rows(query, [like, *values, self._limit + len(self._hits)])
        yield from self._new("substring", [(0.0, row) for row in rows], lambda found: excerpt_of(found, (), None, text))

    def _new(
        self,
        kind: SearchMatch,
        scored: Sequence[tuple[float, tuple[Any, ...]]],
        excerpt: Callable[[str], tuple[str, tuple[tuple[int, int], ...]]],
    ) -> Iterator[list[SearchHit]]:
        """The hits among the rows that no earlier stage had."""
        batch = []
        for score, row in scored:
            message, chat, title, role, model, created, text = row[:7]
            if message in self._hits or len(self._hits) >= self._limit:
                continue
            shown, highlights = excerpt(text)
            self._hits[message] = hit = SearchHit(
                message=message,
                chat=chat,
                title=title,
                role=as_role(role),
                model=model,
                created=created,
                match=kind,
                score=score,
                excerpt=shown,
                highlights=highlights,
            )
            batch.append(hit)
        if batch:
            yield batch

    def _rows(self, query: str, values: list[Any]) -> list[tuple[Any, ...]]:
        """The rows of a query, as far as there is time."""
        began = monotonic()
        due = began + self._left
        rows: list[tuple[Any, ...]] = []
        with self._file.reading() as connection:
            connection.set_progress_handler(lambda: self._stopped or monotonic() >= due, _STEPS)
            try:
                for row in connection.execute(query, values):
                    rows.append(row)  # noqa: PERF402  # what came before the time was over stays
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
                self._timed_out = True
            finally:
                connection.set_progress_handler(None, 0)
        self._left = max(0.0, due - monotonic())
        return rows

    def _is_over(self) -> bool:
        return self._stopped or self._timed_out or len(self._hits) >= self._limit

    def _index_unfinished(self) -> None:
        with self._file.reading() as connection:
            query = "SELECT 1 FROM messages WHERE status = 'partial' AND text = '' LIMIT 1"
            if connection.execute(query).fetchone() is None:
                return
        try:
            with self._file.writing() as connection:
                index_unfinished(connection)
        except ChatStoreFailed:  # a file that is only read is searched as it is
            return


def open_search(
    file: ChatFile, vocabulary: Vocabulary, query: str, options: Mapping[str, Any], *, blocking: bool
) -> SearchSource:
    """The source of a search. Raises ConfigError for bad arguments."""
    as_text(query, "query")
    given: dict[str, Any] = dict(options)
    if unknown := sorted(given.keys() - SearchOptions.__annotations__.keys()):
        raise ConfigError(f"{unknown[0]} is no option of a search; allowed: {', '.join(SearchOptions.__annotations__)}")
    check_choice({name: given[name] for name in ("role",) if given.get(name) is not None}, "role", ROLES)
    for name in ("model", "tag", "chat"):
        if given.get(name) is not None:
            as_text(given[name], name)
    filters = Filters(
        given.get("role"),
        given.get("model"),
        moment(given.get("since")),
        moment(given.get("until")),
        given.get("tag"),
        given.get("chat"),
    )
    limit, timeout, fuzzy = given.get("limit", 20), given.get("timeout", 2.0), given.get("fuzzy", True)
    check_number("limit", limit, int, 1, 10**6)
    check_number("timeout", timeout, float, 0.001, 3600.0)
    as_flag(fuzzy, "fuzzy")
    return SearchSource(file, vocabulary, query, filters, limit=limit, fuzzy=fuzzy, timeout=timeout, blocking=blocking)


_JOINED_WORDS: Final = (
    "SELECT words.rowid AS id, words.rank AS rank FROM words JOIN messages ON messages.id = words.rowid"
)
_JOINED: Final = "JOIN messages ON messages.id = found.id JOIN chats ON chats.id = messages.chat"


def _anywhere(text: str) -> str:
    """The pattern of LIKE, with `!` as its ESCAPE, for texts that have this one in them."""
    return f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"


def _weighed(relevance: float, created: float, now: float) -> float:
    return relevance * (1 + 0.5 * math.exp2(-max(0.0, now - created) / HALF_LIFE))
