"""A conversation as the text that a model was trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from fluent_ai.errors import InvalidRequest, UnsupportedModel

from fluent_ai_local.text import _render
from fluent_ai_local.text.renderer import DiedError, Renderer

_DEADLINE: Final = 5.0
_PROBE: Final = "a_name_that_no_template_holds"
_HELLO: Final = {"role": "user", "content": "hello"}
_CALLS: Final = tuple(
    {"id": f"{number:09}", "type": "function", "function": {"name": f"{_PROBE}_{number}", "arguments": {"x": "y"}}}
    for number in range(2)
)
_TOOL: Final = {
    "type": "function",
    "function": {
        "name": _PROBE,
        "description": "z",
        "parameters": {"type": "object", "properties": {"x": {"type": "string", "description": "y"}}},
    },
}
_RESULTS: Final = tuple({"role": "tool", "tool_call_id": f"{number:09}", "content": "z"} for number in range(2))


class ChatTemplate:
    """A jinja2 template out of a model's files.

    Everything runs in jinja2's sandbox. A template that nobody has reviewed (`trusted=False`) also runs in a process
    of its own, because a sandbox bounds neither time nor memory: `{{ 'x' * 10**12 }}`. The process stays for the next
    rendering of this template, and for no other. What it can do with tools is found out by trying.
    """

    def __init__(self, source: str, *, name: str, trusted: bool, deadline: float = _DEADLINE) -> None:
        self._source = source
        self._name = name
        self._trusted = trusted
        self._deadline = deadline
        self._renderer = Renderer()

    @property
    def source(self) -> str:
        return self._source

    def render(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        bos_token: str,
        eos_token: str,
        tools: Sequence[Mapping[str, Any]] = (),
        settings: Mapping[str, object] | None = None,
    ) -> str:
        """The prompt, ready for the assistant's words. Messages are those of `to_template_messages`; `settings` are
        other variables of the template.

        Raises InvalidRequest when the template refuses these messages, UnsupportedModel when it is broken or takes
        too much time or memory.
        """
        variables = {
            **(settings or {}),
            "messages": list(messages),
            "tools": list(tools) or None,
            "bos_token": bos_token,
            "eos_token": eos_token,
            "add_generation_prompt": True,
        }
        answer = _render.answer(self._source, variables) if self._trusted else self._in_process(variables)
        if (text := answer.get("text")) is not None:
            return text
        if (reason := answer.get("refused")) is not None:
            contents = {message["content"] for message in messages if message["content"]}
            for content in sorted(contents, key=len, reverse=True):
                reason = reason.replace(content, "...")
            raise InvalidRequest(f"the model's chat template refuses the messages: {reason[:200]}", provider="local")
        raise self._broken(answer["failed"])

    @cached_property
    def takes_system(self) -> bool:
        return _PROBE in self._try([{"role": "system", "content": _PROBE}, _HELLO])

    @cached_property
    def takes_tools(self) -> bool:
        return _PROBE in self._try([_HELLO], tools=[_TOOL])

    @cached_property
    def takes_calls(self) -> bool:
        return f"{_PROBE}_0" in self._try_calls(None, 1)

    @cached_property
    def takes_several_calls(self) -> bool:
        text = self._try_calls(None, 2)
        return f"{_PROBE}_0" in text and f"{_PROBE}_1" in text

    @cached_property
    def takes_text_with_calls(self) -> bool:
        text = self._try_calls("a text", 1)
        return f"{_PROBE}_0" in text and "a text" in text

    @cached_property
    def takes_text_before_calls(self) -> bool:
        """In a message of its own."""
        saying: dict[str, Any] = {"role": "assistant", "content": "a text"}
        calling: dict[str, Any] = {"role": "assistant", "content": None, "tool_calls": [_CALLS[0]]}
        messages = [_HELLO, saying, calling, _RESULTS[0], saying, _HELLO]
        return f"{_PROBE}_0" in self._try(messages, tools=[_TOOL] if self.takes_tools else ())

    def reads(self, name: str, one: object, other: object) -> bool:
        """Whether a variable changes the prompt."""
        return self._try([_HELLO], settings={name: one}) != self._try([_HELLO], settings={name: other})

    def _try_calls(self, content: str | None, count: int) -> str:
        calling = {"role": "assistant", "content": content, "tool_calls": list(_CALLS[:count])}
        return self._try([_HELLO, calling, *_RESULTS[:count]], tools=[_TOOL] if self.takes_tools else ())

    def _try(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        settings: Mapping[str, object] | None = None,
    ) -> str:
        """The prompt, or no text if the template refuses."""
        try:
            return self.render(messages, bos_token="", eos_token="", tools=tools, settings=settings)
        except (InvalidRequest, UnsupportedModel):
            return ""

    def _in_process(self, variables: dict[str, Any]) -> dict[str, str]:
        try:
            return self._renderer.ask({"template": self._source, "variables": variables}, self._deadline)
        except TimeoutError:
            raise self._broken(f"not done after {self._deadline:g} seconds") from None
        except DiedError:
            raise self._broken("the process that ran it died") from None

    def _broken(self, why: str) -> UnsupportedModel:
        return UnsupportedModel(f"{self._name}: tokenizer.chat_template cannot be rendered: {why}")
