"""The terminal application, driven without a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider

pytest.importorskip("textual", reason="the extra tui is not installed")

from fluent_ai.manifest.schema import Auth, Route
from scripted_runs import call, turn
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList, Static

from fluent_ai_toolkit.tui.app import ChatApp
from fluent_ai_toolkit.tui.approval import ApprovalScreen
from fluent_ai_toolkit.tui.composer import Composer
from fluent_ai_toolkit.tui.sidebar import Sidebar
from fluent_ai_toolkit.tui.transcript import Aside, MessageText

Use = Callable[[ChatApp, Pilot[None]], Coroutine[Any, Any, None]]


def drive(
    use: Use, *answers: Any, store: Path, chat: str | None = None, tools: Sequence[Any] = ()
) -> list[ai.ChatRequest]:
    """Run the application with scripted replies, and return what was asked."""

    async def run() -> None:
        async with ai.AsyncClient() as client:
            app = ChatApp(client, ai.chats(store), "fake:any", chat=chat, tools=tools)
            async with app.run_test(size=(100, 30)) as pilot:
                await use(app, pilot)

    with fake_provider(*answers) as fake:
        asyncio.run(run())
        return fake.requests


async def say(pilot: Pilot[None], text: str) -> None:
    pilot.app.query_one(Composer).text = text
    await pilot.press("enter")
    await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete([worker for worker in pilot.app.workers if worker.name != "refresh_list"])
    await pilot.pause()


def texts(app: ChatApp) -> list[str]:
    return [widget.source for widget in app.query(MessageText)]


def test_a_message_is_answered_and_kept(tmp_path: Path) -> None:
    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        await say(pilot, "Hi")
        assert texts(app) == ["Hi", "Hello, **you**!"]
        assert "fake:any" in str(app.query_one("#status", Static).render())
        await pilot.press("ctrl+n")
        assert texts(app) == []
        listed = app.query_one("#chats", OptionList)
        assert listed.option_count == 1
        listed.focus()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert texts(app) == ["Hi", "Hello, **you**!"]

    requests = drive(use, "Hello, **you**!", store=tmp_path / "chats.db")
    assert [message.text for message in requests[0].messages] == ["Hi"]


class Endless:
    """A provider whose reply ends when it is left."""

    def chat_model(self, model: str) -> Endless:
        return self

    def run(self, request: ai.ChatRequest, emit: Callable[[ai.Event], None]) -> None:
        emit(ai.StreamStart("1", model=request.model))
        emit(ai.TextStart(0))
        while True:
            emit(ai.TextDelta(0, "more "))


def test_escape_ends_a_reply_whose_beginning_is_kept(tmp_path: Path) -> None:
    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        app.chat.model = "endless:any"
        app.query_one(Composer).text = "Go on"
        await pilot.press("enter")
        while len(texts(app)) < 2 or not texts(app)[1]:
            await pilot.pause(0.01)
        await pilot.press("escape")
        await settled(pilot)
        assert app.chat.messages[-1].status == "stopped"
        assert app.chat.messages[-1].text.startswith("more more")

    route = Route(protocol="worker")
    ai.register_provider(
        ai.Manifest(id="endless", name="Endless", docs="", auth=Auth(scheme="none", required=False), chat=(route,)),
        Endless,
    )
    try:
        drive(use, store=tmp_path / "chats.db")
    finally:
        ai.unregister_provider("endless")


def test_an_error_is_shown_and_the_message_can_be_sent_again(tmp_path: Path) -> None:
    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        await say(pilot, "Hi")
        assert "slow down" in str(app.query(Aside).last().render())
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert texts(app) == ["Hi", "Now."]

    drive(use, ai.RateLimited("slow down"), "Now.", store=tmp_path / "chats.db")


def test_branches_are_made_and_chosen(tmp_path: Path) -> None:
    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        await say(pilot, "Hi")
        await pilot.press("ctrl+r")
        await settled(pilot)
        await pilot.press("ctrl+b")
        await pilot.pause()
        options = app.screen.query_one(OptionList)
        assert options.option_count == 2
        await pilot.press("down", "enter")
        await pilot.pause()
        assert [message.text for message in app.chat.messages] == ["Hi", "First."]

    drive(use, "First.", "Second.", store=tmp_path / "chats.db")


def test_a_model_is_chosen_with_its_facts(tmp_path: Path) -> None:
    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+o")
        await pilot.pause()
        app.screen.query_one("#model", Input).value = "gpt-5.1"
        await pilot.pause()
        table = app.screen.query_one("#models", DataTable)
        assert any("$1.25" in [str(cell) for cell in table.get_row(row)] for row in table.rows)
        await pilot.press("escape")
        await pilot.press("ctrl+o")
        await pilot.pause()
        app.screen.query_one("#model", Input).value = "fake:other"
        await pilot.press("enter")
        await settled(pilot)
        assert app.chat.model == "fake:other"

    drive(use, store=tmp_path / "chats.db")


def test_commands_are_carried_out_and_not_sent_to_the_model(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")

    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        await say(pilot, "/nope")
        assert "'/nope' is no command" in str(app.query(Aside).last().render())
        await say(pilot, f"/attach {picture}")
        await say(pilot, "What is this?")
        assert texts(app) == ["What is this?", "A picture."]
        await say(pilot, "/undo")
        assert texts(app) == []
        await say(pilot, "/quit")
        assert app.return_code == 0

    requests = drive(use, "A picture.", store=tmp_path / "chats.db")
    assert [type(part) for part in requests[0].messages[0].parts] == [ai.ImagePart, ai.TextPart]
    assert len(requests) == 1


def test_conversations_are_found_by_what_was_said(tmp_path: Path) -> None:
    with fake_provider("The nightingale.", "Bern."):
        for said in ("Which bird sings at night?", "Name a city."):
            ai.Chat(ai.Client(), "fake:any", store=tmp_path / "chats.db").say(said).collect()

    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        listed = app.query_one("#chats", OptionList)
        await app.workers.wait_for_complete()
        assert listed.option_count == 2
        await pilot.press("ctrl+f", *"nigtingale")
        await app.workers.wait_for_complete()
        assert listed.option_count == 1
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert texts(app) == ["Which bird sings at night?", "The nightingale."]

    drive(use, store=tmp_path / "chats.db")


def test_what_a_model_says_does_not_steer_the_terminal(tmp_path: Path) -> None:
    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        await say(pilot, "Hi")
        assert texts(app)[1] == "[2J[red]x[/red]"

    drive(use, "\x1b[2J[red]x[/red]", store=tmp_path / "chats.db")


def written_with(number: int, text: str) -> list[ai.Event]:
    return turn(call(number, "write", text=text))


async def asked(app: ChatApp, pilot: Pilot[None]) -> ApprovalScreen:
    while not isinstance(app.screen, ApprovalScreen) or not app.screen.query("#arguments"):
        await pilot.pause(0.01)
    return app.screen


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        (["y"], ["[b]one[/b]"]),
        (["down", "enter"], ["[b]one[/b]"]),
        (["n"], []),
        (["enter"], []),  # refusing is what is chosen at first
        (["escape"], []),
    ],
)
def test_a_tool_runs_only_if_the_user_allows_it(tmp_path: Path, keys: list[str], written: list[str]) -> None:
    done: list[str] = []

    def write(text: str) -> str:
        """Writes."""
        done.append(text)
        return "written"

    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        app.query_one(Composer).text = "Go"
        await pilot.press("enter")
        screen = await asked(app, pilot)
        assert "[b]one[/b]" in str(screen.query_one("#arguments", Static).render())
        assert done == []
        await pilot.press(*keys)
        await settled(pilot)
        assert done == written
        assert texts(app) == ["Go", "Done."]
        assert app.focused is app.query_one(Composer)

    requests = drive(use, written_with(1, "[b]one[/b]"), "Done.", store=tmp_path / "chats.db", tools=[write])
    told = requests[1].messages[-1].to_json()
    assert ("written" if written else "The user does not allow this call.") in told


def test_a_tool_that_is_always_allowed_is_asked_about_once(tmp_path: Path) -> None:
    done: list[str] = []

    def write(text: str) -> None:
        """Writes."""
        done.append(text)

    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        app.query_one(Composer).text = "Go"
        await pilot.press("enter")
        await asked(app, pilot)
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("ctrl+n")
        await say(pilot, "Once more")
        assert done == ["one", "two", "three"]

    replies = [written_with(1, "one"), written_with(2, "two"), "Done.", written_with(3, "three"), "Done."]
    drive(use, *replies, store=tmp_path / "chats.db", tools=[write])


def test_a_reply_that_is_stopped_takes_its_question_away(tmp_path: Path) -> None:
    done: list[str] = []

    def write(text: str) -> None:
        """Writes."""
        done.append(text)

    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        app.query_one(Composer).text = "Go"
        await pilot.press("enter")
        await asked(app, pilot)
        await app.action_stop_reply()
        await settled(pilot)
        assert not isinstance(app.screen, ApprovalScreen)
        assert done == []

    drive(use, written_with(1, "one"), store=tmp_path / "chats.db", tools=[write])


def test_a_narrow_terminal_shows_the_list_when_it_is_asked_for(tmp_path: Path) -> None:
    async def use(app: ChatApp, pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(40, 20)
        assert not app.query_one(Sidebar).display
        await pilot.press("ctrl+f")
        await pilot.pause()
        assert app.query_one(Sidebar).display
        assert app.focused is app.query_one("#search", Input)

    drive(use, store=tmp_path / "chats.db")
