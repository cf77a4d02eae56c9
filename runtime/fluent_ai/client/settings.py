"""What every client can be told when it is made, whichever provider it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from inspect import Signature

    from fluent_ai.cache.store import Store
    from fluent_ai.content.media_policy import MediaMode, MediaPolicy
    from fluent_ai.errors import FluentError
    from fluent_ai.http.messages import Timeouts
    from fluent_ai.interfaces import LocalSettings
    from fluent_ai.observe.observer import Observer
    from fluent_ai.providers.table import ManifestInput
    from fluent_ai.registry import Registry
    from fluent_ai.resilience.breaker import Breaker
    from fluent_ai.resilience.limits import Limits
    from fluent_ai.resilience.recovery import Strategy


class Settings(TypedDict, total=False):
    """Keyword arguments of all clients."""

    headers: Mapping[str, str] | None
    """Headers that are added to every request."""
    timeout: float | Timeouts | None
    """Seconds for each phase (connect, first byte, read...), or `Timeouts`; by default the provider's own."""
    retries: int
    """How often a request is sent again before the first event, 2 by default."""
    retry_budget: float | None
    """How many retries each success earns for all calls to its provider, 0.2 by default; None for no such limit."""
    manifests: Sequence[ManifestInput]
    """Providers that are added, or take the place of known ones."""
    registry: Registry | None
    """The facts that requests are checked against, by default `fluent_ai.models`."""
    validate: bool
    """False sends requests whatever the registry knows of their models."""
    observe: Sequence[Observer]
    """Who watches the calls: observers of your own, and those that fluent-ai has."""
    breaker: Breaker | bool
    """When a provider that fails is left alone for a while; False never leaves it alone."""
    limits: Limits | None
    """How much is asked of each provider at once and in a minute."""
    recover: Mapping[type[FluentError], Strategy] | None
    """What is done about an error, by its kind: `retry`, `reparse`, `partial`, `smaller` or `none`."""
    cache: Store | None
    """Keeps whole answers, and gives them to the same requests again; None keeps none."""
    media: MediaMode | MediaPolicy | None
    """What is done with pictures before they are sent: `off`, `warn`, `auto`, or an `ai.media.MediaPolicy`."""
    local: LocalSettings | None
    """Where the models of the provider `local` compute, such as `ai.LocalSettings(device="auto")`."""


DEFAULTS = Settings(
    headers=None,
    timeout=None,
    retries=2,
    retry_budget=0.2,
    manifests=(),
    registry=None,
    validate=True,
    observe=(),
    breaker=True,
    limits=None,
    recover=None,
    cache=None,
    media="off",
    local=None,
)
"""What holds where a setting is not given."""


class SettingsSignature:
    """The signature of a client with the settings by name, for `help` and `inspect.signature`."""

    def __get__(self, client: object, kind: type[Any]) -> Signature:
        from inspect import Parameter, signature

        made = signature(kind.__init__)
        own = [each for each in made.parameters.values() if each.kind is Parameter.KEYWORD_ONLY]
        settings = (
            Parameter(
                name, Parameter.KEYWORD_ONLY, default=default, annotation=Settings.__annotations__[name].__forward_arg__
            )
            for name, default in DEFAULTS.items()
        )
        return made.replace(parameters=[*own, *settings])


def check_settings(settings: Mapping[str, object], client: type[Any]) -> None:
    """Raise ConfigError where the constructor of a client got keywords that it does not have."""
    for name in settings:
        if name not in DEFAULTS:
            from inspect import signature

            from fluent_ai.verbs.foreign_options import refuse_option

            refuse_option(name, "client", client.__name__, signature(client).parameters)
