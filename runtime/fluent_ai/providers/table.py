"""The table of providers, and the address and key with which each is called."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import msgspec

from fluent_ai.arguments import as_headers, as_mapping, as_text, did_you_mean, first_set
from fluent_ai.auth.base import ANONYMOUS
from fluent_ai.auth.keychain import Key, Keychain
from fluent_ai.auth.keys import KeyHealth
from fluent_ai.auth.plain_http import refuse_plain_http
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import PathLike
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.checks import check_manifest
from fluent_ai.manifest.files import convert_manifest, load_manifests, parse_manifest
from fluent_ai.manifest.schema import Manifest, Route
from fluent_ai.providers.addresses import BaseUrl, fill_path, join, list_template, own_url, resolve, resolve_at
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.threads import new_rlock

ManifestInput: TypeAlias = Manifest | Mapping[str, Any] | PathLike
"""A manifest, its fields as a dict, or the path of a TOML file."""
ProviderFactory: TypeAlias = Callable[[], object]
"""Makes an object with `chat_model(id)` or the methods of other capabilities (`interfaces.ChatProvider`)."""

ENTRY_POINTS = "fluent_ai.providers"
MANIFEST_ENTRY_POINTS = "fluent_ai.manifests"
"""The entry-point group in which installed packages offer a Manifest, or its path, under the provider's id."""

_making = new_rlock()
"""Lets one factory run at a time, because a provider may hold whole models. Reentrant: a factory may use another
provider.
"""


class _Maker:
    """Makes a provider on first use, and keeps it."""

    def __init__(self, factory: ProviderFactory) -> None:
        self._factory = factory
        self._made: list[object] = []

    def __call__(self) -> object:
        with _making:
            if not self._made:
                self._made.append(self._factory())
            return self._made[0]


class _Registration(NamedTuple):
    """Replaced as a whole, so that no thread finds a manifest without its factory."""

    manifest: Manifest
    make: _Maker | None


_registered: dict[str, _Registration] = {}
_offered_makers: dict[str, _Maker] = {}


class ProviderStatus(JsonStruct, frozen=True):
    """Whether a provider can be called from here, and why or why not."""

    id: str
    """The name before the colon in `provider:model`."""
    name: str
    """The display name."""
    ready: bool
    """True if it can be called now."""
    reason: str
    """Why it can or cannot be called, such as which key is missing."""
    env: tuple[str, ...]
    """The environment variables that may hold its key."""
    docs: str
    """The URL of the provider's API documentation."""
    keys: tuple[KeyHealth, ...] = ()
    """Which of the keys that this client was given for it are in use; empty for other kinds of keys."""


def register_provider(manifest: ManifestInput, factory: ProviderFactory | None = None) -> Manifest:
    """Register a provider, given as a manifest, a dict of its fields or a path, with all clients of this process.

    If its protocol is `worker`, `factory` makes the Provider. Raises ConfigError for an invalid manifest.
    """
    checked = read_manifest(manifest)
    if not callable(factory) and factory is not None:
        raise ConfigError(f"factory is of type {type(factory).__name__}; allowed: a function that makes the provider")
    _registered[checked.id] = _Registration(checked, None if factory is None else _Maker(factory))
    return checked


def unregister_provider(provider: str) -> None:
    """Undo `register_provider`; does nothing if the provider is not registered."""
    _registered.pop(as_text(provider, "provider"), None)


def read_manifest(manifest: ManifestInput) -> Manifest:
    """The checked manifest. Raises ConfigError that names the manifest and what is wrong with it."""
    if isinstance(manifest, Manifest):
        check_manifest(manifest, f"the manifest of {manifest.id!r}")
        return manifest
    if isinstance(manifest, Mapping):
        fields = as_mapping(manifest, "manifest")
        return convert_manifest(fields, f"the manifest of {fields.get('id')!r}")
    if not isinstance(manifest, str | os.PathLike):
        kind = type(manifest).__name__
        raise ConfigError(f"manifest is of type {kind}; allowed: a Manifest, a dict of its fields, or the path of one")
    path = os.fspath(manifest)
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError as error:
        raise ConfigError(f"manifest {path!r}: {error.strerror}") from None
    except ValueError:  # a NUL or a lone surrogate
        raise ConfigError(f"manifest {path!r} is no path") from None
    return parse_manifest(text, path)


