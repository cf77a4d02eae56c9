"""MCP servers as toolsets of a run."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import PurePath
from typing import Final, NoReturn, TextIO
from urllib.parse import urlsplit

from fluent_ai.arguments import check_number
from fluent_ai.auth.extras import installed, missing
from fluent_ai.content.parts import Tool
from fluent_ai.errors import ConfigError, ToolError

from fluent_ai_toolkit.tools.mcp_client.address import Address

TIMEOUT: Final = 60.0


class MCPServer:
    """An MCP server among the tools of a run, made by `mcp`. Each run that has it opens a session of its own."""

    def __init__(self, address: Address) -> None:
        self._address = address

    @property
    def name(self) -> str:
        """What errors call it, and what is put before the name of a tool that another tool has, too."""
        return self._address.name

    def tools(self) -> NoReturn:
        """Raises ToolError: there are tools only while a run has the server open."""
        raise ToolError(f"MCP server {self.name!r} is opened by a run only; give it to client.run")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sequence[Tool]]:
        """Its tools, which can be called as long as the context lasts. Raises MCPFailed if it cannot be reached."""
        from fluent_ai_toolkit.tools.mcp_client.connection import Connection

        connection = Connection(self._address)
        try:
            yield await connection.tools()
        finally:
            await connection.close()

    def __repr__(self) -> str:
        return f"<MCP server {self.name!r}>"


def mcp(
    *command: str | os.PathLike[str],
    url: str | None = None,
    headers: Mapping[str, str] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    name: str | None = None,
    timeout: float | None = TIMEOUT,
    start_timeout: float = TIMEOUT,
    approval: bool | None = None,
    stderr: TextIO | None = None,
) -> MCPServer:
    """The tools of a server that speaks the Model Context Protocol, for `client.run`.

    It is a program and its arguments, which the run starts and ends, or an address that is asked over streamable HTTP
    with these `headers`. A program has the variables in `env`, and of ours only those that every program needs, such as
    PATH; it is started in `cwd`. What it writes to its standard error is dropped unless `stderr` is an open file.
    `name` stands for the server in errors, and before names of tools that others have, too; by default it is the
    program's or the host's. A call has `timeout` seconds; a server that does not answer in time, or has ended, is a
    failed call, of which the model is told. It has `start_timeout` seconds until its tools are known. `approval` is
    that of `ai.tools.tool`.

    Raises ConfigError for arguments that do not fit, and where the extra `mcp` is not installed. What cannot be started
    or reached ends the run with MCPFailed.

    client.run("openai:gpt-5.1", "What has changed?", tools=[ai.tools.mcp("uvx", "mcp-server-git")])
    """
    if bool(command) == (url is not None):
        raise ConfigError("mcp takes either a command with its arguments, or url")
    for each in command:
        if not isinstance(each, str | os.PathLike):
            raise ConfigError(f"command of mcp holds {type(each).__name__}; allowed: str and paths")
    if url is not None and (env is not None or cwd is not None or stderr is not None):
        raise ConfigError("env, cwd and stderr are of a command, not of a url")
    if command and headers is not None:
        raise ConfigError("headers are of a url, not of a command")
    for what, seconds in (("timeout", timeout), ("start_timeout", start_timeout)):
        if what != "timeout" or seconds is not None:
            check_number(what, seconds, float, 0.0, float("inf"))
    words = [os.fspath(each) for each in command]
    known_as = PurePath(words[0]).stem if url is None else _host(url)
    if not installed("mcp"):
        raise missing("mcp", "ai.tools.mcp")
    address = Address(
        name=name or re.sub(r"[^\w.-]", "_", known_as),
        command=words,
        url=url,
        headers=_texts("headers", headers),
        env=_texts("env", env),
        cwd=None if cwd is None else os.fspath(cwd),
        timeout=timeout,
        start_timeout=start_timeout,
        approval=approval,
        stderr=stderr,
    )
    return MCPServer(address)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.hostname and parts.scheme in ("http", "https"):
            return parts.hostname
    except (ValueError, TypeError, AttributeError):
        pass
    raise ConfigError("url of mcp is not an address of http or https")


def _texts(what: str, given: Mapping[str, str] | None) -> Mapping[str, str]:
    if given is None:
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(each, str) for pair in given.items() for each in pair):
        raise ConfigError(f"{what} of mcp holds something else than texts by name")
    return given
