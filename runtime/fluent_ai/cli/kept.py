"""`fluent-ai list` and `remove`: the models that this machine runs itself, on its disk."""

from __future__ import annotations

from typing import Annotated

import typer

from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import KeepsModels

from . import terminal

_LOCAL = "local"


def list_models(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the models that this machine can run itself, and where those are that have been pulled."""
    models = _keeper().known_models()
    if json:
        facts = ("id", "name", "license", "size", "path")
        terminal.json_document([{fact: getattr(model, fact) for fact in facts} for model in models])
        return
    terminal.table(
        ("model", "name", "size", "licence", "on disk"),
        [
            (f"{_LOCAL}:{model.id}", model.name, _megabytes(model.size), model.license, model.path or "")
            for model in models
        ],
    )


def remove(model: Annotated[str, typer.Argument(help="A model that was pulled, such as smollm2-135m.")]) -> None:
    """Remove the weights of a pulled model from this machine."""
    from fluent_ai.providers.table import ProviderTable

    provider, _, rest = model.partition(":")
    if rest and provider in ProviderTable().all() and provider != _LOCAL:
        raise ConfigError(f"model = {model!r}; only models of the provider {_LOCAL} can be removed")
    name = rest if provider == _LOCAL else model
    freed = _keeper().remove_model(name)
    terminal.line(f"removed {_LOCAL}:{name}, {_megabytes(freed)}" if freed else f"{_LOCAL}:{name} is not on this disk")


def _keeper() -> KeepsModels:
    from fluent_ai.providers.table import KNOWN_PROVIDERS, in_process

    provider = in_process(KNOWN_PROVIDERS.get(_LOCAL))
    if not isinstance(provider, KeepsModels):
        raise ConfigError(f"{_LOCAL} was replaced by {type(provider).__name__}, which keeps no models")
    return provider


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
