"""Which way of proving who calls is taken: what the caller gave, else the manifest's first that leads anywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias, Union

from fluent_ai.arguments import first_set
from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.auth.keys import KeyAuthenticator, KeyRing, checked_key
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
"""A key; several, of which the next takes over when one fails; a function that gives one and is asked before each
attempt; or what a cloud has instead of keys.
"""
Region: TypeAlias = Callable[[], str]
Way: TypeAlias = Callable[[Region], Authenticator]
"""Makes the authenticator of one call; the region is asked for where requests are signed for one."""


class Cloud(Protocol):
    """What the modules `aws`, `google` and `azure` have."""

    def way(self, row: Auth, key: object = None) -> Way | None:
        """With this key, or with what the environment and the machine have; None where it is no key of this cloud."""
        ...

    def usable(self) -> bool:
        """Whether a call without a key could succeed."""
        ...

    def problem(self) -> str:
        """Why it would not, as far as that is known without asking anybody; `""` where it looks well."""
        ...


class Keychain:
    """The credentials of one client, by provider. Each is replaced as a whole: threads see the old or the new."""

    def __init__(self) -> None:
        self._given: dict[str, Way] = {}
        self._found: dict[tuple[str, str], Way | None] = {}

    def __repr__(self) -> str:
        return f"Keychain({', '.join(sorted(self._given))})"

    def set(self, manifest: Manifest, key: Key | None) -> None:
        """Use this for calls that begin from now on; None for what the environment has. ConfigError for no key."""
        if key is None:
            self._given.pop(manifest.id, None)
        else:
            self._given[manifest.id] = _given(manifest, key)

    def authenticator(self, manifest: Manifest, region: Region) -> Authenticator | None:
        """For one call; None when there is no key. Raises ConfigError for one that cannot be used."""
        if manifest.auth.scheme == "none":
            return ANONYMOUS
        way = next(self._ways(manifest, manifest.auth.ways), None)
        return None if way is None else way(region)

    def problem(self, manifest: Manifest) -> str:
        """Why there is no key, as far as that is known without asking anybody; `""` where there is one."""
        if manifest.id in self._given:
            return ""
        problems = []
        for row in manifest.auth.ways:
            if row.env:
                found = self._from_environment(manifest, row) is not None
                problem = "" if found else f"set {' or '.join(row.env)}"
            else:
                problem = _cloud(row).problem()
            if not problem:
                return ""
            problems.append(problem)
        return "; ".join(problems)

    def profile_region(self, manifest: Manifest) -> str:
        """The region of the AWS profile that requests are signed with; `""` where there is none."""
        from fluent_ai.auth.aws import AwsWay

        rows = [row for row in manifest.auth.ways if row.scheme == "aws_sigv4"]
        return next((way.region() for way in self._ways(manifest, rows) if isinstance(way, AwsWay)), "")

    def _ways(self, manifest: Manifest, rows: Iterable[Auth]) -> Iterator[Way]:
        """What was given goes first, and then the environment is not looked at."""
        if (given := self._given.get(manifest.id)) is not None:
            yield given
        for row in rows:
            if (found := self._from_environment(manifest, row)) is not None:
                yield found

    def _from_environment(self, manifest: Manifest, row: Auth) -> Way | None:
        if row.env:
            source = first_set(row.env)
            return _key_way(row, (checked_key(manifest.id, source, os.environ[source]),)) if source else None
        place = manifest.id, row.scheme
        if place not in self._found and _cloud(row).usable():
            self._found.setdefault(place, _cloud(row).way(row))  # one for all calls: it keeps tokens
        return self._found.get(place)


def _given(manifest: Manifest, key: Key) -> Way:
    ways = manifest.auth.ways
    source = f"keys[{manifest.id!r}]"
    row = next((row for row in ways if row.env), Auth())
    if isinstance(key, str):
        return _key_way(row, (checked_key(manifest.id, source, key),))
    if isinstance(key, list | tuple):
        if not key or not all(isinstance(each, str) for each in key):
            raise ConfigError(f"{source} is a list of other things than keys; allowed: at least one, each a str")
        return _key_way(row, tuple(checked_key(manifest.id, source, each) for each in key))
    for each in ways:
        if not each.env and (way := _cloud(each).way(each, key)) is not None:
            return way
    if callable(key):
        return _function_way(row, manifest.id, source, key)
    raise ConfigError(
        f"{source} is of type {type(key).__name__}; allowed: str, a list of them, or a function that gives one"
        + "".join(f", {_KEYS[each.scheme]}" for each in ways if not each.env)
    )


_KEYS = {
    "aws_sigv4": "AwsKeys, AwsProfile",
    "google": "GoogleServiceAccount",
    "azure": "a credential of azure-identity",
}


def _key_way(row: Auth, keys: tuple[str, ...]) -> Way:
    ring = KeyRing(keys)
    return lambda region: KeyAuthenticator(ring, row.header, row.prefix)


def _function_way(row: Auth, provider: str, source: str, function: Callable[[], str]) -> Way:
    asked = FunctionSource(function, lambda key: checked_key(provider, f"what {source} gave", key))
    return lambda region: TokenAuthenticator(asked, row.header, row.prefix)


def _cloud(row: Auth) -> Cloud:
    """The module behind a scheme, imported when it is needed."""
    if row.scheme == "aws_sigv4":
        from fluent_ai.auth import aws

        return aws
    if row.scheme == "google":
        from fluent_ai.auth import google

        return google
    from fluent_ai.auth import azure

    return azure
