"""Contexts: sources whose documents stream, and are collected into quotes that fit a budget."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import Final

from fluent_ai.arguments import as_text, check_number
from fluent_ai.content.documents import frame_of, introduction
from fluent_ai.content.token_counts import likely_most_tokens
from fluent_ai.errors import ConfigError
from fluent_ai.streams.channel import Channel, ChannelSource
from fluent_ai.streams.stream import AsyncStream
from fluent_ai.threads import start, submit

from fluent_ai_toolkit.context.awaiting import Awaiting, InLoop, Nowhere
from fluent_ai_toolkit.context.choosing import BATCH, Chosen, Rank, scores_of
from fluent_ai_toolkit.context.documents import ContextEvent, Document, LeftOut
from fluent_ai_toolkit.context.git_trees import GitSource, git_source
from fluent_ai_toolkit.context.quotes import Quotes
from fluent_ai_toolkit.context.reading import Reader
from fluent_ai_toolkit.context.sources import Fetch, Source, read_source
from fluent_ai_toolkit.tools.web.fetching import web_fetch

DEFAULT_BUDGET: Final = 20_000
"""Tokens of quotes where neither the caller nor the model's window says how many."""
REPORT_LIMIT: Final = 1_000
"""Items that are reported one by one."""
_LEAST_BUDGET: Final = 256
_AHEAD: Final = 8
"""Events that an asynchronous stream may be ahead of its reader."""

Count = Callable[[str], int]
"""How many tokens a text has."""


class ContextMaker:
    """Makes contexts, and the sources and rankings that they take: `ai.context` is one."""

    def __call__(
        self,
        *sources: Source,
        budget: int | None = 20_000,
        rank: Rank | None = None,
        chunk: int = 1_000,
        count: Count | None = None,
        fetch: Fetch | None = None,
    ) -> Context:
        """Documents for a model, from files, folders, globs, pages of the web and callables. Nothing is read yet.

        In folders and for globs, what .gitignore files name and what begins with a dot is left out, and links are not
        followed. Callables have no arguments and give a text, a Document, or several, as a generator for instance; they
        may be asynchronous where the context is read in an event loop.

        Args:
            sources: Paths, globs such as "src/**/*.py", URLs, callables, and what `ai.context.git` gives.
            budget: Tokens that the quotes may have, at least 256; None for all that the model's window leaves beside
                messages and answer, if that is known. They never get more than that.
            rank: Scores documents for a question, up to 64 at once; the higher, the better. Without it they keep their
                order.
            chunk: Tokens of the longest document: longer texts are cut into several, between lines.
            count: Counts the tokens of a text; by default an estimate that is rarely too low.
            fetch: Fetches URLs; `ai.tools.web_fetch()` with a larger limit by default, so that private addresses are
                refused.

        Raises ConfigError for sources that cannot be used or do not exist, and for files on Windows, which cannot open
        them by the descriptors of folders.

        >>> import fluent_ai as ai
        >>> def notes() -> str:
        ...     return "The milk is in the cellar."
        >>> quotes = ai.context(notes).collect("Where is the milk?")
        >>> quotes.documents
        (Document('notes', line 1, 26 characters),)
        """
        return Context(sources, budget, rank, chunk, count, fetch)

    def git(
        self,
        repository: str | os.PathLike[str] = ".",
        *,
        ref: str = "HEAD",
        paths: str | Sequence[str] = (),
        clone: bool = False,
    ) -> GitSource:
        """A source: the files that a commit of a git repository has, read without checking anything out.

        Links and submodules are left out by name, and nothing that the repository configures is run.

        Args:
            repository: A folder, or the URL of a repository if `clone` is True.
            ref: A branch, a tag or a commit.
            paths: Only what is at or below these paths of the repository, or fits these globs.
            clone: Fetch that one commit, without those before it, into a temporary folder each time that the context is
                read; at most 1 GiB, in at most two minutes.

        Raises ConfigError if there is no such repository or commit, or no git.
        """
        return git_source(repository, ref, paths, clone)


context: Final = ContextMaker()


