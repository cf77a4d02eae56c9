"""What templates print: names are safe, literals are quoted, the order is fixed."""

from __future__ import annotations

from dataclasses import dataclass

from fluent_ai_codegen.render.verbs import VerbModule


@dataclass(frozen=True)
class Twin:
    """The words in which blocking and asynchronous methods differ."""

    prefix: str
    define: str
    enter: str
    wait: str


BLOCKING = Twin("", "def", "with", "")
ASYNCHRONOUS = Twin("Async", "async def", "async with", "await ")
TWINS = (BLOCKING, ASYNCHRONOUS)


@dataclass(frozen=True)
class Option:
    """A provider's own chat option and its Python type."""

    name: str
    type: str


@dataclass(frozen=True)
class Shell:
    """One of the two clients of a provider."""

    name: str
    twin: Twin
    bases: tuple[str, ...]


@dataclass(frozen=True)
class ClientModule:
    """The module of a provider: typed clients and options. `verbs` are classes, `literals` what they take.

    `chat` is the verb whose options are the provider's own.
    """

    header: str
    provider: str
    quoted_id: str
    docs: str
    key_hint: str
    address_hint: str
    chat: VerbModule | None
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
