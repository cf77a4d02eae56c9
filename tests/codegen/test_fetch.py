"""fetch over a real loopback server that misbehaves in every way that list endpoints do."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Auth, Manifest, ModelList

from .conftest import Answer, ListServer
from .fetching import BODY, NOW, PUBLIC, cached, fetch, variant

PAGED = Manifest(
    id="paged",
    name="Paged",
    docs="https://docs.acme.example",
    base_url="https://api.paged.example",
    auth=Auth(scheme="none"),
    model_list=ModelList(path="/v1/models", shape="anthropic", paging="after_id", query={"limit": "2"}),
)


def test_a_list_becomes_a_cache_with_its_provenance(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(BODY, headers={"etag": '"1"', "last-modified": "yesterday"})
    (report,) = fetch(tmp_path, list_server, observed=date(2026, 1, 1))
    assert (report.status, report.models, report.pages, report.bytes) == ("updated", 2, 1, len(BODY))
    assert report.url == f"{list_server.url}/acme/v1/models"
    cache = cached(tmp_path)
    assert cache.url == "https://api.acme.example/v1/models"
    assert (cache.fetched, cache.observed, cache.stand_in) == (NOW, date(2026, 1, 1), True)
    assert cache.pages[0].sha256 == hashlib.sha256(BODY).hexdigest()
    assert (cache.pages[0].etag, cache.pages[0].last_modified) == ('"1"', "yesterday")
    assert [model.id for model in cache.models] == ["a", "b"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["acme.json"]


def test_the_usual_environment_variable_points_elsewhere(
    tmp_path: Path, list_server: ListServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_BASE_URL", f"{list_server.url}/elsewhere")
    list_server.answer = lambda path: Answer(BODY)
    manifest = variant(base_url_env=("ACME_BASE_URL",))
    (report,) = fetch(tmp_path, list_server, manifest, base_url=None)
    assert report.url == f"{list_server.url}/elsewhere/models"
    assert cached(tmp_path).stand_in
    assert cached(tmp_path).observed == NOW.date()


def test_an_unchanged_list_is_vouched_for_again(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(BODY, headers={"etag": '"1"'})
    fetch(tmp_path, list_server)
    before = cached(tmp_path)
    list_server.answer = lambda path: Answer(status=304)
    later = NOW + timedelta(days=30)
    (report,) = fetch(tmp_path, list_server, now=later)
    assert report.status == "not modified"
    assert list_server.requests[-1][1]["if-none-match"] == '"1"'
    after = cached(tmp_path)
    assert (after.fetched, after.observed) == (later, later.date())
    assert (after.models, after.pages) == (before.models, before.pages)


def test_without_an_etag_the_date_is_the_condition(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(BODY, headers={"last-modified": "Tue, 03 Mar 2026 00:00:00 GMT"})
    fetch(tmp_path, list_server)
    fetch(tmp_path, list_server)
    assert list_server.requests[-1][1]["if-modified-since"] == "Tue, 03 Mar 2026 00:00:00 GMT"


def test_a_fresh_cache_is_not_asked_for_again(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(BODY)
    fetch(tmp_path, list_server)
    (report,) = fetch(tmp_path, list_server, force=False, now=NOW + timedelta(days=6))
    assert (report.status, report.models, len(list_server.requests)) == ("fresh", 2, 1)
    (report,) = fetch(tmp_path, list_server, force=False, now=NOW + timedelta(days=8))
    assert report.status == "updated"


def test_a_held_provider_stays_as_it_is(tmp_path: Path, list_server: ListServer) -> None:
    (report,) = fetch(tmp_path, list_server, hold=frozenset({"acme"}))
    assert (report.status, list_server.requests, list(tmp_path.iterdir())) == ("held", [], [])


def test_pages_are_followed_to_the_end(tmp_path: Path, list_server: ListServer) -> None:
    ids = [f"m{number}" for number in range(5)]

    def answer(path: str) -> Answer:
        start = ids.index(path.partition("after_id=")[2]) + 1 if "after_id" in path else 0
        page = ids[start : start + 2]
        more = start + 2 < len(ids)
        return Answer(
            json.dumps({"data": [{"id": name} for name in page], "has_more": more, "last_id": page[-1]}).encode()
        )

    list_server.answer = answer
    (report,) = fetch(tmp_path, list_server, PAGED)
    assert (report.pages, report.models) == (3, 5)
    assert [page.url for page in cached(tmp_path, "paged").pages] == [
        "https://api.paged.example/v1/models?limit=2",
        "https://api.paged.example/v1/models?limit=2&after_id=m1",
        "https://api.paged.example/v1/models?limit=2&after_id=m3",
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"<html>gateway</html>"), "got an HTML page"),
        (Answer(BODY[: len(BODY) // 2]), "got broken JSON"),
        (Answer(b""), "got an empty body"),
        (Answer(b'{"models":[]}'), "missing required field `data`"),
        (Answer(b'{"data":[{"id":7}]}'), "Expected `str`, got `int` - at `$.data[0].id`"),
        (Answer(b'{"data":[]}'), "expected at least one model, got an empty list"),
        (Answer(b'{"data":[{"id":"a"},{"id":"a"}]}'), "distinct model ids"),
        (Answer(b'{"error":{"message":"no such key"}}', 401), "no such key"),
        (Answer(b"moved", 302, {"location": "https://other.example"}), "redirects are not followed (302)"),
        (Answer(b"", 304), "expected status 200, got 304"),
        (Answer(b"", 500), "500"),
        (Answer(BODY, fault="truncate"), "peer closed connection"),
        (Answer(fault="reset"), "127.0.0.1"),
    ],
)
def test_a_failure_names_its_reason_and_keeps_the_last_good_cache(
    tmp_path: Path, list_server: ListServer, answer: Answer, reason: str
) -> None:
    list_server.answer = lambda path: Answer(BODY)
    fetch(tmp_path, list_server)
    good = (tmp_path / "cache" / "acme.json").read_bytes()
    list_server.answer = lambda path: answer if path.startswith("/acme") else Answer(BODY)
    other = variant(id="other")
    failed, went_on = fetch(tmp_path, list_server, PUBLIC, other)
    assert failed.status == "failed"
    assert failed.error is not None
    assert reason in str(failed.error)
    assert failed.url == f"{list_server.url}/acme/v1/models"
    assert went_on.status == "updated"
    assert (tmp_path / "cache" / "acme.json").read_bytes() == good
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["acme.json", "other.json"]


def test_a_passing_failure_is_retried(tmp_path: Path, list_server: ListServer) -> None:
    faults = [Answer(b"", 503), Answer(fault="reset")]
    list_server.answer = lambda path: faults.pop() if faults else Answer(BODY)
    (report,) = fetch(tmp_path, list_server)
    assert (report.status, len(list_server.requests)) == ("updated", 3)


def test_retry_after_is_honoured_and_a_long_one_is_not_waited_for(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"", 429, {"retry-after": "3600"})
    (report,) = fetch(tmp_path, list_server)
    assert report.error is not None
    assert (report.error.retry_after, len(list_server.requests)) == (3600.0, 1)


def test_a_list_that_hangs_fails_in_time(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(fault="hang")
    (report,) = fetch(tmp_path, list_server, limit=0.2)
    assert "no whole answer within 0.2 s" in str(report.error)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b'{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}', "distinct model ids"),
        (b'{"data":[],"has_more":true,"last_id":"a"}', "leads nowhere new"),
    ],
)
def test_a_list_that_repeats_itself_fails(tmp_path: Path, list_server: ListServer, page: bytes, reason: str) -> None:
    list_server.answer = lambda path: Answer(page)
    (report,) = fetch(tmp_path, list_server, PAGED)
    assert reason in str(report.error)


def test_a_list_that_never_ends_fails(tmp_path: Path, list_server: ListServer) -> None:
    def answer(path: str) -> Answer:
        name = f"m{len(list_server.requests)}"
        return Answer(json.dumps({"data": [{"id": name}], "has_more": True, "last_id": name}).encode())

    list_server.answer = answer
    (report,) = fetch(tmp_path, list_server, PAGED)
    assert "more than 100 pages" in str(report.error)
    assert len(list_server.requests) == 100


def test_a_missing_key_is_a_failure_before_anything_is_sent(
    tmp_path: Path, list_server: ListServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    auth = Auth(env=("ACME_KEY",))
    keyed = variant(auth=auth)
    (report,) = fetch(tmp_path, list_server, keyed)
    assert "no key. Set ACME_KEY" in str(report.error)
    assert list_server.requests == []


def test_the_key_is_sent_and_never_shown(
    tmp_path: Path, list_server: ListServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_KEY", "very-secret-0123456789")
    auth = Auth(scheme="header", header="x-key", env=("ACME_KEY",))
    keyed = variant(auth=auth)
    list_server.answer = lambda path: Answer(b'{"error":{"message":"bad key very-secret-0123456789"}}', 401)
    (report,) = fetch(tmp_path, list_server, keyed)
    assert list_server.requests[0][1]["x-key"] == "very-secret-0123456789"
    assert "very-secret" not in f"{report!r} {report.error}"


def test_a_public_list_needs_no_key(tmp_path: Path, list_server: ListServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    open_list = ModelList(path="/models", shape="openai", key_required=False)
    list_server.answer = lambda path: Answer(BODY)
    (report,) = fetch(tmp_path, list_server, variant(auth=Auth(env=("ACME_KEY",)), model_list=open_list))
    assert report.status == "updated"


def test_a_provider_without_a_list_is_said_so(tmp_path: Path, list_server: ListServer) -> None:
    (report,) = fetch(tmp_path, list_server, Manifest(id="house", name="House", docs="https://house.example"))
    assert report.status == "no list"


def test_a_folder_that_cannot_be_written_is_a_failure(tmp_path: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(BODY)
    (tmp_path / "cache").touch()
    (report,) = fetch(tmp_path, list_server)
    assert "cannot write" in str(report.error)


def test_a_day_can_only_be_stated_for_a_stand_in(tmp_path: Path, list_server: ListServer) -> None:
    with pytest.raises(ConfigError, match="--observed is for recorded answers"):
        fetch(tmp_path, list_server, base_url=None, observed=date(2026, 1, 1))
