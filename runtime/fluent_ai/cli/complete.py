"""`fluent-ai complete`: one prompt, one reply."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fluent_ai.errors import ConfigError

from . import replies, terminal

if TYPE_CHECKING:
    from fluent_ai.content.reply import Reply


def complete(
    model: replies.Model,
    prompt: Annotated[str, typer.Argument(help="The prompt; - reads it from standard input.")],
    system: replies.System = None,
    temperature: replies.Temperature = None,
    top_p: replies.TopP = None,
    max_tokens: replies.MaxTokens = None,
    stop: replies.Stop = None,
    seed: replies.Seed = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
    stream: Annotated[bool, typer.Option("--stream/--no-stream", help="Print the text as it arrives.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print the whole reply as one JSON document.")] = False,
    events: Annotated[
        bool, typer.Option("--events", help="Print every event as it arrives, as one line of JSON.")
    ] = False,
    usage: Annotated[bool, typer.Option("--usage", help="Report the tokens and the seconds on stderr.")] = False,
) -> None:
    """Send one prompt and print the reply."""
    if json and events:
        raise ConfigError("--json and --events exclude each other")
    options = replies.chat_options(system, temperature, top_p, max_tokens, stop, seed)
    with (
        replies.make_client(model, base_url=base_url, manifests=manifest, timeout=timeout, retries=retries) as client,
        client.stream(model, _read() if prompt == "-" else prompt, **options) as answer,
    ):
        if events:
            for event in answer:
                terminal.json_line(event)
            reply = answer.collect()
        elif json:
            reply = answer.collect()
            terminal.json_document(as_json(reply))
        elif stream:
            reply = replies.show(answer)
        else:
            reply = answer.collect()
            terminal.line(reply.text)
    if usage:
        terminal.note(summary(reply))


def as_json(reply: Reply) -> dict[str, object]:
    """The reply as plain data: its text, and its parts."""
    return {"text": reply.text, **msgspec.to_builtins(reply)}


def summary(reply: Reply) -> str:
    """The tokens in and out, and the seconds; unknown values are left out."""
    parts = []
    if reply.usage is not None:
        if reply.usage.input_tokens is not None:
            parts.append(f"{reply.usage.input_tokens} tokens in")
        if reply.usage.output_tokens is not None:
            parts.append(f"{reply.usage.output_tokens} tokens out")
    timing = reply.timing
    if timing is not None and timing.total is not None:
        parts.append(f"{timing.total:.2f} s")
        if timing.first_event is not None:
            parts.append(f"first event after {timing.first_event:.2f} s")
    return ", ".join(parts) or "the provider reports no usage"


def _read() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"the prompt on standard input is not UTF-8 (byte {error.start})") from None