class ProviderTable:
    """The manifests of installed packages, the built-in ones, those registered in this process, and those of a client;
    later ones take precedence.
    """

    def __init__(self, manifests: Sequence[ManifestInput] = ()) -> None:
        if not isinstance(manifests, list | tuple):
            raise ConfigError(f"manifests is of type {type(manifests).__name__}; allowed: a list of manifests")
        self._own = {each.id: each for each in map(read_manifest, manifests)}

    def all(self) -> dict[str, Manifest]:
        registered = {name: each.manifest for name, each in _registered.copy().items()}
        return {**_offered(), **load_manifests(), **registered, **self._own}

    def get(self, provider: str) -> Manifest:
        """The manifest with that id or alias. Raises ConfigError, with similar names, for an unknown one."""
        manifest = self.named(as_text(provider, "provider"))
        if manifest is not None:
            return manifest
        manifests = self.all()
        names = [*manifests, *(alias for manifest in manifests.values() for alias in manifest.aliases)]
        raise ConfigError(
            f"provider {provider!r} is not known.{did_you_mean(provider, names)} Known: {', '.join(sorted(manifests))}"
        )

    def named(self, provider: str) -> Manifest | None:
        """The manifest with that id or alias, or None."""
        registered = _registered.get(provider)
        manifest = self._own.get(provider) or (registered and registered.manifest) or load_manifests().get(provider)
        if manifest is not None:
            return manifest
        manifests = self.all()
        return manifests.get(provider) or next(
            (manifest for manifest in manifests.values() if provider in manifest.aliases), None
        )


KNOWN_PROVIDERS = ProviderTable()
"""What every client knows: all but manifests that one was given for itself."""


@cache
def _offered() -> dict[str, Manifest]:
    from importlib.metadata import entry_points

    manifests = {}
    for entry in entry_points(group=MANIFEST_ENTRY_POINTS):
        try:
            manifests[entry.name] = manifest = read_manifest(entry.load())
        except (ImportError, AttributeError, ConfigError) as error:
            raise ConfigError(f"entry point {entry.name!r} of {MANIFEST_ENTRY_POINTS!r}: {error}") from None
        if manifest.id != entry.name:
            raise ConfigError(f"entry point {entry.name!r} of {MANIFEST_ENTRY_POINTS!r} offers {manifest.id!r}")
    return manifests


