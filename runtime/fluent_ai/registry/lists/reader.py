"""Reading a whole model list, page by page, without touching a socket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode, urlsplit

import msgspec

from fluent_ai.errors import ConfigError, ProtocolError
from fluent_ai.manifest.schema import ListCall, Manifest, Paging
from fluent_ai.providers.addresses import is_own_list, join
from fluent_ai.registry.facts import ModelFacts, ModelInfo
from fluent_ai.registry.lists import origins, parse, require_unique
from fluent_ai.registry.provenance import Evidence, Origin, OriginKind

MAX_PAGES = 100


class _AfterId(msgspec.Struct):
    has_more: bool | None = None
    last_id: str | None = None


class _PageToken(msgspec.Struct):
    token: str | None = msgspec.field(name="nextPageToken", default=None)


class _NextPageToken(msgspec.Struct):
    token: str | None = msgspec.field(name="next_page_token", default=None)


class _NextToken(msgspec.Struct):
    token: str | None = msgspec.field(name="nextToken", default=None)


_decode_after_id = msgspec.json.Decoder(_AfterId).decode
_decode_page_token = msgspec.json.Decoder(_PageToken).decode
_decode_next_page_token = msgspec.json.Decoder(_NextPageToken).decode
_decode_next_token = msgspec.json.Decoder(_NextToken).decode


def _after_id(body: bytes) -> dict[str, str]:
    page = _decode_after_id(body)
    return {"after_id": page.last_id} if page.has_more and page.last_id else {}


def _page_token(body: bytes) -> dict[str, str]:
    page = _decode_page_token(body)
    return {"pageToken": page.token} if page.token else {}


def _next_page_token(body: bytes) -> dict[str, str]:
    page = _decode_next_page_token(body)
    return {"page_token": page.token} if page.token else {}


def _next_token(body: bytes) -> dict[str, str]:
    page = _decode_next_token(body)
    return {"nextToken": page.token} if page.token else {}


_NEXT: dict[Paging, Callable[[bytes], dict[str, str]]] = {
    "after_id": _after_id,
    "page_token": _page_token,
    "next_page_token": _next_page_token,
    "next_token": _next_token,
}


class ModelListReader:
    """Requests `url` until it is None: `while reader.url: reader.feed(get(reader.url))`; `models` is then the list.

    `feed` raises ProtocolError for a page of another shape, for a repeated model or cursor, and after 100 pages, so a
    list that never ends is an error and does not hang.
    """

    def __init__(self, manifest: Manifest, base_url: str | None = None) -> None:
        if manifest.model_list is None:
            raise ConfigError(f"provider {manifest.id!r} has no endpoint that lists models", provider=manifest.id)
        self.models: list[ModelFacts] = []
        self.pages = 0
        self._provider = manifest.id
        self._name = manifest.name
        self._created_is_release = manifest.model_list.created_is_release
        self._base = (base_url or manifest.base_url).rstrip("/")
        self._own = is_own_list(manifest, self._base)
        self._calls = iter(manifest.model_list.calls)
        self._listed: list[tuple[ListCall, int]] = []
        self.url: str | None = None
        self._next_call()

    @property
    def optional(self) -> bool:
        """True if `skip` may be called instead of `feed` after a refusal."""
        return self._call.optional

    def feed(self, body: bytes) -> None:
        """Read the response to a GET of `url`, and set the next `url`."""
        found = parse(self._call.shape, body, self._provider)
        if not self._created_is_release:
            found = [msgspec.structs.replace(model, released=None) for model in found]
        self.pages += 1
        self._pages += 1
        require_unique([*self.models, *found], self._provider)
        self.models += found
        self._listed.append((self._call, len(found)))
        cursor = self._cursor(body, len(found))
        if not cursor:
            return self._next_call()
        self.url = self._page(cursor)
        if not found or self.url in self._cursors:
            raise self._endless("a page that leads nowhere new")
        if self._pages >= MAX_PAGES:
            raise self._endless(f"more than {MAX_PAGES} pages")
        self._cursors.add(self.url)
        return None

    def skip(self) -> None:
        """Continue without the list at `url`, and set the next `url`."""
        self._next_call()

    def _next_call(self) -> None:
        call = next(self._calls, None)
        if call is None:
            self.url = None
            return
        self._call = call
        self._pages = 0
        self._cursors: set[str] = set()
        self.url = self._page({})

    def _cursor(self, body: bytes, count: int) -> dict[str, str]:
        if self._call.paging == "page":
            # Only an empty page is the last one, because Cloudflare counts models that are on no page.
            return {"page": str(self._pages + 1)} if count else {}
        follow = _NEXT.get(self._call.paging)
        try:
            return follow(body) if follow else {}
        except msgspec.ValidationError as error:
            message = f"{self._provider}: expected {self._call.paging} paging, got another shape: {error}"
            raise ProtocolError(message, provider=self._provider) from None

    def infos(self, on: date) -> list[ModelInfo]:
        """The models read so far; the source of each fact is its list, on that day.

        A server that replaces the provider is named by its address, because it speaks only for itself.
        """
        kind: OriginKind = "provider" if self._own else "stand_in"
        who = f"{self._name} API" if self._own else f"{urlsplit(self._base).netloc}, in place of {self._name}"
        models = iter(self.models)
        infos = []
        for call, count in self._listed:
            names = dict(origins(call.shape))
            origin = Origin(who=who, url=join(self._base, call.path), date=on, kind=kind, facts=names)
            evidence = Evidence.of(origin, names)
            for _ in range(count):
                facts = msgspec.structs.asdict(next(models))
                infos.append(ModelInfo(**facts, provider=self._provider, evidence=evidence))
        return infos

    def _page(self, cursor: dict[str, str]) -> str:
        address = join(self._base, self._call.path)
        query = urlencode({**self._call.query, **cursor})
        return f"{address}?{query}" if query else address

    def _endless(self, got: str) -> ProtocolError:
        return ProtocolError(f"{self._provider}: expected a model list that ends, got {got}", provider=self._provider)
