"""Keys in one encrypted file of the user."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

import msgspec

from fluent_ai.auth import audit as audit_log
from fluent_ai.auth.audit import AuditEntry
from fluent_ai.auth.keys import checked_key
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import ConfigError, KeyStoreError
from fluent_ai.kept_files import locked, replace_file
from fluent_ai.threads import new_rlock
from fluent_ai.user_folder import data_file

if TYPE_CHECKING:
    from fluent_ai.auth.sealed_keys import Cipher, SealedFile, SealedKey
    from fluent_ai.auth.unlocking import Passphrase
    from fluent_ai.content.parts import PathLike

_log = logging.getLogger("fluent_ai.auth.key_store")


class KeyInfo(JsonStruct, frozen=True):
    """What is known of a key without the key itself. Times are in seconds since 1970."""

    provider: str
    """The provider that it is for."""
    name: str
    """Its name, by which a provider may have several."""
    created: float
    """When it was set."""
    retires: float | None = None
    """When it is used no more, because another has taken its place."""


class StoredKey:
    """A key of a store, which is read before each attempt, so that a rotation is seen at once."""

    def __init__(self, store: KeyStore, provider: str, name: str) -> None:
        self._store = store
        self.provider = provider
        self.key_name = f"keys:{provider}/{name}"
        self._name = name

    def __call__(self) -> str:
        return self._store.key(self.provider, self._name)

    def __repr__(self) -> str:
        return f"StoredKey({self.provider}/{self._name})"


class KeyStore(Mapping[str, Callable[[], str]]):
    """Keys of providers in one encrypted file (AES-256-GCM), by default `keys.json` in the user's folder for data.

    The file's own key is derived from `passphrase` (scrypt), or kept by the system's keyring, or read from the file
    that `FLUENT_AI_KEY_FILE` names; without any of them, keys are refused: they are never stored in plain. Several
    processes may use one store. Needs the extra `keys`. All methods raise KeyStoreError for a file that cannot be
    unlocked or is damaged, which stays as it is.

        >>> import fluent_ai as ai
        >>> store = ai.KeyStore("keys.json", passphrase="correct horse battery staple")
        >>> store.set("groq", "gsk-an-example-0123456789")
        >>> [info.provider for info in store.list()]
        ['groq']
        >>> client = ai.Client(keys=store)
    """

    def __init__(self, path: PathLike | None = None, *, passphrase: Passphrase = None) -> None:
        try:
            import cryptography as cryptography
        except ImportError:
            raise ConfigError("a key store needs cryptography: pip install 'fluent-ai[keys]'") from None
        if passphrase is not None and not callable(passphrase) and not (isinstance(passphrase, str) and passphrase):
            raise ConfigError("passphrase is empty or no str; allowed: a text, or a function that asks for it")
        self.path = data_file(path, "keys.json")
        """Where the keys are."""
        self._passphrase = passphrase
        self._lock = new_rlock()
        self._cipher: Cipher | None = None
        self._read: tuple[tuple[int, int, int], Cipher, SealedFile] | None = None
        self._used: set[str] = set()

    def __repr__(self) -> str:
        return f"KeyStore({os.fspath(self.path)!r})"

    def __getitem__(self, provider: str) -> StoredKey:
        names = {each.name for each in self.list() if each.provider == provider}
        if not names:
            raise KeyError(provider)
        if len(names) > 1 and "default" not in names:
            raise ConfigError(f"{provider} has several keys: {', '.join(sorted(names))}; name one of them `default`")
        return StoredKey(self, provider, "default" if len(names) > 1 else names.pop())

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(each.provider for each in self.list()))

    def __len__(self) -> int:
        return len({each.provider for each in self.list()})

    def list(self) -> tuple[KeyInfo, ...]:
        """The keys that are in use or retire later, without the keys themselves."""
        now, opened = time(), self._opened()
        return tuple(
            KeyInfo(each.provider, each.name, each.created, each.retires)
            for each in (() if opened is None else opened[1].keys)
            if each.retires is None or each.retires > now
        )

    def key(self, provider: str, name: str = "default") -> str:
        """The key that is in use. Raises KeyStoreError if there is none of that name."""
        if (opened := self._opened()) is not None:
            cipher, file = opened
            for each in reversed(file.keys):
                if (each.provider, each.name, each.retires) == (provider, name, None):
                    key = cipher.decrypt(each)
                    self._note_use(cipher, each)
                    return key
        raise KeyStoreError(f"there is no key {name!r} of {provider} in {self.path}", reason="missing")

    def set(self, provider: str, key: str, name: str = "default") -> None:
        """Store a key; one of the same name is replaced at once. Raises ConfigError for what can be no key."""
        self._replace("set", provider, name, key, 0.0)

    def rotate(self, provider: str, key: str, name: str = "default", *, overlap: float = 3600.0) -> None:
        """Use another key from now on; the old one stays for `overlap` seconds, for what still goes on with it.

        Of two processes that rotate at once, the later one decides which key is in use, and both keys work.
        """
        if isinstance(overlap, bool) or not isinstance(overlap, int | float) or not 0 <= overlap <= 1e9:
            raise ConfigError(f"overlap is {overlap!r}; allowed: seconds from 0")
        if name not in {each.name for each in self.list() if each.provider == provider}:
            raise KeyStoreError(f"there is no key {name!r} of {provider} to rotate", reason="missing")
        self._replace("rotate", provider, name, key, overlap)

    def remove(self, provider: str, name: str = "default") -> None:
        """Delete a key, with those that it has replaced."""
        with self._changing() as (cipher, file):
            kept = tuple(each for each in file.keys if (each.provider, each.name) != (provider, name))
            if len(kept) == len(file.keys):
                raise KeyStoreError(f"there is no key {name!r} of {provider} in {self.path}", reason="missing")
            self._write(cipher, msgspec.structs.replace(file, keys=kept), audit_log.entry("remove", provider, name))

    def audit(self) -> tuple[AuditEntry, ...]:
        """Who used or changed which key when, oldest first. Raises KeyStoreError if an entry was changed or is missing.

        The last uses since the last change could be cut off unnoticed.
        """
        with self._lock:
            if (opened := self._opened()) is None:
                return ()
            cipher, file = opened
            return audit_log.read(self._audit_path, cipher.audit_key, file.audited, file.audit_hash)

    @property
    def _audit_path(self) -> Path:
        return self.path.with_name(self.path.name + ".audit")

    def _replace(self, action: audit_log.Action, provider: str, name: str, key: str, overlap: float) -> None:
        from fluent_ai.auth.sealed_keys import SealedKey

        for what, text in (("provider", provider), ("name", name)):
            if not isinstance(text, str) or not text.isprintable() or not 0 < len(text) <= 100:
                raise ConfigError(f"{what} is {text!r:.40}; allowed: 1 to 100 printable characters")
        key = checked_key(provider, "the key", key)
        with self._changing() as (cipher, file):
            now = time()
            kept = []
            for each in file.keys:
                if (each.provider, each.name) == (provider, name) and each.retires is None:
                    each = msgspec.structs.replace(each, retires=now + overlap)
                if each.retires is None or each.retires > now:
                    kept.append(each)
            fresh = cipher.encrypt(SealedKey(os.urandom(8).hex(), provider, name, now, b""), key)
            self._write(
                cipher, msgspec.structs.replace(file, keys=(*kept, fresh)), audit_log.entry(action, provider, name)
            )

    def _write(self, cipher: Cipher, file: SealedFile, done: AuditEntry) -> None:
        count, last = self._log(cipher, file.audited, file.audit_hash, done)
        file = msgspec.structs.replace(file, audited=count, audit_hash=last)
        replace_file(self.path, cipher.write(file))
        self.path.chmod(0o600)
        self._read = None

    def _log(self, cipher: Cipher, audited: int, known: str, done: AuditEntry) -> tuple[int, str]:
        """How many entries the audit log has with this one, and the hash of it. `known` is that of entry `audited`."""
        entries = audit_log.read(self._audit_path, cipher.audit_key, audited, known)
        last = entries[-1].hash if entries else ""
        return len(entries) + 1, audit_log.append(self._audit_path, cipher.audit_key, last, [done])

    @contextmanager
    def _changing(self) -> Iterator[tuple[Cipher, SealedFile]]:
        """The file as it is now, which no other process changes meanwhile; a new one if there is none."""
        from fluent_ai.auth.sealed_keys import Cipher
        from fluent_ai.auth.unlocking import new_key

        with self._lock, self._written():
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with locked(self.path.with_name(self.path.name + ".lock")):
                if (opened := self._opened()) is None:
                    unlock, key = new_key(self.path, self._passphrase)
                    cipher = self._cipher = Cipher(key)
                    opened = cipher, cipher.new_file(unlock)
                    os.close(os.open(self._audit_path, os.O_CREAT | os.O_WRONLY, 0o600))
                yield opened

    @contextmanager
    def _written(self) -> Iterator[None]:
        """What the disk has against a change, as an error of ours."""
        try:
            yield
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise KeyStoreError(f"{self.path} cannot be written: {why}", reason="unwritable") from None

    def _opened(self) -> tuple[Cipher, SealedFile] | None:
        """The verified file, read again if it was changed, and its cipher; None if there is none."""
        from fluent_ai.auth.sealed_keys import Cipher, read_sealed
        from fluent_ai.auth.unlocking import known_key

        with self._lock:
            try:
                stat = self.path.stat()
                state = stat.st_mtime_ns, stat.st_size, stat.st_ino
                if self._read is not None and self._read[0] == state:
                    return self._read[1:]
                file = read_sealed(self.path.read_bytes(), os.fspath(self.path))
            except FileNotFoundError:
                return None
            except OSError as error:
                raise KeyStoreError(f"{self.path}: {error.strerror}", reason="locked") from None
            cipher = self._cipher or Cipher(known_key(self.path, file.unlock, self._passphrase))
            cipher.verify(file, os.fspath(self.path))
            self._cipher, self._read = cipher, (state, cipher, file)
            return cipher, file

    def _note_use(self, cipher: Cipher, key: SealedKey) -> None:
        """Once for each process; a log that cannot be written ends no call."""
        with self._lock:
            if key.id in self._used:
                return
            self._used.add(key.id)
            try:
                with locked(self.path.with_name(self.path.name + ".lock")):
                    opened = self._opened()
                    known = (0, "") if opened is None else (opened[1].audited, opened[1].audit_hash)
                    self._log(cipher, *known, audit_log.entry("use", key.provider, key.name))
            except (OSError, KeyStoreError) as error:
                _log.warning("the use of key %s/%s could not be noted: %s", key.provider, key.name, error)
