"""One provider's model list, asked for and kept as cache/<provider>.json."""

from __future__ import annotations

import hashlib
from datetime import datetime
from urllib.parse import urlsplit

from fluent_ai.errors import ProtocolError
from fluent_ai.manifest.schema import Manifest
from fluent_ai.providers.addresses import list_template, own_url, public_list_url
from fluent_ai.providers.table import Credentials
from fluent_ai.registry.lists.guard import require_models_kept
from fluent_ai.registry.lists.reader import ModelListReader
from fluent_ai.streams.cached_answers import Fetched
from fluent_ai.streams.whole_answers import read_list

from fluent_ai_codegen.fetch.jobs import FetchOptions, confirm
from fluent_ai_codegen.fetch.report import Report, Status, bytes_of, status_of
from fluent_ai_codegen.fetch.web import Web
from fluent_ai_codegen.files.cache import Cache, Page, carry_gone, write_cache
from fluent_ai_codegen.files.paths import Layout


class ListJob:
    """At the provider's own address, or at a stand-in's."""

    def __init__(self, manifest: Manifest, cached: Cache | None, layout: Layout, options: FetchOptions) -> None:
        self.name = manifest.id
        self.models = len(cached.models) if cached else 0
        self.asked = ""
        self._manifest = manifest
        self._cached = cached
        self._folder = layout.cache
        self._base_url = options.base_url
        self._credentials = Credentials()

    def idle(self, options: FetchOptions, now: datetime) -> Status | None:
        if self._manifest.model_list is None or not self._manifest.model_list.shared:
            return "no list"
        if self.name in options.hold:
            return "held"
        return "fresh" if self._cached and self._cached.fresh(now) and not options.force else None

    async def run(self, web: Web, options: FetchOptions, now: datetime) -> Report:
        reader = ModelListReader(self._manifest, public_list_url(self._manifest))
        fetched: list[tuple[str, str, Fetched]] = []

        async def body(url: str) -> bytes:
            answer = await self._get(web, url, ask=options.force)
            fetched.append((url, self.asked, answer))
            return answer.body

        await read_list(reader, body)
        if not reader.models:
            raise ProtocolError(f"{self.name}: expected at least one model, got an empty list", provider=self.name)
        if self._cached and self.name not in options.accept_shrink:
            before = {model.id for model in self._cached.models}
            require_models_kept(self.name, before, (model.id for model in reader.models), confirm(self.name))
        answers = [answer for _, _, answer in fetched]
        moment = min(answer.moment(now) for answer in answers)
        cache = Cache(
            provider=self.name,
            url=fetched[0][0],
            fetched=moment.replace(microsecond=0),
            observed=options.observed or moment.date(),
            stand_in=self._stand_in,
            pages=tuple(_page(url, answer) for url, _, answer in fetched),
            models=tuple(sorted(reader.models, key=lambda model: model.id)),
        )
        write_cache(self._folder, carry_gone(self._cached, cache))
        for _, asked, answer in fetched:
            web.keep(asked, answer)
        pages, models = len(answers), len(reader.models)
        return Report(self.name, status_of(answers), self.asked, 0.0, bytes_of(answers), pages, models)

    async def _get(self, web: Web, url: str, *, ask: bool) -> Fetched:
        """The answer for the provider's own `url`."""
        public = public_list_url(self._manifest)
        self.asked = public
        self.asked = self._base + url.removeprefix(public)
        endpoint = self._credentials.list_endpoint(self._manifest)
        headers = {"accept": "application/json", **endpoint.headers}
        return await web.get(self.asked, headers, provider=self.name, authenticator=endpoint.authenticator, ask=ask)

    @property
    def _own(self) -> str:
        return own_url(self._manifest, {}, list_template(self._manifest))

    @property
    def _base(self) -> str:
        if self._base_url:
            return f"{self._base_url.rstrip('/')}/{self.name}{urlsplit(self._own).path}"
        return self._credentials.list_url(self._manifest)

    @property
    def _stand_in(self) -> bool:
        return self._base != self._own


def _page(url: str, answer: Fetched) -> Page:
    return Page(
        url=url,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        bytes=len(answer.body),
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )
