"""A configuration file that is read when it is needed, and again when it has changed."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fluent_ai.arguments import as_text, did_you_mean, toml_table
from fluent_ai.config.environment import CONFIG_FILE, with_environment
from fluent_ai.config.values import CAPABILITIES, NOTHING, VERBS, Folder, Values, Verb
from fluent_ai.errors import ConfigError
from fluent_ai.user_folder import config_folder, data_folder

if TYPE_CHECKING:
    from fluent_ai.client.naming import KnownModels
    from fluent_ai.client.route import Route
    from fluent_ai.config.resolving import Resolved
    from fluent_ai.manifest.schema import Capability
    from fluent_ai.providers.table import Credentials, ManifestInput, ProviderTable
    from fluent_ai.registry import Registry

FILE: Final = "config.toml"
_VERBS: Mapping[Capability, Verb] = {
    "token_counting": "chat",  # what is counted is what chat would send
    **{capability: verb for verb, capability in CAPABILITIES.items()},
}
_Version: TypeAlias = tuple[int, int, int]
"""When a file was changed, how long it is, and which one it is."""
_NEVER: Final = (-1, -1, -1)


class Config:
    """What the user has configured: models, aliases, rules, routes and options. A library reads none unless asked.

    client = ai.Client(config=ai.Config())
    client.complete("fast", "Why is the sky blue?")

    What is asked of the file is answered from its newest state. A later state that is invalid is reported once, as a
    RuntimeWarning, and the last valid one goes on to hold. Above the file stand the variables of the environment, and
    above these the arguments of a call. Safe to share between threads.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """`path` is the file; by default the one that FLUENT_AI_CONFIG names, else `config.toml` in the user's folder,
        which need not exist.

        Raises ConfigError, with file, line and key, for a file that is not valid, and for a `path` where none is.
        """
        self.path = config_path(path)
        """The file; None if the user has no home directory, and nothing names another."""
        self._named = path is not None or bool(os.environ.get(CONFIG_FILE))
        self._read: tuple[_Version | None, Values] | None = None
        self._refused: _Version | None = _NEVER
        _ = self.values

    def __repr__(self) -> str:
        return f"Config({str(self.path)!r})"

    @property
    def values(self) -> Values:
        """What the file says now, with what the environment says instead."""
        return with_environment(self.file_values)

    @property
    def file_values(self) -> Values:
        """What the file says now."""
        version = _version(self.path)
        known = self._read
        if known is not None and version in (known[0], self._refused):
            return known[1]
        try:
            fresh = self._load(version)
        except ConfigError as error:
            if known is None:
                raise
            self._refused = version
            warnings.warn(f"{error.message}: what was configured before still holds", RuntimeWarning, stacklevel=3)
            return known[1]
        self._read = version, fresh
        return fresh

    def document(self) -> dict[str, Any]:
        """The file as plain data, as it is written now; empty if there is none."""
        try:
            return {} if self.path is None else toml_table(self.path.read_bytes(), str(self.path))
        except FileNotFoundError:
            return {}

    def _load(self, version: _Version | None) -> Values:
        if self.path is None or (version is None and not self._named):
            return NOTHING
        from fluent_ai.config.reading import read_values

        try:
            text = self.path.read_bytes()
        except OSError as error:
            raise ConfigError(f"{self.path}: {error.strerror or type(error).__name__}") from None
        return read_values(text, str(self.path))

    def model(self, verb: Verb = "chat") -> str:
        """The name that is configured for calls that name no model. Raises ConfigError if there is none."""
        check_verb(verb)
        if (name := self.values.models.get(verb)) is None:
            raise ConfigError(
                f"no model is named; pass one, or configure it: fluent-ai config set models.{verb} provider:model"
            )
        return name

    def resolve(
        self, name: str, verb: Verb = "chat", *, known: KnownModels | None = None, otherwise: str | None = None
    ) -> Resolved:
        """The model that a name stands for, and what chose it; see `fluent_ai.config.resolving` for the order.

        `known` says what there is, by default what all clients share. `otherwise` is a provider that takes every name
        that nothing in the file stands for. Raises ConfigError, with similar names, for a name that stands for none.

        print(ai.Config().resolve("openai:gpt-5.1").why)
        """
        from fluent_ai.config import resolving

        return resolving.resolve(self.values, as_text(name, "name"), check_verb(verb), known or Known(), otherwise)

    def find_all(self, name: str, verb: Verb = "chat", *, known: KnownModels | None = None) -> tuple[Resolved, ...]:
        """All models that a name may stand for, each with what leads to it: what `resolve` returns comes first, and
        names that are merely similar come last.
        """
        from fluent_ai.config import resolving

        values, known = self.values, known or Known()
        found = [*resolving.candidates(values, as_text(name, "name"), known)]
        found += resolving.similar(values, name, check_verb(verb), known)
        return tuple({each.name: each for each in reversed(found)}.values())[::-1]

    def best_match(self, words: Sequence[str], verb: Verb = "chat", *, known: KnownModels | None = None) -> Resolved:
        """The name that has all of the words, of a model that can be called. Raises ConfigError if there is none."""
        from fluent_ai.config import resolving

        values, known, text = self.values, known or Known(), " ".join(words)

        def has_all(name: str) -> bool:
            return all(word.casefold() in name.casefold() for word in words)

        for name in filter(has_all, [*values.aliases, *values.routes]):
            return self.resolve(name, verb, known=known)
        having = [each for each in resolving.similar(values, text, check_verb(verb), known) if has_all(each.name)]
        for each in having:
            if resolving.is_ready(each.name.partition(":")[0], known):
                return each
        if having:
            raise ConfigError(f"no provider of these has a key: {', '.join(each.name for each in having)}")
        raise ConfigError(f"no model is called like {text!r:.80}; see fluent-ai models {text!r:.80}")

    def options(self, name: str, verb: Verb = "chat") -> dict[str, Any]:
        """The options that are configured for a full name, or for the name of a route."""
        from fluent_ai.config import resolving

        return resolving.options_of(self.values, check_verb(verb), as_text(name, "name"))

    def folder(self, name: Folder) -> Path:
        """Where files of the user's are: `data`, or `templates`, by default a folder within it.

        Raises ConfigError if none is configured and the user has no home directory.
        """
        if (chosen := self.values.folders.get(name)) is not None:
            return chosen
        if name == "templates":
            return self.folder("data") / "templates"
        if (folder := data_folder()) is None:
            raise ConfigError("the user has no home directory; set FLUENT_AI_HOME, or folders.data in a configuration")
        return folder

    def apply(
        self, name: str, capability: Capability, options: Mapping[str, Any], known: KnownModels
    ) -> tuple[str | Route, Mapping[str, Any]]:
        """What a client calls for each call: the model, and the options, of which those of the call win."""
        from fluent_ai.config import resolving

        verb = _VERBS.get(capability)
        values = self.values
        found = resolving.resolve(values, name, verb or "chat", known)
        configured = {} if verb is None else resolving.options_of(values, verb, found.name)
        return found.model, {**configured, **options}


