"""What a provider does not take from a conversation, told once per kind."""

from __future__ import annotations

from collections import Counter


class Notes:
    """Counts what is left out; `texts` says it as sentences for people."""

    def __init__(self) -> None:
        self._left_out: Counter[str] = Counter()
        self._others: list[str] = []

    def say(self, text: str) -> None:
        """A sentence of its own."""
        self._others.append(text)

    def leave_out(self, what: str, times: int = 1) -> None:
        """Something that the conversation holds was left out; `what` is a noun with its article."""
        if times:
            self._left_out[what] += times

    def texts(self, provider: str) -> tuple[str, ...]:
        """One sentence for each kind."""
        left_out = (
            f"messages hold {what}, which was left out for {provider}{f' ({times} times)' if times > 1 else ''}"
            for what, times in self._left_out.items()
        )
        return (*left_out, *self._others)
