"""Lists that are brought at run time: from a loopback server, kept on disk, laid over the shipped catalog."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import textwrap
import threading
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import fluent_ai as ai
import msgspec
import pytest
from catalogs import write_catalog
from fluent_ai.errors import Cancelled, ConfigError, FluentError, ProtocolError, ServerError
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Manifest, ModelList
from fluent_ai.registry import Change, Registry
from fluent_ai.registry.changes import changes
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices
from fluent_ai.registry.lists.guard import ListShrunk
from fluent_ai.registry.provenance import Origin, OriginKind
from fluent_ai.registry.refreshed_lists import ADDRESSES, LiveList, LiveLists
from fluent_ai_providers.openai import AsyncOpenAI, OpenAI
from scripted_server import Server, manifest_for, reply

NOW = datetime.now(UTC)
DAYS = timedelta(days=1)


def listing(*rows: dict[str, Any]) -> Any:
    return reply(200, {"object": "list", "data": list(rows)})


def row(model: str, window: int = 100) -> dict[str, Any]:
    return {"id": model, "object": "model", "context_window": window}


def at(server: Server) -> Manifest:
    return manifest_for(server.url, model_list=ModelList(path="/models", shape="groq"))


@pytest.fixture
def models(tmp_path: Path, server: Server) -> Registry:
    shipped = [
        ModelInfo(id="kept", released=date(2023, 11, 14), context_window=100),
        ModelInfo(id="moved", context_window=50),
        ModelInfo(id="lost", tools=True),
    ]
    write_catalog(tmp_path / "catalog", "acme", shipped, url=f"{server.url}/models?page=1")
    return fresh(tmp_path)


def fresh(folder: Path) -> Registry:
    """As the next process has it."""
    return Registry(folder / "catalog", overlays=(), live=folder / "live")


@pytest.fixture
def acme(server: Server) -> Iterator[ai.Client]:
    with ai.Client(keys={"acme": "k"}, retries=0, manifests=[at(server)]) as client:
        server.say(listing(row("kept"), row("moved"), row("new")))
        yield client


EXPECTED = [
    Change(kind="gone", model="acme:lost"),
    Change(kind="changed", model="acme:moved", fact="context_window", before=50, after=100),
    Change(kind="new", model="acme:new"),
]


def test_changes_are_streamed_and_look_ups_see_them(
    models: Registry, acme: ai.Client, server: Server, tmp_path: Path
) -> None:
    with models.refresh("acme", client=acme) as stream:
        assert stream.collect() == EXPECTED
    for registry in (models, fresh(tmp_path)):
        kept = registry.get("acme:kept")
        assert (kept.context_window, kept.last_listed) == (100, None)
        new = registry.get("acme:new").sources["context_window"]
        assert (new.who, new.url, new.date) == ("Acme API", f"{server.url}/models", datetime.now(UTC).date())
        assert registry.get("acme:moved").sources["context_window"].status == "single"
        lost = registry.get("acme:lost")
        assert (lost.last_listed, lost.status(NOW.date()), lost.tools) == (date(2026, 1, 1), "gone", True)
        assert [info.id for info in registry.list("acme")] == ["kept", "lost", "moved", "new"]
    assert Registry(tmp_path / "catalog", overlays=()).lookup("acme", "new") is None


def test_a_young_list_is_not_asked_for_again(models: Registry, acme: ai.Client, server: Server, tmp_path: Path) -> None:
    assert models.refresh("acme", client=acme).collect() == EXPECTED
    assert models.refresh("acme", client=acme).collect() == []
    assert fresh(tmp_path).refresh("acme", client=acme).collect() == []
    assert len(server.sent) == 1
    server.say(listing(row("kept"), row("moved"), row("lost")))
    assert models.refresh("acme", client=acme, max_age=0).collect() == [
        Change(kind="changed", model="acme:lost", fact="context_window", after=100),
        Change(kind="changed", model="acme:lost", fact="last_listed", before=date(2026, 1, 1)),
        Change(kind="gone", model="acme:new"),
    ]
    assert models.lookup("acme", "new") is None


def test_the_asynchronous_twin(models: Registry, server: Server) -> None:
    server.say(listing(row("kept"), row("moved"), row("new")))

    async def work() -> list[Change]:
        client = ai.AsyncClient(keys={"acme": "k"}, manifests=[at(server)])
        async with client, models.refresh("acme", client=client) as stream:
            return [change async for change in stream]

    assert asyncio.run(work()) == EXPECTED


def test_a_failure_raises_and_changes_nothing(
    models: Registry, acme: ai.Client, server: Server, tmp_path: Path
) -> None:
    server.say(reply(500, {"error": {"message": "down"}}))
    with pytest.raises(ServerError, match="down"):
        models.refresh("acme", client=acme).collect()
    server.say(reply(200, b"<html>", headers={"content-type": "text/html"}))
    with pytest.raises(ProtocolError):
        models.refresh("acme", client=acme).collect()
    server.say(listing())
    with pytest.raises(ProtocolError, match="expected a list of models, got an empty one"):
        models.refresh("acme", client=acme).collect()
    assert not list((tmp_path / "live").glob("*.json"))
    assert models._by_name("acme")["kept"].context_window == 100


def test_of_all_providers_with_a_key_one_fails(
    models: Registry, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for manifest in load_manifests().values():
        for name in manifest.auth.env:  # a developer's own keys never leave the machine
            monkeypatch.delenv(name, raising=False)
    bad = manifest_for(server.url, id="aaa", name="Bad", model_list=ModelList(path="/bad", shape="openai"))
    keyless = manifest_for(server.url, id="keyless", name="Keyless")
    server.say(lambda sent: reply(500, {}) if sent.path == "/bad" else listing(row("kept"), row("new")))
    seen: list[Change] = []
    client = ai.Client(keys={"acme": "k", "aaa": "k"}, retries=0, manifests=[bad, at(server), keyless])
    with client, pytest.raises(FluentError, match="1 providers could not be refreshed: aaa: "):
        seen.extend(models.refresh(client=client))
    assert {change.model for change in seen if change.kind == "gone"} == {"acme:lost", "acme:moved"}
    assert {sent.path for sent in server.sent} == {"/bad", "/models"}
    assert models.get("acme:new").id == "new"


def test_bad_arguments(models: Registry, acme: ai.Client) -> None:
    with pytest.raises(ConfigError, match="max_age is -1; allowed: seconds from 0"):
        models.refresh("acme", client=acme, max_age=-1)
    with models.refresh("acme", client=acme, max_age=float("inf")) as stream:
        assert [change.kind for change in stream]
    with models.refresh("acme", client=acme, max_age=1e300) as stream:
        assert list(stream) == []  # young enough for ever
    with pytest.raises(ConfigError, match="provider 'acmee' is not known. Did you mean acme"):
        models.refresh("acmee", client=acme)


def test_a_closed_stream_asks_no_more(models: Registry, acme: ai.Client, server: Server) -> None:
    stream = models.refresh("acme", client=acme)
    stream.close()
    with pytest.raises(Cancelled):
        next(stream)
    assert server.sent == []


def standing_in(server: Server, registry: Registry, **options: Any) -> ai.Client:
    """A client whose base URL is not Acme's own, which is at `https://acme.example`."""
    acme = manifest_for("https://acme.example", model_list=ModelList(path="/models", shape="groq"))
    return ai.Client(
        keys={"acme": "k"}, base_urls={"acme": server.url}, retries=0, manifests=[acme], registry=registry, **options
    )


