"""MCP servers over HTTP: sessions that expire, answers that break off, tokens, and bodies that are too long."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_mcp import made
from scripted_mcp_http import HttpServer, http_mcp_server
from scripted_runs import call, turn
from shells import Shell

pytest.importorskip("mcp", reason="needs the extra mcp")


@pytest.fixture
def web() -> Iterator[HttpServer]:
    with http_mcp_server() as state:
        yield state


def server_at(web: HttpServer, **options: Any) -> ai.tools.MCPServer:
    return ai.tools.mcp(url=web.url, name="web", **options)


def failed_to_open(shell: Shell, server: ai.tools.MCPServer) -> ai.tools.MCPFailed:
    with fake_provider("never"):
        _, error = shell.items(shell.client.run("fake:x", "go", tools=[server]))
    assert isinstance(error, ai.tools.MCPFailed)
    return error


def test_a_session_that_has_expired_is_opened_anew_and_the_call_is_made(shell: Shell, web: HttpServer) -> None:
    steps = itertools.count()

    def forget() -> str:
        """Let the server forget us."""
        web.forgotten.add(web.sessions[-1])
        return f"forgotten {next(steps)}"

    server = server_at(web)
    script = [turn(call(1, "echo", a=1)), turn(call(2, "forget")), turn(call(3, "echo", a=2)), "done"]
    with fake_provider(*script):
        run = shell.client.run("fake:x", "go", tools=[server, forget])
        events, error = shell.items(run)
    assert error is None
    assert [each.result.content for each in run.calls] == ['{"a": 1}', "forgotten 0", '{"a": 2}']
    assert web.sessions == ["session-1", "session-2"]
    assert [each.split()[0] for each in web.calls] == ["session-1", "session-2"]
    restarted = [each for each in events if isinstance(each, ai.tools.MCPRestarted)]
    assert restarted == [ai.tools.MCPRestarted("web", "its session has expired")]


def test_a_server_that_forgets_every_session_fails_the_call(shell: Shell, web: HttpServer) -> None:
    web.forgotten |= {f"session-{number}" for number in range(2, 9)}

    def forget() -> str:
        """Let the server forget us."""
        web.forgotten.add("session-1")
        return "forgotten"

    with fake_provider(turn(call(1, "forget")), turn(call(2, "echo")), "done"):
        run = shell.client.run("fake:x", "go", tools=[server_at(web), forget])
        _, error = shell.items(run)
    assert error is None
    assert run.calls[1].status == "failed"
    assert "its session has expired" in run.calls[1].result.content
    assert web.calls == []


def test_an_answer_that_breaks_off_goes_on_from_its_last_event(shell: Shell, web: HttpServer) -> None:
    web.moods = ["break"]
    run, _ = made(shell, server_at(web), call(1, "echo"))
    assert (run.calls[0].result.content, web.resumed) == ("the rest", ["1"])


def test_a_connection_that_drops_fails_the_call_and_the_next_one_works(shell: Shell, web: HttpServer) -> None:
    web.moods = ["drop"]
    run, _ = made(shell, server_at(web), call(1, "echo"), call(2, "echo", a=2))
    assert [each.status for each in run.calls] == ["failed", "done"]
    assert "the request may have had its effect" in run.calls[0].result.content
    assert len(web.calls) == 2


@pytest.mark.parametrize("mood", ["huge", "squeezed", "html"])
def test_answers_that_are_no_answers_fail_the_call_alone(shell: Shell, web: HttpServer, mood: str) -> None:
    web.moods = [mood]
    run, _ = made(shell, server_at(web, message_limit=100_000), call(1, "echo"), call(2, "echo", a=2))
    assert [each.status for each in run.calls] == ["failed", "done"]
    if mood == "huge":
        assert "a message of more than 100,000 bytes" in run.calls[0].result.content


def test_a_token_goes_with_each_request(shell: Shell, web: HttpServer) -> None:
    web.tokens = {"hush-hush"}
    run, _ = made(shell, server_at(web, auth="hush-hush"), call(1, "echo"))
    assert run.calls[0].status == "done"
    assert set(web.authorizations) == {"Bearer hush-hush"}


def test_a_function_gives_tokens_and_a_newer_one_where_one_is_refused(shell: Shell, web: HttpServer) -> None:
    web.tokens = {"token-2"}
    given = itertools.count(1)

    def token() -> str:
        return f"token-{min(2, next(given))}"

    async def atoken() -> str:
        return token()

    is_blocking = isinstance(shell.client, ai.Client)
    run, _ = made(shell, server_at(web, auth=token if is_blocking else atoken), call(1, "echo"))
    assert run.calls[0].status == "done"
    assert web.authorizations[:2] == ["Bearer token-1", "Bearer token-2"]


def test_who_is_refused_is_told_so_without_the_token(shell: Shell, web: HttpServer) -> None:
    web.tokens = {"another"}
    error = failed_to_open(shell, server_at(web, auth="hush-hush"))
    assert error.reason == "auth"
    assert "it refuses who asks (HTTP 401)" in error.message
    assert "hush" not in f"{error}{error!r}"


@pytest.mark.parametrize("token", ["", "two\nlines", 5, None])
def test_what_is_no_token_is_sent_nowhere(shell: Shell, web: HttpServer, token: Any) -> None:
    error = failed_to_open(shell, server_at(web, auth=lambda: token))
    assert "auth of MCP server 'web' has given no token" in error.message
    assert web.authorizations == []


def test_a_function_that_fails_is_named_without_its_words(shell: Shell, web: HttpServer) -> None:
    def token() -> str:
        raise ValueError("hush-hush")

    error = failed_to_open(shell, server_at(web, auth=token))
    assert "auth of MCP server 'web' raised ValueError" in error.message
    assert "hush" not in str(error)


def test_auth_is_checked(web: HttpServer) -> None:
    with pytest.raises(ai.ConfigError, match="auth of mcp is of type int"):
        server_at(web, auth=5)
    with pytest.raises(ai.ConfigError, match="of a url"):
        ai.tools.mcp("x", auth="token")
