"""The messages of a chat, as they are read and as they come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from fluent_ai.content.events import ReasoningDelta, TextDelta, Warned
from fluent_ai.content.printable import printable
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Markdown, Static

from fluent_ai_toolkit.chat.commands.events import ChatEvent, CommandOutput
from fluent_ai_toolkit.chat.messages import ChatMessage
from fluent_ai_toolkit.tools.events import ToolFinished, ToolStarted

_SHOWN_CHARACTERS = 200


class MessageText(Markdown):
    """What somebody said."""

    def __init__(self, text: str, classes: str) -> None:
        super().__init__(printable(text), classes=classes, open_links=False)


class Aside(Static):
    """What is no part of a message: reasoning, calls of tools, warnings, errors."""

    def __init__(self, text: str, classes: str = "") -> None:
        super().__init__(printable(text), classes=classes, markup=False)


class Transcript(VerticalScroll):
    """The messages of one chat; the reply that is being written grows at its end."""

    DEFAULT_CSS: ClassVar[str] = """
    Transcript { padding: 0 1; }
    Transcript MessageText { margin: 0 0 1 0; padding: 0 1; }
    Transcript .user { background: $boost; }
    Transcript Aside { color: $text-muted; padding: 0 1; }
    Transcript .error { color: $error; }
    Transcript .warning { color: $warning; }
    """

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self._reply: MessageText | None = None
        self._reasoning: Aside | None = None
        self._thought = ""

    async def show(self, messages: Iterable[ChatMessage]) -> None:
        """Show these in place of everything."""
        self._end_parts()
        await self.remove_children()
        shown: list[Widget] = []
        for message in messages:
            if message.role in ("user", "assistant") and message.text:
                shown.append(MessageText(message.text, classes=message.role))
            if message.status in ("failed", "stopped"):
                shown.append(Aside(message.error or message.status, "error" if message.status == "failed" else ""))
        await self.mount_all(shown)
        self.anchor()

    async def said(self, text: str) -> None:
        """What the user says."""
        self._end_parts()
        await self.mount(MessageText(text, classes="user"))
        self.anchor()

    async def see(self, event: ChatEvent) -> None:
        """Show an event of a reply or a command."""
        match event:
            case TextDelta(text=text):
                if self._reply is None:
                    self._end_parts()
                    self._reply = MessageText("", classes="assistant")
                    await self.mount(self._reply)
                await self._reply.append(printable(text))
            case ReasoningDelta(text=text):
                if self._reasoning is None:
                    self._end_parts()
                    self._reasoning = Aside("", "reasoning")
                    await self.mount(self._reasoning)
                self._thought += text
                self._reasoning.update(printable(self._thought))
            case ToolStarted(call=call):
                await self.aside(f"calls {call.name} {str(call.arguments)[:_SHOWN_CHARACTERS]}")
            case ToolFinished(run=run):
                await self.aside(f"{run.call.name}: {run.status}")
            case CommandOutput(text=text) if text:
                await self.aside(text)
            case Warned(message=message):
                await self.aside(message, "warning")
            case _:
                pass

    async def aside(self, text: str, classes: str = "") -> None:
        """Show something that is no part of a message."""
        self._end_parts()
        await self.mount(Aside(text, classes))

    def _end_parts(self) -> None:
        self._reply = self._reasoning = None
        self._thought = ""
