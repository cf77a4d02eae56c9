"""The command `drift`: have the APIs changed that we read?"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from fluent_ai.arguments import did_you_mean
from fluent_ai.cli import terminal
from fluent_ai.errors import ConfigError

from fluent_ai_codegen.drift.apis import ApiSpec, Fields, prune
from fluent_ai_codegen.drift.differences import (
    Api,
    Difference,
    Reviewed,
    differences,
    load_apis,
    read_reviewed,
    wire_schemas,
    write_reviewed,
)
from fluent_ai_codegen.fetch.jobs import FetchOptions
from fluent_ai_codegen.fetch.report import Report, Status, bytes_of, status_of
from fluent_ai_codegen.fetch.run import run
from fluent_ai_codegen.fetch.web import Web
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.specs import Specs, load_specs


class DriftJob:
    """One specification, asked for and compared with what was last reviewed."""

    models = 0

    def __init__(self, api: Api, specs: Specs, layout: Layout, options: FetchOptions, *, accept: bool) -> None:
        self.name = f"apis/{api.name}"
        self.asked = api.url
        self.found: list[Difference] = []
        self._api = api
        self._wire = wire_schemas(specs)
        self._path = layout.apis / f"{api.name}.json"
        self._reviewed = read_reviewed(self._path)
        self._accept = accept
        if options.base_url:
            parts = urlsplit(api.url)
            self.asked = (
                f"{options.base_url.rstrip('/')}/{api.name}{parts.path}{f'?{parts.query}' if parts.query else ''}"
            )

    def idle(self, options: FetchOptions, now: datetime) -> Status | None:
        return None

    async def run(self, web: Web, options: FetchOptions, now: datetime) -> Report:
        if self._reviewed is None and not self._accept:
            raise ConfigError(f"{self.name}: nothing was reviewed yet; look at it, then run drift --accept")
        answer = await web.get(self.asked, {"accept": "*/*"}, provider=self.name)
        schemas = prune(ApiSpec(self.name, answer.body), self._wire, self._api.roots)
        web.keep(self.asked, answer)
        before = self._reviewed.schemas if self._reviewed else {}
        self.found = differences(self._api.name, before, schemas)
        if self._accept and schemas != before:
            write_reviewed(self._path, self._news(answer.body, schemas, options.observed or now.date()))
        return Report(self.name, status_of([answer]), self.asked, bytes=bytes_of([answer]), pages=1)

    def _news(self, body: bytes, schemas: dict[str, Fields], observed: date) -> Reviewed:
        return Reviewed(
            api=self._api.name,
            url=self._api.url,
            observed=observed,
            stand_in=self.asked != self._api.url,
            sha256=hashlib.sha256(body).hexdigest(),
            schemas=schemas,
        )


def drift(
    apis: Annotated[list[str] | None, typer.Argument(help="APIs of specs/apis.toml; by default all.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Keep what is published now as reviewed.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the differences as one JSON document.")] = False,
    base_url: Annotated[str | None, typer.Option(help="Ask BASE_URL/<api>/<path of the real address> instead.")] = None,
    observed: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of what --base-url answers.")
    ] = None,
    root: Annotated[Path | None, typer.Option(help="The checkout to work in; by default the one around us.")] = None,
) -> None:
    """How the published specifications of APIs have changed.

    They are compared with what specs/wire was last reviewed against.
    Only objects that we read are compared: new and gone fields, and the values of the fields that we read. Exit code 0:
    no difference, or all accepted. 1: there are some, or one could not be fetched. 2: an argument or a file is wrong.
    """
    layout = Layout.find(root)
    specs = load_specs(layout.specs)
    known = load_apis(layout.specs, specs)
    for name in apis or ():
        if name not in known:
            raise ConfigError(f"API {name!r} is not known.{did_you_mean(name, list(known))} Known: {', '.join(known)}")
    chosen = [known[name] for name in apis or known]
    options = FetchOptions(
        base_url=base_url,
        observed=observed.date() if observed else None,
        named=frozenset(f"apis/{api.name}" for api in chosen),
    )
    jobs = [DriftJob(api, specs, layout, options, accept=accept) for api in chosen]
    reports = run(jobs, layout, options)
    found = [difference for job in jobs for difference in job.found]
    failed = [report for report in reports if report.error]
    if json:
        terminal.json_document({"differences": found, "failed": {row.provider: row.reason for row in failed}})
    else:
        for difference in found:
            terminal.line(f"{difference.api}: {difference}")
    for row in failed:
        terminal.note(f"{row.provider}: {f'{row.url}: ' if row.url else ''}{row.reason}")
    if failed or (found and not accept):
        raise typer.Exit(1)
