"""Which models the process holds in memory, and letting go of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.errors import ConfigError
from fluent_ai.providers.table import ProviderTable, in_process

from fluent_ai_local.provider import LocalProvider

if TYPE_CHECKING:
    from fluent_ai_local.catalog.loaded_models import InMemory


def in_memory() -> list[InMemory]:
    """The models in memory, with the bytes that each takes: those of language, then those of images."""
    return _provider().loaded()


def unload(model: str | None = None) -> int:
    """Let go of a model, such as `smollm2-135m`, `tiny-sd3` or a path, or of all of them. Returns how many there were.

    Their memory goes back to the system; a reply that is being written, or a picture that is being drawn, keeps its
    model until it ends. Raises NotFound for an unknown model.
    """
    return _provider().unload(model)


def _provider() -> LocalProvider:
    provider = in_process(ProviderTable().get("local"))
    if not isinstance(provider, LocalProvider):
        raise ConfigError(f"the provider local was replaced by {type(provider).__name__}", provider="local")
    return provider
