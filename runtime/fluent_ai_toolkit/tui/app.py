"""The terminal application."""

from __future__ import annotations

from asyncio import Future, get_running_loop
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from fluent_ai.errors import Cancelled, FluentError
from textual import on, work
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer, Input, Static

from fluent_ai_toolkit.chat.chat import AsyncChat
from fluent_ai_toolkit.chat.commands.events import CommandOutput
from fluent_ai_toolkit.tui.approval import Answer, ApprovalScreen
from fluent_ai_toolkit.tui.composer import Composer
from fluent_ai_toolkit.tui.pickers import BranchPicker, ModelPicker
from fluent_ai_toolkit.tui.shown import cost
from fluent_ai_toolkit.tui.sidebar import Sidebar
from fluent_ai_toolkit.tui.transcript import Transcript

if TYPE_CHECKING:
    from fluent_ai.client.client import AsyncClient
    from fluent_ai.content.parts import ToolCall
    from fluent_ai.streams.stream import AsyncStream

    from fluent_ai_toolkit.chat.commands.events import ChatEvent
    from fluent_ai_toolkit.chat.store import Chats


class ChatApp(App[None]):
    """Chats with a model, over the conversations of a store.

    Before the model calls one of `tools`, the user is asked, unless the tool has `approval=False`.

    ChatApp(ai.AsyncClient(), ai.chats("chats.db"), "openai:gpt-5.1").run()
    """

    TITLE = "fluent-ai"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [
        ("ctrl+n", "new_chat", "New"),
        ("ctrl+o", "choose_model", "Model"),
        ("ctrl+f", "search", "Search"),
        ("ctrl+b", "choose_branch", "Branches"),
        ("ctrl+r", "retry", "Retry"),
        ("escape", "stop_reply", "Stop"),
        ("ctrl+q", "quit", "Quit"),
    ]
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (70, "-wide")]  # noqa: RUF012  # as in App
    CSS: ClassVar[str] = """
    #status { height: 1; color: $text-muted; padding: 0 1; }
    .-narrow Sidebar { display: none; }
    .-narrow Sidebar.asked { display: block; width: 100%; }
    """

    def __init__(
        self, client: AsyncClient, store: Chats, model: str, *, chat: str | None = None, tools: Sequence[Any] = ()
    ) -> None:
        super().__init__()
        self._client = client
        self._store = store
        self._model = model
        self._tools = tools
        self._always: set[str] = set()
        self.chat = self._opened(chat)
        """The conversation that goes on."""
        self._run: AsyncStream[ChatEvent] | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Sidebar(self._store)
            with Vertical():
                yield Transcript()
                yield Static(id="status", markup=False)
                yield Composer()
        yield Footer()

    async def on_mount(self) -> None:
        await self._show()
        self.query_one(Composer).focus()

    @on(Composer.Sent)
    async def _sent(self, event: Composer.Sent) -> None:
        if self._run is not None:
            self.notify("a reply is being written; Escape stops it", severity="warning")
            self.query_one(Composer).insert(event.text)
        else:
            self._enter(event.text)

    @on(Sidebar.Chosen)
    async def _chosen(self, event: Sidebar.Chosen) -> None:
        self.chat = self._opened(event.chat)
        await self._show()
        self.query_one(Composer).focus()

    async def action_new_chat(self) -> None:
        """Begin another conversation."""
        await self.action_stop_reply()
        self.chat = self._opened(None)
        await self._show()
        self.query_one(Composer).focus()

    def action_search(self) -> None:
        """Search the conversations."""
        self.query_one(Sidebar).add_class("asked")
        self.query_one("#search", Input).focus()

    @work
    async def action_choose_model(self) -> None:
        """Choose the model that answers from now on."""
        chosen = await self.push_screen_wait(ModelPicker())
        if chosen is not None:
            self.chat.model = self._model = chosen
            self._status()

    @work
    async def action_choose_branch(self) -> None:
        """Go on with another branch of the conversation."""
        branches = await self.chat.branches()
        head = await self.push_screen_wait(BranchPicker(branches)) if branches else None
        if head is not None:
            await self.chat.switch(head)
            await self._show()

    async def action_retry(self) -> None:
        """Have the last message answered again."""
        if self._run is None:
            self._enter("/retry")

    async def action_stop_reply(self) -> None:
        """End the reply that is being written; what has come of it is kept."""
        if (run := self._run) is not None:
            await run.close()

    @work
    async def _enter(self, line: str) -> None:
        transcript = self.query_one(Transcript)
        try:
            entered = self._run = self.chat.enter(line)
            if not line.startswith("/") or line.startswith("//"):
                await transcript.said(line.removeprefix("/"))
            self._status()
            async with entered:
                async for event in entered:
                    await transcript.see(event)
                    if isinstance(event, CommandOutput) and event.action is not None:
                        await self._act(event.action)
        except Cancelled:
            await transcript.aside("stopped")
        except FluentError as error:
            await transcript.aside(error.message, "error")
        finally:
            self._run = None
            self._status()
            self.query_one(Sidebar).refresh_list()

    async def _act(self, action: str) -> None:
        if action == "quit":
            self.exit()
        else:
            await self._show()

    async def _show(self) -> None:
        self.query_one(Sidebar).remove_class("asked")
        await self.query_one(Transcript).show(self.chat.messages)
        self._status()

    def _status(self) -> None:
        state = " · writing, Escape stops" if self._run is not None else ""
        self.query_one("#status", Static).update(f"{self.chat.model} · {cost(self.chat.messages)}{state}")

    def _opened(self, chat: str | None) -> AsyncChat:
        model = self._model if chat is None else None
        opened = AsyncChat(self._client, model, store=self._store, chat=chat, approve=self._approve)
        if self._tools:
            opened.options["tools"] = self._tools
        return opened

    async def _approve(self, call: ToolCall) -> bool | str:
        """Whether the user allows a call of a tool, now or from now on."""
        if call.name in self._always:
            return True
        answer: Future[Answer | None] = get_running_loop().create_future()
        screen = ApprovalScreen(call)
        await self.push_screen(screen, lambda chosen: None if answer.done() else answer.set_result(chosen))
        try:
            chosen = await answer
        finally:
            if screen.is_current:  # the reply was stopped while it was asked about
                screen.dismiss(None)
        if chosen == "always":
            self._always.add(call.name)
        return chosen in ("once", "always") or "The user does not allow this call."
