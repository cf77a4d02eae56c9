"""Printing a reply, and the options that `complete` and `chat` share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fluent_ai.content.events import Progress, ReasoningDelta, TextDelta, Warned
from fluent_ai.content.printable import printable

from . import terminal

if TYPE_CHECKING:
    from fluent_ai.client.client import Client
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import ReplyStream
    from fluent_ai.verbs.chat_options import ChatOptions

Model = Annotated[str, typer.Argument(help="provider:model, such as local:smollm2-135m", metavar="MODEL")]
System = Annotated[str | None, typer.Option(help="The system prompt.")]
Temperature = Annotated[
    float | None, typer.Option(help="0 always picks the likeliest word; higher values are more varied.")
]
TopP = Annotated[float | None, typer.Option(help="Sample from the smallest set of words with this total probability.")]
MaxTokens = Annotated[int | None, typer.Option(help="The longest reply, in tokens.")]
Stop = Annotated[list[str] | None, typer.Option(help="Text that ends the reply. Can be repeated.")]
Seed = Annotated[int | None, typer.Option(help="The same seed gives the same reply, if the provider supports that.")]
BaseUrl = Annotated[str | None, typer.Option(help="An address to use instead of the provider's own.")]
Manifests = Annotated[
    list[Path] | None, typer.Option("--manifest", help="A TOML file that describes an additional provider.")
]
Timeout = Annotated[float | None, typer.Option(help="Seconds to wait for each step; by default the provider's own.")]

Retries = Annotated[int, typer.Option(help="How often to retry before the reply begins.")]


def make_client(
    model: str, *, base_url: str | None, manifests: list[Path] | None, timeout: float | None, retries: int
) -> Client:
    """The client of a command; `base_url` is for the model's provider."""
    from fluent_ai.client.client import Client
    from fluent_ai.content.model_names import split_model

    base_urls = {} if base_url is None else {split_model(model)[0]: base_url}
    return Client(base_urls=base_urls, manifests=manifests or (), timeout=timeout, retries=retries)


def chat_options(
    system: str | None,
    temperature: float | None,
    top_p: float | None,
    max_tokens: int | None,
    stop: list[str] | None,
    seed: int | None,
) -> ChatOptions:
    return {
        "system": system,
        "temperature": temperature,
        "top_p": top_p,
        "max_tokens": max_tokens,
        "stop": stop,
        "seed": seed,
    }


def show(stream: ReplyStream) -> Reply:
    """Print the text as it arrives, and end its line even if the stream fails. Progress and reasoning go to stderr."""
    last = ""
    try:
        with terminal.ProgressBar() as bar:
            for event in stream:
                match event:
                    case TextDelta(text=text) if text:
                        bar.close()
                        last = text  # set first: Ctrl-C may arrive during the write
                        terminal.write(text)
                    case ReasoningDelta(text=text) if sys.stderr.isatty():
                        bar.close()
                        sys.stderr.write(f"\x1b[2m{printable(text)}\x1b[0m")
                        sys.stderr.flush()
                    case Progress():
                        bar.show(event)
                    case Warned(message=message):
                        terminal.note(f"warning: {message}")
    finally:
        if last and not last.endswith("\n"):
            terminal.write("\n")
    return stream.collect()
