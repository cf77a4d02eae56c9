"""One call of a tool: its bounds, its time limit, its attempts, and what the model is told of it."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import closing, suppress
from typing import Any, Final

import msgspec
from fluent_ai.content.parts import ToolCall, ToolResultPart
from fluent_ai.errors import Cancelled, InvalidJSON, ToolError
from fluent_ai.schema.json_types import to_json
from fluent_ai.schema.partial_json import PartialJSON
from fluent_ai.schema.tools import prepare_call, routine_of, tool_result
from fluent_ai.threads import submit

from fluent_ai_toolkit.errors import ToolFailed, ToolStage
from fluent_ai_toolkit.tools.declared import BoundTool, Outlet, ToolContext, current_call
from fluent_ai_toolkit.tools.events import ToolRun, ToolStatus
from fluent_ai_toolkit.tools.options import RunRules

_SHOWN: Final = 256
"""Characters of a name in an error."""
_ERROR_LIMIT: Final = 262_144
"""Bytes of what is said of a call that no tool is there for."""
_TOO_LONG: Final = "timeout"


async def run_tool(
    call: ToolCall, turn: int, tools: Mapping[str, BoundTool], outlet: Outlet, rules: RunRules
) -> ToolRun:
    """Make the call. Whatever goes wrong is the `error` of what comes back, and is told to the model."""
    began = time.perf_counter()
    run = ToolRun(call=call, turn=turn, result=ToolResultPart(call.id, ""), status="done", started=time.time())

    def ended(**found: Any) -> ToolRun:
        return msgspec.structs.replace(run, seconds=time.perf_counter() - began, **found)

    def failed(error: ToolFailed) -> ToolRun:
        status: ToolStatus = "timed_out" if error.cause == _TOO_LONG else "failed"
        result = ToolResultPart(call.id, error.message, is_error=True)
        limit = tools[call.name].settings.result_limit if call.name in tools else _ERROR_LIMIT
        return ended(result=_shown(result, limit), status=status, error=error)

    try:
        function, arguments = _prepared(call, tools, rules)
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
    result = _shown(result, bound.settings.result_limit)
    if result.is_error:
        return ended(result=result, status="failed", error=_failure(call, result.content, "call", cause="ToolError"))
    return ended(result=result)


def not_started(call: ToolCall, turn: int, status: ToolStatus, why: str) -> ToolRun:
    """What became of a call that was not made."""
    result = _shown(ToolResultPart(call.id, why, is_error=True), _ERROR_LIMIT)
    return ToolRun(call=call, turn=turn, result=result, status=status)


def _prepared(
    call: ToolCall, tools: Mapping[str, BoundTool], rules: RunRules
) -> tuple[Callable[..., Any], dict[str, object]]:
    if (size := len(call.name)) > (limit := rules.name_limit):
        why = f"The name has {size:,} characters; allowed: {limit:,}. Nothing was called."
        raise _failure(call, why, "arguments", size=size, limit=limit)
    limit = rules.arguments_limit
    if (size := _size(call.arguments)) > limit:
        why = f"The arguments are {size:,} bytes long; allowed: {limit:,}. Nothing was called."
        raise _failure(call, why, "arguments", size=size, limit=limit)
    prepared = prepare_call(call, {name: each.tool for name, each in tools.items()})
    if isinstance(prepared, ToolResultPart):
        raise _failure(call, prepared.content, "arguments", **_readable(call.arguments))
    return prepared


def _readable(arguments: object) -> dict[str, Any]:
    """How far arguments are JSON, and what they say up to there; nothing if they are JSON."""
    if not isinstance(arguments, str):
        return {}
    reader = PartialJSON()
    try:
        json.loads(arguments)
        return {}
    except RecursionError:
        return {}
    except ValueError as error:
        position = getattr(error, "pos", 0) + 1
    with suppress(InvalidJSON):
        reader.feed(arguments)
    return {"position": position, "partial_result": reader.value if reader.started else None}


def _failure(call: ToolCall, message: str, stage: ToolStage, **facts: Any) -> ToolFailed:
    return ToolFailed(message, tool=call.name[:_SHOWN], call_id=call.id, stage=stage, **facts)


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
            found = {"cause": _TOO_LONG, "limit": seconds, "partial_result": context.yielded}
            raise _failure(context.call, why, "call", **found) from None
        kind = type(error).__name__
        raise _failure(context.call, f"{kind}: {error}", "call", cause=kind, partial_result=context.yielded) from error
    finally:
        context.cancelled = True


def _size(arguments: object) -> int:
    """Bytes of the arguments as JSON."""
    return len((arguments if isinstance(arguments, str) else to_json(arguments)).encode("utf-8", "surrogatepass"))


def _shown(result: ToolResultPart, limit: int) -> ToolResultPart:
    """The result as providers accept it: not longer than the limit, and without halves of characters, such as names of
    files have that are not UTF-8."""
    if not result.content.isascii():
        whole = result.content.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        result = msgspec.structs.replace(result, content=whole)
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
                last = context.yielded = next(steps)
            except StopIteration as end:
                return last if end.value is None else end.value
            context.progress(last)
    return last


async def _last_of(values: AsyncIterator[object], context: ToolContext) -> object:
    last: object = None
    async for last in values:
        context.yielded = last
        await context.aprogress(last)
    return last
