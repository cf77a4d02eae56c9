"""Lists that are brought at run time: from a loopback server, kept on disk, laid over the shipped catalog."""

from __future__ import annotations

import asyncio
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import fluent_ai as ai
import msgspec
import pytest
from catalogs import kept, write_catalog
from fluent_ai.errors import Cancelled, ConfigError, FluentError, ProtocolError, ServerError
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Manifest, ModelList
from fluent_ai.registry import Change, Registry
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.lists.guard import ListShrunk
from fluent_ai.registry.provenance import Evidence, Origin
from fluent_ai.registry.refreshed_lists import LiveList
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


def test_a_model_that_is_listed_again_is_there_and_a_profile_is_no_model_of_the_list() -> None:
    api = Origin(who="Acme API", url="https://acme.example/models", date=date(2026, 8, 1), kind="provider")
    others = Origin(who="LiteLLM", url="pkg:pypi/litellm", date=date(2026, 11, 1))

    def known(name: str, origin: Origin, **facts: Any) -> ModelInfo:
        return ModelInfo(id=name, provider="acme", evidence=Evidence.of(origin, ("id", *facts)), **facts)

    day = date(2026, 8, 1)
    shipped = [
        known("back", others, unlisted_on=day),
        known("newer", others, unlisted_until=day),
        known("base", api),
        known("eu.base", api),
        known("left", api),
    ]
    listed = [known("back", api), known("newer", api), known("base", api, aliases=("eu.base",))]
    fresh = LiveList.of("acme", "https://acme.example", listed, datetime(2026, 12, 1, tzinfo=UTC))
    assert fresh.covered(shipped) == {"base", "left"}
    status = {info.id: info.status(date(2026, 12, 1)) for info in fresh.over(shipped)}
    assert status == {"back": "active", "newer": "active", "base": "active", "eu.base": "active", "left": "gone"}
