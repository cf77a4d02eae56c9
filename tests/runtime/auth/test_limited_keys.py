"""Limits of single keys, and which keys of a list are in use."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from clocks import Clock
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks

USAGE = {"prompt_tokens": 70, "completion_tokens": 20}
HELLO = stream(sse(*text_chunks("Hello", usage=USAGE)))
KEY = "canary-key-0123456789"


@pytest.fixture
def ledger(tmp_path: Path) -> ai.Ledger:
    return ai.Ledger(tmp_path / "usage.db")


def client(server: Server, key: Any, *observers: ai.Observer) -> ai.Client:
    return ai.Client(keys={"acme": key}, manifests=[manifest_for(server.url)], retries=0, observe=observers)


def test_requests_in_a_minute(server: Server) -> None:
    server.say(HELLO)
    clock = Clock(100.0)
    key = ai.LimitedKey(KEY, requests_per_minute=2, clock=lambda: clock.now)
    with client(server, key) as limited:
        limited.complete("acme:m", "hi")
        clock.now += 10.0
        limited.complete("acme:m", "hi")
        with pytest.raises(ai.RateLimited, match="2 requests were sent within a minute") as caught:
            limited.complete("acme:m", "hi")
        assert caught.value.retry_after == pytest.approx(50.0)
    assert KEY not in str(caught.value)
    clock.now += 50.0
    with client(server, key) as another:
        another.complete("acme:m", "hi")
        with pytest.raises(ai.RateLimited):
            another.complete("acme:m", "hi")
    assert len(server.sent) == 3
    assert server.sent[0].headers["authorization"].endswith(KEY)


def test_a_limit_is_waited_for_like_a_providers_own(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from fluent_ai.auth import limited_key

    monkeypatch.setattr(limited_key, "MINUTE", 0.3)
    server.say(HELLO)
    key = ai.LimitedKey(KEY, requests_per_minute=1)
    with ai.Client(keys={"acme": key}, manifests=[manifest_for(server.url)]) as patient:
        assert [patient.complete("acme:m", "hi").text for _ in range(2)] == ["Hello"] * 2


def test_tokens_in_a_minute(server: Server, ledger: ai.Ledger) -> None:
    server.say(HELLO)
    key = ai.LimitedKey(KEY, tokens_per_minute=150, ledger=ledger, name="team")
    with client(server, key, ledger) as limited:
        limited.complete("acme:m", "hi")
        limited.complete("acme:m", "hi")
        with pytest.raises(
            ai.RateLimited, match="180 tokens were used within a minute; its own limit is 150"
        ) as caught:
            limited.complete("acme:m", "hi")
    assert caught.value.retry_after is not None
    assert 0 < caught.value.retry_after <= 60
    assert [row["key"] for row in ledger.rows()] == ["team", "team", "team"]


def test_a_budget(server: Server, ledger: ai.Ledger, tmp_path: Path) -> None:
    server.say(stream(sse(*text_chunks("x", usage={**USAGE, "cost": 0.25}))))  # type: ignore[dict-item]
    key = ai.LimitedKey(KEY, budget=0.5, ledger=ledger, name="team")
    other = ai.LimitedKey(KEY, budget=0.5, ledger=ai.Ledger(tmp_path / "usage.db"), name="team")
    free = ai.LimitedKey(KEY, budget=0.5, ledger=ledger, name="another")
    with client(server, key, ledger) as limited:
        for _ in range(2):
            limited.complete("acme:m", "hi")
        with pytest.raises(ai.BudgetExceeded, match=r"its budget is 0.5 USD, and 0.5 are spent") as caught:
            limited.complete("acme:m", "hi")
    assert (caught.value.budget, caught.value.limit, caught.value.spent) == ("team", 0.5, 0.5)
    with pytest.raises(ai.BudgetExceeded):
        other()
    assert free() == KEY
    assert ledger.used_by("team") == (180, 0.5, pytest.approx(min(row["time"] for row in ledger.rows())))
    assert ledger.used_by("nobody") == (0, 0.0, 0)


def test_a_ledger_that_cannot_be_read_limits_nothing(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"not a database" * 100)
    server.say(HELLO)
    key = ai.LimitedKey(KEY, budget=0.1, ledger=ai.Ledger(path), name="team")
    with caplog.at_level(logging.WARNING), client(server, key) as limited:
        assert [limited.complete("acme:m", "hi").text for _ in range(3)] == ["Hello"] * 3
    said = [record.getMessage() for record in caplog.records if record.name == "fluent_ai.auth.limited_key"]
    assert len(said) == 1
    assert said[0].startswith("the limits of key team are not held: the ledger ")


def test_a_stored_key_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cryptography", reason="the extra `keys` is not installed")
    from fluent_ai.auth import unlocking

    monkeypatch.setattr(unlocking, "_keyring", lambda: None)
    unlock = tmp_path / "unlock"
    unlock.write_bytes(b"a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
    monkeypatch.setenv("FLUENT_AI_KEY_FILE", str(unlock))
    store = ai.KeyStore(tmp_path / "keys.json")
    store.set("acme", KEY)
    key = ai.LimitedKey(store["acme"], requests_per_minute=5)
    assert (key(), key.key_name) == (KEY, "keys:acme/default")
    assert KEY not in repr(key)


@pytest.mark.parametrize(
    ("key", "options", "said"),
    [
        ("", {}, "key is empty"),
        (3, {}, "key is empty or of another type"),
        (KEY, {"requests_per_minute": 0}, "requests_per_minute is 0"),
        (KEY, {"budget": -1}, "budget is -1"),
        (KEY, {"budget": 1.0}, "ledger is missing"),
        (KEY, {"tokens_per_minute": 5}, "ledger is missing"),
    ],
)
def test_limits_that_make_no_sense_are_refused(key: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said) as caught:
        ai.LimitedKey(key, **options)
    assert KEY not in str(caught.value)


def test_which_keys_of_a_list_are_in_use(server: Server) -> None:
    keys = ["first-canary-key", "second-canary-key", "third-canary-key"]
    busy = reply(429, {"error": {"message": "slow down"}}, headers={"retry-after": "30"})
    server.say(reply(401, {"error": {"message": "no"}}), busy, HELLO)
    with client(server, keys) as shared:
        assert [health.usable for health in status(shared)] == [True] * 3
        assert shared.complete("acme:m", "hi").text == "Hello"
        first, second, third = status(shared)
    assert (first.name, first.usable, first.error, first.retry_in) == ("keys['acme'][0]", False, "AuthError", None)
    assert (second.usable, second.error) == (False, "RateLimited")
    assert second.retry_in is not None
    assert 0 < second.retry_in <= 30
    assert third == ai.KeyHealth("keys['acme'][2]", True)
    assert "canary" not in repr((first, second, third))


def test_one_key_is_always_in_use(server: Server) -> None:
    server.say(reply(401, {}))
    with client(server, KEY) as single:
        with pytest.raises(ai.AuthError):
            single.complete("acme:m", "hi")
        assert status(single) == (ai.KeyHealth("keys['acme']", True),)
    with client(server, lambda: KEY) as asked:
        assert status(asked) == ()


def status(client: ai.Client) -> tuple[ai.KeyHealth, ...]:
    return next(each.keys for each in client.providers() if each.id == "acme")
