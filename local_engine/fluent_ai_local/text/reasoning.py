"""What a model thinks before it answers: how it marks that, and how it is told to."""

from __future__ import annotations

from typing import Final

import msgspec
from fluent_ai.content.requests import ReasoningEffort
from fluent_ai.errors import ConfigError

from fluent_ai_local.text.chat_template import ChatTemplate

_MARKS: Final = (("<think>", "</think>"), ("[THINK]", "[/THINK]"), ("\u25c1think\u25b7", "\u25c1/think\u25b7"))
"""Those of Qwen 3, DeepSeek-R1 and most others, of Mistral, and of Kimi."""
_SWITCHES: Final = ("enable_thinking", "thinking")
"""What templates call it (Qwen 3, DeepSeek-V3.1)."""


class Reasoning(msgspec.Struct, frozen=True):
    """How a model marks its reasoning."""

    begin: str
    end: str
    opened: bool = False
    """The prompt holds the begin already."""
    closed: bool = False
    """The prompt holds the end as well: the model is not to think."""


def reasoning_in(template: str, prompt: str) -> Reasoning | None:
    """The reasoning that a reply to `prompt` may begin with, by the marks in the chat template.

    >>> reasoning_in("... '<think>\\n' ...", "<|Assistant|><think>\\n").opened
    True
    """
    prompt = prompt.rstrip()
    for begin, end in _MARKS:
        if begin in template or end in template:
            return Reasoning(begin, end, opened=prompt.endswith(begin), closed=prompt.endswith(end))
    return None


def thinking_settings(template: ChatTemplate | None, effort: ReasoningEffort | None) -> dict[str, object]:
    """The template's variables for an effort. Raises ConfigError for a template that has none."""
    if effort is None:
        return {}
    found: dict[str, object] = {}
    if template is not None:
        found = {name: effort != "none" for name in _SWITCHES if template.reads(name, True, False)}
        if template.reads("reasoning_effort", "low", "high"):
            found["reasoning_effort"] = effort
    if not found:
        raise ConfigError(f"reasoning = {effort!r} is given; the model's chat template knows no such setting")
    return found
