"""MCP servers among the tools of a run: real ones, over pipes and over HTTP."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_mcp import scripted
from scripted_runs import WAIT, call, tools_of, turn
from shells import Shell

pytest.importorskip("mcp", reason="needs the extra mcp")

PROGRAM = (sys.executable, str(Path(__file__).parents[1] / "support" / "mcp_server.py"))
TOKEN = "token-of-the-test"


def things(**options: Any) -> ai.tools.MCPServer:
    return ai.tools.mcp(*PROGRAM, **{"name": "things", **options})


def made(shell: Shell, *calls: ai.ToolCall, tools: Any, **options: Any) -> tuple[ai.tools.RunResult, list[Any], Any]:
    """The result of a run that makes these calls in one turn, its events, and the requests of the model."""
    with fake_provider(turn(*calls), "done") as fake:
        run = shell.client.run("fake:x", "go", tools=tools, **options)
        events, error = shell.items(run)
    assert error is None
    return run.partial, events, fake.requests


def results(result: ai.tools.RunResult) -> list[ai.ToolResultPart]:
    return [part for part in result.history[2].parts if isinstance(part, ai.ToolResultPart)]


def test_calls_go_to_the_server(shell: Shell, capfd: pytest.CaptureFixture[str]) -> None:
    result, _, requests = made(shell, call(1, a=1, b=2), call(2, "dotted_name"), tools=[things()])
    assert [each.content for each in results(result)] == ["the server says 3", "dotted"]
    assert result.text == "done"
    tool = next(each for each in requests[0].tools if each.name == "add")
    assert tool.description == "Add two numbers."
    assert tool.parameters["properties"]["a"] == {"title": "A", "type": "integer"}
    assert tool.parameters["required"] == ["a", "b"]
    assert capfd.readouterr().err == ""


def test_tools_of_one_name_are_told_apart(shell: Shell) -> None:
    def echo(a: int) -> str:
        """Say it once more."""
        return "ours"

    calls = call(1, "echo", a=1), call(2, "scripted_echo", a=1), call(3, "scripted_echo_2", a=2)
    result, _, _ = made(shell, *calls, tools=[scripted(), echo, scripted()])
    assert [each.content for each in results(result)] == ["ours", '{"a": 1}', '{"a": 2}']


def test_content_of_all_kinds(shell: Shell) -> None:
    result, _, _ = made(shell, call(1, "show"), call(2, "structured"), call(3, "fail"), tools=[things()])
    shown, structured, failed = results(result)
    assert shown.content.splitlines() == [
        "a picture",
        "[content of type image/png, which is not valid base64]",
        "[link to report: file:///report.txt, text/plain]",
        "[file:///a.txt]",
        "its text",
        "[file:///a.zip of type application/zip, 2 bytes, which is not shown]",
    ]
    assert [type(each) for each in shown.files] == [ai.ImagePart]
    assert structured.content == '{"degrees":21}'
    assert (failed.content, failed.is_error) == ("no such city", True)
    assert {each.call.id: each.status for each in result.calls} == {"1": "done", "2": "done", "3": "failed"}


def test_progress_is_streamed(shell: Shell) -> None:
    _, events, _ = made(shell, call(1, "count", to=3), tools=[things()])
    steps = [each.value for each in tools_of(events) if isinstance(each, ai.tools.ToolProgress)]
    assert steps == [{"progress": float(n), "total": 3.0, "message": f"step {n}"} for n in (1, 2, 3)]


def test_arguments_that_do_not_fit_are_told_to_the_model(shell: Shell) -> None:
    result, _, _ = made(shell, call(1, a="one"), tools=[things()])
    assert results(result)[0].is_error


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def when_ended(process: int) -> int:
    due = time.monotonic() + WAIT
    while is_alive(process) and time.monotonic() < due:
        time.sleep(0.05)
    return process


def test_a_run_that_is_left_ends_the_server(shell: Shell) -> None:
    """Leaving waits for some seconds only; on a loaded machine the server may end after that."""

    async def leave(run: Any) -> int:
        async with run:
            number = await anext(int(each.value["progress"]) async for each in run if is_progress(each))
        return await asyncio.to_thread(when_ended, number)

    def leave_at_once(run: Any) -> int:
        with run:
            number = next(int(each.value["progress"]) for each in run if is_progress(each))
        return when_ended(number)

    with fake_provider(turn(call(1, "hang")), "never"):
        run = shell.client.run("fake:x", "go", tools=[scripted(timeout=None)])
        number = shell.do(leave(run)) if isinstance(run, ai.tools.AsyncRun) else leave_at_once(run)
    assert not is_alive(number)


def is_progress(event: Any) -> bool:
    return isinstance(event, ai.tools.ToolProgress)


def test_the_process_ends_with_the_run_and_knows_none_of_our_keys(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_API_KEY", "secret")
    result, _, _ = made(shell, call(1, "process"), tools=[things(env={"GIVEN": "yes"})])
    number, *names = results(result)[0].content.split()
    assert "GIVEN" in names
    assert "SOME_API_KEY" not in names
    assert not is_alive(int(number))


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("there-is-no-such-program",), "No such file"),
        ((sys.executable, "-c", "raise SystemExit(1)"), "the process has ended"),
    ],
)
def test_what_cannot_be_started_ends_the_run(shell: Shell, command: tuple[str, ...], why: str) -> None:
    with fake_provider("never") as fake:
        events, error = shell.items(shell.client.run("fake:x", "go", tools=[ai.tools.mcp(*command, name="bad")]))
    assert isinstance(error, ai.tools.MCPFailed)
    assert (error.server, error.reason, events) == ("bad", "start", [])
    assert why in error.message
    assert fake.requests == []


def test_a_server_that_says_nothing_ends_the_run_in_time(shell: Shell) -> None:
    silent = ai.tools.mcp(sys.executable, "-c", "import sys; sys.stdin.read()", name="silent", start_timeout=0.3)
    with fake_provider("never"):
        _, error = shell.items(shell.client.run("fake:x", "go", tools=[silent]))
    assert isinstance(error, ai.tools.MCPFailed)
    assert (error.server, error.reason) == ("silent", "timeout")


@contextmanager
def http_server() -> Iterator[str]:
    with subprocess.Popen([*PROGRAM, TOKEN], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/mcp"
        finally:
            process.kill()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with http_server() as url:
        yield url


def test_servers_over_http(shell: Shell, address: str) -> None:
    server = ai.tools.mcp(url=address, headers={"Authorization": f"Bearer {TOKEN}"})
    result, events, _ = made(shell, call(1, a=1, b=2), call(2, "count", to=2), tools=[server])
    assert [each.content for each in results(result)] == ["the server says 3", "counted"]
    assert [each.call_id for each in events if isinstance(each, ai.tools.ToolProgress)] == ["2", "2"]


def test_a_server_over_http_that_ends_is_told_to_the_model(shell: Shell, caplog: pytest.LogCaptureFixture) -> None:
    with http_server() as address:
        server = ai.tools.mcp(url=address, headers={"Authorization": f"Bearer {TOKEN}"}, name="far", timeout=20)
        result, _, _ = made(shell, call(1, "die"), tools=[server])
    assert results(result)[0].is_error
    assert "MCP server 'far'" in results(result)[0].content
    gc.collect()  # asyncio says then which errors nobody has seen
    assert [each.name for each in caplog.records if each.name == "asyncio"] == []
    assert result.text == "done"


def test_secrets_are_in_no_message(shell: Shell, address: str) -> None:
    server = ai.tools.mcp(url=f"{address}?key=hush-hush", headers={"Authorization": "Bearer wrong-secret"})
    with fake_provider("never"):
        _, error = shell.items(shell.client.run("fake:x", "go", tools=[server]))
    assert isinstance(error, ai.tools.MCPFailed)
    assert error.server == "127.0.0.1"
    for text in (str(error), repr(error), repr(server)):
        assert "hush" not in text
        assert "secret" not in text


def test_only_a_run_opens_servers(shell: Shell) -> None:
    with fake_provider("never"), pytest.raises(ai.ToolError, match="'things' is opened by a run only"):
        shell.complete("fake:x", tools=[things()])


@pytest.mark.parametrize(
    ("command", "options", "why"),
    [
        ((), {}, "either a command"),
        (("x",), {"url": "http://a.example"}, "either a command"),
        ((5,), {}, "holds int"),
        ((), {"url": "ftp://a.example"}, "http or https"),
        ((), {"url": "http://a.example", "cwd": "."}, "of a command"),
        (("x",), {"headers": {}}, "of a url"),
        (("x",), {"env": {"A": 1}}, "env"),
        (("x",), {"timeout": -1}, "timeout"),
    ],
)
def test_what_does_not_fit_is_refused(command: Any, options: Any, why: str) -> None:
    with pytest.raises(ai.ConfigError, match=why):
        ai.tools.mcp(*command, **options)


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    with pytest.raises(ai.ConfigError, match=r"pip install 'fluent-ai\[mcp\]'"):
        ai.tools.mcp("uvx", "server")


def test_mcp_is_imported_only_by_a_run() -> None:
    code = "import sys, fluent_ai as ai; ai.tools.mcp('x'); print('mcp' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
