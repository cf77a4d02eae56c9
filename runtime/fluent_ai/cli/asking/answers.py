"""How a reply is printed: as text or Markdown while it comes, as events, as JSON, or its code alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

import msgspec

from fluent_ai.cli import replies, terminal
from fluent_ai.cli.facts import dollars
from fluent_ai.content.reply import Reply
from fluent_ai.errors import ConfigError, FluentError

if TYPE_CHECKING:
    from fluent_ai.config.values import Theme
    from fluent_ai.streams.stream import ReplyStream
    from fluent_ai_toolkit.tools.events import RunResult
    from fluent_ai_toolkit.tools.run import Run

Answer: TypeAlias = "ReplyStream | Run"
Whole: TypeAlias = "Reply | RunResult"


class Form(NamedTuple):
    """What is printed."""

    json: bool = False
    events: bool = False
    extract: bool = False
    extract_last: bool = False
    stream: bool = True
    raw: bool = False
    reasoning: bool = True

    def check(self) -> None:
        """Raises ConfigError for forms that exclude each other."""
        given = [name for name in ("json", "events", "extract", "extract_last") if getattr(self, name)]
        if len(given) > 1:
            raise ConfigError(f"{' and '.join(f'--{name}'.replace('_', '-') for name in given)} exclude each other")


def show_answer(answer: Answer, form: Form, theme: Theme) -> Whole:
    """Print the answer; returns it."""
    if form.events:
        for event in answer:
            terminal.json_line(event)
        return answer.collect()
    if form.json or form.extract or form.extract_last or not form.stream:
        result: Whole = answer.collect()
        if form.json:
            terminal.json_document(as_json(result))
        elif form.extract or form.extract_last:
            from fluent_ai.cli.asking.code_blocks import code_block

            terminal.line(code_block(result.text, last=form.extract_last))
        else:
            terminal.line(result.text)
        return result
    from fluent_ai.cli.asking.markdown import MarkdownWriter, can_render

    if form.raw or not can_render():
        return _shown(answer, None, form)
    with MarkdownWriter(theme) as writer:
        return _shown(answer, writer, form)


def _shown(answer: Answer, to: replies.Shown | None, form: Form) -> Whole:
    return replies.show(cast("replies.Answers[Whole]", answer), to, reasoning=form.reasoning)


def as_json(result: Whole) -> dict[str, object]:
    """The answer as plain data: its text and parts, and the calls of a run that made any."""
    if not isinstance(result, Reply) and not result.calls and result.reply is not None:
        result = result.reply
    return {"text": result.text, **msgspec.to_builtins(result, enc_hook=_plain)}


def _plain(value: object) -> object:
    if isinstance(value, FluentError):
        return {"type": type(value).__name__, "message": value.message}
    return str(value)


def summary(result: Whole, price: float | None = None) -> str:
    """The tokens in and out, the cost and the seconds; unknown values are left out."""
    parts = []
    if (usage := result.usage) is not None:
        if usage.input_tokens is not None:
            parts.append(f"{usage.input_tokens} tokens in")
        if usage.output_tokens is not None:
            parts.append(f"{usage.output_tokens} tokens out")
    if price is not None:
        parts.append(f"{dollars(price)} USD")
    timing = result.timing
    if timing is not None and timing.total is not None:
        parts.append(f"{timing.total:.2f} s")
        if timing.first_event is not None:
            parts.append(f"first event after {timing.first_event:.2f} s")
    return ", ".join(parts) or "the provider reports no usage"


def cost_of(result: Whole) -> float | None:
    """What the answer cost in US dollars, where that is known."""
    from fluent_ai.registry.shared import default

    found = [result] if isinstance(result, Reply) else result.replies
    try:
        costs = [default.cost(reply).total for reply in found]
    except ConfigError:  # a provider that the registry does not know
        return None
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known and len(known) == len(costs) else None
