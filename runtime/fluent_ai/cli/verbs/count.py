"""`fluent-ai count`: how many tokens a request has."""

from __future__ import annotations

from typing import Annotated

import typer

from fluent_ai.cli import replies, terminal
from fluent_ai.cli.models import Json
from fluent_ai.cli.verbs.calls import Model, Options, open_call


def count(
    prompt: Annotated[str | None, typer.Argument(help="What is asked. What is piped in comes before it.")] = None,
    model: Model = None,
    system: replies.System = None,
    attach: replies.Attach = None,
    option: Options = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
    json: Json = False,
) -> None:
    """Count the tokens that `ask` would send, by the provider, by the model's tokenizer, or by an estimate."""
    from fluent_ai.cli.asking.asked import read_parts
    from fluent_ai.content.parts import Message

    parts = read_parts(prompt, attach or ())
    with open_call(
        "chat", model, {"system": system}, option,
        base_url=base_url, manifest=manifest, timeout=timeout, retries=retries,
    ) as call:  # fmt: skip
        found = call.client.count_tokens(call.model, [Message("user", parts)], **call.options)
    if json:
        shown = {"tokens": found.tokens, "source": found.source, "margin": found.margin, "most": found.most}
        terminal.json_document(shown)
    else:
        terminal.line(str(found.tokens))
        if not found.exact:
            terminal.note(f"an estimate; nine requests out of ten have at most {found.most}")
