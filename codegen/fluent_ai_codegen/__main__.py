"""`python -m fluent_ai_codegen COMMAND`: the commands of a checkout, as `fluent-ai` runs those that joined it."""

from __future__ import annotations

import sys

from fluent_ai.cli import app
from fluent_ai.cli.commands import OWN, Command

PACKAGE = "fluent_ai_codegen"
COMMANDS = {
    "fetch": Command("commands:fetch", "Ask the providers for their lists and specifications.", PACKAGE),
    "generate": Command("commands:generate", "Render the SDK from what was fetched.", PACKAGE),
    "drift": Command("drift_command:drift", "Say what changed at the providers.", PACKAGE),
    "regenerate": Command("regenerate:regenerate", "Fetch, generate, check and report.", PACKAGE),
}


if __name__ == "__main__":
    OWN.update(COMMANDS)
    sys.exit(app.run(sys.argv[1:]))
