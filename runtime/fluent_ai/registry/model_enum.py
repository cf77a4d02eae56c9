"""Base of the generated enums of model ids."""

from __future__ import annotations

from enum import StrEnum


class ModelEnum(StrEnum):
    """A member equals its model id and knows its provider, so clients take it as it is."""

    __provider__ = ""

    @property
    def provider(self) -> str:
        return type(self).__provider__

    @property
    def id(self) -> str:
        return self.value
