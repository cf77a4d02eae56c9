"""Lists of models are used again for as long as HTTP allows, and no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import Sent, Server, manifest_for, reply
from shells import SHELLS, Shell
from watchers import Keeper

ONE = {"object": "list", "data": [{"id": "m"}]}
TWO = {"object": "list", "data": [{"id": "m"}, {"id": "n"}]}
FRESH = {"cache-control": "max-age=600", "etag": '"1"'}


@pytest.fixture(params=SHELLS)
def open_shell(request: pytest.FixtureRequest, server: Server) -> Iterator[Callable[..., Shell]]:
    opened: list[Shell] = []

    def make(**settings: Any) -> Shell:
        given = {"keys": {"acme": "first-key-0123"}, "manifests": [manifest_for(server.url)], "retries": 0} | settings
        opened.append(Shell(request.param, **given))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def ids(shell: Shell) -> list[str]:
    return [info.id for info in shell.do(shell.client.models("acme"))]


def test_a_fresh_list_is_not_asked_for_again(open_shell: Callable[..., Shell], server: Server) -> None:
    keeper = Keeper()
    server.say(reply(200, ONE, headers=FRESH), reply(200, TWO))
    shell = open_shell(observe=[keeper])
    assert ids(shell) == ids(shell) == ["m"]
    assert len(server.sent) == 1
    assert [(call.verb, call.attempts, call.ended) for call in keeper.all()] == [
        ("models", 1, "complete"),
        ("models", 0, "complete"),
    ]
    assert ids(open_shell()) == ["m", "n"], "each client keeps its own"


def test_a_list_without_a_word_on_it_is_asked_for_again(open_shell: Callable[..., Shell], server: Server) -> None:
    server.say(reply(200, ONE), reply(200, TWO))
    shell = open_shell()
    assert (ids(shell), ids(shell)) == (["m"], ["m", "n"])


def test_a_list_with_a_tag_is_asked_for_by_it(open_shell: Callable[..., Shell], server: Server) -> None:
    server.say(reply(200, ONE, headers={"etag": '"1"'}), reply(304, b"", headers={"etag": '"1"'}), reply(200, TWO))
    shell = open_shell()
    assert (ids(shell), ids(shell), ids(shell)) == (["m"], ["m"], ["m", "n"])
    assert [sent.headers.get("if-none-match") for sent in server.sent] == [None, '"1"', '"1"']


def test_a_check_always_asks(open_shell: Callable[..., Shell], server: Server) -> None:
    server.say(reply(200, ONE, headers=FRESH), reply(304, b"", headers=FRESH), reply(401, {}))
    shell = open_shell()
    assert ids(shell) == ["m"]
    known = shell.do(shell.client.check("acme"))
    assert (known.ok, known.models) == (True, 1)
    assert (server.sent[1].headers["cache-control"], server.sent[1].headers["if-none-match"]) == ("no-cache", '"1"')
    assert shell.do(shell.client.check("acme")).problem == "key", "a key that was revoked is not vouched for by a list"
    assert len(server.sent) == 3


def test_another_key_asks_for_its_own_list(open_shell: Callable[..., Shell], server: Server) -> None:
    def of_key(sent: Sent) -> Any:
        first = "first-key" in sent.headers["authorization"]
        return reply(200, ONE if first else TWO, headers=FRESH)

    server.say(of_key)
    shell = open_shell()
    assert ids(shell) == ["m"]
    shell.client.set_key("acme", "second-key-0123")
    assert ids(shell) == ["m", "n"]
    shell.client.set_key("acme", "first-key-0123")
    assert ids(shell) == ["m"]
    assert len(server.sent) == 3


def test_a_broken_list_is_not_kept(open_shell: Callable[..., Shell], server: Server) -> None:
    server.say(reply(200, {"data": "none"}, headers=FRESH), reply(200, ONE, headers=FRESH))
    shell = open_shell()
    with pytest.raises(ai.ProtocolError):
        ids(shell)
    assert ids(shell) == ["m"]
    assert "if-none-match" not in server.sent[1].headers


def test_a_server_that_fails_may_let_its_last_list_stand_in(open_shell: Callable[..., Shell], server: Server) -> None:
    stale = {"cache-control": "max-age=0, stale-if-error=600", "etag": '"1"'}
    server.say(reply(200, ONE, headers=stale), reply(503, {}), reply(401, {}))
    shell = open_shell()
    assert ids(shell) == ids(shell) == ["m"]
    with pytest.raises(ai.AuthError):
        ids(shell)


def test_a_client_keeps_no_more_than_some_pages() -> None:
    from fluent_ai.client.kept_lists import LARGEST, MOST, KeptLists
    from fluent_ai.http.cache import Stored
    from fluent_ai.streams.cached_answers import Fetched

    entry = Stored(url="", headers={}, vary={}, requested=0.0, received=0.0)
    lists = KeptLists()
    for number in range(MOST + 5):
        lists.keep(str(number), "", Fetched(b"x", "sent", {}, entry))
    assert [lists.find(str(number), "") is None for number in (0, 4, 5)] == [True, True, False]
    lists.keep("big", "", Fetched(bytes(LARGEST + 1), "sent", {}, entry))
    assert lists.find("big", "") is None
    assert lists.find("5", "another") is None
