"""What a client asks where names of models are not taken as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.manifest.schema import Capability
    from fluent_ai.providers.table import Credentials, ProviderTable
    from fluent_ai.registry import Registry


class KnownModels(Protocol):
    """The providers, keys and facts that a name is judged by: those of a client, or those that all share."""

    @property
    def providers(self) -> ProviderTable:
        """Who there is."""
        ...

    @property
    def credentials(self) -> Credentials:
        """Who can be called."""
        ...

    @property
    def registry(self) -> Registry:
        """What is known of models."""
        ...


class ReadsNames(Protocol):
    """What `Client(config=)` takes: it turns a name, and the options of a call, into those that hold.

    `ai.Config` does so by the user's file; an object of your own may do so by anything else.
    """

    def apply(
        self, name: str, capability: Capability, options: Mapping[str, Any], known: KnownModels
    ) -> tuple[str | Route, Mapping[str, Any]]:
        """The model or the route, and the options of the call with those that are configured. Raises ConfigError."""
        ...
