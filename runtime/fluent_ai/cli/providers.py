"""`fluent-ai providers`: who can be called from here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fluent_ai.errors import FluentError

from . import terminal
from .failures import explain
from .replies import Manifests, Timeout

if TYPE_CHECKING:
    from fluent_ai.client import Client
    from fluent_ai.providers import ProviderStatus


def providers(
    check: Annotated[bool, typer.Option("--check", help="Call each provider that is ready.")] = False,
    manifest: Manifests = None,
    timeout: Timeout = None,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """List providers, which of them have a key, and with --check whether they answer. Keys are never shown."""
    from fluent_ai.client import Client

    with Client(manifests=manifest or (), timeout=timeout) as client:
        listed = client.providers()
        answers = _check(client, listed) if check else {}
    failed = {provider for provider, problem in answers.items() if problem}
    if json:
        terminal.json_document([msgspec.to_builtins(status) | _answer(answers, status.id) for status in listed])
    else:
        rows = []
        for status in listed:
            state = "ready" if status.ready else "not ready"
            if status.id in answers:
                state = "failed" if status.id in failed else "answers"
            rows.append((status.id, status.name, state, answers.get(status.id) or status.reason))
        terminal.table(("provider", "name", "state", "reason"), rows)
    if failed:
        raise typer.Exit(1)


def _check(client: Client, listed: tuple[ProviderStatus, ...]) -> dict[str, str | None]:
    """Provider -> what went wrong, or None; the providers are called at the same time."""

    def call(provider: str) -> str | None:
        try:
            client.check(provider)
        except FluentError as error:
            return explain(error)
        return None

    ready = [status.id for status in listed if status.ready]
    with ThreadPoolExecutor(max_workers=8) as pool:
        return dict(zip(ready, pool.map(call, ready), strict=True))


def _answer(answers: dict[str, str | None], provider: str) -> dict[str, object]:
    if provider not in answers:
        return {}
    return {"answers": answers[provider] is None, "problem": answers[provider]}
