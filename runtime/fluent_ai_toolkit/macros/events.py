"""What a macro says of itself while it is played; the events of its lines come between these."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonStruct


class StepStarted(JsonStruct, frozen=True):
    """A message or a command is entered."""

    macro: str
    """The name of the macro."""
    line: int
    """The line of the macro, the first being 1."""
    text: str
    """What is entered, with the variables filled in."""


class MacroWaiting(JsonStruct, frozen=True):
    """The macro waits."""

    macro: str
    """The name of the macro."""
    line: int
    """The line of the macro, the first being 1."""
    seconds: float
    """For how long."""


class VariableChanged(JsonStruct, frozen=True):
    """A variable has a new value."""

    name: str
    """The variable."""
    value: str
    """Its value."""


class MacroFinished(JsonStruct, frozen=True):
    """The macro has come to its end."""

    macro: str
    """The name of the macro."""
    variables: dict[str, str]
    """All variables as they are now; `reply` is the text of the last reply."""
