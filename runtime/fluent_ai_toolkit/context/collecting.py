"""Contexts: sources whose documents stream, and are collected into quotes that fit a budget."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from typing import Final, TypeVar, get_args

from fluent_ai.arguments import as_text, check_choice, check_number
from fluent_ai.content.documents import frame_of, introduction
from fluent_ai.content.events import Progress
from fluent_ai.content.token_counts import likely_most_tokens
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import Emit
from fluent_ai.streams.channel import Channel
from fluent_ai.streams.producers import ThreadSource
from fluent_ai.streams.stream import AsyncStream
from fluent_ai.threads import submit

from fluent_ai_toolkit.context.alike import Alike
from fluent_ai_toolkit.context.awaiting import Awaiting, InLoop, Nowhere
from fluent_ai_toolkit.context.choosing import BATCH, Chosen, Rank, scores_of
from fluent_ai_toolkit.context.documents import ContextEvent, Document, LeftOut
from fluent_ai_toolkit.context.items import Form, Split
from fluent_ai_toolkit.context.quotes import Quotes
from fluent_ai_toolkit.context.reading import Reader
from fluent_ai_toolkit.context.sources import Fetch, Source, read_source
from fluent_ai_toolkit.tools.web.fetching import web_fetch

T = TypeVar("T")
DEFAULT_BUDGET: Final = 20_000
"""Tokens of quotes where neither the caller nor the model's window says how many."""
REPORT_LIMIT: Final = 1_000
"""Items that are reported one by one."""
_LEAST_BUDGET: Final = 256
_AHEAD: Final = 8
"""Events that an asynchronous stream may be ahead of its reader."""

Count = Callable[[str], int]
"""How many tokens a text has."""


