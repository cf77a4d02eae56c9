"""What a macro says of itself while it is played; the events of its lines come between these."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from fluent_ai.content.json_struct import JsonStruct


class StepStarted(JsonStruct, frozen=True, tag_field="type", tag="step_started"):
    """A message or a command is entered."""

    type: ClassVar[Literal["step_started"]] = "step_started"
    macro: str
    """The name of the macro."""
    line: int
    """The line of the macro, the first being 1."""
    text: str
    """What is entered, with the variables filled in."""


class MacroWaiting(JsonStruct, frozen=True, tag_field="type", tag="macro_waiting"):
    """The macro waits."""

    type: ClassVar[Literal["macro_waiting"]] = "macro_waiting"
    macro: str
    """The name of the macro."""
    line: int
    """The line of the macro, the first being 1."""
    seconds: float
    """For how long."""


class VariableChanged(JsonStruct, frozen=True, tag_field="type", tag="variable_changed"):
    """A variable has a new value."""

    type: ClassVar[Literal["variable_changed"]] = "variable_changed"
    name: str
    """The variable."""
    value: str
    """Its value."""


class MacroFinished(JsonStruct, frozen=True, tag_field="type", tag="macro_finished"):
    """The macro has come to its end."""

    type: ClassVar[Literal["macro_finished"]] = "macro_finished"
    macro: str
    """The name of the macro."""
    variables: dict[str, str]
    """All variables as they are now; `reply` is the text of the last reply."""


MacroEvent: TypeAlias = StepStarted | MacroWaiting | VariableChanged | MacroFinished
