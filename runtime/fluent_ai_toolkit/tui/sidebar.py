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
        listed = self.query_one("#chats", OptionList)
        try:
            found = await self._found(words)
        except FluentError as error:
            found = {None: error.message}
        listed.clear_options()
        listed.add_options([Option(one_line(text), id=chat) for chat, text in found.items()])

    async def _found(self, words: str) -> dict[str | None, str]:
        """The conversations, or those with messages that were found, and what to show of each."""
        if not words:
            return {chat.id: chat.title for chat in await asyncio.to_thread(self._store.list, limit=LISTED)}
        found: dict[str | None, str] = {}
        async with self._store.asearch(words, limit=LISTED) as hits:
            async for hit in hits:
                found.setdefault(hit.chat, f"{hit.title}: {hit.excerpt}")
        return found
