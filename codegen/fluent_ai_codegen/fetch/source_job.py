"""One enrichment source, asked for and kept as cache/sources/<name>.json."""

from __future__ import annotations

from datetime import datetime

from fluent_ai.registry.lists.guard import require_models_kept

from fluent_ai_codegen.fetch.jobs import FetchOptions, confirm
from fluent_ai_codegen.fetch.report import Report, Status, bytes_of, status_of
from fluent_ai_codegen.fetch.web import Web
from fluent_ai_codegen.files.cache import TTL
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.sources import Listing
from fluent_ai_codegen.sources.store import SourceCache, hear, write_source


class SourceJob:
    """A document at its own address: stand-ins are only for providers."""

    def __init__(self, listing: Listing, heard: SourceCache | None, layout: Layout) -> None:
        self.name = listing.name
        self.models = len(heard.models) if heard else 0
        self.asked = listing.url
        self._listing = listing
        self._heard = heard
        self._folder = layout.sources

    def idle(self, options: FetchOptions, now: datetime) -> Status | None:
        if self.name in options.hold:
            return "held"
        recent = self._heard is not None and now.date() - self._heard.observed < TTL
        return "fresh" if recent and not options.force else None

    async def run(self, web: Web, options: FetchOptions, now: datetime) -> Report:
        answer = await web.get(self.asked, {"accept": "*/*"}, provider=self.name, ask=options.force)
        heard = hear(self._listing, answer.body, answer.moment(now).date())
        if self._heard and self.name not in options.accept_shrink:
            before, after = ({f"{row.provider}/{row.facts.id}" for row in each.models} for each in (self._heard, heard))
            require_models_kept(self.name, before, after, confirm(self.name))
        write_source(self._folder, heard)
        web.keep(self.asked, answer)
        return Report(self.name, status_of([answer]), self.asked, 0.0, bytes_of([answer]), 1, len(heard.models))
