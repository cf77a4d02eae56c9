"""The tools of one run: those that are there from the start, and those of toolsets that the run opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Final, Protocol, runtime_checkable

import msgspec
from fluent_ai.content.parts import Tool
from fluent_ai.schema.tools import ToolInput, Toolset, unpack

from fluent_ai_toolkit.tools.declared import BoundTool, ToolSettings, bind

_LONGEST_NAME: Final = 64


@runtime_checkable
class OpenedToolset(Toolset, Protocol):
    """A toolset whose tools exist only while it is open, such as an MCP server.

    A run opens it before its first turn, and closes it at its end, in the run's own event loop. `tools()` is called
    where nothing opens it, and should raise a ToolError that says so.
    """

    @property
    def name(self) -> str:
        """What is put before the name of a tool that another tool has, too."""
        ...

    def open(self) -> AbstractAsyncContextManager[Sequence[Tool]]:
        """The tools, for as long as the context lasts."""
        ...


class RunTools:
    """The tools of a run, before and while its toolsets are open.

    Raises ToolError for a tool that cannot be run or is there twice.
    """

    def __init__(self, given: Sequence[ToolInput], contexts: Sequence[object], settings: ToolSettings) -> None:
        several = isinstance(given, Sequence)
        self._to_open = [each for each in given if isinstance(each, OpenedToolset)] if several else []
        self._there = [each for each in given if not isinstance(each, OpenedToolset)] if self._to_open else given
        self._contexts = contexts
        self._settings = settings
        self.bound: dict[str, BoundTool] = {}
        """Those that the run calls, by name."""
        self.offered: list[ToolInput] = []
        """Those that the model is offered."""
        self._bind(self._there)

    @property
    def complete(self) -> bool:
        """True if no toolset has to be opened to know the tools."""
        return not self._to_open

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Open the toolsets, one after the other, and close them at the end."""
        async with AsyncExitStack() as stack:
            groups = [(each.name, await stack.enter_async_context(each.open())) for each in self._to_open]
            if groups:
                self._bind([*self._there, *_with_own_names(self.bound, groups)])
            yield

    def _bind(self, tools: Sequence[ToolInput]) -> None:
        functions, hosted = unpack(tools)
        self.bound = bind(functions, self._contexts, self._settings)
        self.offered = [*(each.tool for each in self.bound.values()), *hosted]


def _with_own_names(taken: Iterable[str], groups: Sequence[tuple[str, Sequence[Tool]]]) -> list[Tool]:
    """The tools under names that providers accept and no other tool has: one that is not alone is put after its
    toolset's name, and numbered if that does not help.
    """
    used = set(taken)
    shared = Counter(used)
    shared.update(_accepted(tool.name) for _, tools in groups for tool in tools)
    found = []
    for toolset, tools in groups:
        for tool in tools:
            name = _accepted(tool.name)
            if shared[name] > 1:
                name = _accepted(f"{toolset}_{name}")
            first, number = name, 1
            while name in used:
                number += 1
                name = f"{first[: _LONGEST_NAME - 6]}_{number}"
            used.add(name)
            found.append(msgspec.structs.replace(tool, name=name))
    return found


def _accepted(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)[:_LONGEST_NAME] or "tool"
