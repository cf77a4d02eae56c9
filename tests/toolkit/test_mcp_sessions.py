"""What programs do with MCP servers: resources, prompts, completions, changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_mcp import scripted, seen_in
from shells import Shell

pytest.importorskip("mcp", reason="needs the extra mcp")

SDK = (sys.executable, str(Path(__file__).parents[1] / "support" / "mcp_server.py"))


def using(shell: Shell, server: ai.tools.MCPServer, *uses: Callable[[Any], Any]) -> list[Any]:
    """What each use of a session comes to."""

    async def use() -> list[Any]:
        async with server.asession() as session:
            return [await each(session) for each in uses]

    if isinstance(shell.client, ai.AsyncClient):
        found: list[Any] = shell.do(use())
        return found
    with server.session() as session:
        return [each(session) for each in uses]


def test_resources_are_listed_and_read(shell: Shell) -> None:
    listed, templates, text, both, filled = using(
        shell,
        scripted("offers"),
        lambda session: session.resources(),
        lambda session: session.templates(),
        lambda session: session.read("file:///a.txt"),
        lambda session: session.read("file:///both"),
        lambda session: session.read("file:///notes/{day}.txt", day="mon day"),
    )
    assert listed == [
        ai.tools.MCPResource(uri="file:///a.txt", name="a", title="A"),
        ai.tools.MCPResource(uri="file:///p.png", name="p", media_type="image/png", size=8),
    ]
    assert [each.uri for each in templates] == ["file:///notes/{day}.txt"]
    assert text == [ai.TextPart("text of file:///a.txt")]
    assert both[0] == ai.TextPart("words")
    assert isinstance(both[1], ai.ImagePart)
    assert both[2] == ai.DocumentPart(b"PK", media_type="application/zip", name="a.zip")
    assert filled == [ai.TextPart("text of file:///notes/mon%20day.txt")]


def test_a_resource_and_a_prompt_can_be_given_to_a_call(shell: Shell) -> None:
    parts, prompts, messages = using(
        shell,
        scripted("offers"),
        lambda session: session.read("file:///a.txt"),
        lambda session: session.prompts(),
        lambda session: session.prompt("review", code="this"),
    )
    assert prompts == [
        ai.tools.MCPPrompt(
            name="review", description="a review", arguments={"code": "what to read"}, required=("code",)
        )
    ]
    assert [each.role for each in messages] == ["user", "assistant"]
    assert messages[0].text == "Read this"
    assert isinstance(messages[1].parts[0], ai.ImagePart)
    with fake_provider("yes", "no") as fake:
        shell.complete("fake:x", [ai.Message("user", [*parts, "What does it say?"])])
        shell.complete("fake:x", messages[:1])
    assert fake.requests[0].messages[0].text == "text of file:///a.txtWhat does it say?"
    assert fake.requests[1].messages[0].text == "Read this"


def test_arguments_are_completed(shell: Shell) -> None:
    prompt = ai.tools.MCPPrompt(name="review", arguments={})
    template = ai.tools.MCPResource(uri="file:///notes/{day}.txt", name="notes")
    found = using(
        shell,
        scripted("offers"),
        lambda session: session.complete(prompt, "code", "mon"),
        lambda session: session.complete(template, "day", "tues", year="2026"),
    )
    assert found == [("monday", "ref/prompt"), ("tuesday", "ref/resource", "2026")]


def test_changes_are_streamed(shell: Shell, tmp_path: Path) -> None:
    server = scripted("offers", env={"SEEN": str(tmp_path / "seen")})

    async def three(session: Any) -> list[Any]:
        changes = session.changes("file:///a.txt")
        found = [await anext(changes) for _ in range(3)]
        await changes.aclose()
        return found

    def three_at_once(session: Any) -> list[Any]:
        changes = session.changes("file:///a.txt")
        found = [next(changes) for _ in range(3)]
        changes.close()
        return found

    [found] = using(shell, server, three if isinstance(shell.client, ai.AsyncClient) else three_at_once)
    assert {(each.what, each.uri) for each in found} == {
        ("resource", "file:///a.txt"), ("resources", None), ("prompts", None),
    }  # fmt: skip
    assert "resources/unsubscribe" in [each["method"] for each in seen_in(tmp_path)]


def test_tools_can_be_listed_and_called(shell: Shell) -> None:
    tools, result, pong = using(
        shell,
        scripted(),
        lambda session: session.tools(),
        lambda session: session.call("echo", a=1),
        lambda session: session.ping(),
    )
    assert "echo" in [each.name for each in tools]
    assert (result.content, pong) == ('{"a": 1}', None)


def test_servers_of_the_newest_protocol_are_pinged_and_asked_too(shell: Shell) -> None:
    server = ai.tools.mcp(*SDK, name="things")
    found = using(
        shell,
        server,
        lambda session: session.ping(),
        lambda session: session.call("add", a=1, b=2),
        lambda session: session.resources(),
        lambda session: session.prompts(),
    )
    assert (found[1].content, found[2], found[3]) == ("the server says 3", [], [])


def test_servers_of_the_newest_protocol_ask_too(shell: Shell) -> None:
    with ai.Client() as other, fake_provider("I am"):
        sampling = ai.tools.Sampling(True, "fake:x", other)
        server = ai.tools.mcp(*SDK, elicit=lambda question: {"name": "Ann"}, sampling=sampling, roots=["a", "b"])
        [found] = using(shell, server, lambda session: session.call("inquire"))
    assert found.content == "Ann, I am, 2"


def test_errors_of_the_server_are_raised(shell: Shell) -> None:
    with pytest.raises(ai.ToolError, match="no such method"):
        using(shell, scripted("offers"), lambda session: session.prompt("review"))
    with pytest.raises(ai.tools.MCPFailed, match="has ended"):
        using(shell, scripted(), lambda session: session.call("die"))


def test_a_session_that_is_not_open_says_how_it_is() -> None:
    with pytest.raises(ai.ConfigError, match="with server.session"):
        scripted().session().ping()


def test_a_server_that_cannot_be_started_raises(shell: Shell) -> None:
    with pytest.raises(ai.tools.MCPFailed, match="No such file"):
        using(shell, ai.tools.mcp("there-is-no-such-program"))


def test_sampling_without_a_run_needs_a_client() -> None:
    server = scripted(sampling=ai.tools.Sampling(True))
    with pytest.raises(ai.ConfigError, match="sampling outside of a run"):
        server.session()


def test_a_session_may_sample_by_a_client_of_its_own(shell: Shell) -> None:
    with ai.Client() as other, fake_provider("by the client"):
        server = scripted(sampling=ai.tools.Sampling(True, "fake:x", other))
        [found] = using(shell, server, lambda session: session.call("sample"))
    assert "by the client" in found.content
