"""Printing a reply, and the options that `ask`, `chat` and the other verbs share."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar, cast

import msgspec
import typer

from fluent_ai.content.events import Progress, ReasoningDelta, TextDelta, Warned
from fluent_ai.errors import ConfigError

from . import terminal

if TYPE_CHECKING:
    from fluent_ai.client.client import Client
    from fluent_ai.config.config import Config
    from fluent_ai.config.values import Verb
    from fluent_ai.verbs.chat_options import ChatOptions
    from fluent_ai_toolkit.tools.events import RunEvent

ResultT = TypeVar("ResultT", covariant=True)

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
Attach = Annotated[
    list[str] | None, typer.Option("--attach", "-a", help="A picture, sound, document or text: a path, a URL or -.")
]
GoOn = Annotated[bool, typer.Option("--continue", "-c", help="Go on with the latest chat that was kept.")]
ChatId = Annotated[str | None, typer.Option(help="Go on with this chat, by the beginning of its id.")]
Retries = Annotated[int, typer.Option(help="How often to retry before the reply begins.")]


def make_client(
    model: str,
    verb: Verb = "chat",
    *,
    base_url: str | None,
    manifests: list[Path] | None,
    timeout: float | None,
    retries: int,
    config: Config,
) -> Client:
    """The client of a command, which reads names of models by the user's configuration and books its calls; `base_url`
    is for the model's provider.
    """
    from fluent_ai.cli.booking import observers
    from fluent_ai.client.client import Client
    from fluent_ai.config.config import Known

    base_urls = {}
    if base_url is not None:
        found = config.resolve(model, verb, known=Known(manifests or ()))
        if found.route is not None:
            raise ConfigError(f"--base-url is for one provider, but {model!r} is a route")
        base_urls = {found.name.partition(":")[0]: base_url}
    return Client(
        base_urls=base_urls,
        manifests=manifests or (),
        timeout=timeout,
        retries=retries,
        config=config,
        observe=observers(config),
    )


def local_unless_named(model: str, verb: Verb, manifests: list[Path] | None, config: Config) -> str:
    """The full name of a model, or that of a route; what nothing else stands for is a model of this machine."""
    from fluent_ai.config.config import Known

    return config.resolve(model, verb, known=Known(manifests or ()), otherwise="local").name


def full_name(model: str) -> str:
    """`provider:model` for a name of the user's; a full name stays as it is. Raises ConfigError for a route."""
    from fluent_ai.config.config import Config

    config = Config()
    if ":" in model and model not in config.values.aliases:  # the registry may know providers that no client does
        return model
    found = config.resolve(model)
    if found.route is not None:
        legs = ", ".join(each.name for each in found.route.legs)
        raise ConfigError(f"{model!r} is a route; allowed: one of its models, {legs}")
    return found.name


def chat_options(
    system: str | None,
    temperature: float | None,
    top_p: float | None,
    max_tokens: int | None,
    stop: list[str] | None,
    seed: int | None,
) -> ChatOptions:
    """The options that were given; the configuration may have others."""
    options: ChatOptions = {
        "system": system,
        "temperature": temperature,
        "top_p": top_p,
        "max_tokens": max_tokens,
        "stop": stop,
        "seed": seed,
    }
    return cast("ChatOptions", given(options))


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options without those that the command line does not have."""
    return {name: value for name, value in options.items() if value is not None}


class Shown(Protocol):
    """Where the text of a reply goes."""

    def write(self, text: str, /) -> None:
        """The next piece."""
        ...


class Answers(Protocol[ResultT]):
    """A stream of a reply, or a run of tools."""

    def __iter__(self) -> Iterator[RunEvent]: ...
    def collect(self) -> ResultT:
        """What it comes to."""
        ...


def show(stream: Answers[ResultT], to: Shown | None = None, *, reasoning: bool = True) -> ResultT:
    """Print the text as it arrives, and end its line even if the stream fails.

    Progress, reasoning and calls of tools go to stderr.
    """
    write = terminal.write if to is None else to.write
    last, thinking = "", False
    try:
        with terminal.ProgressBar() as bar:
            for event in stream:
                match event:
                    case TextDelta(text=text) if text:
                        bar.close()
                        if thinking:
                            terminal.dim("\n")
                            thinking = False
                        last = text  # set first: Ctrl-C may arrive during the write
                        write(text)
                    case ReasoningDelta(text=text) if reasoning and sys.stderr.isatty():
                        bar.close()
                        terminal.dim(text)
                        thinking = True
                    case Progress():
                        bar.show(event)
                    case Warned(message=message):
                        terminal.note(f"warning: {message}")
                    case _ if event.type in ("tool_started", "tool_finished"):
                        if last and not last.endswith("\n"):
                            write("\n")
                            last = "\n"
                        terminal.note(_of_tool(event))
                    case _:
                        pass
    finally:
        if to is None and last and not last.endswith("\n"):
            terminal.write("\n")
    return stream.collect()


def _of_tool(event: RunEvent) -> str:
    """A line on a call of a tool: its name and arguments when it starts, how it ended when it does."""
    from fluent_ai_toolkit.tools.events import ToolFinished, ToolStarted

    if isinstance(event, ToolStarted):
        return f"tool {event.call.name} {msgspec.json.encode(event.call.arguments).decode():.200}"
    if isinstance(event, ToolFinished) and event.run.status != "done":
        return f"tool {event.run.call.name} {event.run.status}: {event.run.result.content:.200}"
    return f"tool {event.run.call.name} done" if isinstance(event, ToolFinished) else ""
