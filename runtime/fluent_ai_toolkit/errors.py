"""What can go wrong in a run of tools and in a store of chats; all are FluentErrors."""

from __future__ import annotations

import re
from typing import Any, Literal

from fluent_ai.errors import ConfigError, FluentError, ToolError

ToolStage = Literal["arguments", "call", "result"]
FetchReason = Literal[
    "url", "domain", "address", "redirects", "status", "media_type", "too_large", "timeout", "connection",
]  # fmt: skip
FileReason = Literal[
    "outside", "missing", "hidden", "not_a_file", "not_a_folder", "no_permission", "special", "malformed",
    "too_large", "binary", "unreadable",
]  # fmt: skip
GitReason = Literal["missing", "not_a_repository", "ref", "fetch", "timeout", "too_large", "failed"]
MCPReason = Literal["start", "timeout", "connection", "protocol", "changed", "auth"]
ChatStoreReason = Literal["damaged", "locked", "unwritable", "newer_format"]
MemoryReason = Literal["empty", "too_long", "secret", "full", "missing", "malformed", "outside", "unreadable"]
RunLimit = Literal["max_turns", "token_limit", "cost_limit"]
MacroLimit = Literal["seconds", "steps", "depth"]
ExpressionReason = Literal["syntax", "unknown_name", "arguments", "division_by_zero", "no_result", "too_large"]


class ToolFailed(FluentError):
    """A tool could not do what the model asked of it. The function's own exception is the `__cause__`."""

    def __init__(
        self,
        message: str,
        *,
        tool: str,
        call_id: str,
        stage: ToolStage,
        cause: str | None = None,
        size: int | None = None,
        limit: float | None = None,
        position: int | None = None,
        partial_result: object = None,
        **facts: Any,
    ) -> None:
        super().__init__(message, **facts)
        self.tool = tool
        """The name of the tool."""
        self.call_id = call_id
        """The id of the call."""
        self.stage: ToolStage = stage
        """`arguments` if nothing was called, `call` if the function failed, `result` if its value cannot be used."""
        self.cause = cause
        """The type of the function's exception."""
        self.size = size
        """How many bytes there were, if there were too many."""
        self.limit = limit
        """How many bytes, characters or seconds are allowed, if that is what failed."""
        self.position = position
        """The character of the arguments, the first being 1, from which on they are not JSON."""
        self.partial_result = partial_result
        """What could be read of such arguments, or what a generator had yielded last before it failed."""

    @property
    def is_of_function(self) -> bool:
        """True if the function is at fault: neither the arguments, nor a ToolError that it raised for the model."""
        return self.stage != "arguments" and self.cause != "ToolError"


