"""The tools that `-T` names: those of the toolkit, MCP servers, and functions of the user's own files."""

from __future__ import annotations

import inspect
import runpy
import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fluent_ai.arguments import did_you_mean
from fluent_ai.errors import ConfigError

NAMES: Mapping[str, str] = {
    "calculator": "arithmetic",
    "web_search": "searches the web",
    "web_fetch": "reads pages of the web",
    "files": "reads the files of a folder, files:PATH",
    "mcp": "the tools of an MCP server: mcp:COMMAND or mcp:https://...",
    "python": "the functions of a file, which is run: python:PATH",
}
"""Name -> what it does."""
OF_A_PLACE = ("files", "mcp", "python")
"""The names that a colon follows, and then a path, a command or a URL."""


def all_tools_of(names: Sequence[str]) -> list[Any]:
    """What `client.run` takes for several names. Raises ConfigError for unknown ones."""
    return [tool for name in names for tool in tools_of(name)]


def tools_of(name: str) -> list[Any]:
    """What `client.run` takes for a name. Raises ConfigError for an unknown one."""
    from fluent_ai_toolkit import tools

    kind, _, rest = name.partition(":")
    if kind in OF_A_PLACE and not rest:
        raise ConfigError(f"-T {name} says not which; allowed: {kind}:{'COMMAND' if kind == 'mcp' else 'PATH'}")
    match kind:
        case "calculator" if not rest:
            return [tools.calculator]
        case "web_search" if not rest:
            return [tools.web_search()]
        case "web_fetch" if not rest:
            return [tools.web_fetch()]
        case "files":
            return [tools.Files(rest)]
        case "mcp":
            is_url = rest.startswith(("http://", "https://"))
            return [tools.mcp(url=rest) if is_url else tools.mcp(*shlex.split(rest))]
        case "python":
            return _functions(rest)
    raise ConfigError(f"-T {name!r:.80} is not known.{did_you_mean(kind, list(NAMES))} Allowed: {', '.join(NAMES)}")


def _functions(path: str) -> list[Callable[..., Any]]:
    """The public functions that a file defines itself."""
    try:
        found = runpy.run_path(path, run_name="fluent_ai_tools")
    except (OSError, SyntaxError) as error:
        raise ConfigError(f"-T python:{path}: {error}") from None
    functions: list[Callable[..., Any]] = [
        each
        for name, each in found.items()
        if inspect.isfunction(each) and each.__module__ == "fluent_ai_tools" and not name.startswith("_")
    ]
    if not functions:
        raise ConfigError(f"-T python:{path}: it defines no function whose name does not begin with _")
    return functions
