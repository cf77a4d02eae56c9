"""How models write tool calls: a row for each format.

Sources: the chat templates that the models are published with, and for Gemma
https://ai.google.dev/gemma/docs/capabilities/function-calling.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from fluent_ai_local.text import tagged_arguments


class ToolFormat(msgspec.Struct, frozen=True, kw_only=True):
    """One format. Its texts say how calls are written; what reads them is less strict.

    >>> FORMATS["hermes"].write([("now", '{"zone": "UTC"}')])
    '<tool_call>\\n{"name": "now", "arguments": {"zone": "UTC"}}\\n</tool_call>'
    """

    name: str
    signs: tuple[str, ...]
    """What a chat template holds if its model writes calls so."""
    style: Literal["object", "headed", "tagged", "code"]
    """A JSON object with name and arguments; the name between markers, and JSON; the name, and each argument between
    tags; or a fenced block of either JSON or Python."""
    opening: str = ""
    """What stands before the first call."""
    call: tuple[str, str, str]
    """What stands before the name, between name and arguments, and behind these. `{n}` is the number of the call."""
    separator: str = ""
    closing: str = ""
    """What stands behind the last call."""
    marker: str
    """Where calls begin."""
    head: tuple[str, str] = ("", "")
    """What stands before and behind the name of a headed call."""
    tail: tuple[str, ...] = ()
    """What may stand behind the arguments of a headed call; without it, they end where their JSON does."""
    end: str = ""
    """What may stand behind the calls of one marker."""
    bare: bool = False
    """A reply may also begin with a call that has no marker."""
    call_id: str = ""
    """The form of a call's id in a history, where the model knows one: `{n}` is its number, `{name}` its tool."""
    asks: str
    """How the calls are described to a model whose template says nothing of tools."""

    @property
    def markers(self) -> tuple[str, ...]:
        """All where calls may begin in the midst of a text: that of a section may be left out."""
        return tuple({text: None for text in (self.marker, self.head[0]) if text})

    @property
    def texts(self) -> tuple[str, ...]:
        """All that a decoder must show, also where it is a control token."""
        return self.marker, *self.head, *self.tail, self.end, self.opening, *self.call, self.closing

    def write(self, calls: list[tuple[str, str]]) -> str:
        """Calls as a model would write them, each a name and arguments in JSON."""
        written = []
        for number, (name, arguments) in enumerate(calls):
            before, between, after = (text.replace("{n}", str(number)) for text in self.call)
            if self.style == "tagged":
                arguments = tagged_arguments.write(arguments)
            written.append(f"{before}{name}{between}{arguments}{after}")
        return f"{self.opening}{self.separator.join(written)}{self.closing}"


