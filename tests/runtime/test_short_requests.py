"""What is worked out once for many requests still follows what changes between them."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import fluent_ai as ai
import pytest
from catalogs import write_catalog
from fluent_ai.content.parts import Message, Part, TextPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.http.loop_deadlines import Limit, LoopDeadline
from fluent_ai.manifest.schema import Auth, Manifest, Quirks, Route
from fluent_ai.protocols.chat.history.normalise import fit, normalise
from fluent_ai.protocols.chat.history.rules import DIALECTS
from fluent_ai.protocols.shared.usage import openai_usage
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.registry import Registry
from fluent_ai.registry import retirement as ends
from fluent_ai.registry.facts import ModelInfo
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, sse, stream, text_chunks

TODAY = datetime.now(UTC).date()


@pytest.fixture(autouse=True)
def _nobody_was_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ends, "_warned", set())


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    write_catalog(tmp_path / "catalog", "acme", [ModelInfo(id="m", kind="chat", vision=True)])
    return Registry(tmp_path / "catalog", overlays=())


@pytest.fixture
def client(server: Server, registry: Registry) -> Iterator[ai.Client]:
    server.say(stream(sse(*text_chunks("hi"))))
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], registry=registry) as found:
        yield found


def warnings_of(client: ai.Client) -> tuple[str, ...]:
    return client.complete("acme:m", "hi").warnings


def test_facts_that_a_caller_adds_between_two_requests_hold_for_the_second(
    client: ai.Client, registry: Registry, tmp_path: Path
) -> None:
    assert warnings_of(client) == ()
    registry.define("acme:m", retires_on=TODAY - timedelta(days=1))
    with pytest.warns(ai.models.ModelRetired):
        assert "was to be retired" in warnings_of(client)[0]
    registry.define("acme:m", retires_on=TODAY + timedelta(days=1000), kind="embedding")
    assert "acme:m is of kind embedding" in warnings_of(client)[0]
    (tmp_path / "acme.toml").write_text('[[model]]\nid = "m"\n[model.facts]\nkind = "chat"\nmax_output_tokens = 7\n')
    registry.overlay(tmp_path / "acme.toml")
    assert warnings_of(client) == ()
    assert "max_tokens is 8" in client.complete("acme:m", "hi", max_tokens=8).warnings[0]


def test_a_view_of_another_day_has_warnings_of_its_own(server: Server, registry: Registry) -> None:
    registry.define("acme:m", retires_on=TODAY + timedelta(days=10))
    server.say(stream(sse(*text_chunks("hi"))))
    said = []
    for view in (registry, registry.as_of(TODAY - timedelta(days=200)), registry):
        with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], registry=view) as client:
            said.append(len(warnings_of(client)))
    assert said == [1, 0, 1]


def test_a_manifest_that_replaces_another_has_routes_and_rules_of_its_own(server: Server) -> None:
    server.say(stream(sse(*text_chunks("hi"))))
    try:
        for path in ("/one", "/two", "/one"):
            ai.register_provider(
                Manifest(
                    id="acme", name="Acme", docs="", base_url=server.url, auth=Auth(scheme="none"),
                    chat=(Route(protocol="openai_chat", path=path),),
                )
            )  # fmt: skip
            with ai.Client(validate=False) as client:
                client.complete("acme:m", "hi")
    finally:
        ai.unregister_provider("acme")
    assert [sent.path for sent in server.sent] == ["/one", "/two", "/one"]


def test_an_address_of_the_environment_may_change(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say(stream(sse(*text_chunks("hi"))))
    with ai.Client(keys={"openai": "k"}) as client:
        for prefix in ("/a/v1", "/b/v1", "/a/v1"):
            monkeypatch.setenv("OPENAI_BASE_URL", server.url + prefix)
            client.complete("openai:gpt-4o", "hi", validate=False)
    assert [sent.path for sent in server.sent] == [
        "/a/v1/chat/completions", "/b/v1/chat/completions", "/a/v1/chat/completions",
    ]  # fmt: skip


PARTS = st.lists(st.builds(TextPart, st.text(max_size=4), raw=st.sampled_from([None, {"type": "text"}])), max_size=3)


@given(
    parts=PARTS,
    cache=st.booleans(),
    row=st.sampled_from(["", "azure", "deepseek", "moonshot", "openai", "openrouter", "perplexity"]),
    protocol=st.sampled_from(sorted(name for name in DIALECTS if "_" in name or name == "gemini")),
    effort=st.sampled_from([None, "high"]),
)
def test_a_single_question_is_what_the_rules_would_make_of_it(
    parts: list[Part], cache: bool, row: str, protocol: str, effort: str | None
) -> None:
    manifest = Manifest(id="acme", name="Acme", docs="", quirks=Quirks(history=row))  # type: ignore[arg-type]
    endpoint = Endpoint(manifest, "http://x", {}, route=Route(protocol=protocol))
    request = ChatRequest(model="claude-sonnet-4", messages=(Message("user", parts, cache),), reasoning=effort)  # type: ignore[arg-type]
    try:
        expected = fit(request, endpoint)
    except ConfigError as error:
        with pytest.raises(ConfigError, match=str(error)[:20]):
            normalise(request, endpoint)
    else:
        assert normalise(request, endpoint) == expected


COUNTS = st.one_of(st.integers(-2, 9), st.floats(0, 5), st.none(), st.text(max_size=1))
DETAILS = st.dictionaries(st.sampled_from(["cached_tokens", "cache_write_tokens", "reasoning_tokens"]), COUNTS)


@given(
    st.dictionaries(
        st.sampled_from(["prompt_tokens", "input_tokens", "cached_tokens", "prompt_cache_hit_tokens"]), COUNTS
    ),
    st.dictionaries(st.sampled_from(["prompt_tokens_details", "input_tokens_details"]), DETAILS | COUNTS),
)
def test_the_largest_of_all_names_of_a_count_holds(top: dict[str, object], inner: dict[str, object]) -> None:
    def largest(*places: tuple[object, ...]) -> int | None:
        numbers = [
            int(value) for (value,) in places
            if isinstance(value, int | float) and value >= 0 and float(value).is_integer()
        ]  # fmt: skip
        return max(numbers, default=None)

    def at(name: str, part: str) -> object:
        details = inner.get(name)
        return details.get(part) if isinstance(details, dict) else None

    usage = openai_usage({**top, **inner})
    assert usage.input_tokens == largest((top.get("prompt_tokens"),), (top.get("input_tokens"),))
    assert usage.cached_input_tokens == largest(
        (top.get("cached_tokens"),), (top.get("prompt_cache_hit_tokens"),),
        (at("prompt_tokens_details", "cached_tokens"),), (at("input_tokens_details", "cached_tokens"),),
    )  # fmt: skip


class Bell:
    def __init__(self, name: str, rung: list[str]) -> None:
        self.name, self._rung = name, rung

    def ring(self) -> None:
        self._rung.append(self.name)


def test_deadlines_of_a_loop_ring_once_and_in_their_order() -> None:
    rung: list[str] = []

    async def run() -> list[bool]:
        last = asyncio.Event()
        bells = [Bell(name, rung) for name in "abcd"]
        deadlines = [LoopDeadline(bell, Bell.ring) for bell in bells]
        LoopDeadline(last, asyncio.Event.set).set(0.6)
        for deadline, seconds in zip(deadlines, (0.4, 0.2, 0.1, 0.05), strict=True):
            deadline.set(seconds)
        deadlines[2].cancel()
        deadlines[3].set(0.3)
        gone = Bell("gone", rung)
        forgotten = LoopDeadline(gone, Bell.ring)
        forgotten.set(0.1)
        del gone
        await asyncio.wait_for(last.wait(), 30)
        return [deadline.rung for deadline in deadlines]

    assert asyncio.run(run()) == [True, True, False, True]
    assert rung == ["b", "d", "a"]


def test_a_limit_that_is_moved_holds_from_then_on() -> None:
    async def run() -> None:
        async with Limit() as limit:
            for _ in range(5):
                limit.set(30.0)
                await asyncio.sleep(0)
            limit.set(None)
            await asyncio.sleep(0.01)
        with pytest.raises(TimeoutError):
            async with Limit() as limit:
                limit.set(30.0)
                limit.set(0.01)
                await asyncio.sleep(30)

    asyncio.run(run())


def test_deadlines_keep_no_loop_alive() -> None:
    async def run() -> weakref.ref[asyncio.AbstractEventLoop]:
        LoopDeadline(Bell("x", []), Bell.ring).set(30.0)
        return weakref.ref(asyncio.get_running_loop())

    loop = asyncio.run(run())
    gc.collect()
    assert loop() is None


def test_the_day_is_asked_for_each_request(client: ai.Client, registry: Registry) -> None:
    """A process that runs past midnight warns from then on."""
    registry.define("acme:m", retires_on=TODAY + timedelta(days=91))
    days: list[date] = [TODAY, TODAY + timedelta(days=1)]
    registry.today = days.pop  # type: ignore[method-assign]
    with pytest.warns(ai.models.ModelRetiring):
        assert len(warnings_of(client)) == 1
    assert warnings_of(client) == ()