class Credentials:
    """Keys, addresses and headers: those that the caller passed, else the environment's, else the manifest's."""

    def __init__(
        self,
        keys: Mapping[str, Key] | None = None,
        base_urls: Mapping[str, BaseUrl] | None = None,
        headers: Mapping[str, str] | None = None,
        providers: ProviderTable | None = None,
    ) -> None:
        table = providers or KNOWN_PROVIDERS
        self._keychain = Keychain()
        for provider, key in _by_provider(keys, "keys").items():
            self.set_key(table.get(provider), key)
        addresses = _by_provider(base_urls, "base_urls").items()
        self._base_urls = {table.get(provider).id: url for provider, url in addresses}
        self._headers = as_headers(headers, "headers")

    def set_key(self, manifest: Manifest, key: Key | None) -> None:
        """Use this key for calls that start from now on; None returns to the environment.

        Raises ConfigError for a value that cannot be a key.
        """
        self._keychain.set(manifest, key)

    def with_own(self, manifest: Manifest, key: Key | None, base_url: BaseUrl | None) -> Credentials:
        """The same with another key and address for one provider, where they are given. Raises like `set_key`."""
        other = copy(self)
        if key is not None:
            other._keychain = Keychain()  # noqa: SLF001  # of the same class
            other.set_key(manifest, key)
        if base_url is not None:
            other._base_urls = {**self._base_urls, manifest.id: base_url}  # noqa: SLF001  # of the same class
        return other

    def base_url(self, manifest: Manifest) -> str:
        """The provider's base URL. Raises ConfigError for a malformed address and for a variable that is not set."""
        return resolve(self._placed(manifest), self._base_urls.get(manifest.id))

    def list_url(self, manifest: Manifest) -> str:
        """The base URL of the model list. Raises what `base_url` raises."""
        return resolve_at(self._placed(manifest), self._base_urls.get(manifest.id), list_template(manifest))

    def status(self, manifest: Manifest) -> ProviderStatus:
        auth = manifest.auth
        needed = auth.scheme != "none" and auth.required
        problem, reason = "", "key found" if needed else "no key needed"
        try:
            if needed and (problem := self._keychain.problem(manifest)):
                problem = f"no key: {problem}"
            elif manifest.base_url:
                url = self.base_url(manifest)
                if needed:
                    refuse_plain_http(manifest.id, url)
        except ConfigError as error:
            problem = error.message
        env = tuple(name for method in auth.methods for name in method.env)
        health = self._keychain.health(manifest)
        return ProviderStatus(manifest.id, manifest.name, not problem, problem or reason, env, manifest.docs, health)

    def endpoint(self, manifest: Manifest, route: Route) -> Endpoint:
        """The endpoint of a route. Raises ConfigError if the key is missing, so nothing is sent without it."""
        placed, given = self._placed(manifest), self._base_urls.get(manifest.id)
        path, other = (fill_path(placed, given, each) for each in (route.path, route.media.other_path))
        url = join(resolve_at(placed, given, route.base_url), path)
        if (path, other) != (route.path, route.media.other_path):
            media = msgspec.structs.replace(route.media, other_path=other)
            route = msgspec.structs.replace(route, path=path, media=media)
        return self._endpoint(manifest, url, manifest.auth.required, route)

    def list_endpoint(self, manifest: Manifest) -> Endpoint:
        """The endpoint of the call that lists models, for which some providers need no key. Raises like `endpoint`."""
        public = manifest.model_list is not None and not manifest.model_list.key_required
        return self._endpoint(
            manifest, self.list_url(manifest), manifest.auth.required and not public, Route(protocol="")
        )

    def _endpoint(self, manifest: Manifest, url: str, key_required: bool, route: Route) -> Endpoint:
        headers = {name.lower(): value for name, value in manifest.headers.items()}
        headers |= self._env_headers(manifest) | self._headers
        authenticator = self._keychain.authenticator(manifest, lambda: self._region(manifest, url))
        if authenticator is None:
            if key_required:
                problem = self._keychain.problem(manifest)
                if not problem:  # another thread has set the key in the meantime
                    return self._endpoint(manifest, url, key_required, route)
                raise ConfigError(
                    f"{manifest.id}: no key. {problem[:1].upper()}{problem[1:]}, or pass "
                    f"keys={{{manifest.id!r}: ...}}; keys are made at {manifest.docs}",
                    provider=manifest.id,
                )
            authenticator = ANONYMOUS
        if authenticator is not ANONYMOUS:
            refuse_plain_http(manifest.id, url)
        return Endpoint(manifest, url, headers, authenticator, route)

    def _placed(self, manifest: Manifest) -> Manifest:
        """The manifest with the AWS profile's region as default if requests are signed for AWS and no region is set."""
        variable = manifest.variables.get("region")
        signed = any(method.scheme == "aws_sigv4" for method in manifest.auth.methods)
        if not signed or variable is None or first_set(variable.env):
            return manifest
        region = self._keychain.profile_region(manifest)
        variables = {**manifest.variables, "region": msgspec.structs.replace(variable, default=region)}
        return msgspec.structs.replace(manifest, variables=variables)

    def _region(self, manifest: Manifest, url: str) -> str:
        """The region that requests to this URL are signed for: that in the URL, else the configured one."""
        from fluent_ai.auth.aws import region_of

        return region_of(url) or own_url(self._placed(manifest), {}, "{region}")

    def _env_headers(self, manifest: Manifest) -> dict[str, str]:
        headers = {}
        for name, variables in manifest.header_env.items():
            if (found := first_set(variables)) is not None:
                source, value = found
                if not value.isascii() or not value.isprintable():
                    raise ConfigError(f"{manifest.id}: {source} cannot stand in a header; allowed: printable ASCII")
                headers[name.lower()] = value
        return headers


def _by_provider(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping | None):
        kind = type(value).__name__
        raise ConfigError(f"{name} is of type {kind}; allowed: a dict by provider, such as {{'openai': ...}}")
    return as_mapping(value, name)


def in_process(manifest: Manifest) -> object:
    """The instance of an in-process provider, made on first use. Raises ConfigError if no package offers it."""
    registered = _registered.get(manifest.id)
    make = (registered and registered.make) or _offered_maker(manifest.id)
    return make()


def _offered_maker(provider: str) -> _Maker:
    """Imports the package that offers the provider, without holding a lock: its import may itself use providers."""
    from importlib.metadata import entry_points

    if (known := _offered_makers.get(provider)) is not None:
        return known
    for entry in entry_points(group=ENTRY_POINTS, name=provider):
        return _offered_makers.setdefault(provider, _Maker(entry.load()))
    raise ConfigError(f"{provider}: no package offers it under the entry-point group {ENTRY_POINTS!r}")
