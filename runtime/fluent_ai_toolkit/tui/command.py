"""`fluent-ai tui`: chats in a terminal of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.tui.app import ChatApp


def tui(
    model: Annotated[
        str | None, typer.Argument(help="provider:model, or a name of yours; by default the configured model.")
    ] = None,
    store: Annotated[Path | None, typer.Option(help="The file of the conversations; by default your own.")] = None,
    chat: Annotated[str | None, typer.Option(help="The id of a conversation to go on with.")] = None,
    tool: Annotated[
        list[str] | None,
        typer.Option("--tool", "-T", help="A tool, as for ask; you are asked before each call. Can be repeated."),
    ] = None,
) -> None:
    """Chat on the whole screen, with a list of conversations.

    There are search, branches, and a list of models with their prices.
    """
    from fluent_ai.cli.asking.tool_names import all_tools_of
    from fluent_ai.cli.booking import observers
    from fluent_ai.client.client import AsyncClient
    from fluent_ai.config.config import Config

    from fluent_ai_toolkit.chat.store import chats

    if not sys.stdout.isatty():
        raise ConfigError("the output is no terminal; allowed here: fluent-ai chat")
    config = Config()
    opened = chats(config.folder("data") / "chats.db" if store is None else store)
    tools = all_tools_of(tool or ())
    client = AsyncClient(config=config, observe=observers(config))
    ChatApp(client, opened, model or config.model("chat"), chat=chat, tools=tools).run()
