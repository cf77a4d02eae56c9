"""The conversations of a store, and what is found in them."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from fluent_ai.errors import FluentError
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from fluent_ai_toolkit.chat.store import Chats
from fluent_ai_toolkit.tui.shown import one_line

LISTED = 200
"""How many conversations are listed."""


class Sidebar(Vertical):
    """Lists conversations, the latest first; while something is typed above them, what is found for it."""

    DEFAULT_CSS: ClassVar[str] = """
    Sidebar { width: 32; border-right: solid $boost; }
    Sidebar OptionList { height: 1fr; border: none; }
    """

    class Chosen(Message):
        """A conversation was chosen."""

        def __init__(self, chat: str) -> None:
            super().__init__()
            self.chat = chat

    def __init__(self, store: Chats) -> None:
        super().__init__(id="sidebar")
        self._store = store

    def compose(self) -> ComposeResult:
        yield Input(placeholder="Search", id="search")
        yield OptionList(id="chats")

    def on_mount(self) -> None:
        self.refresh_list()

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self.refresh_list()

    @on(Input.Submitted, "#search")
    def _submitted(self) -> None:
        self.query_one("#chats", OptionList).focus()

    @on(OptionList.OptionSelected, "#chats")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.post_message(self.Chosen(event.option_id))

    @work(exclusive=True)
    async def refresh_list(self) -> None:
        """Read the list again."""
        words = self.query_one("#search", Input).value.strip()
        try:
            rows = await asyncio.to_thread(self._found, words)
        except FluentError as error:
            rows = [(None, error.message)]
        listed = self.query_one("#chats", OptionList)
        listed.clear_options()
        listed.add_options([Option(one_line(title), id=chat) for chat, title in rows])

    def _found(self, words: str) -> list[tuple[str | None, str]]:
        if not words:
            return [(chat.id, chat.title) for chat in self._store.list(limit=LISTED)]
        found: dict[str | None, str] = {}
        for chat in self._store.list(limit=LISTED):
            if words.casefold() in chat.title.casefold():
                found[chat.id] = chat.title
        return [*found.items()]
