"""One call of a tool: its bounds, its time limit, its attempts, and what the model is told of it."""

from __future__ import annotations

import asyncio
import functools
import inspect
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import closing
from typing import Any, Final

import msgspec
from fluent_ai.content.parts import ToolCall, ToolResultPart
from fluent_ai.errors import Cancelled, ToolError
from fluent_ai.schema.json_types import to_json
from fluent_ai.schema.tools import prepare_call, routine_of, tool_result
from fluent_ai.threads import submit

from fluent_ai_toolkit.errors import ToolFailed, ToolStage
from fluent_ai_toolkit.tools.declared import BoundTool, Outlet, ToolContext, current_call
from fluent_ai_toolkit.tools.events import ToolRun, ToolStatus

NAME_LIMIT: Final = 256
"""Characters of the name in a call."""
_TOO_LONG: Final = "timeout"


async def run_tool(
    call: ToolCall, turn: int, tools: Mapping[str, BoundTool], outlet: Outlet, arguments_limit: int
) -> ToolRun:
    """Make the call. Whatever goes wrong is the `error` of what comes back, and is told to the model."""
    began = time.perf_counter()
    run = ToolRun(call=call, turn=turn, result=ToolResultPart(call.id, ""), status="done", started=time.time())

    def ended(**found: Any) -> ToolRun:
        return msgspec.structs.replace(run, seconds=time.perf_counter() - began, **found)

    def failed(error: ToolFailed) -> ToolRun:
        status: ToolStatus = "timed_out" if error.cause == _TOO_LONG else "failed"
        return ended(result=ToolResultPart(call.id, error.message, is_error=True), status=status, error=error)

    try:
        function, arguments = _prepared(call, tools, arguments_limit)
    except ToolFailed as error:
        return failed(error)
    bound = tools[call.name]
    while True:
        run = msgspec.structs.replace(run, attempts=run.attempts + 1)
        try:
            value = await _attempt(bound, function, arguments, ToolContext(call, turn, outlet))
            break
        except ToolError as error:  # the tool's own word to the model
            return failed(_failure(call, error.message, "call", cause="ToolError"))
        except ToolFailed as error:
            if run.attempts > bound.settings.retries:
                return failed(error)
    try:
        result = tool_result(call, value)
    except ToolError as error:
        return failed(_failure(call, error.message, "result"))
    result = _cut(result, bound.settings.result_limit)
    if result.is_error:
        return ended(result=result, status="failed", error=_failure(call, result.content, "call", cause="ToolError"))
    return ended(result=result)


def not_started(call: ToolCall, turn: int, status: ToolStatus, why: str) -> ToolRun:
    """What became of a call that was not made."""
    return ToolRun(call=call, turn=turn, result=ToolResultPart(call.id, why, is_error=True), status=status)


def _prepared(
    call: ToolCall, tools: Mapping[str, BoundTool], limit: int
) -> tuple[Callable[..., Any], dict[str, object]]:
    if (size := len(call.name)) > NAME_LIMIT:
        why = f"The name has {size:,} characters; allowed: {NAME_LIMIT}. Nothing was called."
        raise _failure(call, why, "arguments", size=size, limit=NAME_LIMIT)
    if (size := _size(call.arguments)) > limit:
        why = f"The arguments are {size:,} bytes long; allowed: {limit:,}. Nothing was called."
        raise _failure(call, why, "arguments", size=size, limit=limit)
    prepared = prepare_call(call, {name: each.tool for name, each in tools.items()})
    if isinstance(prepared, ToolResultPart):
        raise _failure(call, prepared.content, "arguments")
    return prepared


def _failure(call: ToolCall, message: str, stage: ToolStage, **facts: Any) -> ToolFailed:
    return ToolFailed(message, tool=call.name[:NAME_LIMIT], call_id=call.id, stage=stage, **facts)


async def _attempt(
    bound: BoundTool, function: Callable[..., Any], arguments: Mapping[str, object], context: ToolContext
) -> object:
    """The value. Raises ToolFailed for what the function raises, and for a call that takes too long."""
    filled = {name: context if given is ToolContext else given for name, given in bound.filled_in.items()}
    seconds = bound.settings.timeout
    limit = asyncio.timeout(seconds)
    current_call.set(context)
    try:
        async with limit:
            return await _call(functools.partial(function, **filled), arguments, context)
    except (ToolError, Cancelled):
        raise
    except Exception as error:
        if limit.expired():
            why = f"The tool took longer than {seconds:g} seconds."
            raise _failure(context.call, why, "call", cause=_TOO_LONG, limit=seconds) from None
        kind = type(error).__name__
        raise _failure(context.call, f"{kind}: {error}", "call", cause=kind) from error
    finally:
        context.cancelled = True


def _size(arguments: object) -> int:
    """Bytes of the arguments as JSON."""
    return len((arguments if isinstance(arguments, str) else to_json(arguments)).encode("utf-8", "surrogatepass"))


def _cut(result: ToolResultPart, limit: int) -> ToolResultPart:
    data = result.content.encode("utf-8", "surrogatepass")
    if len(data) <= limit:
        return result
    kept = data[:limit].decode("utf-8", "ignore")
    note = f"\n[Cut off: this is the beginning, {limit:,} of {len(data):,} bytes.]"
    return msgspec.structs.replace(result, content=kept + note)


async def _call(function: Callable[..., Any], arguments: Mapping[str, object], context: ToolContext) -> object:
    """The function's value: what it returns, or for a generator that returns nothing, what it yielded last."""
    routine = routine_of(function)
    if inspect.isasyncgenfunction(routine):
        return await _last_of(function(**arguments), context)
    if inspect.iscoroutinefunction(routine):
        return await function(**arguments)
    value = await asyncio.wrap_future(submit(functools.partial(_in_thread, function, arguments, context), name="tool"))
    return await value if inspect.isawaitable(value) else value


def _in_thread(function: Callable[..., Any], arguments: Mapping[str, object], context: ToolContext) -> object:
    value = function(**arguments)
    if not inspect.isgenerator(value):
        return value
    last: object = None
    with closing(value) as steps:
        while not context.cancelled:
            try:
                last = next(steps)
            except StopIteration as end:
                return last if end.value is None else end.value
            context.progress(last)
    return last


async def _last_of(values: AsyncIterator[object], context: ToolContext) -> object:
    last: object = None
    async for last in values:
        await context.aprogress(last)
    return last
