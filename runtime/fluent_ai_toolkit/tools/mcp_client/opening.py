"""`mcp`: an MCP server from what a caller says of it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final, TextIO, get_args
from urllib.parse import urlsplit

from fluent_ai.arguments import check_number
from fluent_ai.auth.extras import installed, missing
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.tools.events import LogLevel
from fluent_ai_toolkit.tools.mcp_client.address import Address, Auth
from fluent_ai_toolkit.tools.mcp_client.elicitation import Elicit
from fluent_ai_toolkit.tools.mcp_client.sampling import Sampling
from fluent_ai_toolkit.tools.mcp_client.server import Folders, MCPServer

TIMEOUT: Final = 60.0
MESSAGE_LIMIT: Final = 16 * 1024 * 1024


def mcp(
    *command: str | os.PathLike[str],
    url: str | None = None,
    headers: Mapping[str, str] | None = None,
    auth: Auth | None = None,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    name: str | None = None,
    timeout: float | None = TIMEOUT,
    start_timeout: float = TIMEOUT,
    message_limit: int = MESSAGE_LIMIT,
    approval: bool | None = None,
    definitions: Mapping[str, str] | None = None,
    sampling: Sampling | None = None,
    elicit: Elicit | None = None,
    roots: Folders | None = None,
    log_level: LogLevel | None = None,
    stderr: TextIO | None = None,
) -> MCPServer:
    """The tools of a server that speaks the Model Context Protocol, for `client.run`; resources and prompts, too.

    It is a program and its arguments, which the run starts and ends, or an address that is asked over streamable HTTP
    with these `headers` and `auth`: a bearer token, a function that returns one, or an OAuth flow. A program has the
    variables in `env`, and of ours only those that every program needs, such as PATH; it is started in `cwd`. What it
    writes to its standard error is dropped unless `stderr` is an open file.

    `name` stands for the server in errors, and before names of tools that others have, too; by default it is the
    program's or the host's. A call has `timeout` seconds; a server that does not answer in time, or has ended, is a
    failed call, of which the model is told. It has `start_timeout` seconds until its tools are known, and a message of
    it `message_limit` bytes. `approval` is that of `ai.tools.tool`. With `definitions`, only tools whose definition
    has that SHA-256 are offered.

    What a server may ask of us is off unless it is given: replies of a model (`sampling`), answers of the user
    (`elicit`), the folders that it may use (`roots`). `log_level` asks it for its log.

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
    if command and (headers is not None or auth is not None):
        raise ConfigError("headers and auth are of a url, not of a command")
    if timeout is not None:
        check_number("timeout", timeout, float, 0.0, float("inf"))
    check_number("start_timeout", start_timeout, float, 0.0, float("inf"))
    check_number("message_limit", message_limit, int, 1_024, 2**31)
    if log_level is not None and log_level not in get_args(LogLevel):
        raise ConfigError(f"log_level is {log_level!r}; allowed: {', '.join(get_args(LogLevel))}")
    if sampling is not None and not isinstance(sampling, Sampling):
        raise ConfigError(f"sampling is of type {type(sampling).__name__}; allowed: ai.tools.Sampling, or None")
    if elicit is not None and not callable(elicit):
        raise ConfigError(f"elicit is of type {type(elicit).__name__}; allowed: a function of an Elicitation, or None")
    if not installed("mcp"):
        raise missing("mcp", "ai.tools.mcp")
    _check_auth(auth)
    words = [os.fspath(each) for each in command]
    known_as = PurePath(words[0]).stem if url is None else _host(url)
    address = Address(
        name=name or re.sub(r"[^\w.-]", "_", known_as),
        command=words,
        url=url,
        headers=_texts("headers", headers),
        auth=auth,
        env=_texts("env", env),
        cwd=None if cwd is None else os.fspath(cwd),
        timeout=timeout,
        start_timeout=start_timeout,
        message_limit=message_limit,
        approval=approval,
        stderr=stderr,
        sampling=sampling,
        elicit=elicit,
        log_level=log_level,
    )
    return MCPServer(address, roots, None if definitions is None else _texts("definitions", definitions))


def _check_auth(auth: object) -> None:
    if auth is None or isinstance(auth, str) or callable(auth) or hasattr(auth, "async_auth_flow"):
        return
    kind = type(auth).__name__
    raise ConfigError(f"auth of mcp is of type {kind}; allowed: a token, a function that returns one, or httpx2.Auth")


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
