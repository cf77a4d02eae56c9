"""Where the user writes."""

from __future__ import annotations

from typing import ClassVar

from textual.events import Key
from textual.message import Message
from textual.widgets import TextArea


class Composer(TextArea):
    """Enter sends what was written; Ctrl-J, or Shift-Enter where the terminal tells it apart, begins a new line."""

    DEFAULT_CSS: ClassVar[str] = """
    Composer { height: auto; max-height: 10; min-height: 3; border: solid $boost; }
    Composer:focus { border: solid $primary; }
    """

    class Sent(Message):
        """The user has sent a line or several."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(id="composer", show_line_numbers=False)

    async def _on_key(self, event: Key) -> None:
        if event.key in ("ctrl+j", "shift+enter"):
            event.prevent_default()
            self.insert("\n")
        elif event.key == "enter":
            event.prevent_default()
            event.stop()
            if text := self.text.strip():
                self.clear()
                self.post_message(self.Sent(text))