class Context:
    """What `ai.context` returns: sources that are read each time that it is streamed or collected."""

    def __init__(
        self,
        sources: tuple[Source, ...],
        budget: int | None,
        rank: Rank | None,
        form: Form,
        near: float,
        count: Count | None,
        fetch: Fetch | None,
    ) -> None:
        if not sources:
            raise ConfigError("sources is empty; allowed: at least one path, glob, URL or callable")
        if budget is not None:
            check_number("budget", budget, int, _LEAST_BUDGET, 2**40)
        check_number("chunk", form.limit, int, 16, 2**30)
        check_choice({"split": form.split}, "split", get_args(Split))
        check_number("near", near, float, 0.5, 1.0)
        for name, value in (("rank", rank), ("count", count), ("html", form.html), ("fetch", fetch)):
            if value is not None and not callable(value):
                raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a callable")
        self._budget, self._rank, self._form, self._near = budget, rank, form, near
        self._count = count or likely_most_tokens
        fetching = fetch or web_fetch(text_limit=2**30)
        self._sources = [read_source(each, f"sources[{number}]", fetching) for number, each in enumerate(sources)]

    def __repr__(self) -> str:
        return f"Context({len(self._sources)} sources, budget={self._budget})"

    def stream(self) -> Generator[ContextEvent, None, None]:
        """The documents as they are read, what is left out, and how many items were read.

        An item that cannot be read is left out, by name, and ends nothing. Nothing is read ahead of what is asked for.
        """
        return self.events(Nowhere())

    def astream(self) -> AsyncStream[ContextEvent]:
        """`stream` for an event loop, in which asynchronous callables run; files are read in a thread.

        The thread is at most 8 events ahead of what is asked for, and leaving the stream stops it.
        """
        return AsyncStream(_Reading(self._read))

    def collect(self, question: str = "", *, room: int | None = None, left: Callable[[], bool] | None = None) -> Quotes:
        """The documents that fit the budget, or `room` if that is smaller, the best first.

        What is taken is the longest beginning of the ranking that fits; no more than that is kept in memory. Without
        `rank` reading ends there: items that come after it are left out by name, and not opened. Raises ConfigError if
        `rank` gives no scores, and if it is given and the question is empty; Cancelled once `left()` is True.
        """
        return _result_of(self._steps(question, room, Nowhere(left)))

    def steps(
        self, question: str = "", *, room: int | None = None, left: Callable[[], bool] | None = None
    ) -> Generator[Progress, None, Quotes]:
        """`collect`, which says after each item how many were read."""
        return self._steps(question, room, Nowhere(left))

    async def acollect(self, question: str = "", *, room: int | None = None) -> Quotes:
        """`collect` for an event loop, in which asynchronous callables and an asynchronous `rank` run."""
        awaiting = InLoop()
        awaiting.enter()
        try:
            return await asyncio.wrap_future(
                submit(lambda: _result_of(self._steps(question, room, awaiting)), name="context")
            )
        finally:
            awaiting.stop()

    async def asteps(self, question: str = "", *, room: int | None = None) -> AsyncGenerator[Progress | Quotes, None]:
        """`acollect`, which says after each item how many were read; what was found comes last."""

        def produce(awaiting: Awaiting, emit: Emit[Progress | Quotes]) -> None:
            emit(_result_of(self._steps(question, room, awaiting), emit))

        async with AsyncStream(_Reading(produce)) as stream:
            async for step in stream:
                yield step

    def _steps(self, question: str, room: int | None, awaiting: Awaiting) -> Generator[Progress, None, Quotes]:
        if self._rank is not None:
            as_text(question, "question")
        limits = [each for each in (self._budget, room) if each is not None]
        budget = min(limits, default=DEFAULT_BUDGET)
        report, frame = _Report(), self._count(introduction())
        chosen = Chosen(max(0, budget - frame))
        alike = Alike(self._near) if self._near < 1 else None
        reader = Reader(self._sources, self._form, awaiting, lambda: self._rank is None and chosen.is_full)
        with closing(reader.events()) as events:
            for documents in self._batches(events, report):
                if isinstance(documents, Progress):
                    yield documents
                    continue
                scores = scores_of(self._rank, question, documents, awaiting)
                for document, score in zip(documents, scores, strict=True):
                    if alike is not None and (twin := alike.twin_of(document)) is not None:
                        report.add(LeftOut(document.name, "near_duplicate", f"like {twin.name}", document.line))
                        continue
                    for out in chosen.add(document, score, self._tokens_of(document)):
                        report.add(LeftOut(out.name, "budget", line=out.line))
                        if alike is not None:
                            alike.drop(out)
        best = chosen.best_first()
        tokens = frame + sum(self._tokens_of(each) for each in best)
        return Quotes(best, tokens, tuple(report.first), dict(report.counts))

    def _tokens_of(self, document: Document) -> int:
        return self._count(frame_of(document)) + self._count(document.text)

    def _batches(self, events: Iterator[ContextEvent], report: _Report) -> Iterator[list[Document] | Progress]:
        """As many documents as one call of `rank` takes; one by one without it, so that reading ends in time. Between
        them, how far reading is.
        """
        size = BATCH if self._rank else 1
        held: list[Document] = []
        for event in events:
            if isinstance(event, LeftOut):
                report.add(event)
            elif isinstance(event, Progress):
                yield event
            else:
                held.append(event)
                if len(held) == size:
                    yield held
                    held = []
        if held:
            yield held

    def events(self, awaiting: Awaiting) -> Generator[ContextEvent, None, None]:
        """What `stream` gives, to one who waits in his own way for what is asynchronous."""
        return Reader(self._sources, self._form, awaiting).events()

    def _read(self, awaiting: Awaiting, emit: Emit[ContextEvent]) -> None:
        with closing(self.events(awaiting)) as events:
            for event in events:
                emit(event)


class _Reading(ThreadSource[T]):
    """A context that is read in a thread, from when the stream is opened."""

    def __init__(self, read: Callable[[Awaiting, Emit[T]], None]) -> None:
        self._awaiting = awaiting = InLoop()
        super().__init__(partial(read, awaiting), Channel(_AHEAD), name="context", blocking=False)

    async def open(self) -> None:
        self._awaiting.enter()
        await super().open()

    async def close(self) -> None:
        self.abort()

    def abort(self) -> None:
        super().abort()
        self._awaiting.stop()


def _result_of(steps: Generator[Progress, None, Quotes], show: Emit[Progress] = lambda progress: None) -> Quotes:
    with closing(steps):
        while True:
            try:
                show(next(steps))
            except StopIteration as end:
                found: Quotes = end.value
                return found


class _Report:
    def __init__(self) -> None:
        self.first: list[LeftOut] = []
        self.counts: Counter[str] = Counter()

    def add(self, item: LeftOut) -> None:
        self.counts[item.reason] += 1
        if len(self.first) < REPORT_LIMIT:
            self.first.append(item)