class Known:
    """What there is for who has no client at hand: all providers, and those of `manifests`; keys of the environment."""

    def __init__(self, manifests: Sequence[ManifestInput] = ()) -> None:
        from fluent_ai.providers.table import Credentials, ProviderTable

        self.providers: ProviderTable = ProviderTable(manifests)
        self.credentials: Credentials = Credentials(providers=self.providers)

    @property
    def registry(self) -> Registry:
        """The registry that all share."""
        from fluent_ai.registry.shared import default

        return default


def check_verb(verb: Verb) -> Verb:
    """The verb, unchanged. Raises ConfigError for another word."""
    if verb not in VERBS:
        hint = did_you_mean(verb, VERBS) if isinstance(verb, str) else ""
        raise ConfigError(f"verb is {verb!r:.80}.{hint} Allowed: {', '.join(VERBS)}")
    return verb


def config_path(path: str | os.PathLike[str] | None = None) -> Path | None:
    """The file that a caller names, else FLUENT_AI_CONFIG, else `config.toml` in the user's folder for configuration;
    None if the user has no such folder. Raises ConfigError for what is no path.
    """
    named = path if path is not None else os.environ.get(CONFIG_FILE) or None
    if named is None:
        folder = config_folder()
        return folder and folder / FILE
    if not isinstance(named, str | os.PathLike) or not os.fspath(named) or "\0" in str(named):
        raise ConfigError(f"path is {named!r:.80}; allowed: the path of a TOML file")
    return Path(named)


def config_file(path: str | os.PathLike[str] | None = None) -> Path:
    """The same. Raises ConfigError as well if the user has no such folder."""
    if (file := config_path(path)) is None:
        raise ConfigError(f"the user has no home directory; set FLUENT_AI_HOME or {CONFIG_FILE}")
    return file


def _version(path: Path | None) -> _Version | None:
    if path is None:
        return None
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
