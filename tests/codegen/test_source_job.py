"""Enrichment sources take the same way as lists: conditional, guarded, reported."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from fluent_ai.registry.facts import ModelFacts
from fluent_ai_codegen.fetch.report import Report
from fluent_ai_codegen.fetch.run import source_jobs
from fluent_ai_codegen.files.cache import TTL
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.sources import SOURCES
from fluent_ai_codegen.sources.rows import SourceModel
from fluent_ai_codegen.sources.store import read_sources

from .conftest import Answer, ListServer
from .fetching import NOW, OPTIONS, play

REAL = next(listing for listing in SOURCES if listing.name == "litellm")


def price_list(*names: str) -> bytes:
    row = {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6, "max_input_tokens": 1000}
    return json.dumps(dict.fromkeys(names, row)).encode()


def listen(folder: Path, server: ListServer, *, days: int = 0, **changes: object) -> Report:
    layout, options = Layout(folder), replace(OPTIONS, **changes)
    listing = replace(REAL, url=f"{server.url}/prices.json")
    jobs = source_jobs([listing], read_sources(layout.sources), layout)
    return play(jobs, layout, options, NOW + timedelta(days=days))[0]


def test_a_source_is_kept_as_facts_with_where_and_when(tmp_path: Path, list_server: ListServer) -> None:
    body = price_list("gpt-x")
    list_server.answer = lambda path: Answer(body)
    report = listen(tmp_path, list_server)
    assert (report.provider, report.status, report.bytes, report.models) == ("litellm", "updated", len(body), 1)
    heard = read_sources(tmp_path / "cache" / "sources")["litellm"]
    assert (heard.url, heard.observed) == (f"{list_server.url}/prices.json", date(2026, 3, 4))
    (row,) = heard.models
    assert isinstance(row, SourceModel)
    assert (row.provider, row.facts.id, row.facts.max_input_tokens) == ("openai", "gpt-x", 1000)
    assert isinstance(row.facts, ModelFacts)


def test_a_source_is_asked_when_its_time_is_over_and_may_say_that_nothing_changed(
    tmp_path: Path, list_server: ListServer
) -> None:
    list_server.answer = lambda path: Answer(price_list("gpt-x"), headers={"etag": '"1"'})
    listen(tmp_path, list_server)
    assert listen(tmp_path, list_server, force=False, days=TTL.days - 1).status == "fresh"
    list_server.answer = lambda path: Answer(status=304)
    report = listen(tmp_path, list_server, force=False, days=TTL.days)
    assert (report.status, report.bytes) == ("not modified", 0)
    assert read_sources(tmp_path / "cache" / "sources")["litellm"].observed == date(2026, 3, 11)


def test_a_held_source_is_not_asked(tmp_path: Path, list_server: ListServer) -> None:
    assert listen(tmp_path, list_server, hold=frozenset({"litellm"})).status == "held"
    assert list_server.requests == []


def test_a_source_that_shrinks_or_breaks_keeps_what_it_said(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(price_list(*"abcdefgh"))
    listen(tmp_path, list_server)
    path = tmp_path / "cache" / "sources" / "litellm.json"
    good = path.read_bytes()
    for answer, reason in (
        (Answer(price_list(*"abcd")), "4 of 8 models are gone: openai/e, openai/f, openai/g and 1 more; if that is"),
        (Answer(b"<html>gateway</html>"), "expected LiteLLM's models, got a broken document"),
        (Answer(b"{}"), "expected LiteLLM's models, got none"),
        (Answer(b"", 404), "404"),
    ):
        list_server.answer = lambda path, answer=answer: answer  # type: ignore[misc]
        report = listen(tmp_path, list_server, named=frozenset({"litellm"}))
        assert report.status == "failed"
        assert reason in report.reason
        assert report.url == f"{list_server.url}/prices.json"
        assert path.read_bytes() == good
    list_server.answer = lambda path: Answer(price_list(*"abcd"))
    assert listen(tmp_path, list_server, accept_shrink=frozenset({"litellm"})).models == 4
