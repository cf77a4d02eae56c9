"""The endpoint of one call: URL, headers and credentials, resolved from a provider's manifest."""

from __future__ import annotations

from collections.abc import Mapping

from fluent_ai.auth.base import ANONYMOUS, Authenticator, Secrets
from fluent_ai.content.private import PrivateStruct
from fluent_ai.manifest.schema import Manifest, Route


class Endpoint(PrivateStruct, frozen=True):
    """`headers` are those of every request, without credentials; the repr shows none of them."""

    manifest: Manifest
    url: str
    headers: Mapping[str, str]
    authenticator: Authenticator = ANONYMOUS
    route: Route = Route(protocol="")

    @property
    def secrets(self) -> Secrets:
        """Texts that must not appear in messages."""
        return Secrets(self.authenticator)

    def __repr__(self) -> str:
        return f"Endpoint({self.manifest.id}, {self.url})"
