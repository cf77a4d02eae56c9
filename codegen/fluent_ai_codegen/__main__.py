"""`python -m fluent_ai_codegen COMMAND`: the commands of a checkout, as `fluent-ai` runs those that joined it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

from fluent_ai.cli import app

COMMANDS = {"fetch": "commands", "generate": "commands", "drift": "drift_command", "regenerate": "regenerate"}
"""Command -> the module that has it."""


def load(command: str) -> Callable[..., None]:
    """The function of a command."""
    found: Callable[..., None] = getattr(import_module(f"fluent_ai_codegen.{COMMANDS[command]}"), command)
    return found


if __name__ == "__main__":
    asked = COMMANDS.keys() & sys.argv[1:2] or COMMANDS  # the help shows all
    app.OWN |= {name: load(name) for name in asked}
    sys.exit(app.run(sys.argv[1:]))
