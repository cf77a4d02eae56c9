"""MCP servers that mean harm, or are broken."""

from __future__ import annotations

import time
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_mcp import made, scripted
from scripted_runs import call, turn
from shells import Shell

pytest.importorskip("mcp", reason="needs the extra mcp")


def test_endless_output_without_a_line_end_fills_no_memory(shell: Shell) -> None:
    resource = pytest.importorskip("resource", reason="Windows counts memory in another way")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run, _ = made(shell, scripted("no_end", message_limit=1_000_000), call(1, "echo"))
    assert run.calls[0].result.content == (
        "MCP server 'scripted': it has sent a message of more than 1,000,000 bytes; the request may have had its effect"
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB


def test_huge_results_are_cut(shell: Shell) -> None:
    run, _ = made(shell, scripted("huge"), call(1, "echo"))
    assert len(run.calls[0].result.content) < 263_000
    assert run.calls[0].result.content.endswith("262,144 of 400,000 bytes.]")


def test_what_is_no_message_is_ignored_and_told_once(shell: Shell) -> None:
    run, events = made(shell, scripted("invalid"), call(1, "echo", a=1), call(2, "echo", a=2))
    assert [each.result.content for each in run.calls] == ['{"a": 1}', '{"a": 2}']
    assert [each.data for each in events if isinstance(each, ai.tools.MCPLog)] == [
        "it has sent something that is no message of the protocol, which is ignored"
    ]


def test_answers_to_other_ids_are_ignored(shell: Shell) -> None:
    run, _ = made(shell, scripted("wrong_ids"), call(1, "echo", a=1))
    assert run.calls[0].result.content == '{"a": 1}'


def test_a_server_that_never_answers_is_a_call_that_took_too_long(shell: Shell) -> None:
    run, _ = made(shell, scripted("silent", timeout=0.3), call(1, "echo"))
    assert (run.calls[0].status, run.partial.text) == ("timed_out", "done")


def test_a_flood_of_errors_blocks_nothing(shell: Shell) -> None:
    run, _ = made(shell, scripted("stderr"), call(1, "echo", a=1))
    assert run.calls[0].status == "done"


def test_a_flood_of_logs_fills_no_memory_and_is_counted(shell: Shell) -> None:
    with fake_provider(turn(call(1, "count", to=5_000)), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted(timeout=None)])
        events, error = shell.items(run)
    assert error is None
    assert run.calls[0].status == "done"
    logs = [each for each in events if isinstance(each, ai.tools.MCPLog)]
    told = [each for each in logs if each.logger is None]
    dropped = [each for each in logs if each.logger == "fluent_ai"]
    assert len(told) + sum(int(each.data.split()[0].replace(",", "")) for each in dropped) <= 5_000
    assert len(told) == 5_000 or dropped


def test_tools_whose_definition_is_unsound_are_not_offered(shell: Shell) -> None:
    with fake_provider(turn(call(1, "echo", a=1)), "done") as fake:
        events, error = shell.items(shell.client.run("fake:x", "go", tools=[scripted("bad_tools")]))
    assert error is None
    names = [tool.name for tool in fake.requests[0].tools]
    assert "echo" in names
    assert not {"no_schema", "twice", "huge"} & set(names)
    assert "__31mred_" in names
    [changed] = [each for each in events if isinstance(each, ai.tools.MCPChanged)]
    assert set(changed.refused) == {"no_schema", "twice", "huge"}
    assert changed.refused["no_schema"].startswith("its schema is wrong: 5 is not")


@pytest.mark.parametrize(
    ("mood", "reason", "why"),
    [
        ("many", "protocol", "more than 1,000 tools"),
        ("pages", "protocol", "more than 1,000 tools|more than 100 pages"),
        (
            "no_tool",
            "protocol",
            r"its answer is not what the protocol has: tools\.\d+\.inputSchema\.type is missing or wrong",
        ),
        ("old", "start", "Unsupported protocol version from the server: 1900-01-01"),
    ],
)
def test_what_no_program_can_use_ends_the_run(shell: Shell, mood: str, reason: str, why: str) -> None:
    with fake_provider("never"):
        _, error = shell.items(shell.client.run("fake:x", "go", tools=[scripted(mood)]))
    assert isinstance(error, ai.tools.MCPFailed)
    assert error.reason == reason
    with pytest.raises(ai.tools.MCPFailed, match=why):
        raise error


def test_a_server_that_does_not_listen_is_ended_in_time(shell: Shell) -> None:
    began = time.monotonic()
    with fake_provider("never"):
        _, error = shell.items(shell.client.run("fake:x", "go", tools=[scripted("deaf", start_timeout=0.3)]))
    assert isinstance(error, ai.tools.MCPFailed)
    assert error.reason == "timeout"
    assert time.monotonic() - began < 60


def test_words_of_a_server_disturb_no_terminal(shell: Shell) -> None:
    server = scripted()

    async def use() -> Any:
        async with server.asession() as session:
            return await session.prompt("x")

    if isinstance(shell.client, ai.AsyncClient):
        with pytest.raises(ai.ToolError) as caught:
            shell.do(use())
    else:
        with server.session() as session, pytest.raises(ai.ToolError) as caught:
            session.prompt("x")
    assert str(caught.value) == "MCP server 'scripted':  [2Jno such method"
