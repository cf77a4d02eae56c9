"""`fluent-ai moderate`: whether texts are considered harmful."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from fluent_ai.cli import replies, terminal
from fluent_ai.cli.models import Json
from fluent_ai.cli.verbs.calls import Model, Options, open_call, read_texts


def moderate(
    texts: Annotated[list[str] | None, typer.Argument(help="Texts; by default the lines that are piped in.")] = None,
    model: Model = None,
    option: Options = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
    json: Json = False,
) -> None:
    """Say of texts whether a provider considers them harmful, and why."""
    found = read_texts(texts, "texts")
    with open_call(
        "moderate", model, {}, option, base_url=base_url, manifest=manifest, timeout=timeout, retries=retries
    ) as call:
        verdicts = call.client.moderate(call.model, found, **call.options)
    if json:
        terminal.json_document([msgspec.to_builtins(each) for each in verdicts])
        return
    rows = [
        (
            "flagged" if each.flagged else "fine",
            ", ".join(name for name, is_so in each.categories.items() if is_so),
            found[each.index],
        )
        for each in verdicts
    ]
    terminal.table(("verdict", "categories", "text"), rows)
