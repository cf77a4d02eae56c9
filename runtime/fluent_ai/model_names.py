"""How a model is named: `provider:model`, a member of a generated enum, or a ModelInfo."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from fluent_ai.errors import ConfigError


class ProviderModel(Protocol):
    """Whatever knows its provider and its id: enum members and ModelInfo do."""

    @property
    def provider(self) -> str: ...

    @property
    def id(self) -> str: ...


ModelName: TypeAlias = str | ProviderModel


def split_model(model: ModelName) -> tuple[str, str]:
    """Provider and model id. A str is split at its first colon, because ids hold slashes and colons of their own."""
    if (provider := getattr(model, "provider", None)) is not None:
        return provider, str(getattr(model, "id"))  # noqa: B009  # the Protocol has said so; str has no such attribute
    if not isinstance(model, str):
        raise ConfigError(
            f"model is of type {type(model).__name__}; allowed: 'provider:model', an enum member, a ModelInfo"
        )
    provider, colon, model_id = model.partition(":")
    if not colon or not provider or not model_id or not model_id.isprintable():
        raise ConfigError(f"model is {model!r}; allowed: 'provider:model', such as 'openai:gpt-5.1'")
    return provider, model_id
