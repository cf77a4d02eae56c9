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
    twin: str
    define: str
    wait: str
    bases: tuple[str, ...]


@dataclass(frozen=True)
class ClientModule:
    """The module of a provider: typed clients and options. `verbs` are classes, `literals` what they take."""

    header: str
    provider: str
    quoted_id: str
    docs: str
    key_hint: str
    address_hint: str
    chats: bool
    shells: tuple[Shell, ...]
    verbs: tuple[str, ...]
    literals: tuple[str, ...]
    options: tuple[Option, ...]
    exports: tuple[str, ...]


@dataclass(frozen=True)
class Literal:
    """A type of model ids; any str where no id is known."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """`remark` says what is special about it, as a comment."""

    name: str
    quoted_id: str
    remark: str = ""


@dataclass(frozen=True)
class ModelsModule:
    """The enum and the literals of a provider's model ids."""

    header: str
    name: str
    quoted_id: str
    members: tuple[Member, ...]
    names: tuple[Literal, ...]
