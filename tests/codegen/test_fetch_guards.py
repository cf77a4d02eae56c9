"""What fetch does about lists that shrink and providers that fail again and again, and what it reports."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from fluent_ai.errors import (
    AuthError,
    CircuitOpen,
    ConfigError,
    ConnectionFailed,
    FluentError,
    RateLimited,
    ServerError,
)
from fluent_ai.registry.lists.guard import ListShrunk, require_models_kept
from fluent_ai_codegen.fetch.breaker import MAX_PAUSE, PAUSE, THRESHOLD, Breaker, Circuit
from fluent_ai_codegen.fetch.report import Report, as_json, as_markdown, write_report
from hypothesis import given
from hypothesis import strategies as st

from .conftest import Answer, ListServer
from .fetching import BODY, NOW, PUBLIC, cached, fetch, listing, variant

IDS = st.sets(st.text(min_size=1, max_size=3), max_size=20)


@given(IDS, IDS)
def test_losing_more_than_a_quarter_and_three_is_refused(before: set[str], after: set[str]) -> None:
    lost = len(before - after)
    if lost >= 3 and 4 * lost > len(before):
        with pytest.raises(ListShrunk, match=f"acme: {lost} of {len(before)} models are gone"):
            require_models_kept("acme", before, after, "say so")
    else:
        require_models_kept("acme", before, after, "say so")


def test_a_list_that_lost_half_of_its_models_waits_for_a_word(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(listing("abcdefgh"))
    fetch(tmp_path, list_server)
    list_server.answer = lambda path: Answer(listing("abcd"))
    other = variant(id="other")
    shrunk, went_on = fetch(tmp_path, list_server, PUBLIC, other)
    assert shrunk.status == "failed"
    assert shrunk.reason == (
        "4 of 8 models are gone: e, f, g and 1 more; if that is right, run again with --accept-shrink acme"
    )
    assert (went_on.status, len(cached(tmp_path).models)) == ("updated", 8)
    (confirmed,) = fetch(tmp_path, list_server, accept_shrink=frozenset({"acme"}))
    assert (confirmed.status, len(cached(tmp_path).models)) == ("updated", 4)
    (again,) = fetch(tmp_path, list_server)
    assert again.status == "updated"


def test_who_fails_three_times_is_left_alone_for_a_day_and_then_asked_once(
    tmp_path: Path, list_server: ListServer
) -> None:
    list_server.answer = lambda path: Answer(b"<html>")
    for _ in range(THRESHOLD):
        (report,) = fetch(tmp_path, list_server)
        assert report.status == "failed"
    asked = len(list_server.requests)
    (left,) = fetch(tmp_path, list_server, now=NOW + PAUSE / 2)
    assert left.status == "left alone"
    assert isinstance(left.error, CircuitOpen)
    assert left.error.retry_after == (PAUSE / 2).total_seconds()
    assert "failed 3 times in a row" in left.reason
    assert len(list_server.requests) == asked

    (probe,) = fetch(tmp_path, list_server, now=NOW + PAUSE)
    assert probe.status == "failed"
    (left,) = fetch(tmp_path, list_server, now=NOW + 2.9 * PAUSE)
    assert left.status == "left alone"

    list_server.answer = lambda path: Answer(BODY)
    (probe,) = fetch(tmp_path, list_server, now=NOW + 3 * PAUSE)
    assert probe.status == "updated"
    assert Breaker(tmp_path / ".fetch" / "circuits.json").circuits == {}


def test_a_provider_that_is_named_is_asked_at_once(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"<html>")
    for _ in range(THRESHOLD):
        fetch(tmp_path, list_server)
    list_server.answer = lambda path: Answer(BODY)
    (report,) = fetch(tmp_path, list_server, named=frozenset({"acme"}))
    assert report.status == "updated"


@given(st.lists(st.booleans(), max_size=20))
def test_only_failures_in_a_row_open_the_circuit_and_pauses_grow_to_a_week(outcomes: list[bool]) -> None:
    breaker = Breaker(Path("nowhere") / "circuits.json")
    in_a_row = 0
    for good in outcomes:
        in_a_row = 0 if good else in_a_row + 1
        breaker.succeeded("acme") if good else breaker.failed("acme", ServerError("no"), NOW)
    circuit = breaker.circuits.get("acme", Circuit(0))
    assert circuit.failures == in_a_row
    if in_a_row < THRESHOLD:
        breaker.check("acme", NOW)
    else:
        assert circuit.open_until == NOW + min(PAUSE * 2 ** (in_a_row - THRESHOLD), MAX_PAUSE)
        with pytest.raises(CircuitOpen):
            breaker.check("acme", NOW)
        breaker.check("acme", circuit.open_until)


@pytest.mark.parametrize(
    ("error", "counted"),
    [
        (ServerError("no"), True),
        (ConnectionFailed("no"), True),
        (RateLimited("no"), True),
        (AuthError("wrong key"), False),
        (ConfigError("no key"), False),
        (ListShrunk("less"), False),
    ],
)
def test_only_what_time_may_mend_is_counted(error: FluentError, counted: bool) -> None:
    breaker = Breaker(Path("nowhere") / "circuits.json")
    breaker.failed("acme", error, NOW)
    assert bool(breaker.circuits) == counted


def test_circuits_are_written_only_when_they_change(tmp_path: Path) -> None:
    path = tmp_path / "state" / "circuits.json"
    breaker = Breaker(path)
    breaker.succeeded("acme")
    breaker.save()
    assert not path.exists()
    breaker.failed("acme", ServerError("no"), NOW)
    breaker.save()
    assert Breaker(path).circuits == {"acme": Circuit(1)}


def test_a_damaged_file_of_circuits_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "circuits.json"
    path.write_text('{"acme": 3}')
    with pytest.raises(ConfigError, match=r"circuits\.json: .*remove the file"):
        Breaker(path)


def test_the_report_has_a_row_for_each_provider_and_every_reason(tmp_path: Path, list_server: ListServer) -> None:
    def answer(path: str) -> Answer:
        return Answer(b"<html>") if "broken" in path else Answer(BODY, headers={"etag": '"1"'})

    list_server.answer = answer
    fetch(tmp_path, list_server)
    reports = fetch(tmp_path, list_server, PUBLIC, variant(id="broken"), now=NOW + timedelta(days=8))
    assert [(row.provider, row.status, row.pages, row.models) for row in reports] == [
        ("acme", "updated", 1, 2),
        ("broken", "failed", 0, 0),
    ]
    (first, second) = json.loads(as_json(reports))
    assert (first["provider"], first["bytes"], first["error"]) == ("acme", len(BODY), None)
    assert second["url"] == f"{list_server.url}/broken/v1/models"
    assert second["error"] == "expected a model list of shape 'openai', got an HTML page"
    text = as_markdown(reports).decode()
    assert text.startswith("| provider | status | seconds | bytes | pages | models |\n| --- |")
    assert f"\n- broken: {list_server.url}/broken/v1/models: expected a model list" in text


def test_a_report_is_json_or_markdown(tmp_path: Path) -> None:
    reports = [Report("acme", "held", models=3)]
    for name, start in (("report.json", "[\n"), ("report.md", "| provider |")):
        write_report(tmp_path / name, reports)
        assert (tmp_path / name).read_text().startswith(start)
    with pytest.raises(ConfigError, match=r"--report is 'report\.txt'; allowed: a file name that ends with"):
        write_report(Path("report.txt"), reports)
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"--report .*report\.md: (Not a directory|File exists)"):
        write_report(tmp_path / "file" / "report.md", reports)
