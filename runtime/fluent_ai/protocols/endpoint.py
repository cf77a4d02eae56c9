"""Where and as whom a codec speaks: one provider's row, resolved for one call."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fluent_ai.manifest import Manifest, Route


class Endpoint(msgspec.Struct, frozen=True):
    """`headers` hold the credentials, `secrets` the values to keep out of messages; the repr shows neither."""

    manifest: Manifest
    url: str
    headers: Mapping[str, str]
    secrets: tuple[str, ...] = ()
    route: Route = Route(protocol="")

    def __repr__(self) -> str:
        return f"Endpoint({self.manifest.id}, {self.url})"
