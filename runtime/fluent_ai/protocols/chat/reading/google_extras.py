"""What Google's endpoints say beside chat completions: seals of calls, and which content is a thought.

Source: https://ai.google.dev/gemini-api/docs/thought-signatures and https://ai.google.dev/gemini-api/docs/openai#thinking;
Vertex AI also calls the namespace `vertex` (earendil-works/pi#6733).
"""

from __future__ import annotations

from typing import NamedTuple

_NAMESPACES = ("google", "vertex")
_OPEN, _CLOSE = "<thought>", "</thought>"


class CallSeal(NamedTuple):
    signature: str
    namespace: str


def call_seal(extra: object) -> CallSeal | None:
    """The signature in the `extra_content` of a call."""
    if not isinstance(extra, dict):
        return None
    for namespace in _NAMESPACES:
        found = extra.get(namespace)
        seal = found.get("thought_signature") if isinstance(found, dict) else None
        if isinstance(seal, str) and seal:
            return CallSeal(seal, namespace)
    return None


class Thoughts:
    """Takes thoughts out of the content, which holds them between tags that may be cut anywhere or be missing."""

    __slots__ = ("open",)

    def __init__(self) -> None:
        self.open = False

    def split(self, content: str, extra: object) -> tuple[str, str]:
        """The thought and the text of one delta."""
        google = extra.get("google") if isinstance(extra, dict) else None
        flagged = isinstance(google, dict) and google.get("thought") is True
        if flagged and not self.open:
            self.open = True
            content = content.removeprefix(_OPEN)
        before, closed, after = content.partition(_CLOSE)
        if closed:
            self.open = False
            return before, after
        if flagged:
            return content, ""
        self.open = False
        return "", content
