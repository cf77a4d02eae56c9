"""The tools of one run: those that are there from the start, and those of toolsets that the run opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Container, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Final, Protocol, TypeAlias, runtime_checkable

import msgspec
from fluent_ai.content.parts import Tool
from fluent_ai.schema.tools import ToolInput, Toolset, unpack

from fluent_ai_toolkit.tools.declared import BoundTool, ToolSettings, bind

_LONGEST_NAME: Final = 64
_Key: TypeAlias = tuple[int, str, int]


@runtime_checkable
class OpenedToolset(Toolset, Protocol):
    """A toolset whose tools exist only while it is open, such as an MCP server.

    A run opens it before its first turn, and closes it at its end, in the run's own event loop. Tools that come and go
    meanwhile are put into the list, or taken out of it: the run looks at it before each turn. `tools()` is called where
    nothing opens it, and should raise a ToolError that says so.
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
        self._groups: list[Sequence[Tool]] = []
        self._seen: list[tuple[Tool, ...]] = []
        self._names: dict[_Key, str] = {}
        self.bound: dict[str, BoundTool] = {}
        """Those that the run calls, by name."""
        self.offered: list[ToolInput] = []
        """Those that the model is offered."""
        self._bind(self._there)
        self._own = tuple(self.bound)

    @property
    def complete(self) -> bool:
        """True if no toolset has to be opened to know the tools."""
        return not self._to_open

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Open the toolsets, one after the other, and close them at the end."""
        async with AsyncExitStack() as stack:
            self._groups = [await stack.enter_async_context(each.open()) for each in self._to_open]
            self.look_again()
            yield

    def look_again(self) -> None:
        """See what the toolsets have now. A tool keeps the name under which the model knows it."""
        now = [tuple(tools) for tools in self._groups]
        if now != self._seen:
            self._seen = now
            self._bind([*self._there, *self._renamed(now)])

    def _bind(self, tools: Sequence[ToolInput]) -> None:
        functions, hosted = unpack(tools)
        self.bound = bind(functions, self._contexts, self._settings)
        self.offered = [*(each.tool for each in self.bound.values()), *hosted]

    def _renamed(self, groups: Sequence[Sequence[Tool]]) -> list[Tool]:
        """The tools under names that providers accept and no other tool has: one that is not alone is put after its
        toolset's name, and numbered if that does not help.
        """
        found = [(*key, tool) for group, tools in enumerate(groups) for key, tool in _numbered(group, tools)]
        used = {*self._own, *self._names.values()}
        shared = Counter(used)
        shared.update(_accepted(tool.name) for *key, tool in found if tuple(key) not in self._names)
        renamed = []
        for group, name, nth, tool in found:
            key = (group, name, nth)
            if key not in self._names:
                self._names[key] = _free(tool.name, self._to_open[group].name, shared, used)
                used.add(self._names[key])
            renamed.append(msgspec.structs.replace(tool, name=self._names[key]))
        return renamed


def _numbered(group: int, tools: Sequence[Tool]) -> Iterator[tuple[_Key, Tool]]:
    """The tools with what tells them apart: the group, the name, and which of that name it is."""
    seen: Counter[str] = Counter()
    for tool in tools:
        seen[tool.name] += 1
        yield (group, tool.name, seen[tool.name]), tool


def _free(tool: str, toolset: str, shared: Mapping[str, int], used: Container[str]) -> str:
    name = _accepted(tool)
    if shared[name] > 1:
        name = _accepted(f"{toolset}_{name}")
    first, number = name, 1
    while name in used:
        number += 1
        name = f"{first[: _LONGEST_NAME - 6]}_{number}"
    return name


def _accepted(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)[:_LONGEST_NAME] or "tool"
