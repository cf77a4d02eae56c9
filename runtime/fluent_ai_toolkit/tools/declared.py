"""Tools with settings of their own, and parameters that a run fills in."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Final, Protocol, overload

import msgspec
from fluent_ai.arguments import check_number
from fluent_ai.content.parts import Tool, ToolCall
from fluent_ai.errors import Cancelled, ConfigError, ToolError
from fluent_ai.schema.tools import ToolInput, routine_of, to_tools, unpack

from fluent_ai_toolkit.tools.events import RunEvent, ToolProgress


class ToolSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a run calls one tool."""

    timeout: float | None = None
    """Seconds for one call; None for no limit."""
    retries: int = 0
    """How often a call that raised, or took too long, is made again."""
    approval: bool | None = None
    """True if each call must be approved, False if none need be; None if `approve` decides where it is given."""
    result_limit: int = 262_144
    """Bytes of a result as text; a longer one is cut, and says so."""

    def __post_init__(self) -> None:
        if self.timeout is not None:
            check_number("timeout", self.timeout, float, 0.0, float("inf"))
        check_number("retries", self.retries, int, 0, 100)
        check_number("result_limit", self.result_limit, int, 1, 2**31)


class Outlet(Protocol):
    """Where the events of tools go."""

    def emit(self, value: RunEvent) -> None:
        """From a thread; blocks while the caller of the run is behind."""

    async def aemit(self, value: RunEvent) -> None:
        """From the event loop of the run."""


class ToolContext:
    """What a tool can know of its call and say meanwhile: a run fills in parameters of this type, unseen by the model.

    def download(url: str, context: ai.tools.ToolContext) -> str:
        context.progress("asking the server")
        ...
    """

    def __init__(self, call: ToolCall, turn: int, outlet: Outlet) -> None:
        self.call = call
        """The call."""
        self.turn = turn
        """The number of the model's turn that made it."""
        self.cancelled = False
        """True once nobody waits for the result: the run was left, or the call took too long."""
        self.yielded: object = None
        """What a generator has yielded last."""
        self._outlet = outlet

    def progress(self, value: object) -> None:
        """Let the run yield a ToolProgress with this value. Raises Cancelled once nobody waits for the result."""
        self._outlet.emit(self._made(value))

    async def aprogress(self, value: object) -> None:
        """`progress` for a function in an event loop: suspends while the caller of the run is behind."""
        await self._outlet.aemit(self._made(value))

    def _made(self, value: object) -> ToolProgress:
        if self.cancelled:
            raise Cancelled(f"nobody waits for the tool {self.call.name!r} any more")
        return ToolProgress(self.call.id, value)


current_call: Final[ContextVar[ToolContext]] = ContextVar("current_call")
"""The call that a function is carrying out, for those whose parameters are not in Python."""


class ConfiguredTool:
    """A function with settings, made by `tool`. It can be called, and given as a tool, like the function itself."""

    def __init__(self, function: Callable[..., Any], name: str | None, settings: ToolSettings) -> None:
        functools.update_wrapper(self, function)
        self.__name__ = name or str(getattr(function, "__name__", type(function).__name__))
        self._function = function
        self.settings = settings
        """How a run calls it."""

    def __call__(self, /, *arguments: Any, **named: Any) -> Any:
        return self._function(*arguments, **named)

    def __repr__(self) -> str:
        return f"<tool {self.__name__}>"


@overload
def tool(function: Callable[..., Any], /, *, name: str | None = None, **settings: Any) -> ConfiguredTool: ...
@overload
def tool(*, name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], ConfiguredTool]: ...
def tool(
    function: Callable[..., Any] | None = None, /, *, name: str | None = None, **settings: Any
) -> ConfiguredTool | Callable[[Callable[..., Any]], ConfiguredTool]:
    """The function as a tool with the settings of ToolSettings; also a decorator.

    Raises ConfigError for settings that do not exist or are out of range.
    """
    try:
        made = ToolSettings(**settings)
    except TypeError:
        allowed = ", ".join(ToolSettings.__struct_fields__)
        raise ConfigError(f"settings of a tool are {', '.join(settings)}; allowed: {allowed}") from None
    if function is None:
        return lambda given: ConfiguredTool(given, name, made)
    if not callable(function):
        raise ConfigError(f"function is of type {type(function).__name__}; allowed: a typed function")
    return ConfiguredTool(function, name, made)


class BoundTool(msgspec.Struct, frozen=True):
    """A tool as a run uses it."""

    tool: Tool
    """What the model sees, and the function."""
    settings: ToolSettings
    filled_in: Mapping[str, object]
    """What the run passes: by parameter, the caller's own object, or ToolContext for that of the call."""


def bind(tools: Sequence[ToolInput], contexts: Sequence[object], settings: ToolSettings) -> dict[str, BoundTool]:
    """The tools by name. Raises ToolError for a tool that cannot be run or is there twice."""
    given, _ = unpack(tools)
    filled = [_filled_in(each, contexts) if callable(each) else {} for each in given]
    made = to_tools(
        [
            functools.partial(each, **dict.fromkeys(names)) if names and callable(each) else each
            for each, names in zip(given, filled, strict=True)
        ]
    )
    for each in made:
        if each.function is None:
            raise ToolError(f"tool {each.name!r} has no function, so a run cannot call it")
    return {
        each.name: BoundTool(each, _settings_of(one) or settings, names)
        for each, one, names in zip(made, given, filled, strict=True)
    }


def _settings_of(tool: ToolInput) -> ToolSettings | None:
    """Those of the tool's own, also of the function of a `Tool`."""
    function = tool.function if isinstance(tool, Tool) else tool
    return function.settings if isinstance(function, ConfiguredTool) else None


def _filled_in(function: Callable[..., Any], contexts: Sequence[object]) -> dict[str, object]:
    """The parameters whose type is ToolContext, or that of one of the caller's contexts."""
    try:
        hints = typing.get_type_hints(routine_of(function))
    except Exception:  # `to_tools` says what is wrong with it
        return {}
    found: dict[str, object] = {}
    for name, kind in hints.items():
        if name == "return" or not isinstance(kind, type):
            continue
        if kind is ToolContext:
            found[name] = ToolContext
        elif (context := next((each for each in contexts if type(each) is kind), None)) is not None:
            found[name] = context
    return found
