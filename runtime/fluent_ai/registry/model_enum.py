"""Base of the generated enums of model ids."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent_ai.registry.facts import ModelInfo


class ModelEnum(StrEnum):
    """A member equals its model id and has a `provider`, so clients accept it as a model name."""

    __provider__ = ""

    @property
    def provider(self) -> str:
        return type(self).__provider__

    @property
    def id(self) -> str:
        return self.value

    @property
    def info(self) -> ModelInfo:
        """The facts of the model in the shared registry. Raises ConfigError if it is no longer known there."""
        from fluent_ai.registry import shared

        return shared.get(self)
