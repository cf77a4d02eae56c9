"""Which route serves a model, and what stands behind it: a codec at an endpoint, or a worker of this process."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import ChecksRequests, LocalSettings, TakesSettings
from fluent_ai.manifest.schema import ESTIMATE, Capability, Manifest, Route
from fluent_ai.protocols.table import load_codec
from fluent_ai.providers.table import KNOWN_PROVIDERS, Credentials, ProviderTable, in_process
from fluent_ai.same import kept_for_same

if TYPE_CHECKING:
    from fluent_ai.content.requests import Request
    from fluent_ai.interfaces import Worker
    from fluent_ai.protocols.shared.codec import JsonCodec
    from fluent_ai.verbs.base import Target, Verb


def find_route(manifest: Manifest, capability: Capability, model: str, others: ProviderTable | None = None) -> Route:
    """The first route that the model matches. ConfigError where there is none names those `others` that have one."""
    if (found := _matching(manifest, capability, model)) is not None:
        return found
    if manifest.routes(capability):
        raise ConfigError(
            f"{manifest.id} has no {capability} route for model {model!r}", provider=manifest.id, model=model
        )
    able = sorted(each.id for each in (others or KNOWN_PROVIDERS).all().values() if each.routes(capability))
    raise ConfigError(
        f"{manifest.id} has no {capability}; providers that have: {', '.join(able) or 'none'}",
        provider=manifest.id,
        model=model,
    )


@kept_for_same(1, 1024)
def _matching(manifest: Manifest, capability: Capability, model: str) -> Route | None:
    routes = manifest.routes(capability)
    return next((route for route in routes if fnmatchcase(model, route.models)), None)


def serve(
    target: Target,
    verb: Verb[Any, Any, Any, Any],
    credentials: Credentials,
    local: LocalSettings | None = None,
) -> JsonCodec[Any, Any] | Worker[Any, Any]:
    """What serves the model: a codec bound to its endpoint, or a worker, with the settings of `local` ones."""
    manifest, route, model = target
    if route.protocol == ESTIMATE.protocol:
        from fluent_ai.protocols.token_counting.estimate import Estimate

        return Estimate(manifest.id, manifest.pictures_for(model))
    if route.protocol != "worker":
        return load_codec(route.protocol, verb.capability)(credentials.endpoint(manifest, route))
    provider = in_process(manifest)
    if local is not None and isinstance(provider, TakesSettings):
        provider = provider.with_settings(local)
    model_of = getattr(provider, verb.worker_method, None)
    if model_of is None:
        raise ConfigError(f"{manifest.id} offers no {verb.worker_method}", provider=manifest.id, model=model)
    found: Worker[Any, Any] = model_of(model)
    return found


def check_request(worker: Worker[Any, Any], request: Request) -> None:
    """Let a worker that can say so refuse the request before anything runs."""
    if isinstance(worker, ChecksRequests):
        worker.check(request)