def test_a_stand_in_speaks_for_itself_alone(tmp_path: Path, server: Server) -> None:
    shipped = [ModelInfo(id=name, context_window=100) for name in ("kept", "lost", "missing")]
    write_catalog(tmp_path / "catalog", "acme", shipped)
    before = fresh(tmp_path).all("acme")
    server.say(listing(row("kept", 50), row("mine"), row("mine-2")))
    models = fresh(tmp_path)
    with standing_in(server, models) as client:
        assert client.refresh_models("acme").collect() == [
            Change(kind="changed", model="acme:kept", fact="context_window", before=100, after=50),
            Change(kind="new", model="acme:mine"),
            Change(kind="new", model="acme:mine-2"),
        ]
        (source, *_) = client.models("acme")[1].sources.values()
        host = server.url.removeprefix("http://")
        assert (source.kind, source.who) == ("stand_in", f"{host}, in place of Acme")
        server.say(listing(row("kept", 50), row("mine")))
        assert client.refresh_models("acme").collect() == []  # young enough
        assert client.refresh_models("acme", max_age=0).collect() == [Change(kind="gone", model="acme:mine-2")]
    for registry in (models, fresh(tmp_path)):
        assert registry.all("acme") == before
        assert registry.lookup("acme", "mine") is None
        there = registry.all("acme", server.url)
        assert [(info.id, info.last_listed) for info in there] == [
            ("kept", None), ("lost", None), ("mine", None), ("missing", None),
        ]  # fmt: skip