_OBJECT: Final = '{"name": <function-name>, "%s": <args-json-object>}'
_CALLS_BEGIN, _CALLS_END, _CALL_BEGIN, _CALL_END, _SEP = (
    f"<\uff5ctool\u2581{name}\uff5c>"  # DeepSeek's control tokens have wide bars, and blocks for spaces
    for name in ("calls\u2581begin", "calls\u2581end", "call\u2581begin", "call\u2581end", "sep")
)
_ROWS: Final = (
    ToolFormat(
        name="kimi",
        signs=("<|tool_calls_section_begin|>",),
        style="headed",
        marker="<|tool_calls_section_begin|>",
        opening="<|tool_calls_section_begin|>",
        call=("<|tool_call_begin|>functions.", ":{n}<|tool_call_argument_begin|>", "<|tool_call_end|>"),
        closing="<|tool_calls_section_end|>",
        head=("<|tool_call_begin|>", "<|tool_call_argument_begin|>"),
        tail=("<|tool_call_end|>",),
        end="<|tool_calls_section_end|>",
        call_id="functions.{name}:{n}",
        asks="For each function call, write\n<|tool_calls_section_begin|><|tool_call_begin|>functions.<function-name>:0"
        "<|tool_call_argument_begin|><args-json-object><|tool_call_end|><|tool_calls_section_end|>",
    ),
    ToolFormat(
        name="deepseek-v3",
        signs=(_CALLS_BEGIN, "```json"),
        style="headed",
        marker=_CALLS_BEGIN,
        opening=_CALLS_BEGIN,
        call=(f"{_CALL_BEGIN}function{_SEP}", "\n```json\n", f"\n```{_CALL_END}"),
        separator="\n",
        closing=_CALLS_END,
        head=(_CALL_BEGIN, "```json"),
        tail=(f"\n```{_CALL_END}", f"```{_CALL_END}", _CALL_END),
        end=_CALLS_END,
        asks=f"Example function tool call syntax:\n\n{_CALLS_BEGIN}{_CALL_BEGIN}function{_SEP}<function-name>\n"
        f'```json\n{{"arg1": "some_value"}}\n```{_CALL_END}{_CALLS_END}',
    ),
    ToolFormat(
        name="deepseek-v3.1",
        signs=(_CALLS_BEGIN,),
        style="headed",
        marker=_CALLS_BEGIN,
        opening=_CALLS_BEGIN,
        call=(_CALL_BEGIN, _SEP, _CALL_END),
        closing=_CALLS_END,
        head=(_CALL_BEGIN, _SEP),
        tail=(_CALL_END,),
        end=_CALLS_END,
        asks="IMPORTANT: ALWAYS adhere to this exact format for tool use:\n"
        f"{_CALLS_BEGIN}{_CALL_BEGIN}<function-name>{_SEP}<args-json-object>{_CALL_END}{_CALLS_END}",
    ),
    ToolFormat(
        name="mistral-v11",
        signs=("[TOOL_CALLS]", "[ARGS]"),
        style="headed",
        marker="[TOOL_CALLS]",
        call=("[TOOL_CALLS]", "[ARGS]", ""),
        head=("[TOOL_CALLS]", "[ARGS]"),
        call_id="{n:09}",
        asks="For each function call, write [TOOL_CALLS]<function-name>[ARGS]<args-json-object>",
    ),
    ToolFormat(
        name="mistral",
        signs=("[TOOL_CALLS]",),
        style="object",
        marker="[TOOL_CALLS]",
        opening="[TOOL_CALLS][",
        call=('{"name": "', '", "arguments": ', "}"),
        separator=", ",
        closing="]",
        call_id="{n:09}",
        asks=f"For function calls, write [TOOL_CALLS] and a list of them:\n[TOOL_CALLS][{_OBJECT % 'arguments'}]",
    ),
    ToolFormat(
        name="llama3",
        signs=('{"name": function name, "parameters":',),
        style="object",
        marker="<|python_tag|>",
        call=('{"name": "', '", "parameters": ', "}"),
        separator="; ",
        bare=True,
        asks=f"For a function call, respond with nothing but a json object:\n{_OBJECT % 'parameters'}",
    ),
    ToolFormat(
        name="qwen3-coder",
        signs=("<function=", "<parameter="),
        style="tagged",
        marker="<tool_call>",
        call=("<tool_call>\n<function=", ">\n", f"{tagged_arguments.END}\n</tool_call>"),
        separator="\n",
        head=("<function=", ">"),
        end="</tool_call>",
        asks="If you choose to call a function, reply in the following format:\n\n<tool_call>\n"
        "<function=example_function_name>\n<parameter=example_parameter_1>\nvalue_1\n</parameter>\n"
        "<parameter=example_parameter_2>\nThis is the value for the second parameter\nthat can span\nmultiple lines\n"
        "</parameter>\n</function>\n</tool_call>",
    ),
    ToolFormat(
        name="hermes",
        signs=("<tool_call>", '"arguments"'),
        style="object",
        marker="<tool_call>",
        call=('<tool_call>\n{"name": "', '", "arguments": ', "}\n</tool_call>"),
        separator="\n",
        end="</tool_call>",
        asks="For each function call, return a json object with function name and arguments within "
        f"<tool_call></tool_call> XML tags:\n<tool_call>\n{_OBJECT % 'arguments'}\n</tool_call>",
    ),
    ToolFormat(
        name="gemma",
        signs=("```tool_code",),
        style="code",
        marker="```tool_code",
        call=('```tool_code\n{"name": "', '", "parameters": ', "}\n```"),
        separator="\n",
        bare=True,
        asks="For each function call, write a block of tool_code with a json object:\n"
        f"```tool_code\n{_OBJECT % 'parameters'}\n```",
    ),
)
FORMATS: Final = {row.name: row for row in _ROWS}


def format_of(template: str, architecture: str, *, shows_tools: bool) -> ToolFormat | None:
    """The format that a chat template asks for; None if it shows tools in a form that is not known.

    A template that says nothing of tools leaves the choice to us: Google's words for Gemma, those of Hermes for others.
    """
    plain = template.replace("\\", "")  # in a string of jinja2's, quotes are escaped
    for row in _ROWS:
        if all(sign in plain for sign in row.signs):
            return row
    if shows_tools:
        return None
    return FORMATS["gemma" if architecture.startswith("gemma") else "hermes"]
