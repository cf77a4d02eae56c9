"""What a provider says right now: its model list, and whether the key works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from time import perf_counter, time
from typing import TYPE_CHECKING, Literal

from fluent_ai.client.kept_lists import caller_of
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import (
    AuthError,
    ConfigError,
    ConnectionFailed,
    DeadlineExceeded,
    FluentError,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    ProtocolError,
    QuotaExceeded,
    RateLimited,
    RegionUnsupported,
)
from fluent_ai.http.messages import HttpRequest
from fluent_ai.protocols.shared.api_errors import error_said
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.lists.reader import ModelListReader
from fluent_ai.resilience.timeouts import within
from fluent_ai.streams.cached_answers import Fetched, cached_answer
from fluent_ai.streams.whole_answers import WholeAnswer, read_list, whole_answer

if TYPE_CHECKING:
    from fluent_ai.client.core import Core
    from fluent_ai.manifest.schema import Manifest, Route
    from fluent_ai.observe.watching import Watch
    from fluent_ai.providers.endpoints import Endpoint


Problem = Literal[
    "configuration", "dns", "connection", "tls", "timeout", "address", "key", "permission", "quota", "rate limit",
    "region", "provider",
]  # fmt: skip
"""What a check found wrong; `address` is a base URL where something else answers."""

_PROBLEMS: tuple[tuple[type[FluentError], Problem], ...] = (
    (ConfigError, "configuration"),
    (DeadlineExceeded, "timeout"),
    (AuthError, "key"),
    (PermissionDenied, "permission"),
    (QuotaExceeded, "quota"),
    (RateLimited, "rate limit"),
    (RegionUnsupported, "region"),
    (NotFound, "address"),
    (ProtocolError, "address"),
)


class CheckResult(JsonStruct, frozen=True):
    """`ok`, or the `error` and in a word the `problem`. `seconds` is what the check took, `models` how many were
    listed; None where the call was another one.
    """

    provider: str
    """The id of the provider."""
    ok: bool
    """The address answers and the key works."""
    seconds: float
    """How long the check took."""
    models: int | None = None
    """How many models were listed."""
    error: FluentError | None = None
    """What went wrong."""

    @property
    def problem(self) -> Problem | None:
        """What went wrong, in a word; None where nothing did."""
        error = self.error
        if error is None:
            return None
        if isinstance(error, ConnectionFailed):
            return error.stage if error.stage in ("dns", "tls") else "connection"
        for kind, word in _PROBLEMS:
            if isinstance(error, kind):
                return word
        return "provider"


CHECK_SECONDS = 10.0
"""How long a check may take, all its calls and attempts together."""


@contextmanager
def watched(watch: Watch | None) -> Iterator[Watch | None]:
    """A call that gives its answer whole, as its observers see it."""
    if watch is None:
        yield None
        return
    watch.start()
    try:
        with watch.around():
            yield watch
    except BaseException as error:
        watch.fail(error, None, None, False)
        raise
    watch.finish("complete", None, None)


async def list_models(core: Core, provider: str, *, ask: bool = False) -> list[ModelInfo]:
    """All pages of the provider's list; of one that runs in this process, what the client's registry knows.

    A list is used again for as long as its server calls it fresh, unless `ask` is True. ConfigError where there is no
    list.
    """
    manifest = core.providers.get(provider)
    with watched(core.watch("models", manifest.id)) as watch:
        total = core.timeouts(manifest.list_timeout, core.terms).total
        return await _list(core, manifest, None if total is None else perf_counter() + total, watch, ask)


async def _list(core: Core, manifest: Manifest, due: float | None, watch: Watch | None, ask: bool) -> list[ModelInfo]:
    """`due` is when all of it must have arrived, by `perf_counter`."""
    if manifest.model_list is None and any(route.protocol == "worker" for route in manifest.chat):
        return core.registry.list(manifest.id)
    reader = ModelListReader(manifest, core.credentials.list_url(manifest))
    endpoint = core.credentials.list_endpoint(manifest)
    headers = {"accept": "application/json", **endpoint.headers}
    caller, pages = caller_of(endpoint.secrets), dict[str, Fetched]()

    async def page(url: str) -> bytes:
        async def send(asked: Mapping[str, str]) -> WholeAnswer:
            return await _ask(core, manifest, endpoint, HttpRequest("GET", url, asked), due, watch)

        known = core.lists.find(url, caller)
        fetched = pages[url] = await cached_answer(known, url, headers, send, time, caller=caller, ask=ask)
        return fetched.body

    await read_list(reader, page)
    for url, fetched in pages.items():
        core.lists.keep(url, caller, fetched)
    return reader.infos(datetime.now(UTC).date())


async def check(core: Core, provider: str) -> CheckResult:
    """One call that costs nothing. Raises ConfigError only for an unknown provider.

    It lists the models. Where there is no list, or one that anybody may read, an empty request is posted, which is
    refused as such only after its key was accepted. It takes at most 10 seconds. Nothing
    is checked by what is kept: a list that the server calls fresh is asked for again, so that the key is needed.
    """
    manifest = core.providers.get(provider)
    began = perf_counter()
    due, models = began + CHECK_SECONDS, None
    try:
        with watched(core.watch("check", manifest.id)) as watch:
            route = _first_route(manifest)
            if route is None or (manifest.model_list is not None and manifest.model_list.key_required):
                models = len(await _list(core, manifest, due, watch, ask=True))
            else:
                await _post_nothing(core, manifest, route, due, watch)
    except FluentError as error:
        return CheckResult(manifest.id, False, perf_counter() - began, error=error)
    return CheckResult(manifest.id, True, perf_counter() - began, models)


def _first_route(manifest: Manifest) -> Route | None:
    """The first route that a request can be posted to without naming a model."""
    routes = (route for capability in manifest.capabilities for route in manifest.routes(capability))
    return next((route for route in routes if route.protocol != "worker" and "{" not in route.path), None)


async def _post_nothing(core: Core, manifest: Manifest, route: Route, due: float, watch: Watch | None) -> None:
    endpoint = core.credentials.endpoint(manifest, route)
    headers = {"accept": "application/json", "content-type": "application/json", **endpoint.headers}
    with suppress(InvalidRequest):
        answer = await _ask(core, manifest, endpoint, HttpRequest("POST", endpoint.url, headers, b"{}"), due, watch)
        raise error_said(manifest.id, answer.body, endpoint.secrets) or ProtocolError(
            f"{manifest.id}: an empty request was accepted: something else answers there", provider=manifest.id
        )


async def _ask(
    core: Core, manifest: Manifest, endpoint: Endpoint, request: HttpRequest, due: float | None, watch: Watch | None
) -> WholeAnswer:
    delivery = core.delivery(manifest.id, manifest.list_timeout, watch)
    if due is not None:
        delivery = delivery._replace(timeouts=within(delivery.timeouts, due - perf_counter()))
    return await whole_answer(delivery, request, provider=manifest.id, authenticator=endpoint.authenticator)