def test_a_client_of_a_stand_in_knows_its_models(models: Registry, server: Server) -> None:
    from scripted_server import sse, stream, text_chunks

    with standing_in(server, models) as client:
        server.say(listing(row("mine")))
        client.refresh_models().collect()
        server.say(stream(sse(*text_chunks("hi"))))
        assert client.complete("acme:mine", "hi").warnings == ()
        assert "not in the registry" in client.complete("acme:yours", "hi").warnings[0]


def test_a_list_that_shrank_waits_for_a_word(tmp_path: Path, server: Server, acme: ai.Client) -> None:
    shipped = [ModelInfo(id=f"m{number}", context_window=100) for number in range(8)]
    write_catalog(tmp_path / "catalog", "acme", shipped, url=f"{server.url}/models")
    models = fresh(tmp_path)
    server.say(listing(*(row(f"m{number}") for number in range(5))))
    with pytest.raises(ListShrunk, match="3 of 8 models are gone: m5, m6, m7; if that is right, ask again with accept"):
        models.refresh("acme", client=acme).collect()
    assert models.all("acme")[7].last_listed is None
    assert not list((tmp_path / "live").glob("*.json"))
    found = models.refresh("acme", client=acme, accept_shrink=True).collect()
    assert found == [Change(kind="gone", model=f"acme:m{number}") for number in (5, 6, 7)]
    server.say(listing(row("m0")))
    with pytest.raises(ListShrunk, match="4 of 5 models are gone"):  # of the last list, and not of the shipped one
        fresh(tmp_path).refresh("acme", client=acme, max_age=0).collect()
    with pytest.raises(ConfigError, match="accept_shrink is 1; allowed: True or False"):
        acme.refresh_models("acme", accept_shrink=1)  # type: ignore[arg-type]


def test_the_list_of_another_region_says_nothing_of_this_one(tmp_path: Path, server: Server, acme: ai.Client) -> None:
    shipped = [ModelInfo(id=f"m{number}") for number in range(8)]
    write_catalog(tmp_path / "catalog", "acme", shipped, url="https://us.acme.example/models")
    models = fresh(tmp_path)
    server.say(listing(row("m0"), row("new")))
    assert {change.kind for change in models.refresh("acme", client=acme)} == {"changed", "new"}
    assert all(info.last_listed is None for info in models.all("acme"))


def test_a_client_refreshes_its_own_registry(models: Registry, server: Server) -> None:
    server.say(listing(row("kept"), row("moved"), row("new")))
    with ai.Client(keys={"acme": "k"}, manifests=[at(server)], registry=models) as client:
        assert client.refresh_models("acme").collect() == EXPECTED
    assert models.get("acme:new").id == "new"

    async def work() -> list[Change]:
        async with ai.AsyncClient(keys={"acme": "k"}, manifests=[at(server)], registry=models) as client:
            return [change async for change in client.refresh_models("acme", max_age=0)]

    assert asyncio.run(work()) == []


def test_a_typed_client_refreshes_its_provider(models: Registry, server: Server) -> None:
    server.say(reply(200, {"object": "list", "data": [{"id": "mine", "object": "model", "created": 1}]}))
    with OpenAI(api_key="k" * 20, base_url=server.url, registry=models) as client:
        assert client.refresh_models().collect() == [Change(kind="new", model="openai:mine")]

    async def work() -> list[Change]:
        async with AsyncOpenAI(api_key="k" * 20, base_url=server.url, registry=models) as client:
            return await client.refresh_models(max_age=0).collect()

    assert asyncio.run(work()) == []


def test_the_module_refreshes_the_shared_registry_with_a_client_of_its_own(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server.say(reply(200, {"object": "list", "data": [{"id": "mine", "object": "model", "created": 1}]}))
    shared = Registry(overlays=(), live=tmp_path)
    monkeypatch.setattr(ai.models, "default", shared)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "k" * 20)
    assert ai.models.refresh("openai").collect() == [Change(kind="new", model="openai:mine")]
    assert asyncio.run(ai.models.arefresh("openai", max_age=0).collect()) == []
    with ai.Client() as client:
        assert ai.models.refresh("openai", client=client).collect() == []
    assert shared.lookup("openai", "mine", server.url) is not None


