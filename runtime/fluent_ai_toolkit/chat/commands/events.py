"""What a command yields."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, TypeAlias

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.private import PrivateStruct

from fluent_ai_toolkit.chat.commands.macro_events import MacroEvent
from fluent_ai_toolkit.tools.events import RunEvent


class CommandOutput(PrivateStruct, JsonStruct, frozen=True, kw_only=True, tag_field="type", tag="command_output"):
    """One thing that a command has to say. The repr shows no content."""

    type: ClassVar[Literal["command_output"]] = "command_output"
    command: str
    """The name of the command, without its slash."""
    text: str
    """What it says, for people."""
    value: Any = None
    """The same as plain data; None if there is nothing more."""
    action: Literal["quit", "clear", "load"] | None = None
    """What whoever shows the chat has to do: end, or show the chat anew."""


ChatEvent: TypeAlias = RunEvent | CommandOutput | MacroEvent
"""What comes of a line that is entered: the events of a turn, what a command says, or what a macro does and enters."""
