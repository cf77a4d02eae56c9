"""What a configuration says, once it has been read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.manifest.schema import Capability

Verb: TypeAlias = Literal["chat", "embed", "rerank", "moderate", "transcribe", "speak", "image"]
"""What models are configured for."""
VERBS: tuple[Verb, ...] = get_args(Verb)
CAPABILITIES: Mapping[Verb, Capability] = {
    "chat": "chat",
    "embed": "embeddings",
    "rerank": "rerank",
    "moderate": "moderation",
    "transcribe": "transcription",
    "speak": "speech",
    "image": "images",
}
"""The capability of providers behind each verb."""
KEYS = ("models", "provider", "aliases", "rules", "routes", "options", "folders", "theme", "save", "ledger")
"""The keys of the file."""

Theme: TypeAlias = Literal["dark", "light", "plain"]
THEMES: tuple[Theme, ...] = get_args(Theme)

Folder: TypeAlias = Literal["data", "templates"]
FOLDERS: tuple[Folder, ...] = get_args(Folder)

_NONE: Mapping[str, Any] = MappingProxyType({})


class Rule(NamedTuple):
    """Names that match a pattern stand for a model."""

    pattern: str
    """As it is written in the file."""
    regex: re.Pattern[str]
    """What a name must match as a whole."""
    model: str
    """The model, in which `{name}`, `{1}` and the names of groups stand for what was matched."""
    kind: Literal["glob", "regex"]
    """How the pattern is written."""
    priority: int = 0
    """Rules with a higher priority are tried first; of the same, the earlier one in the file."""
    needs: tuple[str, ...] = ()
    """Facts that must be known to hold for the model, such as `tools`."""
    key: bool = False
    """True if the rule holds only where the provider can be called, because a key is there or none is needed."""

    @property
    def label(self) -> str:
        """How `why` names the rule."""
        return f"{self.kind} {self.pattern!r}"


class Values(NamedTuple):
    """All that may be configured. What a file does not say has its default here."""

    models: Mapping[str, str] = _NONE
    """Verb -> the model that is used where none is named."""
    provider: str | None = None
    """The provider of names without one."""
    aliases: Mapping[str, str] = _NONE
    """Name -> another name: of a model, a route or a further alias."""
    rules: tuple[Rule, ...] = ()
    """In the order in which they are tried."""
    routes: Mapping[str, Route] = _NONE
    """Name -> several models."""
    options: Mapping[str, Mapping[str, Mapping[str, Any]]] = _NONE
    """Verb -> glob of full names -> options; later globs win."""
    folders: Mapping[str, Path] = _NONE
    """Where files of the user's are."""
    theme: Theme = "dark"
    """The colours of code on a terminal."""
    save: bool = False
    """Whether the command line keeps what is asked and answered."""
    ledger: bool = True
    """Whether the command line books its calls, without what was asked and answered."""


NOTHING = Values()
"""The configuration of an empty file."""
