"""The scripted MCP server among the tools of a run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import fluent_ai as ai
from fluent_ai.testing import fake_provider
from scripted_runs import turn
from shells import Shell

PROGRAM = (sys.executable, str(Path(__file__).parent / "scripted_mcp_server.py"))


def scripted(mood: str = "", **options: Any) -> ai.tools.MCPServer:
    command = (*PROGRAM, mood) if mood else PROGRAM
    return ai.tools.mcp(*command, **{"name": "scripted", **options})


def made(shell: Shell, server: Any, *calls: ai.ToolCall, **options: Any) -> tuple[Any, list[Any]]:
    """A run that makes each call in a turn of its own, and its events."""
    with fake_provider(*(turn(each) for each in calls), "done"):
        run = shell.client.run("fake:x", "go", tools=[server], **options)
        events, error = shell.items(run)
    assert error is None
    return run, events


def replies_to(shell: Shell, *calls: ai.ToolCall, **options: Any) -> list[Any]:
    """What the tools of the scripted server got as answers of ours."""
    run, _ = made(shell, scripted(**options), *calls)
    return [json.loads(each.result.content) for each in run.calls]


def seen_in(folder: Path) -> list[Any]:
    """What the server saw, where SEEN names the file `seen` of the folder."""
    path = folder / "seen"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
