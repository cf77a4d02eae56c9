"""MCP servers that end, change and hang: what is started again, what is made again, and what is withdrawn."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import time
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_mcp import made, scripted, seen_in
from scripted_runs import WAIT, call, turn
from shells import Shell

pytest.importorskip("mcp", reason="needs the extra mcp")

LOST = "MCP server 'scripted': the process has ended; the request may have had its effect"


def of(events: list[Any], kind: Any) -> list[Any]:
    return [each for each in events if isinstance(each, kind)]


def test_a_program_is_started_again_once_and_the_lost_call_is_not_made_again(shell: Shell) -> None:
    run, events = made(shell, scripted(), call(1, "die"), call(2, "echo", a=1), call(3, "die"), call(4, "echo"))
    assert [each.status for each in run.calls] == ["failed", "done", "failed", "failed"]
    assert run.calls[0].result.content == LOST
    assert run.calls[1].result.content == '{"a": 1}'
    assert run.calls[3].result.content == (
        "MCP server 'scripted': the process has ended, as it had before, and is not started again"
    )
    assert of(events, ai.tools.MCPRestarted) == [ai.tools.MCPRestarted("scripted", "the process has ended")]


def test_a_call_that_may_be_repeated_is_made_again(shell: Shell, tmp_path: Path) -> None:
    server = scripted(env={"ONCE": str(tmp_path / "once")})
    run, events = made(shell, server, call(1, "die_once"))
    assert (run.calls[0].status, run.calls[0].result.content) == ("done", "alive")
    assert len(of(events, ai.tools.MCPRestarted)) == 1


def test_a_call_beside_one_that_ends_the_server_is_lost_too(shell: Shell) -> None:
    with fake_provider(turn(call(1, "hang"), call(2, "die")), turn(call(3, "echo")), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted("at_once")])
        _, error = shell.items(run)
    assert error is None
    assert {each.call.id: each.status for each in run.calls} == {"1": "failed", "2": "failed", "3": "done"}


def test_tools_that_come_are_offered_from_the_next_turn_on(shell: Shell) -> None:
    with fake_provider(turn(call(1, "grow")), turn(call(2, "new", a=1)), "done") as fake:
        run = shell.client.run("fake:x", "go", tools=[scripted()])
        events, error = shell.items(run)
    assert error is None
    offered = [[tool.name for tool in request.tools] for request in fake.requests]
    assert "new" not in offered[0]
    assert offered[1] == [*offered[0], "new"]
    assert [each.status for each in run.calls] == ["done", "done"]
    assert of(events, ai.tools.MCPChanged) == [ai.tools.MCPChanged(server="scripted", what="tools", added=("new",))]


def test_a_tool_that_is_not_what_it_was_is_withdrawn(shell: Shell) -> None:
    """Approval was given for the tool as it was described."""
    asked: list[str] = []

    def approve(made: ai.ToolCall) -> bool:
        asked.append(made.name)
        return True

    script = turn(call(1, "change")), turn(call(2, "echo", key="ours")), "done"
    with fake_provider(*script) as fake:
        run = shell.client.run("fake:x", "go", tools=[scripted()], approve=approve)
        events, error = shell.items(run)
    assert error is None
    assert [each.status for each in run.calls] == ["done", "failed"]
    assert run.calls[1].result.content.startswith("There is no tool 'echo'.")
    assert "echo" in [tool.name for tool in fake.requests[0].tools]
    assert "echo" not in [tool.name for tool in fake.requests[1].tools]
    [changed] = of(events, ai.tools.MCPChanged)
    assert (changed.removed, changed.refused) == (("echo",), {"echo": "its definition is not what it was"})


def test_a_changed_tool_is_not_called_in_the_turn_that_changed_it_either(shell: Shell) -> None:
    with fake_provider(turn(call(1, "change"), call(2, "echo", key="ours")), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted()], at_once=1)
        shell.items(run)
    assert run.calls[1].status == "failed"
    assert "its tool 'echo' is not what it was, or gone" in run.calls[1].result.content


def test_definitions_hold_over_runs_and_processes(shell: Shell) -> None:
    server = scripted()
    made(shell, server, call(1, "echo"))
    known = server.definitions
    assert set(known) > {"echo", "change"}
    assert all(len(digest) == 64 for digest in known.values())
    only = scripted(definitions={"echo": known["echo"], "change": "0" * 64})
    with fake_provider("done") as fake:
        events, _ = shell.items(shell.client.run("fake:x", "go", tools=[only]))
    assert [tool.name for tool in fake.requests[0].tools] == ["echo"]
    [changed] = of(events, ai.tools.MCPChanged)
    assert changed.refused["change"] == "its definition is not the one in definitions"
    assert changed.refused["grow"] == "not in definitions"


def test_the_server_is_told_of_calls_that_nobody_waits_for(shell: Shell, tmp_path: Path) -> None:
    """`made` closes the run at its end only; the call takes too long before that."""
    server = scripted(timeout=0.3, env={"SEEN": str(tmp_path / "seen")})
    run, _ = made(shell, server, call(1, "hang"))
    assert run.calls[0].status == "timed_out"
    assert "notifications/cancelled" in [each.get("method") for each in seen_in(tmp_path)]


def test_the_server_is_told_when_a_run_is_left(shell: Shell, tmp_path: Path) -> None:
    server = scripted(timeout=None, env={"SEEN": str(tmp_path / "seen")})
    with fake_provider(turn(call(1, "hang")), "never"):
        run = shell.client.run("fake:x", "go", tools=[server])

        async def leave() -> None:
            async with run:
                async for event in run:
                    if isinstance(event, ai.tools.ToolProgress):
                        return

        if isinstance(run, ai.tools.AsyncRun):
            shell.do(leave())
        else:
            with run:
                next(each for each in run if isinstance(each, ai.tools.ToolProgress))
    due = threading.Event()
    for _ in range(int(WAIT / 0.05)):
        if "notifications/cancelled" in [each.get("method") for each in seen_in(tmp_path)]:
            return
        due.wait(0.05)
    raise AssertionError(seen_in(tmp_path))


def test_a_run_that_is_left_while_a_server_starts_leaves_no_process(tmp_path: Path) -> None:
    def started() -> None:
        while not seen_in(tmp_path):
            time.sleep(0.01)

    async def leave() -> None:
        async with ai.AsyncClient() as client:
            run = client.run("fake:x", "go", tools=[scripted("deaf", env={"SEEN": str(tmp_path / "seen")})])
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WAIT), run:
                    first = asyncio.ensure_future(anext(aiter(run)))
                    await asyncio.to_thread(started)
                    first.cancel()
                    await asyncio.gather(first, return_exceptions=True)

    with fake_provider("never"):
        asyncio.run(leave())
    [process] = seen_in(tmp_path)
    due = time.monotonic() + WAIT
    while is_alive(process) and time.monotonic() < due:
        time.sleep(0.05)
    assert not is_alive(process)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_its_log_is_streamed_and_asked_for(shell: Shell, tmp_path: Path) -> None:
    server = scripted(log_level="warning", env={"SEEN": str(tmp_path / "seen")})
    _, events = made(shell, server, call(1, "log"))
    assert of(events, ai.tools.MCPLog) == [ai.tools.MCPLog("scripted", "warning", "nearly full", "disk")]
    assert {"level": "warning"} in [each.get("params") for each in seen_in(tmp_path)]


def test_structured_content_is_held_against_the_schema(shell: Shell) -> None:
    run, _ = made(shell, scripted(), call(1, "structured"), call(2, "wrong_structure"))
    assert run.calls[0].result.content == '{"degrees":21}'
    assert run.calls[1].status == "failed"
    assert "its answer is not what the protocol has: Invalid structured content" in run.calls[1].result.content
    assert "'warm' is not of type 'integer'" in run.calls[1].result.content
