"""Base of the generated enums of model ids."""

from __future__ import annotations

from enum import StrEnum


class ModelEnum(StrEnum):
    """A member equals its model id and has a `provider`, so clients accept it as a model name."""

    __provider__ = ""

    @property
    def provider(self) -> str:
        return type(self).__provider__

    @property
    def id(self) -> str:
        return self.value