class RunLimitReached(FluentError):
    """A run would have gone past a limit of its own. `partial` is the RunResult so far, whose history can go on."""

    def __init__(self, message: str, *, limit: RunLimit, allowed: float, found: float | None, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.limit: RunLimit = limit
        """`max_turns`, `token_limit` or `cost_limit`."""
        self.allowed = allowed
        """What the limit allows: turns, tokens or US dollars."""
        self.found = found
        """What was reached; None for a cost that is unknown."""


class ExpressionError(ToolError):
    """What a calculator was given is no expression, or has no result."""

    def __init__(self, message: str, *, reason: ExpressionReason, position: int | None, **facts: Any) -> None:
        super().__init__(message if position is None else f"at character {position}: {message}", **facts)
        self.reason: ExpressionReason = reason
        """`syntax`, `unknown_name`, `arguments`, `division_by_zero`, `no_result` (in real numbers) or `too_large`."""
        self.position = position
        """The character of the expression, the first being 1; None if a variable is at fault."""


class MacroError(ConfigError):
    """A macro is wrong, or lacks a variable."""

    def __init__(
        self, message: str, *, macro: str, line: int | None = None, column: int | None = None, **facts: Any
    ) -> None:
        where = "" if line is None else f", line {line}" if column is None else f", line {line}, column {column}"
        super().__init__(f"macro {macro!r}{where}: {message}", **facts)
        self.macro = macro
        """The name of the macro."""
        self.line = line
        """The line, or the number of the step, the first being 1; None if the macro as a whole is at fault."""
        self.column = column
        """The character of that line, the first being 1; None if the line as a whole is at fault."""


class MacroLimitReached(FluentError):
    """A macro ran for longer than it may."""

    def __init__(self, message: str, *, macro: str, limit: MacroLimit, **facts: Any) -> None:
        super().__init__(f"macro {macro!r}: {message}", **facts)
        self.macro = macro
        """The name of the macro."""
        self.limit: MacroLimit = limit
        """`seconds`, `steps` or `depth` (of macros within one another)."""


class FileRefused(ToolError):
    """A file or folder may not be read by a model, or cannot be."""

    def __init__(
        self,
        message: str,
        *,
        reason: FileReason,
        path: str,
        size: int | None = None,
        limit: int | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(f"{path!r}: {message}", **facts)
        self.reason: FileReason = reason
        """What is wrong with it: it is `outside` of the allowed folders, `missing`, `too_large`, and so on."""
        self.path = path
        """The path that was asked for."""
        self.size = size
        """How many bytes there are, if there are too many."""
        self.limit = limit
        """How many are allowed, if there are too many."""


class MemoryRefused(ToolError):
    """Something may not be remembered, or is not there."""

    def __init__(self, message: str, *, reason: MemoryReason, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.reason: MemoryReason = reason
        """`secret` for what looks like a key, `full` where there are too many, `missing` for what is not there,
        `outside` for paths that lead elsewhere, `unreadable` if the file cannot be used, and so on."""


class FetchFailed(ToolError):
    """A page of the web may not be fetched for a model, or cannot be."""

    def __init__(
        self,
        message: str,
        *,
        reason: FetchReason,
        url: str,
        status: int | None = None,
        size: int | None = None,
        limit: int | None = None,
        **facts: Any,
    ) -> None:
        self.url = re.split(r"[?#]", url.strip(), maxsplit=1)[0][:200]
        """What was asked for, without its query, which may hold keys."""
        super().__init__(f"{self.url!r}: {message}", status=status, **facts)
        self.reason: FetchReason = reason
        """What failed: the `url`, its `domain` or `address`, the `status` of the answer, and so on."""
        self.size = size
        """How many bytes there are, if that is known and there are too many."""
        self.limit = limit
        """How many are allowed, if there are too many."""


class GitFailed(ToolError):
    """git cannot read a repository or a commit, or cannot fetch it."""

    def __init__(self, message: str, *, reason: GitReason, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.reason: GitReason = reason
        """`missing` if there is no git, `not_a_repository`, `ref` for a commit that is not there, and so on."""


class SearchFailed(ToolError):
    """A service that searches the web has no results; `status`, `retryable` and `retry_after` are its own."""


class MCPFailed(ToolError):
    """An MCP server cannot be started or reached, or does not answer as the protocol has it."""

    def __init__(self, message: str, *, server: str, reason: MCPReason, **facts: Any) -> None:
        super().__init__(f"MCP server {server!r}: {message}", **facts)
        self.server = server
        """The name of the server."""
        self.reason: MCPReason = reason
        """`start` or `timeout` if it could not be opened, `connection` if it has gone, `protocol` if it does not keep
        to that, `changed` for a tool that is not what it was, `auth` if it refuses who asks."""


class CollectionsFailed(FluentError):
    """A file of collections cannot be read or written."""

    def __init__(self, message: str, *, path: str, **facts: Any) -> None:
        super().__init__(f"the collections in {path!r} cannot be used: {message}", **facts)
        self.path = path
        """The path of the file."""


class ChatStoreFailed(FluentError):
    """The file of a store of chats cannot be read or written."""

    def __init__(
        self, message: str, *, reason: ChatStoreReason, path: str, backup: str | None = None, **facts: Any
    ) -> None:
        super().__init__(f"{path!r}: {message}", **facts)
        self.reason: ChatStoreReason = reason
        """`damaged`; `locked` by another process; `unwritable`, as on a full disk; or of a `newer_format`."""
        self.path = path
        """The path of the file."""
        self.backup = backup
        """Where a copy of the damaged file is."""