def test_who_asks_must_be_said(models: Registry, acme: ai.Client) -> None:
    with pytest.raises(ConfigError, match="client is None; allowed: the Client or AsyncClient that asks"):
        models.refresh("acme")
    with pytest.raises(ConfigError, match="provider 'local' has no endpoint that lists models"):
        models.refresh("local", client=acme).collect()


def test_models_of_this_process_come_from_the_clients_registry(models: Registry) -> None:
    models.define("local:mine", context_window=7)
    with ai.Client(registry=models) as client:
        assert [info.id for info in client.models("local")] == ["mine"]
    with ai.Client() as client:
        assert "mine" not in [info.id for info in client.models("local")]


def test_clients_see_what_was_refreshed(models: Registry, acme: ai.Client, server: Server) -> None:
    from scripted_server import sse, stream, text_chunks

    models.refresh("acme", client=acme).collect()
    server.say(stream(sse(*text_chunks("hi"))))
    manifests = [at(server)]
    with ai.Client(keys={"acme": "k"}, manifests=manifests, registry=models) as client:
        assert client.complete("acme:new", "hi").warnings == ()
        assert "not in the registry" in client.complete("acme:newer", "hi").warnings[0]


ADDRESS = "https://acme.example"


def kept(
    provider: str, fetched: datetime, *ids: str, address: str = ADDRESS, kind: OriginKind = "provider"
) -> LiveList:
    origin = Origin(who="Acme API", url=f"{address}/models", date=fetched.date(), kind=kind)
    parts = [(origin, [ModelFacts(id=name) for name in ids])]
    return LiveList(provider=provider, address=address, fetched=fetched, parts=parts)


def names(lists: list[LiveList]) -> list[str]:
    return [facts.id for each in lists for _, models in each.parts for facts in models]


def test_lists_grow_old(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path, ttl=2 * DAYS)
    lists.put(kept("acme", NOW - DAYS, "a"))
    lists.put(kept("other", NOW - 3 * DAYS, "a"))
    again = LiveLists(tmp_path, ttl=2 * DAYS)
    assert names(again.of("acme")) == ["a"]
    assert again.at("acme", ADDRESS) is not None
    assert again.of("other") == []
    assert again.at("other", ADDRESS) is None
    assert again.last("other", ADDRESS) is not None
    assert again.of("nobody") == []
    assert again.providers() == {"acme", "other"}


def test_an_older_list_does_not_replace_a_younger(tmp_path: Path) -> None:
    LiveLists(tmp_path).put(kept("acme", NOW, "young"))
    older = LiveLists(tmp_path)
    older.put(kept("acme", NOW - DAYS, "old"))
    assert names(LiveLists(tmp_path).of("acme")) == names(older.of("acme")) == ["young"]


def test_each_address_has_a_list_of_its_own(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path)
    lists.put(kept("acme", NOW, "second", address="https://eu.acme.example"))
    lists.put(kept("acme", NOW - DAYS, "first"))
    lists.put(kept("acme", NOW, "mine", address="http://127.0.0.1", kind="stand_in"))
    for each in (lists, LiveLists(tmp_path)):
        assert names(each.of("acme")) == names(each.of("acme", ADDRESS)) == ["first", "second"]
        assert names(each.of("acme", "http://127.0.0.1")) == ["first", "second", "mine"]


def test_the_youngest_lists_of_a_provider_stay(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path)
    for number in range(ADDRESSES + 2):
        lists.put(
            kept("acme", NOW - DAYS + number * timedelta(hours=1), f"m{number}", address=f"https://{number}.example")
        )
    assert names(LiveLists(tmp_path).of("acme")) == [f"m{number}" for number in range(2, ADDRESSES + 2)]


def test_a_list_from_the_future_is_not_used_and_replaced(tmp_path: Path) -> None:
    LiveLists(tmp_path).put(kept("acme", NOW + 400 * DAYS, "tomorrow"))
    assert LiveLists(tmp_path).of("acme") == []
    LiveLists(tmp_path).put(kept("acme", NOW, "today"))
    assert names(LiveLists(tmp_path).of("acme")) == ["today"]


