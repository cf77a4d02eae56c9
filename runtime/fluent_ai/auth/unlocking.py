"""The key of a key store's file: from the system's keyring, a passphrase, or a file; never from the store itself."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fluent_ai.auth.sealed_keys import Unlock, read_sealed
from fluent_ai.errors import ConfigError, KeyStoreError

KEY_FILE = "FLUENT_AI_KEY_FILE"
_SERVICE = "fluent-ai key store"
Passphrase: TypeAlias = str | Callable[[], str] | None
"""A passphrase, or a function that asks for it when it is needed."""


def new_key(path: Path, passphrase: Passphrase) -> tuple[Unlock, bytes]:
    """The key of a new file: by the passphrase if one is given, else kept by the keyring, else that of the key file."""
    salt = os.urandom(16)
    if passphrase is not None:
        unlock = Unlock("passphrase", salt)
        return unlock, _stretched(unlock, passphrase)
    if (keyring := _keyring()) is not None:
        key = os.urandom(32)
        try:
            keyring.set_password(_SERVICE, str(path), base64.b64encode(key).decode())
        except keyring.errors.KeyringError:
            pass  # a backend that cannot keep anything: the next way is tried
        else:
            return Unlock("keyring", salt), key
    if os.environ.get(KEY_FILE):
        return Unlock("file", salt), _from_file()
    raise KeyStoreError(
        f"{path}: there is nothing to encrypt keys with; allowed: a keyring of the system, a passphrase, or {KEY_FILE} "
        "with the path of a file that holds 32 random bytes in base64",
        reason="locked",
    )


def known_key(path: Path, unlock: Unlock, passphrase: Passphrase) -> bytes:
    """The key of a file that there is. Raises KeyStoreError where it cannot be had."""
    if unlock.kind == "passphrase":
        if passphrase is None:
            raise KeyStoreError(f"{path}: it is locked by a passphrase; pass KeyStore(passphrase=...)", reason="locked")
        return _stretched(unlock, passphrase)
    if unlock.kind == "file":
        return _from_file()
    keyring = _keyring()
    found = None if keyring is None else keyring.get_password(_SERVICE, str(path))
    if found is None:
        raise KeyStoreError(f"{path}: the system's keyring does not have its key", reason="locked")
    return base64.b64decode(found)


def unlocked_by(path: Path) -> str | None:
    """What unlocks the file; for one that is not there yet, `keyring` if that works, else None."""
    try:
        return read_sealed(path.read_bytes(), str(path)).unlock.kind
    except FileNotFoundError:
        return None if _keyring() is None else "keyring"


def _keyring() -> Any:
    """The module, if it is installed and has a backend that keeps what it is given."""
    try:
        keyring = import_module("keyring")
        return keyring if keyring.get_keyring().priority > 0 else None
    except Exception:  # backends raise whatever they meet; without one, another way is taken
        return None


def _stretched(unlock: Unlock, passphrase: Passphrase) -> bytes:
    text = passphrase() if callable(passphrase) else passphrase
    if not isinstance(text, str) or not text:
        raise ConfigError("passphrase is empty or no str; allowed: a text")
    if unlock.n > 2**20 or unlock.r > 32 or unlock.p > 16:
        raise KeyStoreError("the file asks for more work than any passphrase needs", reason="damaged")
    try:
        return Scrypt(unlock.salt, 32, unlock.n, unlock.r, unlock.p).derive(text.encode())
    except ValueError:
        raise KeyStoreError("the file is damaged", reason="damaged") from None


def _from_file() -> bytes:
    path = os.environ.get(KEY_FILE) or ""
    if not path:
        raise KeyStoreError(f"set {KEY_FILE} to the file that unlocks the key store", reason="locked")
    try:
        key = base64.b64decode(Path(path).read_bytes().strip(), validate=True)
    except OSError as error:
        raise KeyStoreError(f"{KEY_FILE} names {path!r}: {error.strerror}", reason="locked") from None
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise KeyStoreError(f"{KEY_FILE} names {path!r}; allowed: a file of 32 random bytes in base64", reason="locked")
    return key
