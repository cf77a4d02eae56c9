"""A reply on the screen, and the options that `complete` and `chat` share."""

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
System = Annotated[str | None, typer.Option(help="What the model is told before the conversation.")]
Temperature = Annotated[float | None, typer.Option(help="0 is the most likely word, higher is more varied.")]
TopP = Annotated[float | None, typer.Option(help="Sample from the smallest set of words of this probability.")]
MaxTokens = Annotated[int | None, typer.Option(help="The longest reply, in tokens.")]
Stop = Annotated[list[str] | None, typer.Option(help="Text that ends the reply; may be given several times.")]
Seed = Annotated[int | None, typer.Option(help="The same seed gives the same reply, where the provider can.")]
BaseUrl = Annotated[str | None, typer.Option(help="The provider's address, in the place of its own.")]
Manifests = Annotated[
    list[Path] | None, typer.Option("--manifest", help="TOML file that describes a further provider.")
]
Timeout = Annotated[float | None, typer.Option(help="Seconds to wait for each step; the provider's own by default.")]

Retries = Annotated[int, typer.Option(help="How often to try again before the reply begins.")]


def make_client(
    model: str, *, base_url: str | None, manifests: list[Path] | None, timeout: float | None, retries: int
) -> Client:
    """A client for the commands; `base_url` is that of the model's provider."""
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
    """Print the text as it comes, and end its line also when the stream fails. Progress and reasoning go to stderr."""
    last = ""
    try:
        with terminal.ProgressBar() as bar:
            for event in stream:
                match event:
                    case TextDelta(text=text) if text:
                        bar.close()
                        last = text  # before it is written: Ctrl-C may fall right after
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
