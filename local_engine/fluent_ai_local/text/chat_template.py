"""A conversation as the text that a model was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fluent_ai.errors import InvalidRequest, UnsupportedModel

from fluent_ai_local.text import _render
from fluent_ai_local.text.renderer import DiedError, Renderer

_DEADLINE: Final = 5.0


class ChatTemplate:
    """A jinja2 template out of a model's files.

    Everything runs in jinja2's sandbox. A template that nobody has reviewed (`trusted=False`) also runs in a process
    of its own, because a sandbox bounds neither time nor memory: `{{ 'x' * 10**12 }}`. The process stays for the next
    rendering of this template, and for no other.
    """

    def __init__(self, source: str, *, name: str, trusted: bool, deadline: float = _DEADLINE) -> None:
        self._source = source
        self._name = name
        self._trusted = trusted
        self._deadline = deadline
        self._renderer = Renderer()

    def render(self, messages: Sequence[dict[str, str]], *, bos_token: str, eos_token: str) -> str:
        """The prompt, ready for the assistant's words. Messages have `role` and `content`.

        Raises InvalidRequest when the template refuses these messages, UnsupportedModel when it is broken or takes
        too much time or memory.
        """
        variables = {
            "messages": list(messages),
            "bos_token": bos_token,
            "eos_token": eos_token,
            "add_generation_prompt": True,
        }
        answer = _render.answer(self._source, variables) if self._trusted else self._in_process(variables)
        if (text := answer.get("text")) is not None:
            return text
        if (reason := answer.get("refused")) is not None:
            for content in sorted((message["content"] for message in messages), key=len, reverse=True):
                reason = reason.replace(content, "...") if content else reason
            raise InvalidRequest(f"the model's chat template refuses the messages: {reason[:200]}", provider="local")
        raise self._broken(answer["failed"])

    def _in_process(self, variables: dict[str, Any]) -> dict[str, str]:
        try:
            return self._renderer.ask({"template": self._source, "variables": variables}, self._deadline)
        except TimeoutError:
            raise self._broken(f"not done after {self._deadline:g} seconds") from None
        except DiedError:
            raise self._broken("the process that ran it died") from None

    def _broken(self, why: str) -> UnsupportedModel:
        return UnsupportedModel(f"{self._name}: tokenizer.chat_template cannot be rendered: {why}")