def test_the_least_recently_used_list_goes(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path, capacity=2)
    for number, name in enumerate(("one", "two")):
        lists.put(kept(name, NOW, "a"))
        os.utime(tmp_path / f"{name}.json", (number, number))
    assert LiveLists(tmp_path).of("one")
    lists.put(kept("three", NOW, "a"))
    assert sorted(path.stem for path in tmp_path.glob("*.json")) == ["one", "three"]


def whole() -> bytes:
    return msgspec.json.encode({"version": 2, "lists": [kept("acme", NOW, "a", "b")]})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"version": 2}',
        b'{"version": 2, "lists": 3}',
        whole().replace(b'"a"', b'"\xff"'),
        re.sub(rb'"fetched":"[^"]*"', b'"fetched":"2026-01-01T00:00:00"', whole()),
        re.sub(rb'"fetched":"[^"]*"', b'"fetched":"2026-13-01T00:00:00Z"', whole()),
        re.sub(rb'"fetched":"[^"]*"', b'"fetched":9999999999999999999', whole()),
    ],
)
def test_a_corrupt_file_is_set_aside_and_healed(models: Registry, acme: ai.Client, tmp_path: Path, body: bytes) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "acme.json").write_bytes(body)
    with pytest.warns(RuntimeWarning, match=r"acme\.json: .*: the list is ignored"):
        assert fresh(tmp_path).all("acme")[0].context_window == 100
    assert (tmp_path / "live" / "acme.json.corrupt").read_bytes() == body
    assert fresh(tmp_path).all("acme")[0].context_window == 100  # said once
    assert models.refresh("acme", client=acme).collect() == EXPECTED
    assert fresh(tmp_path).get("acme:new").id == "new"


def test_a_file_of_another_release_is_ignored_without(tmp_path: Path) -> None:
    (tmp_path / "acme.json").write_bytes(b'{"version": 1, "whatever": 1}')
    assert LiveLists(tmp_path).of("acme") == []


def test_a_disk_that_refuses_leaves_the_list_in_memory(models: Registry, acme: ai.Client, tmp_path: Path) -> None:
    (tmp_path / "live").write_text("a file where the folder should be")
    with pytest.warns(RuntimeWarning):
        found = models.refresh("acme", client=acme).collect()
    assert found == EXPECTED
    assert models.get("acme:new").id == "new"


