"""What templates print: names are safe, literals are quoted, the order is fixed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """A provider's own chat option and its Python type."""

    name: str
    type: str


@dataclass(frozen=True)
class Shell:
    """One of the two clients, which differ in these words only."""

    name: str
    base: str
    transport: str
    stream: str
    define: str
    wait: str


@dataclass(frozen=True)
class ClientModule:
    """The module of a provider: typed clients and options."""

    header: str
    provider: str
    quoted_id: str
    name: str
    docs: str
    key_hint: str
    address_hint: str
    shells: tuple[Shell, ...]
    options: tuple[Option, ...]
    exports: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    name: str
    quoted_id: str


@dataclass(frozen=True)
class ModelsModule:
    """The enum and the literal of a provider's model ids."""

    header: str
    name: str
    quoted_id: str
    members: tuple[Member, ...]
    ids: tuple[str, ...]
