"""Lists that are brought at run time: from a loopback server, kept on disk, laid over the shipped catalog."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from catalogs import write_catalog
from fluent_ai.errors import Cancelled, ConfigError, FluentError, ProtocolError, ServerError
from fluent_ai.facts import ModelFacts, ModelInfo, Prices
from fluent_ai.manifest import Manifest, ModelList, load_manifests
from fluent_ai.provenance import Origin
from fluent_ai.registry import Change, Registry
from fluent_ai.registry.live_lists import LiveList, LiveLists
from fluent_ai.registry.refreshing import changes
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
def models(tmp_path: Path) -> Registry:
    shipped = [
        ModelInfo(id="kept", released=date(2023, 11, 14), context_window=100),
        ModelInfo(id="moved", context_window=50),
        ModelInfo(id="lost", tools=True),
    ]
    write_catalog(tmp_path / "catalog", "acme", shipped)
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
        async with client, models.arefresh("acme", client=client) as stream:
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


def test_clients_see_what_was_refreshed(models: Registry, acme: ai.Client, server: Server) -> None:
    from scripted_server import sse, stream, text_chunks

    models.refresh("acme", client=acme).collect()
    server.say(stream(sse(*text_chunks("hi"))))
    manifests = [at(server)]
    with ai.Client(keys={"acme": "k"}, manifests=manifests, registry=models) as client:
        assert client.complete("acme:new", "hi").warnings == ()
        assert "not in the registry" in client.complete("acme:newer", "hi").warnings[0]


def kept(provider: str, fetched: datetime, *ids: str) -> LiveList:
    origin = Origin(who="Acme API", url="https://acme.example", date=fetched.date(), kind="provider")
    return LiveList(provider=provider, fetched=fetched, parts=[(origin, [ModelFacts(id=name) for name in ids])])


def test_lists_grow_old(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path, ttl=2 * DAYS)
    lists.put(kept("acme", NOW - DAYS, "a"))
    lists.put(kept("other", NOW - 3 * DAYS, "a"))
    again = LiveLists(tmp_path, ttl=2 * DAYS)
    assert again.get("acme") is not None
    assert again.get("other") is None
    assert again.get("nobody") is None
    assert again.providers() == {"acme", "other"}


def test_an_older_list_does_not_replace_a_younger(tmp_path: Path) -> None:
    LiveLists(tmp_path).put(kept("acme", NOW, "young"))
    LiveLists(tmp_path).put(kept("acme", NOW - DAYS, "old"))
    found = LiveLists(tmp_path).get("acme")
    assert found is not None
    assert found.parts[0][1][0].id == "young"


def test_the_least_recently_used_list_goes(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path, capacity=2)
    for number, name in enumerate(("one", "two")):
        lists.put(kept(name, NOW, "a"))
        os.utime(tmp_path / f"{name}.json", (number, number))
    assert LiveLists(tmp_path).get("one") is not None
    lists.put(kept("three", NOW, "a"))
    assert sorted(path.stem for path in tmp_path.glob("*.json")) == ["one", "three"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b'{"version": 1}', b'{"version": 1, "provider": 3}'])
def test_a_corrupt_file_is_ignored(models: Registry, acme: ai.Client, tmp_path: Path, body: bytes) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "acme.json").write_bytes(body)
    with pytest.warns(RuntimeWarning, match=r"acme\.json: .*: the list is ignored"):
        assert fresh(tmp_path).all("acme")[0].context_window == 100
    with pytest.warns(RuntimeWarning, match="the list is ignored"):
        assert models.refresh("acme", client=acme).collect() == EXPECTED
    assert fresh(tmp_path).get("acme:new").id == "new"


def test_a_file_of_another_release_is_ignored_without(tmp_path: Path) -> None:
    (tmp_path / "acme.json").write_bytes(b'{"version": 0, "whatever": 1}')
    assert LiveLists(tmp_path).get("acme") is None


def test_a_disk_that_refuses_leaves_the_list_in_memory(models: Registry, acme: ai.Client, tmp_path: Path) -> None:
    (tmp_path / "live").write_text("a file where the folder should be")
    with pytest.warns(RuntimeWarning):
        found = models.refresh("acme", client=acme).collect()
    assert found == EXPECTED
    assert models.get("acme:new").id == "new"


def test_a_younger_catalog_wins(tmp_path: Path) -> None:
    write_catalog(tmp_path, "acme", [ModelInfo(id="a", context_window=5)], day=NOW.date() + DAYS)
    shipped = Registry(tmp_path, overlays=())._shipped("acme")
    assert kept("acme", NOW, "b").over(shipped) == shipped


def test_reviewed_corrections_and_models_of_others_stay() -> None:
    api = Origin(who="Acme API", url="", date=date(2026, 1, 1), kind="provider")
    review = Origin(who="review", url="", date=date(2026, 1, 1), kind="review", reason="the list is wrong")
    from fluent_ai.registry.layers import lay

    corrected = lay(None, "acme", "a", {"context_window": 1}, api)
    corrected = lay(corrected, "acme", "a", {"context_window": 2}, review)
    others = lay(None, "acme", "z", {"context_window": 3}, Origin(who="a price list", url="", date=date(2026, 1, 1)))
    origin = Origin(who="Acme API", url="", date=NOW.date(), kind="provider")
    facts = ModelFacts(id="a", context_window=9, prices=Prices(input=1.0))
    merged = LiveList(provider="acme", fetched=NOW, parts=[(origin, [facts])]).over([corrected, others])
    assert [(info.id, info.context_window, info.last_listed) for info in merged] == [("a", 2, None), ("z", 3, None)]
    assert merged[0].prices == Prices(input=1.0)


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
        from fluent_ai.facts import ModelFacts
        from fluent_ai.provenance import Origin
        from fluent_ai.registry.live_lists import LiveList, LiveLists
        start = datetime.fromisoformat(sys.argv[2])
        for number in range(30):
            fetched = start + timedelta(seconds=number)
            origin = Origin(who="Acme API", url="", date=fetched.date(), kind="provider")
            models = [ModelFacts(id=f"m{each}") for each in range(200)]
            LiveLists(Path(sys.argv[1])).put(LiveList(provider="acme", fetched=fetched, parts=[(origin, models)]))
        """
    )
    command = [sys.executable, "-W", "error", "-c", program, str(tmp_path), NOW.isoformat()]
    writers = [subprocess.Popen(command) for _ in range(3)]
    stop = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not stop.is_set():
            if (found := LiveLists(tmp_path).get("acme")) is not None:
                seen.append(len(found.parts[0][1]))

    reader = threading.Thread(target=read)
    reader.start()
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    stop.set()
    reader.join()
    assert set(seen) <= {200}
    last = LiveLists(tmp_path).get("acme")
    assert last is not None
    assert last.fetched == NOW + timedelta(seconds=29)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".new"] == []


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