class Context:
    """What `ai.context` returns: sources that are read each time that it is streamed or collected."""

    def __init__(
        self,
        sources: tuple[Source, ...],
        budget: int | None,
        rank: Rank | None,
        chunk: int,
        count: Count | None,
        fetch: Fetch | None,
    ) -> None:
        if not sources:
            raise ConfigError("sources is empty; allowed: at least one path, glob, URL or callable")
        if budget is not None:
            check_number("budget", budget, int, _LEAST_BUDGET, 2**40)
        check_number("chunk", chunk, int, 16, 2**30)
        for name, value in (("rank", rank), ("count", count), ("fetch", fetch)):
            if value is not None and not callable(value):
                raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a callable")
        self._budget, self._rank, self._chunk = budget, rank, chunk
        self._count = count or likely_most_tokens
        fetching = fetch or web_fetch(text_limit=2**30)
        self._sources = [read_source(each, f"sources[{number}]", fetching) for number, each in enumerate(sources)]

    def __repr__(self) -> str:
        return f"Context({len(self._sources)} sources, budget={self._budget})"

    def stream(self) -> Generator[ContextEvent, None, None]:
        """The documents as they are read, what is left out, and how many items were read.

        An item that cannot be read is left out, by name, and ends nothing. Nothing is read ahead of what is asked for.
        """
        return Reader(self._sources, self._chunk, Nowhere()).events()

    def astream(self) -> AsyncStream[ContextEvent]:
        """`stream` for an event loop, in which asynchronous callables run; files are read in a thread.

        The thread is at most 8 events ahead of what is asked for, and leaving the stream stops it.
        """
        return AsyncStream(_Reading(self))

    def collect(self, question: str = "", *, room: int | None = None) -> Quotes:
        """The documents that fit the budget, or `room` if that is smaller, the best first.

        What is taken is the longest beginning of the ranking that fits; no more than that is kept in memory. Without
        `rank` reading ends there: items that come after it are left out by name, and not opened. Raises ConfigError if
        `rank` gives no scores, and if it is given and the question is empty.
        """
        return self._collect(question, room, Nowhere())

    async def acollect(self, question: str = "", *, room: int | None = None) -> Quotes:
        """`collect` for an event loop, in which asynchronous callables and an asynchronous `rank` run."""
        awaiting = InLoop(asyncio.get_running_loop())
        try:
            return await asyncio.wrap_future(submit(lambda: self._collect(question, room, awaiting), name="context"))
        finally:
            awaiting.stop()

    def _collect(self, question: str, room: int | None, awaiting: Awaiting) -> Quotes:
        if self._rank is not None:
            as_text(question, "question")
        limits = [each for each in (self._budget, room) if each is not None]
        budget = min(limits, default=DEFAULT_BUDGET)
        report, frame = _Report(), self._count(introduction())
        chosen = Chosen(budget - frame)
        reader = Reader(self._sources, self._chunk, awaiting, lambda: self._rank is None and chosen.is_full)
        with closing(reader.events()) as events:
            for documents in self._batches(events, report):
                scores = scores_of(self._rank, question, documents, awaiting)
                for document, score in zip(documents, scores, strict=True):
                    for out in chosen.add(document, score, self._tokens_of(document)):
                        report.add(LeftOut(out.name, "budget", line=out.line))
        best = chosen.best_first()
        tokens = frame + sum(self._tokens_of(each) for each in best)
        return Quotes(best, tokens, tuple(report.first), dict(report.counts))

    def _tokens_of(self, document: Document) -> int:
        return self._count(frame_of(document)) + self._count(document.text)

    def _batches(self, events: Iterator[ContextEvent], report: _Report) -> Iterator[list[Document]]:
        """As many documents as one call of `rank` takes; one by one without it, so that reading ends in time."""
        size = BATCH if self._rank else 1
        held: list[Document] = []
        for event in events:
            if isinstance(event, LeftOut):
                report.add(event)
            elif isinstance(event, Document):
                held.append(event)
                if len(held) == size:
                    yield held
                    held = []
        if held:
            yield held

    def reader(self, awaiting: Awaiting) -> Reader:
        """What reads the sources, from their beginning."""
        return Reader(self._sources, self._chunk, awaiting)


class _Reading(ChannelSource[ContextEvent]):
    """A context that is read in a thread, from when the stream is opened."""

    def __init__(self, context: Context) -> None:
        self._events: Channel[ContextEvent] = Channel(_AHEAD)
        super().__init__(self._events, blocking=False)
        self._context = context
        self._awaiting: InLoop | None = None

    async def open(self) -> None:
        self._awaiting = awaiting = InLoop(asyncio.get_running_loop())
        events, reader = self._events, self._context.reader(awaiting)

        def read() -> None:
            try:
                with closing(reader.events()) as found:
                    for event in found:
                        events.emit(event)
            except BaseException as error:  # the stream raises it
                events.end(error)
            else:
                events.end()

        def stop() -> None:
            events.close()
            awaiting.stop()

        start(read, name="context", stop=stop)

    async def close(self) -> None:
        self.abort()

    def abort(self) -> None:
        super().abort()
        if self._awaiting is not None:
            self._awaiting.stop()


class _Report:
    def __init__(self) -> None:
        self.first: list[LeftOut] = []
        self.counts: Counter[str] = Counter()

    def add(self, item: LeftOut) -> None:
        self.counts[item.reason] += 1
        if len(self.first) < REPORT_LIMIT:
            self.first.append(item)
