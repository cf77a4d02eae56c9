"""How a model is named: `provider:model`, a member of a generated enum, or a ModelInfo."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from fluent_ai.errors import ConfigError


class ProviderModel(Protocol):
    """Anything that has a provider and an id, such as enum members and ModelInfo."""

    @property
    def provider(self) -> str: ...

    @property
    def id(self) -> str: ...


ModelName: TypeAlias = str | ProviderModel


def split_model(model: ModelName) -> tuple[str, str]:
    """Provider and model id. A str is split at its first colon, because ids may hold slashes and colons themselves.

    Raises ConfigError for other types, and for a str without a colon.
    """
    if type(model) is str:
        provider, _, model_id = model.partition(":")
    elif (named := provider_and_id(model)) is not None:
        provider, model_id = named
    elif isinstance(model, str):
        provider, _, model_id = model.partition(":")
    else:
        raise ConfigError(
            f"model is of type {type(model).__name__}; allowed: 'provider:model', an enum member, a ModelInfo"
        )
    if not provider or not model_id or not model_id.isprintable():
        raise ConfigError(f"model is {model!r}; allowed: 'provider:model', such as 'openai:gpt-5.1'")
    return provider, model_id


def provider_and_id(model: object) -> tuple[str, str] | None:
    """Provider and id of an enum member or a ModelInfo; None for anything else."""
    provider, model_id = getattr(model, "provider", None), getattr(model, "id", None)
    return (provider, model_id) if isinstance(provider, str) and isinstance(model_id, str) else None
