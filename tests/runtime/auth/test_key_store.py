"""Keys in an encrypted file: nobody reads or changes them unnoticed, and several processes may."""

from __future__ import annotations

import base64
import json
import os
import random
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks

pytest.importorskip("cryptography", reason="the extra `keys` is not installed")

from fluent_ai.auth import unlocking

KEY = "canary-key-0123456789"
OTHER = "canary-other-9876543210"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A key file, and no keyring. Scrypt is made cheap where a passphrase is used."""
    path = tmp_path / "unlock"
    path.write_bytes(base64.b64encode(b"k" * 32))
    monkeypatch.setenv("FLUENT_AI_KEY_FILE", str(path))
    monkeypatch.setattr(unlocking, "_keyring", lambda: None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "keys.json"


@pytest.fixture
def store(path: Path) -> ai.KeyStore:
    return ai.KeyStore(path)


def test_keys_are_kept_and_never_shown(store: ai.KeyStore, path: Path) -> None:
    store.set("acme", KEY)
    store.set("other", OTHER, "team")
    assert (ai.KeyStore(path).key("acme"), ai.KeyStore(path).key("other", "team")) == (KEY, OTHER)
    assert [(each.provider, each.name, each.retires) for each in store.list()] == [
        ("acme", "default", None),
        ("other", "team", None),
    ]
    assert (list(store), len(store), "acme" in store, "nobody" in store) == (["acme", "other"], 2, True, False)
    shown = repr(store) + repr(store["acme"]) + repr(store.list()) + repr(store.audit())
    written = b"".join(each.read_bytes() for each in path.parent.iterdir())
    for secret in (KEY, OTHER):
        assert secret not in shown
        assert secret.encode() not in written
        assert base64.b64encode(secret.encode()) not in written
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_client_takes_them(store: ai.KeyStore, server: Server) -> None:
    server.say(stream(sse(*text_chunks("Hello"))))
    store.set("acme", KEY)
    with ai.Client(keys=store, manifests=[manifest_for(server.url)]) as client:
        client.complete("acme:m", "hi")
        store.rotate("acme", OTHER)
        client.complete("acme:m", "hi")
        server.say(reply(401, {"error": {"message": OTHER}}))
        with pytest.raises(ai.AuthError) as caught:
            client.complete("acme:m", "hi")
    assert [sent.headers["authorization"] for sent in server.sent[:2]] == [f"Bearer {KEY}", f"Bearer {OTHER}"]
    assert OTHER not in str(caught.value)


def test_observers_learn_the_name_of_the_key(store: ai.KeyStore, server: Server) -> None:
    from watchers import Keeper

    server.say(stream(sse(*text_chunks("Hello"))))
    store.set("acme", KEY, "team")
    keeper = Keeper()
    with ai.Client(keys=store, manifests=[manifest_for(server.url)], observe=[keeper]) as client:
        client.complete("acme:m", "hi")
    assert keeper.last.key == "keys:acme/team"


def test_rotation_overlaps(store: ai.KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.set("acme", KEY)
    store.rotate("acme", OTHER, overlap=100)
    new, old = sorted(store.list(), key=lambda each: each.retires or 0)
    assert (new.retires, store.key("acme")) == (None, OTHER)
    assert old.retires is not None
    now = old.retires + 1
    monkeypatch.setattr("fluent_ai.auth.key_store.time", lambda: now)
    assert len(store.list()) == 1
    store.rotate("acme", KEY, overlap=0)
    assert len(json.loads(store.path.read_bytes())["keys"]) == 1
    with pytest.raises(ai.KeyStoreError, match="there is no key 'team' of acme"):
        store.rotate("acme", KEY, "team")
    with pytest.raises(ai.ConfigError, match="overlap is -1"):
        store.rotate("acme", KEY, overlap=-1)


def test_removal(store: ai.KeyStore) -> None:
    store.set("acme", KEY)
    store.rotate("acme", OTHER)
    store.remove("acme")
    assert store.list() == ()
    for wrong in (lambda: store.remove("acme"), lambda: store.key("acme")):
        with pytest.raises(ai.KeyStoreError, match="there is no key 'default' of acme") as caught:
            wrong()
        assert caught.value.reason == "missing"


@pytest.mark.parametrize("wrong", ["", "two words", "\n", "schlüssel", 7, None])
def test_what_can_be_no_key_is_refused(store: ai.KeyStore, path: Path, wrong: Any) -> None:
    with pytest.raises(ai.ConfigError, match="the key holds no usable key"):
        store.set("acme", wrong)
    with pytest.raises(ai.ConfigError, match="provider is ''"):
        store.set("", KEY)
    with pytest.raises(ai.ConfigError, match="name is 'a\\\\x00b'"):
        store.set("acme", KEY, "a\0b")
    assert not path.exists()


def test_without_anything_to_encrypt_with_it_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FLUENT_AI_KEY_FILE")
    with pytest.raises(ai.KeyStoreError, match="nothing to encrypt keys with; allowed: a keyring") as caught:
        ai.KeyStore(path).set("acme", KEY)
    assert caught.value.reason == "locked"
    assert not path.exists()


def test_a_passphrase_unlocks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FLUENT_AI_KEY_FILE")
    ai.KeyStore(path, passphrase="right").set("acme", KEY)
    asked = []

    def ask() -> str:
        asked.append(1)
        return "right"

    again = ai.KeyStore(path, passphrase=ask)
    assert (again.key("acme"), again.key("acme"), len(asked)) == (KEY, KEY, 1)
    with pytest.raises(ai.KeyStoreError, match="passphrase or the key of the file is wrong") as caught:
        ai.KeyStore(path, passphrase="wrong").list()
    assert caught.value.reason == "locked"
    with pytest.raises(ai.KeyStoreError, match="locked by a passphrase"):
        ai.KeyStore(path).list()
    with pytest.raises(ai.ConfigError, match="passphrase is empty"):
        ai.KeyStore(path, passphrase="")


class Ring:
    """A keyring in memory, with the interface of the real one."""

    class errors:  # noqa: N801  # as the package has it
        class KeyringError(Exception):
            pass

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, password: str) -> None:
        self.kept[service, name] = password

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))


def test_a_keyring_unlocks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Ring()
    monkeypatch.setattr(unlocking, "_keyring", lambda: ring)
    ai.KeyStore(path).set("acme", KEY)
    assert json.loads(path.read_bytes())["unlock"]["kind"] == "keyring"
    assert ai.KeyStore(path).key("acme") == KEY
    ring.kept.clear()
    with pytest.raises(ai.KeyStoreError, match="keyring does not have its key"):
        ai.KeyStore(path).list()


def test_the_real_keyring_is_asked_or_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    keyring = pytest.importorskip("keyring")
    from keyring.backends import fail, null

    before = keyring.get_keyring()
    for backend in (fail.Keyring(), null.Keyring()):
        keyring.set_keyring(backend)
        assert unlocking._keyring() is None
    keyring.set_keyring(before)


@pytest.mark.parametrize("content", [None, b"", b"short", base64.b64encode(b"x" * 31), b"\xff" * 44])
def test_a_wrong_key_file_is_refused(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    other = tmp_path / "other"
    if content is not None:
        other.write_bytes(content)
    monkeypatch.setenv("FLUENT_AI_KEY_FILE", str(other))
    with pytest.raises(ai.KeyStoreError, match="FLUENT_AI_KEY_FILE names"):
        ai.KeyStore(path).set("acme", KEY)


def test_every_damage_is_found_and_the_file_stays(store: ai.KeyStore, path: Path) -> None:
    store.set("acme", KEY)
    store.set("other", OTHER)
    whole = path.read_bytes()
    chance = random.Random(7)
    damaged = [whole[:size] for size in range(0, len(whole) - 1, 37)]
    for _ in range(200):
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        damaged.append(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
    harmless = 0
    for data in damaged:
        path.write_bytes(data)
        try:
            found = (ai.KeyStore(path).key("acme"), ai.KeyStore(path).key("other"))
        except ai.KeyStoreError:
            assert path.read_bytes() == data
            with pytest.raises(ai.KeyStoreError):
                ai.KeyStore(path).set("acme", OTHER)
            assert path.read_bytes() == data
        else:
            assert found == (KEY, OTHER)  # such as a space that became a tab
            harmless += 1
    assert harmless < len(damaged) / 10


def test_entries_cannot_be_exchanged_renamed_or_taken_out(store: ai.KeyStore, path: Path) -> None:
    store.set("acme", KEY)
    store.set("other", OTHER)
    for change in ("swap", "rename", "drop", "unretire"):
        file = json.loads(path.read_bytes())
        one, two = file["keys"]
        if change == "swap":
            one["data"], two["data"] = two["data"], one["data"]
        elif change == "rename":
            one["provider"] = "evil"
        elif change == "drop":
            file["keys"] = [one]
        else:
            one["retires"] = 9e9
        other = path.with_name(change)
        other.write_text(json.dumps(file))
        with pytest.raises(ai.KeyStoreError, match="was changed by others") as caught:
            ai.KeyStore(other).list()
        assert caught.value.reason == "damaged"


def test_who_did_what_is_on_record(store: ai.KeyStore, path: Path) -> None:
    store.set("acme", KEY)
    store.key("acme")
    store.key("acme")
    store.rotate("acme", OTHER)
    store.key("acme")
    store.remove("acme")
    assert [each.action for each in store.audit()] == ["set", "use", "rotate", "use", "remove"]
    assert {(each.provider, each.name) for each in store.audit()} == {("acme", "default")}
    assert all("@" in each.who for each in store.audit())
    log = path.with_name(path.name + ".audit")
    lines = log.read_bytes().splitlines(keepends=True)
    for changed in (
        [lines[0], *lines[2:]],
        [lines[1], lines[0], *lines[2:]],
        lines[:-1],
        [lines[0].replace(b"acme", b"evil"), *lines[1:]],
        [*lines, b"{}\n"],
        [],
    ):
        log.write_bytes(b"".join(changed))
        with pytest.raises(ai.KeyStoreError, match="was changed or is missing"):
            ai.KeyStore(path).audit()


def test_a_use_that_cannot_be_noted_ends_no_call(
    store: ai.KeyStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.set("acme", KEY)
    log = path.with_name(path.name + ".audit")
    log.unlink()
    log.mkdir()
    assert ai.KeyStore(path).key("acme") == KEY
    assert "could not be noted" in caplog.text
    assert KEY not in caplog.text


PROGRAM = """
import sys
import fluent_ai as ai
store = ai.KeyStore({path!r})
for number in range(5):
    store.rotate("acme", f"canary-{name}-{{number}}-0123456789", overlap=1000)
    store.key("acme")
"""


def test_two_processes_rotate_at_once(store: ai.KeyStore, path: Path) -> None:
    store.set("acme", KEY)
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(path=str(path), name=name)], env=environment, stderr=subprocess.PIPE
        )
        for name in ("one", "two")
    ]
    assert [each.communicate(timeout=120)[1] for each in running] == [b"", b""]
    assert len(store.list()) == 11
    assert store.key("acme") in ("canary-one-4-0123456789", "canary-two-4-0123456789")
    assert [each.action for each in store.audit()].count("rotate") == 10


def test_without_the_extra_it_says_what_to_install() -> None:
    program = """
import sys
sys.modules["cryptography"] = None
import fluent_ai as ai
try:
    ai.KeyStore("keys.json")
except ai.ConfigError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "a key store needs cryptography: pip install 'fluent-ai[keys]'\n"


def test_several_names_need_a_default(store: ai.KeyStore) -> None:
    store.set("acme", KEY, "a")
    store.set("acme", OTHER, "b")
    with pytest.raises(ai.ConfigError, match="acme has several keys: a, b; name one of them `default`"):
        ai.Client(keys=store)
    store.set("acme", KEY)
    assert store["acme"]() == KEY
