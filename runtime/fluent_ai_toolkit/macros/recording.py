"""What is entered into a chat, recorded as a macro."""

from __future__ import annotations

from time import monotonic

from fluent_ai_toolkit.macros.macro import Macro
from fluent_ai_toolkit.macros.reading import as_line


class Recording:
    """Records each line that is passed to `add`, as a macro that enters just these lines.

    `waits` records also how long it took until the next one, in seconds.

        >>> import fluent_ai as ai
        >>> recording = ai.macros.Recording()
        >>> recording.add("What is {x}?")
        >>> recording.macro("ask").lines
        ('What is {{x}}?',)
    """

    def __init__(self, *, waits: bool = False) -> None:
        self._waits = waits
        self._lines: list[str] = []
        self._last: float | None = None
        self.paused = False
        """While this is True, nothing is recorded."""

    def add(self, line: str) -> None:
        """Record a line, as it was typed."""
        if self.paused:
            self._last = None
            return
        now = monotonic()
        if self._waits and self._last is not None:
            self._lines.append(f"@wait {now - self._last:.1f}")
        self._last = now
        self._lines.append(as_line(line))

    def macro(self, name: str) -> Macro:
        """The lines so far as a macro."""
        return Macro(name, self._lines)
