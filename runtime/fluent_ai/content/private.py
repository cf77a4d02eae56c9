"""Structs whose reprs show no content: keys, tokens and prompts."""

from __future__ import annotations

from typing import Any

import msgspec


class PrivateStruct(msgspec.Struct, frozen=True):
    """A struct whose repr shows no fields; a subclass may show harmless ones. Rich, which reads the fields of structs,
    shows the same.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        raise NotImplementedError("rich uses the repr instead")
