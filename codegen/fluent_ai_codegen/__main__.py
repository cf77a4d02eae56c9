"""`python -m fluent_ai_codegen COMMAND`: the commands of a checkout, as `fluent-ai` runs those that joined it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from fluent_ai.cli import app

from .commands import fetch, generate
from .drift_command import drift
from .regenerate import regenerate

COMMANDS: dict[str, Callable[..., None]] = {
    "fetch": fetch,
    "generate": generate,
    "drift": drift,
    "regenerate": regenerate,
}

if __name__ == "__main__":
    app.OWN |= COMMANDS
    sys.exit(app.run(sys.argv[1:]))
