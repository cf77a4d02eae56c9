"""Chooses how a call is authenticated: with the caller's key, else the manifest's first method with credentials."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias, Union

from fluent_ai.arguments import first_set
from fluent_ai.auth.base import ANONYMOUS, Authenticator, AuthMethod, CloudAuth, Region
from fluent_ai.auth.keys import KeyAuthenticator, KeyHealth, KeyRing, checked_key
from fluent_ai.auth.tokens import FunctionSource, TokenAuthenticator
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Auth, Manifest

if TYPE_CHECKING:
    from fluent_ai.auth.aws import AwsProfile
    from fluent_ai.auth.azure import AzureCredential
    from fluent_ai.auth.google import GoogleServiceAccount
    from fluent_ai.auth.sigv4 import AwsKeys

Key: TypeAlias = Union[
    str, Sequence[str], Callable[[], str], "AwsKeys", "AwsProfile", "GoogleServiceAccount", "AzureCredential"
]
"""A key; several keys, of which the next takes over when one fails; a function that returns a key and is called before
each attempt; or a cloud's own kind of credential.
"""


class Keychain:
    """The credentials of one client, by provider. Each is replaced as a whole: threads see the old or the new one."""

    def __init__(self) -> None:
        self._given: dict[str, AuthMethod] = {}
        self._found: dict[tuple[str, str], AuthMethod | None] = {}

    def __repr__(self) -> str:
        return f"Keychain({', '.join(sorted(self._given))})"

    def set(self, manifest: Manifest, key: Key | None) -> None:
        """Use this key for calls that start from now on; None returns to the environment.

        Raises ConfigError for a value that cannot be a key.
        """
        if key is None:
            self._given.pop(manifest.id, None)
        else:
            self._given[manifest.id] = _given(manifest, key)

    def authenticator(self, manifest: Manifest, region: Region) -> Authenticator | None:
        """The authenticator for one call; None if there is no key. Raises ConfigError for a key that cannot be used."""
        if manifest.auth.scheme == "none":
            return ANONYMOUS
        method = next(self._methods(manifest, manifest.auth.methods), None)
        return None if method is None else method(region)

    def health(self, manifest: Manifest) -> tuple[KeyHealth, ...]:
        """Which of the given keys are in use; empty for keys of the environment, functions and clouds."""
        method = self._given.get(manifest.id)
        return method.ring.health() if isinstance(method, _RingMethod) else ()

    def problem(self, manifest: Manifest) -> str:
        """Why there is no key, judged offline; `""` if there is one."""
        if manifest.id in self._given:
            return ""
        problems = []
        for auth in manifest.auth.methods:
            if auth.env:
                found = self._from_environment(manifest, auth) is not None
                problem = "" if found else f"set {' or '.join(auth.env)}"
            else:
                problem = _cloud_auth(auth).problem()
            if not problem:
                return ""
            problems.append(problem)
        return "; ".join(problems)

    def profile_region(self, manifest: Manifest) -> str:
        """The region of the AWS profile that requests are signed with, or `""`."""
        from fluent_ai.auth.aws import AwsMethod

        auths = [auth for auth in manifest.auth.methods if auth.scheme == "aws_sigv4"]
        return next((method.region() for method in self._methods(manifest, auths) if isinstance(method, AwsMethod)), "")

    def _methods(self, manifest: Manifest, auths: Iterable[Auth]) -> Iterator[AuthMethod]:
        """The caller's key comes first; while it is used, the environment is not consulted."""
        if (given := self._given.get(manifest.id)) is not None:
            yield given
        for auth in auths:
            if (found := self._from_environment(manifest, auth)) is not None:
                yield found

    def _from_environment(self, manifest: Manifest, auth: Auth) -> AuthMethod | None:
        if auth.env:
            found = first_set(auth.env)
            return None if found is None else _key_method(auth, (checked_key(manifest.id, *found),), found[:1])
        place = manifest.id, auth.scheme
        if place not in self._found and _cloud_auth(auth).usable():
            self._found.setdefault(place, _cloud_auth(auth).method(auth))  # shared by all calls: it caches tokens
        return self._found.get(place)


def _given(manifest: Manifest, key: Key) -> AuthMethod:
    methods = manifest.auth.methods
    source = f"keys[{manifest.id!r}]"
    auth = next((auth for auth in methods if auth.env), Auth())
    if isinstance(key, str):
        return _key_method(auth, (checked_key(manifest.id, source, key),), (source,))
    if isinstance(key, list | tuple):
        if not key or not all(isinstance(each, str) for each in key):
            raise ConfigError(f"{source} is not a list of keys; allowed: at least one, each a str")
        names = [f"{source}[{number}]" for number in range(len(key))]
        return _key_method(auth, tuple(checked_key(manifest.id, source, each) for each in key), names)
    for each in methods:
        if not each.env and (method := _cloud_auth(each).method(each, key)) is not None:
            return method
    if callable(key):
        return _function_method(auth, manifest.id, source, key)
    raise ConfigError(
        f"{source} is of type {type(key).__name__}; allowed: a str, a list of str, or a function that returns a str"
        + "".join(f", {_KEYS[each.scheme]}" for each in methods if not each.env)
    )


_KEYS = {
    "aws_sigv4": "AwsKeys, AwsProfile",
    "google": "GoogleServiceAccount",
    "azure": "a credential of azure-identity",
}


def _key_method(auth: Auth, keys: tuple[str, ...], names: Sequence[str]) -> AuthMethod:
    return _RingMethod(KeyRing(keys, names=names), auth)


class _RingMethod:
    """Keys in a header."""

    def __init__(self, ring: KeyRing, auth: Auth) -> None:
        self.ring = ring
        self._auth = auth

    def __call__(self, region: Region) -> Authenticator:
        return KeyAuthenticator(self.ring, self._auth.header, self._auth.prefix)


def _function_method(auth: Auth, provider: str, source: str, function: Callable[[], str]) -> AuthMethod:
    asked = FunctionSource(function, lambda key: checked_key(provider, f"the result of {source}", key))
    name = getattr(function, "key_name", source)
    return lambda region: TokenAuthenticator(asked, auth.header, auth.prefix, name)


def _cloud_auth(auth: Auth) -> CloudAuth:
    """The module of a scheme, imported on first use."""
    if auth.scheme == "aws_sigv4":
        from fluent_ai.auth import aws

        return aws
    if auth.scheme == "google":
        from fluent_ai.auth import google

        return google
    from fluent_ai.auth import azure

    return azure
