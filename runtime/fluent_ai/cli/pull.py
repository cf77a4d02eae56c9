"""`fluent-ai pull`: fetch a model to the machine that runs it."""

from __future__ import annotations

from typing import Annotated

import typer

from fluent_ai.content.events import Progress

from . import replies, terminal


def pull(
    model: Annotated[str, typer.Argument(help="A model, such as ollama:llama3.2 or smollm2-135m.", metavar="MODEL")],
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
) -> None:
    """Fetch a model to this machine or its server, unless it is there already. The default provider is local."""
    from fluent_ai.config.config import Config

    config = Config()
    name = replies.local_unless_named(model, "chat", manifest, config)
    with (
        replies.make_client(
            name, base_url=base_url, manifests=manifest, timeout=timeout, retries=retries, config=config
        ) as client,
        client.stream_pull(name) as steps,
        terminal.ProgressBar() as bar,
    ):
        for step in steps:
            if isinstance(step, Progress):
                bar.show(step)
        pulled = steps.collect()
    terminal.line(pulled.path or f"{name} is there")
