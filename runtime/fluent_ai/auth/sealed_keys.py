"""The encrypted file of a key store: AES-256-GCM for each key, with its provider and name as associated data, and a
seal over the whole file, so that nothing in it can be changed, exchanged or taken out unnoticed (NIST SP 800-38D).
"""

from __future__ import annotations

import os
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fluent_ai.errors import KeyStoreError
from fluent_ai.type_info import prepare

_NONCE = 12


class Unlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the file's own key comes from. The numbers are scrypt's (RFC 7914)."""

    kind: Literal["keyring", "passphrase", "file"]
    salt: bytes
    n: int = 2**16
    r: int = 8
    p: int = 1


class SealedKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key. Times are in seconds since 1970."""

    id: str
    provider: str
    name: str
    created: float
    data: bytes
    retires: float | None = None

    def facts(self) -> bytes:
        """What is authenticated beside the key."""
        return "\0".join((self.id, self.provider, self.name, repr(self.created))).encode()


class SealedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. `audited` and `audit_hash` say how long the audit log was when it was written, and its end."""

    version: Literal[1]
    unlock: Unlock
    check: bytes
    keys: tuple[SealedKey, ...] = ()
    audited: int = 0
    audit_hash: str = ""
    seal: bytes = b""


class Cipher:
    """What the file's own key can do."""

    def __init__(self, key: bytes) -> None:
        self._keys = AESGCM(_derived(key, b"keys"))
        self._seal = AESGCM(_derived(key, b"seal"))
        self.audit_key = _derived(key, b"audit")

    def new_file(self, unlock: Unlock) -> SealedFile:
        return SealedFile(version=1, unlock=unlock, check=_encrypt(self._seal, b"", b"check"))

    def encrypt(self, entry: SealedKey, key: str) -> SealedKey:
        return msgspec.structs.replace(entry, data=_encrypt(self._keys, key.encode(), entry.facts()))

    def decrypt(self, entry: SealedKey) -> str:
        """The key. Raises KeyStoreError if anything of the entry was changed."""
        try:
            return _decrypt(self._keys, entry.data, entry.facts()).decode()
        except InvalidTag:
            raise KeyStoreError(f"the key {entry.name!r} of {entry.provider} is damaged", reason="damaged") from None

    def write(self, file: SealedFile) -> bytes:
        open_file = msgspec.structs.replace(file, seal=b"")
        sealed = msgspec.structs.replace(file, seal=_encrypt(self._seal, b"", msgspec.json.encode(open_file)))
        return msgspec.json.format(msgspec.json.encode(sealed)) + b"\n"

    def verify(self, file: SealedFile, path: str) -> None:
        """Raises KeyStoreError for a wrong key, and for a file that was changed by others."""
        try:
            _decrypt(self._seal, file.check, b"check")
        except InvalidTag:
            raise KeyStoreError(
                f"{path}: the passphrase or the key of the file is wrong, or the file is damaged", reason="locked"
            ) from None
        try:
            _decrypt(self._seal, file.seal, msgspec.json.encode(msgspec.structs.replace(file, seal=b"")))
        except InvalidTag:
            raise KeyStoreError(f"{path}: the file is damaged, or was changed by others", reason="damaged") from None


def read_sealed(data: bytes, path: str) -> SealedFile:
    """The file, not yet verified. Raises KeyStoreError for one that is cut or malformed."""
    try:
        return msgspec.json.decode(data, type=SealedFile)
    except (msgspec.MsgspecError, UnicodeError):
        raise KeyStoreError(f"{path}: the file is damaged", reason="damaged") from None


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"fluent-ai keys 1 " + purpose).derive(key)


def _encrypt(cipher: AESGCM, data: bytes, facts: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, data, facts)


def _decrypt(cipher: AESGCM, data: bytes, facts: bytes) -> bytes:
    if len(data) < _NONCE + 16:
        raise InvalidTag
    return cipher.decrypt(data[:_NONCE], data[_NONCE:], facts)


prepare(SealedFile)
