"""`fluent-ai providers`: which providers can be called from here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fluent_ai.threads import submit

from . import terminal
from .failures import explain
from .replies import Manifests, Retries, Timeout

if TYPE_CHECKING:
    from fluent_ai.client.client import Client
    from fluent_ai.client.live import CheckResult
    from fluent_ai.providers.table import ProviderStatus


def providers(
    check: Annotated[bool, typer.Option("--check", help="Call every provider that is ready.")] = False,
    manifest: Manifests = None,
    timeout: Timeout = None,
    retries: Retries = 2,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """List providers and whether they have a key; with --check, also whether they answer. Keys are never shown."""
    from fluent_ai.client.client import Client

    with Client(manifests=manifest or (), timeout=timeout, retries=retries) as client:
        listed = client.providers()
        answers = _check(client, listed) if check else {}
    if json:
        terminal.json_document([msgspec.to_builtins(status) | _as_json(answers.get(status.id)) for status in listed])
    else:
        terminal.table(("provider", "name", "state", "reason"), [_row(one, answers.get(one.id)) for one in listed])
    if not all(answer.ok for answer in answers.values()):
        raise typer.Exit(1)


def _check(client: Client, listed: tuple[ProviderStatus, ...]) -> dict[str, CheckResult]:
    """Call all ready providers concurrently."""
    ready = [status.id for status in listed if status.ready]
    checks = {provider: submit(partial(client.check, provider), name=f"check {provider}") for provider in ready}
    return {provider: check.result() for provider, check in checks.items()}


def _row(status: ProviderStatus, answer: CheckResult | None) -> tuple[str, ...]:
    if answer is None:
        return (status.id, status.name, "ready" if status.ready else "not ready", status.reason)
    if answer.error is not None:
        return (status.id, status.name, f"failed: {answer.problem}", explain(answer.error))
    listed = "" if answer.models is None else f"{answer.models} models "
    return (status.id, status.name, "answers", f"{listed}in {answer.seconds:.2f} s")


def _as_json(answer: CheckResult | None) -> dict[str, object]:
    if answer is None:
        return {}
    reason = explain(answer.error) if answer.error else None
    return {
        "answers": answer.ok,
        "models": answer.models,
        "seconds": answer.seconds,
        "problem": answer.problem,
        "error": reason,
    }
