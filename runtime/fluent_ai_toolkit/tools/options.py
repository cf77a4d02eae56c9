"""What a caller can say of a run, beside the options of chat."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

import msgspec
from fluent_ai.arguments import as_mapping, check_number
from fluent_ai.content.parts import ToolCall
from fluent_ai.errors import ConfigError
from fluent_ai.verbs.chat_options import ChatOptions

from fluent_ai_toolkit.tools.declared import ToolSettings

Approve: TypeAlias = Callable[[ToolCall], "bool | str | Awaitable[bool | str]"]
"""Whether a call may be made: True, False, or a text that tells the model why not."""
OnError = Literal["tell", "raise"]


class RunOptions(ChatOptions, total=False):
    """The options of chat, and those of a run."""

    approve: Approve | None
    """Asked before a call is made, in a thread of its own unless it is asynchronous: True, False, or why not."""
    at_once: int
    """How many tools run at once, 16 by default."""
    max_turns: int
    """How often the model may answer, 10 by default. Further turns raise RunLimitReached, as do the next two."""
    token_limit: int | None
    """Tokens of all turns after which no other begins."""
    cost_limit: float | None
    """US dollars after which no other turn begins; a cost that is unknown is past any limit."""
    contexts: Sequence[object]
    """Objects that tools get for parameters of their type, unseen by the model."""
    on_error: OnError
    """`tell` the model what a tool raised, which is the default, or `raise` it, which ends the run."""
    tool_timeout: float | None
    """Seconds for a call of a tool that has no settings of its own; None, the default, for no limit."""
    arguments_limit: int
    """Bytes of the arguments of one call, 65,536 by default."""
    name_limit: int
    """Characters of the name in a call, 256 by default."""


class RunRules(msgspec.Struct, frozen=True, kw_only=True):
    """What the loop goes by."""

    approve: Approve | None = None
    at_once: int = 16
    max_turns: int = 10
    token_limit: int | None = None
    cost_limit: float | None = None
    arguments_limit: int = 65_536
    name_limit: int = 256
    on_error: OnError = "tell"


_RANGES: dict[str, tuple[type, float, float]] = {
    "at_once": (int, 1, math.inf),
    "max_turns": (int, 1, math.inf),
    "token_limit": (int, 1, math.inf),
    "cost_limit": (float, 0.0, math.inf),
    "arguments_limit": (int, 1, math.inf),
    "name_limit": (int, 1, math.inf),
}


def read_options(options: Mapping[str, Any]) -> tuple[RunRules, ToolSettings, Sequence[object], dict[str, Any]]:
    """The rules, the settings of tools that have none, the contexts, and the options of chat. Raises ConfigError."""
    chat = as_mapping(options, "options")
    given = {name: chat.pop(name) for name in RunRules.__struct_fields__ if name in chat}
    for name, (kind, low, high) in _RANGES.items():
        if given.get(name) is not None:
            given[name] = check_number(name, given[name], kind, low, high)
        elif name in given and name not in ("token_limit", "cost_limit"):
            raise ConfigError(f"{name} is None; allowed: a number from {low}")
    if (found := given.get("on_error", "tell")) not in get_args(OnError):
        raise ConfigError(f"on_error is {found!r}; allowed: {', '.join(get_args(OnError))}")
    if (approve := given.get("approve")) is not None and not callable(approve):
        raise ConfigError(f"approve is of type {type(approve).__name__}; allowed: a function of a ToolCall, or None")
    contexts = chat.pop("contexts", ())
    if not isinstance(contexts, list | tuple):
        raise ConfigError(f"contexts is of type {type(contexts).__name__}; allowed: a list of objects")
    settings = ToolSettings(timeout=chat.pop("tool_timeout", None))
    return RunRules(**given), settings, contexts, chat