@pytest.mark.parametrize("place", ["/dev/null/here", "~nobody-of-that-name/here", "/" + "x" * 5000])
def test_an_impossible_home_means_no_cache(
    place: str, server: Server, acme: ai.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLUENT_AI_HOME", place)
    registry = Registry(overlays=())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they say that no list can be kept
        assert registry.get("openai:gpt-5.1").id == "gpt-5.1"
        assert "acme" not in registry.providers()
        registry.refresh("acme", client=acme).collect()
    assert registry.lookup("acme", "new") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_leaves_the_last_list_and_nothing_beside_it(tmp_path: Path) -> None:
    LiveLists(tmp_path).put(kept("acme", NOW - DAYS, "last"))
    program = textwrap.dedent(
        """
        import resource, signal, sys, warnings
        from datetime import UTC, datetime
        from pathlib import Path
        from fluent_ai.registry.facts import ModelFacts
        from fluent_ai.registry.provenance import Origin, OriginKind
        from fluent_ai.registry.refreshed_lists import LiveList, LiveLists
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        origin = Origin(who="Acme API", url="", date=datetime.now(UTC).date(), kind="provider")
        parts = [(origin, [ModelFacts(id=f"m{each}") for each in range(2000)])]
        lists = LiveLists(Path(sys.argv[1]))
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            lists.put(LiveList(provider="acme", address="https://acme.example", fetched=datetime.now(UTC), parts=parts))
        assert "the list is not kept" in str(said[0].message), said
        assert len(lists.of("acme")[0].ids) == 2000
        """
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "acme.json"]
    assert names(LiveLists(tmp_path).of("acme")) == ["last"]


def test_what_a_dead_process_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".0123456789abcdef.new").write_bytes(b"half a li")
    LiveLists(tmp_path).put(kept("acme", NOW, "a"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "acme.json"]


def test_a_younger_catalog_wins(tmp_path: Path) -> None:
    write_catalog(tmp_path, "acme", [ModelInfo(id="a", context_window=5)], day=NOW.date() + DAYS)
    shipped = Registry(tmp_path, overlays=()).all("acme")
    assert kept("acme", NOW, "b").over(shipped) == shipped


def test_reviewed_corrections_and_models_of_others_stay() -> None:
    url = f"{ADDRESS}/models"
    api = Origin(who="Acme API", url=url, date=date(2026, 1, 1), kind="provider")
    review = Origin(who="review", url="", date=date(2026, 1, 1), kind="review", reason="the list is wrong")
    from fluent_ai.registry.overlay_merge import lay

    corrected = lay(None, "acme", "a", {"context_window": 1}, api)
    corrected = lay(corrected, "acme", "a", {"context_window": 2}, review)
    others = lay(None, "acme", "z", {"context_window": 3}, Origin(who="a price list", url=url, date=date(2026, 1, 1)))
    elsewhere = Origin(who="Acme API", url="https://eu.acme.example/models", date=date(2026, 1, 1), kind="provider")
    abroad = lay(None, "acme", "x", {"context_window": 4}, elsewhere)
    origin = Origin(who="Acme API", url=url, date=NOW.date(), kind="provider")
    facts = ModelFacts(id="a", context_window=9, prices=Prices(input=1.0))
    live = LiveList(provider="acme", address=ADDRESS, fetched=NOW, parts=[(origin, [facts])])
    merged = live.over([corrected, abroad, others])
    assert [(info.id, info.context_window, info.last_listed) for info in merged] == [
        ("a", 2, None), ("x", 4, None), ("z", 3, None),
    ]  # fmt: skip
    assert merged[0].prices == Prices(input=1.0)


def test_a_model_that_comes_back_is_listed_again() -> None:
    api = Origin(who="Acme API", url=f"{ADDRESS}/models", date=date(2026, 1, 1), kind="provider")
    from fluent_ai.registry.overlay_merge import lay

    gone = lay(None, "acme", "a", {"last_listed": date(2025, 1, 1)}, api)
    (back,) = kept("acme", NOW, "a").over([gone])
    assert back.last_listed is None
    assert back.status(NOW.date()) == "active"


def test_changes_of_nothing_are_none() -> None:
    infos = [ModelInfo(id="a", provider="acme", tools=True)]
    assert list(changes(infos, infos)) == []
    assert list(changes([], infos)) == [Change(kind="new", model="acme:a")]
    assert list(changes(infos, [])) == [Change(kind="gone", model="acme:a")]


def test_many_processes_and_threads_write_at_once(tmp_path: Path) -> None:
    """Every read finds a whole list, and the youngest one stays."""
    program = textwrap.dedent(
        """
        import sys
        from datetime import UTC, datetime, timedelta
        from pathlib import Path
        from fluent_ai.registry.facts import ModelFacts
        from fluent_ai.registry.provenance import Origin, OriginKind
        from fluent_ai.registry.refreshed_lists import LiveList, LiveLists
        start = datetime.fromisoformat(sys.argv[2])
        address = "https://acme.example"
        for number in range(30):
            fetched = start + timedelta(seconds=number)
            origin = Origin(who="Acme API", url="", date=fetched.date(), kind="provider")
            models = [ModelFacts(id=f"m{each}") for each in range(200)]
            parts = [(origin, models)]
            LiveLists(Path(sys.argv[1])).put(LiveList(provider="acme", address=address, fetched=fetched, parts=parts))
        """
    )
    command = [sys.executable, "-W", "error", "-c", program, str(tmp_path), (NOW - DAYS).isoformat()]
    writers = [subprocess.Popen(command) for _ in range(3)]
    stop = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not stop.is_set():
            if found := LiveLists(tmp_path).of("acme"):
                seen.append(len(names(found)))

    reader = threading.Thread(target=read)
    reader.start()
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    stop.set()
    reader.join()
    assert set(seen) <= {200}
    (last,) = LiveLists(tmp_path).of("acme")
    assert last.fetched == NOW - DAYS + timedelta(seconds=29)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "acme.json"]


def test_a_registry_of_a_day_sees_what_was_refreshed(models: Registry, acme: ai.Client) -> None:
    models.define("acme:later", released=date(2099, 1, 1))
    then = models.as_of(date(2098, 1, 1))
    assert [info.id for info in then.all("acme")] == ["kept", "lost", "moved"]
    assert then.providers() == models.providers()
    assert then.refresh("acme", client=acme).collect() == [
        Change(kind="gone", model="acme:lost"), *EXPECTED[1:],
    ]  # fmt: skip
    assert [info.id for info in then.all("acme")] == ["kept", "moved", "new"]
    assert models.get("acme:new").id == "new"
