"""Runs as callers iterate them: `Run` for blocking clients, `AsyncRun` for those in an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from time import perf_counter
from typing import Any, Final, Generic, TypeVar

from fluent_ai.content.events import Event, Seam, TextDelta, ToolCallEnd
from fluent_ai.content.message_input import Messages, to_messages
from fluent_ai.content.parts import Message
from fluent_ai.content.reply import Reply, Timing
from fluent_ai.errors import Cancelled
from fluent_ai.interfaces import CollectsDocuments
from fluent_ai.streams.channel import Channel, ChannelSource
from fluent_ai.streams.continuation import check_seam
from fluent_ai.streams.stream import AsyncReplyStream, AsyncResultStream, ReplyStream, ResultStream, Source
from fluent_ai.streams.timing import timing_of
from fluent_ai.threads import start, submit, wait_for

from fluent_ai_toolkit.tools.collected_once import CollectedOnce
from fluent_ai_toolkit.tools.events import RunEvent, RunResult, ToolRun
from fluent_ai_toolkit.tools.options import read_options
from fluent_ai_toolkit.tools.run_access import AskModel
from fluent_ai_toolkit.tools.runner import PriceOf, ReadTurn, Runner
from fluent_ai_toolkit.tools.toolsets import RunTools

END_SECONDS: Final = 5.0
"""How long closing a run waits for its tools to notice."""
_WATCHED = (ToolCallEnd, Seam)
"""The events of a reply that the loop acts upon at once."""

StreamT = TypeVar("StreamT", ReplyStream, AsyncReplyStream)


class _Driver:
    """The task in which a run goes on, in the caller's event loop or in a thread of its own."""

    def __init__(self, runner: Runner, channel: Channel[RunEvent]) -> None:
        self._runner = runner
        self._channel = channel
        self._loop: asyncio.AbstractEventLoop | None = None
        self.task: asyncio.Task[None] | None = None
        self.ended = threading.Event()

    def start_in_thread(self) -> None:
        start(lambda: asyncio.run(self._drive()), name="run of tools", stop=self.cancel)

    def start_in_loop(self) -> None:
        self.task = asyncio.get_running_loop().create_task(self._drive())

    def cancel(self) -> None:
        """Safe from any thread, at any time."""
        self._channel.close()
        loop, task = self._loop, self.task
        if loop is not None and task is not None and not self.ended.is_set():
            with suppress(RuntimeError):  # the loop has just been closed
                loop.call_soon_threadsafe(task.cancel)

    async def _drive(self) -> None:
        self.task, self._loop = asyncio.current_task(), asyncio.get_running_loop()
        try:
            if not self._channel.closed:
                await self._runner.run()
        except asyncio.CancelledError:
            self._channel.end(Cancelled("the run was left before its end"))
        except BaseException as error:  # the stream raises it
            self._channel.end(error)
        else:
            self._channel.end()
        finally:
            self.ended.set()


class RunSource(ChannelSource[RunEvent]):
    """A run as the source of a stream. It starts when it is opened."""

    def __init__(self, runner: Runner, channel: Channel[RunEvent], *, blocking: bool) -> None:
        super().__init__(channel, blocking=blocking)
        self._started_at: float | None = None
        self._runner = runner
        self._driver = _Driver(runner, channel)

    def result(self) -> RunResult:
        """What has come of the run so far."""
        return self._runner.result()

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        """How long it took; of the provider's own time, each turn has told."""
        return timing_of(self._started_at, first, end, None)

    async def open(self) -> None:
        self._started_at = perf_counter()
        if self._blocking:
            self._driver.start_in_thread()
        else:
            self._driver.start_in_loop()

    async def close(self) -> None:
        self.abort()
        if self._started_at is None:
            return
        if self._blocking:
            wait_for(self._driver.ended, END_SECONDS)
        elif (task := self._driver.task) is not None:
            await asyncio.wait({task}, timeout=END_SECONDS)

    def abort(self) -> None:
        self._driver.cancel()


class _Shared:
    """What both kinds of runs say of themselves while they go on."""

    _results: Source[RunEvent, RunResult]

    @property
    def history(self) -> tuple[Message, ...]:
        """The conversation so far; give it to another run to go on, also after an error or an early end."""
        return self._results.result().history

    @property
    def calls(self) -> tuple[ToolRun, ...]:
        """The calls that have ended so far."""
        return self._results.result().calls


class Run(_Shared, ResultStream[RunEvent, RunResult]):
    """The events of a model's turns and of the tools that it calls. `collect()` returns the RunResult.

    with client.run("openai:gpt-5.1", "How warm is it in Bern?", tools=[temperature]) as run:
        for event in run:
            ...
    print(run.partial.text)
    """

    def text(self) -> Iterator[str]:
        """Only the text of all turns, as it arrives.

        Raises StreamInterrupted where a route begins a reply again after text had come, as `ReplyStream.text` does;
        `collect()` then has the new answer.
        """
        for event in self:
            if type(event) is TextDelta:
                yield event.text
            elif type(event) is Seam:
                check_seam(event, self)


