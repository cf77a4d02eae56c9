"""A key store on a disk that is full or may not be written: a typed error, and everything stays as it was."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import fluent_ai as ai
import pytest

pytest.importorskip("cryptography", reason="the extra `keys` is not installed")

from fluent_ai.auth import unlocking

KEY, OTHER = "canary-key-0123456789", "canary-other-9876543210"
FULL = """
import resource, signal, sys
from pathlib import Path
import fluent_ai as ai
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = ai.KeyStore(sys.argv[1])
assert store.key("acme") == "canary-key-0123456789"
log = Path(sys.argv[1] + ".audit")
room = log.stat().st_size + 20  # enough for the beginning of an entry
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
for change in (lambda: store.set("other", "canary-other-9876543210"), lambda: store.remove("acme")):
    try:
        change()
    except ai.KeyStoreError as error:
        print(error.reason)
print(store.key("acme") == "canary-key-0123456789", len(store.audit()))
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "unlock"
    path.write_bytes(base64.b64encode(b"k" * 32))
    monkeypatch.setenv("FLUENT_AI_KEY_FILE", str(path))
    monkeypatch.setattr(unlocking, "_keyring", lambda: None)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are a POSIX thing")
def test_a_disk_that_fills_up_within_an_entry_of_the_log(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    store = ai.KeyStore(path)
    store.set("acme", KEY)
    store.key("acme")
    before, log = path.read_bytes(), path.with_name("keys.json.audit").read_bytes()
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.splitlines()[:2] == ["unwritable", "unwritable"]
    assert done.stdout.splitlines()[2].startswith("True ")
    assert path.read_bytes() == before
    assert path.with_name("keys.json.audit").read_bytes().startswith(log)
    store.set("other", OTHER)
    assert (store.key("acme"), store.key("other")) == (KEY, OTHER)
    assert [each.action for each in store.audit()][-2:] == ["set", "use"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is a thing of Linux")
@pytest.mark.parametrize("place", ["/proc/keys.json", "/proc/nowhere/keys.json"])
def test_a_disk_that_may_not_be_written(place: str) -> None:
    with pytest.raises(ai.KeyStoreError, match="cannot be written") as caught:
        ai.KeyStore(place).set("acme", KEY)
    assert caught.value.reason == "unwritable"
    assert KEY not in str(caught.value)
