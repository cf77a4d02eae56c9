"""`fluent-ai rerank`: texts by how well they answer a question."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from fluent_ai.cli import replies, terminal
from fluent_ai.cli.models import Json
from fluent_ai.cli.verbs.calls import Model, Options, open_call, read_texts


def rerank(
    query: Annotated[str, typer.Argument(help="The question.")],
    documents: Annotated[
        list[str] | None, typer.Argument(help="Texts; by default the lines that are piped in.")
    ] = None,
    model: Model = None,
    top_n: Annotated[int | None, typer.Option("--top-n", "-n", help="How many to keep; all by default.")] = None,
    option: Options = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
    json: Json = False,
) -> None:
    """Order texts by how well they answer a question, best first."""
    texts = read_texts(documents, "documents")
    with open_call(
        "rerank",
        model,
        {"top_n": top_n},
        option,
        base_url=base_url,
        manifest=manifest,
        timeout=timeout,
        retries=retries,
    ) as call:
        ranking = call.client.rerank(call.model, query, texts, **call.options)
    if json:
        terminal.json_document([msgspec.to_builtins(each) for each in ranking])
        return
    terminal.table(
        ("score", "number", "text"), [(f"{each.score:.4f}", str(each.index), each.document) for each in ranking]
    )
