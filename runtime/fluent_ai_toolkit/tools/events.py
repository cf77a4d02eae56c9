"""What a run yields besides the events of its replies, and what it comes to."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, TypeAlias

import msgspec
from fluent_ai.content.events import Event
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import Message, ToolCall, ToolResultPart
from fluent_ai.content.reply import Reply
from fluent_ai.content.results import Result

from fluent_ai_toolkit.errors import ToolFailed

ToolStatus = Literal["done", "failed", "timed_out", "denied", "not_run", "cancelled"]


class ToolRun(JsonStruct, frozen=True, kw_only=True):
    """One call of a tool: what it gave back, how it ended and how long it took."""

    call: ToolCall
    """The call as the model made it."""
    turn: int
    """The number of the model's turn that made it, from 1; 0 for calls that the given history left unanswered."""
    result: ToolResultPart
    """What the model is shown."""
    status: ToolStatus
    """How it ended: `denied` calls and those that were `not_run`, because their reply was cut off, never started; those
    that were `cancelled` for that reason had."""
    error: ToolFailed | None = None
    """Why it failed."""
    attempts: int = 0
    """How often the function was called."""
    started: float | None = None
    """When it started, in seconds of `time.time()`; None if it did not."""
    seconds: float | None = None
    """How long it took; None if it did not start."""

    @property
    def ended(self) -> float | None:
        """When it ended, in seconds of `time.time()`; None if it did not start."""
        return None if self.started is None or self.seconds is None else self.started + self.seconds


class ToolStarted(JsonStruct, frozen=True, tag_field="type", tag="tool_started"):
    """A tool is being called."""

    type: ClassVar[Literal["tool_started"]] = "tool_started"
    call: ToolCall
    """The call."""
    turn: int
    """The number of the model's turn that made it."""


class ToolProgress(JsonStruct, frozen=True, tag_field="type", tag="tool_progress"):
    """A value that a tool yielded, or reported, while it ran."""

    type: ClassVar[Literal["tool_progress"]] = "tool_progress"
    call_id: str
    """The id of the call."""
    value: Any
    """What the tool yielded."""


class ToolFinished(JsonStruct, frozen=True, tag_field="type", tag="tool_finished"):
    """A call is over, whether it started or not. Each call that a run sees has exactly one."""

    type: ClassVar[Literal["tool_finished"]] = "tool_finished"
    run: ToolRun
    """What became of the call."""


LogLevel = Literal["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]


class MCPLog(JsonStruct, frozen=True, tag_field="type", tag="mcp_log"):
    """What an MCP server writes into its log, or what is wrong with what it sends (`logger` is then `fluent_ai`)."""

    type: ClassVar[Literal["mcp_log"]] = "mcp_log"
    server: str
    """The name of the server."""
    level: LogLevel
    """How grave it is, as syslog has it (RFC 5424)."""
    data: Any
    """What it says: a text, or any other JSON."""
    logger: str | None = None
    """Which part of the server says it."""


class MCPChanged(JsonStruct, frozen=True, kw_only=True, tag_field="type", tag="mcp_changed"):
    """What an MCP server offers is not what it was, or some of it is not offered to the model."""

    type: ClassVar[Literal["mcp_changed"]] = "mcp_changed"
    server: str
    """The name of the server."""
    what: Literal["tools", "resources", "prompts", "resource"]
    """Which list has changed; `resource` if the content of one has."""
    uri: str | None = None
    """The resource that has changed."""
    added: tuple[str, ...] = ()
    """Tools, by the server's names, that the model is offered from the next turn on."""
    removed: tuple[str, ...] = ()
    """Tools that are not there any more."""
    refused: dict[str, str] = msgspec.field(default_factory=dict)
    """Tools that are not offered, and why: one that is no longer what it was, or whose schema is wrong."""


class MCPRestarted(JsonStruct, frozen=True, tag_field="type", tag="mcp_restarted"):
    """The session with an MCP server had ended, and there is a new one; what it kept in the old one is gone."""

    type: ClassVar[Literal["mcp_restarted"]] = "mcp_restarted"
    server: str
    """The name of the server."""
    reason: str
    """What had happened."""


class MCPSampled(JsonStruct, frozen=True, tag_field="type", tag="mcp_sampled"):
    """A model has answered a request of an MCP server, as `ai.tools.Sampling` allows it."""

    type: ClassVar[Literal["mcp_sampled"]] = "mcp_sampled"
    server: str
    """The name of the server."""
    reply: Reply
    """What the server was given."""


MCPEvent: TypeAlias = MCPLog | MCPChanged | MCPRestarted | MCPSampled
"""What MCP servers say between the calls of their tools."""
RunEvent: TypeAlias = Event | ToolStarted | ToolProgress | ToolFinished | MCPEvent
"""The events of each reply in their order; those of the tools come between them as they happen."""


class RunResult(Result, frozen=True, kw_only=True):
    """What a run came to. `usage` adds up its turns, and `history` is all that another run needs to go on."""

    reply: Reply | None = None
    """The last reply; None if there was none."""
    replies: tuple[Reply, ...] = ()
    """The reply of each turn."""
    sampled: tuple[Reply, ...] = ()
    """Replies to requests of MCP servers (`ai.tools.Sampling`); their usage counts, too."""
    calls: tuple[ToolRun, ...] = ()
    """The calls of all turns, in the order in which they ended."""
    history: tuple[Message, ...] = ()
    """The conversation: the messages that were given, the replies and the results of their calls."""

    @property
    def text(self) -> str:
        """The text of the last reply."""
        return "" if self.reply is None else self.reply.text

    @property
    def output(self) -> Any:
        """The output of the last reply, of the type that was asked for."""
        return None if self.reply is None else self.reply.output
