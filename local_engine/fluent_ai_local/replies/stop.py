"""Stop strings, also where they begin in one token and end in another."""

from __future__ import annotations

from collections.abc import Sequence

from fluent_ai_local.replies.held_back import begun


class StopStrings:
    """Passes text through until one of `strings` appears; what may be the beginning of one is held back.

    The text that came out, joined, is all text before the stop string that is complete first; where two are complete at
    the same character, before the longer one. So it does not matter how the text is cut into pieces.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = [string for string in strings if string]
        self._held = ""
        self.stopped = False

    def feed(self, text: str) -> str:
        """The text that is now certain to stand before any stop string."""
        if self.stopped:
            return ""
        text = self._held + text
        found = [(at + len(string), at) for string in self._strings if (at := text.find(string)) >= 0]
        if found:
            self.stopped = True
            self._held = ""
            _, start = min(found)
            return text[:start]
        keep = begun(text, self._strings)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def finish(self) -> str:
        """What was held back, when the text has ended without a stop string."""
        held, self._held = self._held, ""
        return held
