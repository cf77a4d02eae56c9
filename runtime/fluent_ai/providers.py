"""Which providers there are, and with what address and key each is called."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from fluent_ai.addresses import BaseUrl, first_set, list_template, resolve, resolve_at
from fluent_ai.errors import ConfigError
from fluent_ai.manifest import Manifest, Route, load_manifests, parse_manifest
from fluent_ai.options import near
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.vocabulary import PathLike

ManifestInput: TypeAlias = Manifest | PathLike
ProviderFactory: TypeAlias = Callable[[], object]
"""Makes an object with `chat_model(id)` or its like for other capabilities (`interfaces.ChatProvider`)."""

ENTRY_POINTS = "fluent_ai.providers"

_registered: dict[str, Manifest] = {}
_factories: dict[str, ProviderFactory] = {}
_instances: dict[str, object] = {}


class ProviderStatus(msgspec.Struct, frozen=True):
    """Whether a provider can be called as things stand, and if not, why."""

    id: str
    name: str
    ready: bool
    reason: str
    env: tuple[str, ...]
    docs: str


def register_provider(manifest: ManifestInput, factory: ProviderFactory | None = None) -> Manifest:
    """Make a provider known to all clients of this process: a manifest or the path of one.

    With protocol `worker`, `factory` makes the Provider. Raises ConfigError for a bad manifest.
    """
    row = read_manifest(manifest)
    _registered[row.id] = row
    if factory is not None:
        _factories[row.id] = factory
        _instances.pop(row.id, None)
    return row


def unregister_provider(provider: str) -> None:
    """Undo `register_provider`."""
    for table in (_registered, _factories, _instances):
        table.pop(provider, None)


def read_manifest(manifest: ManifestInput) -> Manifest:
    """Raises ConfigError naming the file and what is wrong with it."""
    if isinstance(manifest, Manifest):
        return manifest
    path = os.fspath(manifest)
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError as error:
        raise ConfigError(f"manifest {path!r}: {error.strerror}") from None
    return parse_manifest(text, path)


class ProviderTable:
    """The built-in rows, those registered in this process, and those of one client, later ones first."""

    def __init__(self, manifests: Sequence[ManifestInput] = ()) -> None:
        self._own = {row.id: row for row in map(read_manifest, manifests)}

    def all(self) -> dict[str, Manifest]:
        return {**load_manifests(), **_registered, **self._own}

    def get(self, provider: str) -> Manifest:
        """By id or alias. Raises ConfigError with near matches."""
        row = self._own.get(provider) or _registered.get(provider) or load_manifests().get(provider)
        if row is not None:
            return row
        rows = self.all()
        for row in rows.values():
            if provider in row.aliases:
                return row
        names = [*rows, *(alias for row in rows.values() for alias in row.aliases)]
        raise ConfigError(
            f"provider {provider!r} is not known.{near(provider, names)} Known: {', '.join(sorted(rows))}"
        )


class Credentials:
    """Keys, addresses and headers: what the caller gave, else the environment, else the manifest."""

    def __init__(
        self,
        keys: Mapping[str, str] | None = None,
        base_urls: Mapping[str, BaseUrl] | None = None,
        headers: Mapping[str, str] | None = None,
        providers: ProviderTable | None = None,
    ) -> None:
        table = providers or ProviderTable()
        self._keys = {table.get(provider).id: key for provider, key in (keys or {}).items()}
        self._base_urls = {table.get(provider).id: url for provider, url in (base_urls or {}).items()}
        self._headers = {name.lower(): value for name, value in (headers or {}).items()}

    def key(self, manifest: Manifest) -> str | None:
        """Raises ConfigError when a key cannot stand in a header."""
        found = self._keys.get(manifest.id)
        source = f"keys[{manifest.id!r}]"
        if found is None:
            source = first_set(manifest.auth.env)
            found = os.environ.get(source) if source else None
        if found is None:
            return None
        key = found.strip()
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise ConfigError(f"{manifest.id}: {source} holds no usable key; allowed: printable ASCII without spaces")
        return key

    def base_url(self, manifest: Manifest) -> str:
        """Raises ConfigError for an address that is none, and for a variable of it that is missing."""
        return resolve(manifest, self._base_urls.get(manifest.id))

    def list_url(self, manifest: Manifest) -> str:
        """The base URL of the model list; raises as `base_url`."""
        return resolve_at(manifest, self._base_urls.get(manifest.id), list_template(manifest))

    def status(self, manifest: Manifest) -> ProviderStatus:
        auth = manifest.auth
        needed = auth.scheme != "none" and auth.required
        ready, reason = True, "key found" if needed else "no key needed"
        try:
            if needed and self.key(manifest) is None:
                ready, reason = False, f"no key: set {' or '.join(auth.env)}"
            elif manifest.base_url:
                self.base_url(manifest)
        except ConfigError as error:
            ready, reason = False, error.message
        return ProviderStatus(manifest.id, manifest.name, ready, reason, auth.env, manifest.docs)

    def endpoint(self, manifest: Manifest, route: Route) -> Endpoint:
        """Raises ConfigError when the key is missing: nothing is sent without it."""
        url = resolve_at(manifest, self._base_urls.get(manifest.id), route.base_url) + route.path
        return self._endpoint(manifest, url, manifest.auth.required, route)

    def list_endpoint(self, manifest: Manifest) -> Endpoint:
        """The same for the call that lists models, which some answer to anyone."""
        public = manifest.model_list is not None and not manifest.model_list.key_required
        return self._endpoint(
            manifest, self.list_url(manifest), manifest.auth.required and not public, Route(protocol="")
        )

    def _endpoint(self, manifest: Manifest, url: str, key_required: bool, route: Route) -> Endpoint:
        auth = manifest.auth
        headers = {name.lower(): value for name, value in manifest.headers.items()}
        headers |= self._env_headers(manifest) | self._headers
        key = None if auth.scheme == "none" else self.key(manifest)
        if key is not None:
            headers[auth.header] = f"Bearer {key}" if auth.scheme == "bearer" else key
        elif auth.scheme != "none" and key_required:
            raise ConfigError(
                f"{manifest.id}: no key. Set {' or '.join(auth.env)}, or pass keys={{{manifest.id!r}: ...}}; "
                f"keys are made at {manifest.docs}",
                provider=manifest.id,
            )
        secrets = () if key is None else (key,)
        return Endpoint(manifest, url, headers, secrets, route)

    def _env_headers(self, manifest: Manifest) -> dict[str, str]:
        headers = {}
        for name, variables in manifest.header_env.items():
            if source := first_set(variables):
                value = os.environ[source].strip()
                if not value.isascii() or not value.isprintable():
                    raise ConfigError(f"{manifest.id}: {source} cannot stand in a header; allowed: printable ASCII")
                headers[name.lower()] = value
        return headers


def in_process(manifest: Manifest) -> object:
    """The provider that runs in this process, made when first asked for. Raises ConfigError where there is none."""
    if manifest.id not in _instances:
        factory = _factories.get(manifest.id) or _entry_point(manifest.id)
        _instances[manifest.id] = factory()
    return _instances[manifest.id]


def _entry_point(provider: str) -> ProviderFactory:
    from importlib.metadata import entry_points

    for entry in entry_points(group=ENTRY_POINTS, name=provider):
        factory: ProviderFactory = entry.load()
        return factory
    raise ConfigError(f"{provider}: no package offers it under the entry-point group {ENTRY_POINTS!r}")