class AsyncRun(_Shared, AsyncResultStream[RunEvent, RunResult]):
    """The asynchronous twin of `Run`."""

    async def text(self) -> AsyncIterator[str]:
        """Only the text of all turns, as it arrives. Raises as `Run.text` does where a route begins again."""
        async for event in self:
            if type(event) is TextDelta:
                yield event.text
            elif type(event) is Seam:
                check_seam(event, self)


class _Turns(Generic[StreamT]):
    """The streams of the turns. The first is made at once: bad arguments are refused before anything is sent.

    Where toolsets are yet to be opened, it is made again with their tools.
    """

    def __init__(
        self,
        begin: Callable[[Sequence[Message], dict[str, Any]], StreamT],
        messages: Sequence[Message],
        options: dict[str, Any],
        tools: RunTools,
    ) -> None:
        self._begin: Callable[[Sequence[Message], dict[str, Any]], StreamT] = begin
        self._options = options
        self._tools = tools
        at_first = options if tools.complete else _without_choice(options)
        self._first: tuple[Sequence[Message], StreamT] | None = (messages, self._made(messages, at_first))

    def begin(self, messages: Sequence[Message]) -> StreamT:
        options, first = self._options, self._first
        if first is not None:
            self._first = None
            if options.get("tool_choice") not in ("auto", "none"):  # a call that must be made, is made once
                self._options = _without_choice(options)
            if first[0] == messages and self._tools.complete:
                return first[1]
        return self._made(messages, options)

    def _made(self, messages: Sequence[Message], options: dict[str, Any]) -> StreamT:
        return self._begin(messages, {**options, "tools": self._tools.offered})


def _without_choice(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "tool_choice"}


def open_run(
    start: Callable[[Any, Sequence[Message], dict[str, Any]], ReplyStream],
    model: object,
    messages: Messages,
    options: Mapping[str, Any],
    price: PriceOf,
) -> Run:
    """A run whose turns are blocking streams. Raises ConfigError or ToolError before anything is sent."""

    async def read(stream: ReplyStream, work: Callable[[], Reply], name: str) -> Reply:
        try:
            return await asyncio.wrap_future(submit(work, name=name))
        except BaseException:
            stream.close()
            raise

    def read_turns(turns: _Turns[ReplyStream], channel: Channel[RunEvent]) -> ReadTurn:
        async def read_turn(messages: Sequence[Message], seen: Callable[[Event], None]) -> Reply:
            loop = asyncio.get_running_loop()
            stream = turns.begin(messages)

            def pump() -> Reply:
                with stream:
                    for event in stream:
                        channel.emit(event)
                        if isinstance(event, _WATCHED):
                            loop.call_soon_threadsafe(seen, event)
                    return stream.collect()

            return await read(stream, pump, "turn of a run")

        return read_turn

    async def ask(messages: Sequence[Message], options: Mapping[str, Any], other: object | None) -> Reply:
        stream = start(model if other is None else other, messages, dict(options))
        return await read(stream, stream.collect, "sampling of a run")

    return Run(_open(partial(start, model), messages, options, price, read_turns, ask, blocking=True))


def open_async_run(
    start: Callable[[Any, Sequence[Message], dict[str, Any]], AsyncReplyStream],
    model: object,
    messages: Messages,
    options: Mapping[str, Any],
    price: PriceOf,
) -> AsyncRun:
    """The asynchronous twin of `open_run`."""

    def read_turns(turns: _Turns[AsyncReplyStream], channel: Channel[RunEvent]) -> ReadTurn:
        async def read(messages: Sequence[Message], seen: Callable[[Event], None]) -> Reply:
            async with turns.begin(messages) as stream:
                async for event in stream:
                    await channel.aemit(event)
                    if isinstance(event, _WATCHED):
                        seen(event)
                return await stream.collect()

        return read

    async def ask(messages: Sequence[Message], options: Mapping[str, Any], other: object | None) -> Reply:
        async with start(model if other is None else other, messages, dict(options)) as stream:
            return await stream.collect()

    return AsyncRun(_open(partial(start, model), messages, options, price, read_turns, ask, blocking=False))


def _open(
    begin: Callable[[Sequence[Message], dict[str, Any]], StreamT],
    messages: Messages,
    options: Mapping[str, Any],
    price: PriceOf,
    read_turns: Callable[[_Turns[StreamT], Channel[RunEvent]], ReadTurn],
    ask: AskModel,
    *,
    blocking: bool,
) -> RunSource:
    rules, settings, contexts, chat = read_options(options)
    tools = RunTools(chat.pop("tools", ()), contexts, settings)
    if isinstance(collects := chat.get("documents"), CollectsDocuments):
        chat["documents"] = CollectedOnce(collects)
    history = to_messages(messages)
    turns = _Turns(begin, history, chat, tools)
    channel: Channel[RunEvent] = Channel()
    runner = Runner(history, read_turns(turns, channel), ask, tools, rules, price, channel)
    return RunSource(runner, channel, blocking=blocking)
