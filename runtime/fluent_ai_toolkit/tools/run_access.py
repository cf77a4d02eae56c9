"""What a toolset can do with the run that has opened it."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any, Final, Protocol, TypeAlias

from fluent_ai.content.parts import Message
from fluent_ai.content.reply import Reply
from fluent_ai.threads import submit

from fluent_ai_toolkit.tools.events import RunEvent

AskModel: TypeAlias = Callable[[Sequence[Message], Mapping[str, Any], "object | None"], Awaitable[Reply]]
"""Asks the run's model, or another one of the run's client: messages, options and the other model."""
Answer: TypeAlias = Callable[[AskModel], Awaitable[Reply]]


class RunAccess(Protocol):
    """The run, as its toolsets know it."""

    async def tell(self, event: RunEvent) -> None:
        """Let the run yield an event; suspends while the caller of the run is behind."""

    async def sample(self, answer: Answer) -> Reply:
        """A reply outside of the turns, which counts against the limits. Raises RunLimitReached if one is reached."""
        ...


current_run: Final[ContextVar[RunAccess | None]] = ContextVar("current_run", default=None)
"""The run that opens a toolset."""


async def ask_user(function: Callable[..., Any], *arguments: object) -> Any:
    """What a function of the caller's returns: in a thread of its own, unless it is asynchronous."""
    if inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__):
        answer = function(*arguments)
    else:
        answer = await asyncio.wrap_future(submit(partial(function, *arguments), name="question to the user"))
    return await answer if inspect.isawaitable(answer) else answer
