"""Keys of one provider: several that take turns, functions that give them, and their replacement while at work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import fluent_ai as ai
import pytest
from clocks import Clock
from fluent_ai.auth.keys import DEFAULT_PAUSE, KeyRing
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks

HELLO = stream([*sse(*text_chunks("Hello"))])
Judge = dict[str, Answer]


def judge(verdicts: Judge) -> Callable[[Sent], Answer]:
    """Answers by the key that came; those not named are good."""
    return lambda sent: verdicts.get(sent.headers["authorization"].removeprefix("Bearer "), HELLO)


def keys_sent(server: Server) -> list[str]:
    return [sent.headers["authorization"].removeprefix("Bearer ") for sent in server.sent]


def refused(status: int = 401) -> Answer:
    return reply(status, {"error": {"message": "no"}})


def limited(**headers: str) -> Answer:
    return reply(429, {"error": {"message": "slow down"}}, headers=headers)


def complete(server: Server, keys: Any, *, times: int = 1, blocking: bool = True, **options: Any) -> list[str]:
    """The texts of so many replies of one client."""
    manifests = [manifest_for(server.url)]
    if blocking:
        with ai.Client(keys={"acme": keys}, manifests=manifests, **options) as client:
            return [client.complete("acme:m", "hi").text for _ in range(times)]

    async def run() -> list[str]:
        async with ai.AsyncClient(keys={"acme": keys}, manifests=manifests, **options) as client:
            return [(await client.complete("acme:m", "hi")).text for _ in range(times)]

    return asyncio.run(run())


@pytest.fixture(params=[True, False], ids=["sync", "async"])
def blocking(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_never_used_again(server: Server, status: int, blocking: bool) -> None:
    server.say(judge({"dead-1": refused(status), "dead-2": refused(status)}))
    texts = complete(server, ["dead-1", "dead-2", "good"], times=3, blocking=blocking, retries=0)
    assert texts == ["Hello"] * 3
    assert keys_sent(server) == ["dead-1", "dead-2", "good", "good", "good"]


def test_a_limited_key_is_passed_over_without_a_pause(server: Server, blocking: bool) -> None:
    server.say(judge({"busy": limited(**{"retry-after": "50"})}))
    assert complete(server, ["busy", "free"], times=2, blocking=blocking, retries=0) == ["Hello"] * 2
    assert keys_sent(server) == ["busy", "free", "free"]


def test_used_up_credit_is_no_dead_key(server: Server) -> None:
    server.say(judge({"poor": reply(402, {"error": {"message": "credit balance too low"}})}))
    assert complete(server, ["poor", "rich"], retries=0) == ["Hello"]


def test_all_refused_is_the_providers_error_and_then_sends_nothing(server: Server) -> None:
    server.say(judge({"dead-1": refused(), "dead-2": refused()}))
    with ai.Client(keys={"acme": ["dead-1", "dead-2"]}, manifests=[manifest_for(server.url)]) as client:
        for _ in range(2):
            with pytest.raises(ai.AuthError, match="acme: no") as caught:
                client.complete("acme:m", "hi")
            assert caught.value.status == 401
        assert keys_sent(server) == ["dead-1", "dead-2"]
        client.set_key("acme", "fresh")
        assert client.complete("acme:m", "hi").text == "Hello"


def test_all_limited_is_the_soonest_pause(server: Server) -> None:
    server.say(judge({"a": limited(**{"retry-after": "90"}), "b": limited(**{"retry-after": "300"})}))
    with ai.Client(keys={"acme": ["a", "b"]}, manifests=[manifest_for(server.url)]) as client:
        with pytest.raises(ai.RateLimited):
            client.complete("acme:m", "hi")
        with pytest.raises(ai.RateLimited) as caught:
            client.complete("acme:m", "hi")
        assert caught.value.retry_after is not None
        assert 80 < caught.value.retry_after <= 90
    assert keys_sent(server) == ["a", "b"]


def test_one_key_is_always_tried(server: Server) -> None:
    """Unless the provider has named the time at which it may be."""
    server.say(refused(), refused(403), limited(), HELLO)
    with ai.Client(keys={"acme": ["only"]}, manifests=[manifest_for(server.url)], retries=0) as client:
        for error in (ai.AuthError, ai.PermissionDenied, ai.RateLimited):
            with pytest.raises(error):
                client.complete("acme:m", "hi")
        assert client.complete("acme:m", "hi").text == "Hello"


def test_a_server_that_limits_for_no_time_at_all_is_not_asked_for_ever(server: Server, blocking: bool) -> None:
    server.say(limited(**{"retry-after": "0"}))
    with pytest.raises(ai.RateLimited):
        complete(server, ["a", "b"], blocking=blocking, retries=1)
    assert len(server.sent) <= 4


def test_keys_take_turns_in_model_lists_too(server: Server) -> None:
    listed = reply(200, {"object": "list", "data": [{"id": "m", "object": "model"}]})
    server.say(lambda sent: refused() if sent.headers["authorization"] == "Bearer dead" else listed)
    with ai.Client(keys={"acme": ["dead", "good"]}, manifests=[manifest_for(server.url)], retries=0) as client:
        assert [model.id for model in client.models("acme")] == ["m"]
        assert client.check("acme").ok
    assert keys_sent(server) == ["dead", "good", "good"]


def test_a_limit_inside_the_stream_changes_the_key(server: Server) -> None:
    error = {"error": {"message": "slow down", "code": "rate_limit_exceeded"}}
    server.say(judge({"busy": stream(sse(error))}))
    assert complete(server, ["busy", "free"], retries=0) == ["Hello"]
    assert keys_sent(server) == ["busy", "free"]


def test_a_function_is_asked_before_each_attempt(server: Server, blocking: bool) -> None:
    given = iter(["first", "second", "third"])
    threads: list[bool] = []

    def key() -> str:
        threads.append(threading.current_thread() is threading.main_thread())
        return next(given)

    server.say(reply(500, b""), HELLO)
    assert complete(server, key, times=2, blocking=blocking, retries=1) == ["Hello"] * 2
    assert keys_sent(server) == ["first", "second", "third"]
    assert set(threads) == {blocking}, "a function that may block must not hold up an event loop"


def test_a_function_whose_key_was_refused_is_asked_once_more(server: Server) -> None:
    given = iter(["stale", "fresh"])
    server.say(judge({"stale": refused()}))
    assert complete(server, lambda: next(given), retries=0) == ["Hello"]
    server.say(refused())
    with pytest.raises(ai.AuthError):
        complete(server, lambda: "bad", retries=0)
    assert keys_sent(server) == ["stale", "fresh", "bad", "bad"]


@pytest.mark.parametrize("status", [200, 400])
def test_a_key_that_a_function_gave_is_not_repeated(server: Server, status: int, blocking: bool) -> None:
    said = {"error": {"message": "bad key fn-given-key", "code": "nope"}}
    server.say(stream(sse(said)) if status == 200 else reply(status, said))
    with pytest.raises(ai.ApiError, match=r"bad key \[redacted\]") as caught:
        complete(server, lambda: "fn-given-key", blocking=blocking, retries=0)
    assert "fn-given-key" not in repr(caught.value)


@pytest.mark.parametrize("given", [None, 7, b"acme-secret-key", ["acme-secret-key"], "", "two words"])
def test_a_function_that_gives_no_key(server: Server, given: Any) -> None:
    with pytest.raises(ai.ConfigError, match=r"the result of keys\['acme'\] holds no usable key") as caught:
        complete(server, lambda: given)
    assert "secret" not in str(caught.value)
    assert server.sent == []


def test_a_given_key_is_used_whatever_the_environment_holds(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_API_KEY", "no key at all")
    server.say(HELLO)
    assert complete(server, "given-key") == ["Hello"]


def test_what_a_function_raises_reaches_the_caller(server: Server, blocking: bool) -> None:
    def key() -> str:
        raise LookupError("the vault is closed")

    with pytest.raises(LookupError, match="vault"):
        complete(server, key, blocking=blocking)
    with pytest.raises(ai.ConfigError, match=r"the result of keys\['acme'\] holds no usable key"):
        complete(server, lambda: "with space", blocking=blocking)
    assert server.sent == []


def test_a_key_is_replaced_while_the_client_works(server: Server) -> None:
    server.say(HELLO)
    with ai.Client(keys={"acme": "old"}, manifests=[manifest_for(server.url)]) as client:
        bound = client.model("acme:m")
        bound.complete("hi")
        client.set_key("acme", ["new", "newer"])
        bound.complete("hi")
    assert keys_sent(server) == ["old", "new"]


def test_without_a_key_of_its_own_a_client_goes_back_to_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_API_KEY", "k1,k2")
    server.say(HELLO)

    async def run() -> None:
        async with ai.AsyncClient(keys={"acme": "own"}, manifests=[manifest_for(server.url)]) as client:
            client.set_key("acme", None)
            await client.complete("acme:m", "hi")

    asyncio.run(run())
    assert keys_sent(server) == ["k1,k2"], "a variable holds one key"


def test_keys_may_be_replaced_by_one_thread_while_others_call(server: Server) -> None:
    server.say(judge({"a1": refused(), "b1": refused()}))
    failures: list[BaseException] = []
    with ai.Client(keys={"acme": ["a1", "a2"]}, manifests=[manifest_for(server.url)]) as client:

        def work() -> None:
            try:
                for _ in range(5):
                    assert client.complete("acme:m", "hi").text == "Hello"
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(20):
            client.set_key("acme", ["b1", "b2"] if number % 2 else ["a1", "a2"])
        for thread in threads:
            thread.join()
    assert failures == []


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "holds no usable key"),
        ("two words", "holds no usable key"),
        ("k\x00ey", "holds no usable key"),
        ("schlüssel", "holds no usable key"),
        ([], "not a list of keys; allowed: at least one, each a str"),
        (["good", 3], "not a list of keys"),
        (["good", "line\nbreak"], "holds no usable key"),
        (b"bytes", "is of type bytes; allowed: a str, a list of str, or a function"),
        (3, "is of type int"),
        (ai.AwsKeys("AKIDEXAMPLE", "secret-access"), "is of type AwsKeys"),
    ],
)
def test_what_is_no_key_is_refused_without_being_shown(key: Any, message: str) -> None:
    with pytest.raises(ai.ConfigError) as caught:
        ai.Client(keys={"openai": key})
    assert str(caught.value).startswith(("openai: keys['openai'] ", "keys['openai'] "))
    assert message in str(caught.value)
    for secret in ("good", "line", "secret-access", "two words", "bytes;"):
        assert secret not in str(caught.value).replace("of type bytes;", "")


def test_no_repr_shows_a_key() -> None:
    with ai.Client(keys={"openai": ["sk-first", "sk-second"], "groq": lambda: "gsk-third"}) as client:
        shown = repr(client._core.credentials._keychain) + repr(KeyRing(["sk-first"]))
        assert "sk-" not in shown
        assert "openai" in shown


def test_a_limit_without_a_time_is_a_guess_that_gives_way_when_there_is_no_other_key() -> None:
    clock = Clock(1000.0)
    ring = KeyRing(["a", "b"], clock)
    ring.reject("a", ai.RateLimited("slow down"))
    assert ring.take() == "b"
    clock.now += DEFAULT_PAUSE
    assert ring.take() == "a"
    ring.reject("a", ai.RateLimited("slow down"))
    clock.now += 1
    ring.reject("b", ai.RateLimited("slow down"))
    assert ring.take() == "a", "the one that was limited first"


def test_an_error_is_raised_anew_each_time() -> None:
    ring = KeyRing(["a", "b"], Clock(1000.0))
    first = ai.RateLimited("slow down", status=429, retry_after=5.0)
    ring.reject("a", first)
    ring.reject("b", ai.AuthError("no"))
    seen = []
    for _ in range(2):
        with pytest.raises(ai.RateLimited) as caught:
            ring.take()
        seen.append(caught.value)
    assert seen[0] is not seen[1]
    assert first.retry_after == 5.0
    assert {error.status for error in seen} == {429}


@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True),
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from("abc"), st.sampled_from(["dead", "limited", "stated"])),
            st.floats(0, 100),
        )
    ),
)
def test_a_key_is_given_out_only_when_it_may_be_used(keys: list[str], history: list[tuple[str, str] | float]) -> None:
    clock = Clock(1000.0)
    ring = KeyRing(keys, clock)
    dead: set[str] = set()
    until: dict[str, float] = {}
    for step in history:
        if isinstance(step, float):
            clock.now += step
        elif step[0] in keys:
            key, what = step
            if what == "dead":
                ring.reject(key, ai.AuthError("no"))
                dead.add(key)
            else:
                stated = what == "stated"
                ring.reject(key, ai.RateLimited("wait", retry_after=30.0 if stated else None))
                dead.discard(key)
                until[key] = clock.now + 30.0 if stated else 0.0
        try:
            taken = ring.take()
        except (ai.AuthError, ai.RateLimited):
            assert all(key in dead or until.get(key, 0.0) > clock.now for key in keys)
            assert len(keys) > 1
        else:
            assert len(keys) == 1 or (taken not in dead and until.get(taken, 0.0) <= clock.now)


def test_a_key_function_that_runs_out_of_keys_hangs_nobody(server: Server, blocking: bool) -> None:
    keys: Iterator[str] = iter(())
    with pytest.raises(RuntimeError, match="raised StopIteration"):
        complete(server, lambda: next(keys), blocking=blocking, retries=0)
    assert server.sent == []
