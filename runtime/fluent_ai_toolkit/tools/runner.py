"""The loop: the model's turns, the calls that they make, and the limits of both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Coroutine, Iterable, Sequence
from functools import partial, reduce
from itertools import count
from typing import Any, Literal, Protocol, TypeVar

from fluent_ai.content.events import Event, Seam, ToolCallEnd
from fluent_ai.content.parts import Message, ToolCall, ToolCallPart, ToolResultPart
from fluent_ai.content.reply import Reply, Usage
from fluent_ai.observe.call import Price

from fluent_ai_toolkit.errors import RunLimit, RunLimitReached
from fluent_ai_toolkit.tools.calling import not_started, run_tool
from fluent_ai_toolkit.tools.declared import Outlet
from fluent_ai_toolkit.tools.events import RunEvent, RunResult, ToolFinished, ToolRun, ToolStarted, ToolStatus
from fluent_ai_toolkit.tools.options import RunRules
from fluent_ai_toolkit.tools.run_access import Answer, AskModel, ask_user, current_run
from fluent_ai_toolkit.tools.toolsets import RunTools

_HEAD = ("id", "model", "provider", "requested_model")
"""What a run takes from its last reply."""
NumberT = TypeVar("NumberT", int, float)

_CUT_OFF = frozenset({"length", "content_filter", "refusal", "error"})
"""Reasons to finish after which the calls of a reply are not to be trusted, so the run ends."""
_GO_ON = frozenset({"pause_turn", "compaction"})
"""Raw reasons of a provider that wants its reply sent back, to go on with it (Anthropic: "Handling stop reasons",
"Compaction")."""


class PriceOf(Protocol):
    """What a reply of a provider cost."""

    def __call__(self, reply: Reply, provider: str | None, /) -> Price: ...


class ReadTurn(Protocol):
    """Send a history, yield the events of the reply to whoever reads the run, and show each to `seen`."""

    async def __call__(self, messages: Sequence[Message], seen: Callable[[Event], None]) -> Reply: ...


class Runner:
    """One run. `history`, `replies` and `calls` grow while it goes on, and may be read from any thread."""

    def __init__(
        self,
        history: Sequence[Message],
        read_turn: ReadTurn,
        ask: AskModel,
        tools: RunTools,
        rules: RunRules,
        price: PriceOf,
        outlet: Outlet,
    ) -> None:
        self.history = tuple(history)
        self.replies: tuple[Reply, ...] = ()
        self.sampled: tuple[Reply, ...] = ()
        self.calls: tuple[ToolRun, ...] = ()
        self._read_turn = read_turn
        self._ask = ask
        self._tools = tools
        self._rules = rules
        self._price = price
        self._outlet = outlet
        self._ended_in: dict[asyncio.Task[Any], ToolRun] = {}
        self._places = asyncio.Semaphore(rules.at_once)
        self._early = False

    def result(self) -> RunResult:
        """What has come of it so far."""
        last = self.replies[-1] if self.replies else None
        usages = [each.usage for each in (*self.replies, *self.sampled) if each.usage is not None]
        head = {} if last is None else {name: getattr(last, name) for name in _HEAD}
        return RunResult(
            reply=last,
            replies=self.replies,
            sampled=self.sampled,
            calls=self.calls,
            history=self.history,
            usage=reduce(Usage.plus, usages) if usages else None,
            warnings=tuple(dict.fromkeys(each for reply in self.replies for each in reply.warnings)),
            **head,
        )

    async def run(self) -> None:
        """Take turns until the model calls no more tools, while its toolsets are open. Raises what ends the run."""
        current_run.set(self)
        async with self._tools.opened():
            await self._take_turns()

    async def tell(self, event: RunEvent) -> None:
        """Let the run yield an event of a toolset."""
        await self._outlet.aemit(event)

    async def sample(self, answer: Answer) -> Reply:
        """A reply that a toolset asks for. Raises RunLimitReached where the run may not go on."""
        self._check_costs()
        reply = await answer(self._ask)
        self.sampled += (reply,)
        return reply

    async def _take_turns(self) -> None:
        await self._answer(_unanswered(self.history), _Turn(0))
        for number in count(1):
            self._check_limits(number)
            self._tools.look_again()
            self._early = not any(self._must_be_approved(name) for name in self._tools.bound)
            turn = _Turn(number)
            is_read = False
            try:
                reply = await self._read_turn(self.history, partial(self._seen, turn))
                is_read = True
                self.replies += (reply,)
                self.history += (reply.message,)
                if reply.finish_reason in _CUT_OFF:
                    await self._give_up(reply.tool_calls, turn)
                    return
                await self._answer(reply.tool_calls, turn)
            finally:
                try:
                    await turn.cancel()
                finally:  # whoever leaves twice cancels twice
                    if not is_read:
                        self._keep_early(turn)
            if not reply.tool_calls and reply.raw_reason not in _GO_ON:
                return

    def _check_limits(self, turn: int) -> None:
        rules = self._rules
        if turn > rules.max_turns:
            said = f"the model has had {rules.max_turns} turns and wants to go on"
            raise _reached("max_turns", rules.max_turns, turn, said)
        self._check_costs()

    def _check_costs(self) -> None:
        rules, replies = self._rules, (*self.replies, *self.sampled)
        if rules.token_limit is not None:
            tokens = _sum(_tokens(each.usage) for each in replies)
            if tokens is None or tokens >= rules.token_limit:
                said = f"the run has used {'an unknown number of' if tokens is None else f'{tokens:,}'} tokens"
                raise _reached("token_limit", rules.token_limit, tokens, said)
        if rules.cost_limit is not None:
            cost = _sum(self._price(each, each.provider).total for each in replies)
            if cost is None or cost >= rules.cost_limit:
                said = f"the run has cost {'an unknown number of' if cost is None else f'{cost:.6g}'} US dollars"
                raise _reached("cost_limit", rules.cost_limit, cost, said)

    def _must_be_approved(self, name: str) -> bool:
        bound = self._tools.bound.get(name)
        wanted = None if bound is None else bound.settings.approval
        return self._rules.approve is not None if wanted is None else wanted

    async def _refusal(self, call: ToolCall) -> str | None:
        """Why the call may not be made; None if it may."""
        approve = self._rules.approve
        if not self._must_be_approved(call.name):
            return None
        if approve is None:
            return "This call must be approved, and nobody is there who could approve it."
        verdict = await ask_user(approve, call)
        if isinstance(verdict, str):
            return verdict
        return None if verdict is True else "The user did not allow this call."

    def _seen(self, turn: _Turn, event: Event) -> None:
        """Start calls while the reply is still being written; what a route begins anew takes them back."""
        if isinstance(event, ToolCallEnd):
            if self._early and not event.call.hosted:
                turn.start(event.call, self._make(event.call, turn.number))
        elif isinstance(event, Seam) and event.kind == "restart":
            turn.forget()

    async def _answer(self, calls: Sequence[ToolCall], turn: _Turn) -> None:
        """Make the calls that do not run yet, after all are decided, and put the results into the history."""
        if not turn.running:
            reasons = [await self._refusal(call) for call in calls]
            for call, why in zip(calls, reasons, strict=True):
                turn.start(
                    call, self._make(call, turn.number) if why is None else self._skip(call, turn, "denied", why)
                )
        tasks = turn.in_order(calls)
        try:
            await asyncio.gather(*tasks)
        finally:
            self._remember(tasks)

    async def _give_up(self, calls: Sequence[ToolCall], turn: _Turn) -> None:
        """End the calls of a reply that was cut off, and say so in the history, which is then complete."""
        await turn.cancel(spared=self._ended_in)
        if turn.running:
            why = "Cancelled: the reply was cut off."
            for call in turn.take_back(self._ended_in):
                turn.start(call, self._skip(call, turn, "cancelled", why))
        else:
            for call in calls:
                turn.start(call, self._skip(call, turn, "not_run", "Not called: the reply was cut off."))
        tasks = turn.in_order(calls)
        try:
            await asyncio.gather(*tasks)
        finally:
            self._remember(tasks)

    def _keep_early(self, turn: _Turn) -> None:
        """Of a reply that broke off or was left, keep the calls that have ended: who goes on must not repeat them."""
        ended = [(call, self._ended_in[task].result) for call, task in turn.running if task in self._ended_in]
        if ended:
            calls = Message("assistant", [ToolCallPart(call) for call, _ in ended])
            self.history += (calls, Message("tool", [result for _, result in ended]))

    def _remember(self, tasks: Sequence[asyncio.Task[ToolRun]]) -> None:
        """Put the results that there are into the history, also of a task that was cancelled as it told of its own."""
        if results := [self._ended_in[task].result for task in tasks if task in self._ended_in]:
            self.history += (Message("tool", results),)

    async def _make(self, call: ToolCall, turn: int) -> ToolRun:
        async with self._places:
            await self._outlet.aemit(ToolStarted(call, turn))
            run = await run_tool(call, turn, self._tools.bound, self._outlet, self._rules)
        await self._ended(run)
        if self._rules.on_error == "raise" and run.error is not None and run.error.is_of_function:
            raise run.error.__cause__ or run.error
        return run

    async def _skip(self, call: ToolCall, turn: _Turn, status: ToolStatus, why: str) -> ToolRun:
        run = not_started(call, turn.number, status, why)
        await self._ended(run)
        return run

    async def _ended(self, run: ToolRun) -> None:
        self.calls += (run,)
        if (task := asyncio.current_task()) is not None:
            self._ended_in[task] = run
        await self._outlet.aemit(ToolFinished(run))


class _Turn:
    """The calls of one turn, in the order in which they were started."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.running: list[tuple[ToolCall, asyncio.Task[ToolRun]]] = []
        self._forgotten: list[asyncio.Task[ToolRun]] = []

    def start(self, call: ToolCall, work: Coroutine[object, object, ToolRun]) -> None:
        self.running.append((call, asyncio.ensure_future(work)))

    def in_order(self, calls: Sequence[ToolCall]) -> list[asyncio.Task[ToolRun]]:
        """The tasks in the order of the calls in the reply."""
        return [task for _, task in sorted(self.running, key=lambda each: calls.index(each[0]))]

    def forget(self) -> None:
        self._forgotten += [task for _, task in self.running]
        self.running = []
        for task in self._forgotten:
            task.cancel()

    def take_back(self, ended: Container[asyncio.Task[ToolRun]]) -> list[ToolCall]:
        """The calls whose tasks have come to no end, which are no longer among those that run."""
        taken = [call for call, task in self.running if task not in ended]
        self.running = [(call, task) for call, task in self.running if task in ended]
        return taken

    async def cancel(self, spared: Container[asyncio.Task[ToolRun]] = ()) -> None:
        """End what still runs, and wait for that."""
        tasks = [task for task in (*self._forgotten, *(task for _, task in self.running)) if task not in spared]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _unanswered(history: Sequence[Message]) -> list[ToolCall]:
    """The calls of the last reply that have no result: of a run that was left, or of a caller without a loop."""
    answered: set[str] = set()
    for message in reversed(history):
        if message.role == "assistant":
            calls = [part.call for part in message.parts if isinstance(part, ToolCallPart) and not part.call.hosted]
            return [call for call in calls if call.id not in answered]
        answered |= {part.call_id for part in message.parts if isinstance(part, ToolResultPart)}
        if message.role != "tool":
            break
    return []


def _tokens(usage: Usage | None) -> int | None:
    if usage is None or usage.input_tokens is None or usage.output_tokens is None:
        return None
    return usage.input_tokens + usage.output_tokens


def _sum(numbers: Iterable[NumberT | None]) -> NumberT | None:
    """None if one of them is unknown: a limit is never held against too small a sum."""
    total: NumberT | Literal[0] = 0
    for number in numbers:
        if number is None:
            return None
        total = total + number
    return total


def _reached(limit: RunLimit, allowed: float, found: float | None, said: str) -> RunLimitReached:
    return RunLimitReached(f"{said}; allowed: {limit}={allowed:g}", limit=limit, allowed=allowed, found=found)
