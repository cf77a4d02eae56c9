"""Fetching a model of the Hugging Face Hub into the cache that its own tool keeps, file by file, each checked.

Endpoints: https://huggingface.co/docs/hub/api (a repository's files at a revision), and `resolve` for a file.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec
from fluent_ai.content.events import Event, Progress
from fluent_ai.errors import (
    AuthError,
    ConfigError,
    FluentError,
    ModelLoadFailed,
    NotFound,
    PermissionDenied,
    ProtocolError,
    WeightsCorrupt,
)
from fluent_ai.interfaces import Emit
from fluent_ai.kept_files import replace_file
from fluent_ai.type_info import prepare

from fluent_ai_local.catalog.attend import attended
from fluent_ai_local.catalog.hub_cache import (
    HubName,
    cache_folder,
    cached,
    choose,
    home,
    is_safe,
    is_set,
    place_in,
    repository_folder,
)
from fluent_ai_local.catalog.index_config import Places
from fluent_ai_local.catalog.index_urls import is_url, origin, shown
from fluent_ai_local.catalog.package_web import Web
from fluent_ai_local.catalog.pull_folders import fetched_before, pull_folder, sweep
from fluent_ai_local.catalog.simple_pages import Link

_ENDPOINT: Final = "https://huggingface.co"
_COMMIT: Final = re.compile("[0-9a-f]{40}")
_DIGEST: Final = re.compile("[0-9a-f]{64}|[0-9a-f]{40}")
_BLOCK: Final = 2**20


class _Large(msgspec.Struct):
    sha256: str
    size: int


class _File(msgspec.Struct):
    name: str = msgspec.field(name="rfilename")
    size: int | None = None
    blob: str | None = msgspec.field(name="blobId", default=None)
    large: _Large | None = msgspec.field(name="lfs", default=None)

    @property
    def digest(self) -> str | None:
        """SHA-256 of a large file, else git's SHA-1: the name that its content has in the cache."""
        return self.large.sha256 if self.large is not None else self.blob


class _Listing(msgspec.Struct):
    commit: str = msgspec.field(name="sha")
    files: list[_File] = msgspec.field(name="siblings", default_factory=list)


def pull(name: HubName, emit: Emit[Event], cache: Path | None = None) -> Path:
    """The file or folder that a name stands for, as the hub has it now; what the cache has is not fetched again.

    Emits Progress(phase="download") in bytes. Any number of processes may pull at once. Raises NotFound, AuthError
    (a token that the hub refuses), PermissionDenied (a licence that has to be accepted), ConfigError (several models),
    UnsupportedModel (none), ModelLoadFailed (offline, no network, no space) or WeightsCorrupt; what `emit` raises ends
    the download.
    """
    if is_set("HF_HUB_OFFLINE") or is_set("TRANSFORMERS_OFFLINE"):
        if (here := cached(name, cache)) is not None:
            return here
        raise ModelLoadFailed(
            f"{name} is not in the hub's cache at {cache_folder(cache)}, and HF_HUB_OFFLINE is set: nothing is fetched",
            provider="local",
            model=str(name),
        )
    try:
        return _Pull(name, emit, cache).run()
    except OSError as error:
        raise ModelLoadFailed(
            f"cannot keep {name} in {error.filename or cache_folder(cache)}: {error.strerror}. Way out: free some "
            "space, or set HF_HUB_CACHE to another folder",
            provider="local",
            model=str(name),
        ) from None


class _Pull:
    """One model on its way. `_before` are the bytes of the files that have come."""

    def __init__(self, name: HubName, emit: Emit[Event], cache: Path | None) -> None:
        endpoint = os.environ.get("HF_ENDPOINT") or _ENDPOINT
        if not is_url(endpoint):
            raise ConfigError(f"HF_ENDPOINT is {endpoint!r}; allowed: a URL", provider="local")
        self._endpoint = endpoint.rstrip("/")
        self._name = name
        self._emit = emit
        self._cache = cache
        self._before = self._total = 0

    def run(self) -> Path:
        token = _token()
        logins = {} if token is None else {origin(self._endpoint): f"Bearer {token}"}
        with Web(Places(), self._told, logins=logins) as web:
            listing = self._ask(web, token is not None)
            named = {file.name: file for file in listing.files if is_safe(file.name)}
            chosen = choose(self._name, named)
            repository = repository_folder(self._name.repository, self._cache)
            folder = repository / "snapshots" / listing.commit
            wanted = [named[name] for name in chosen if not (folder / name).exists()]
            self._total = sum(file.size or 0 for file in wanted)
            (repository / "blobs").mkdir(parents=True, exist_ok=True)
            sweep(repository)
            self._make_sure_of_room(repository, sum(fetched_before(repository, self._digest(file)) for file in wanted))
            for file in wanted:
                blob = repository / "blobs" / self._digest(file)
                if not blob.exists():
                    with pull_folder(repository, self._digest(file)) as spare:
                        self._fetch(web, file, listing.commit, spare / "file")
                        os.replace(spare / "file", blob)
                self._before += file.size or 0
                _point(folder / file.name, blob)
        if self._name.revision != listing.commit:
            reference = repository / "refs" / self._name.revision
            reference.parent.mkdir(parents=True, exist_ok=True)
            replace_file(reference, listing.commit.encode())
        return place_in(folder, chosen)

    def _ask(self, web: Web, token: bool) -> _Listing:
        """The files of the repository."""
        name = self._name
        url = f"{self._endpoint}/api/models/{name.repository}/revision/{quote(name.revision, safe='')}?blobs=true"
        try:
            body, _, _ = web.get(url, accept="application/json")
            found = msgspec.json.decode(body, type=_Listing)
            if not _COMMIT.fullmatch(found.commit):
                raise ProtocolError("the answer names no commit")
        except msgspec.MsgspecError:
            raise self._failed(ProtocolError("the answer is not a list of files")) from None
        except FluentError as error:
            raise error if web.left else self._refused(error, token) from None
        return found

    def _refused(self, error: FluentError, token: bool) -> FluentError:
        name, where = self._name, shown(self._endpoint)
        if error.status == 403:
            return PermissionDenied(
                f"{name}: its licence has to be accepted at {where}/{name.repository}, and HF_TOKEN to be a "
                "token of who has accepted it",
                provider="local",
                model=str(name),
            )
        if error.status == 401 and token:
            return AuthError(f"{name}: {where} refuses the token of HF_TOKEN", provider="local", model=str(name))
        if error.status in (401, 404):  # the hub tells strangers that a private repository needs a login
            seen = "with this token" if token else "without a token: HF_TOKEN is not set"
            return NotFound(
                f"{where} has no {name.repository} at the revision {name.revision}, or does not show it {seen}",
                provider="local",
                model=str(name),
            )
        return self._failed(error)

    def _failed(self, error: FluentError) -> ModelLoadFailed:
        return ModelLoadFailed(
            f"{self._name} could not be fetched from {shown(self._endpoint)}: {error.message}. Way out: check the "
            "network and HF_ENDPOINT, or pass the path of a .gguf file as the model",
            provider="local",
            model=str(self._name),
        )

    def _digest(self, file: _File) -> str:
        if file.digest is None or file.size is None or not _DIGEST.fullmatch(file.digest):
            raise self._failed(ProtocolError(f"the hub does not say what {file.name} is"))
        return file.digest

    def _fetch(self, web: Web, file: _File, commit: str, target: Path) -> None:
        """The file, into `target`. Raises WeightsCorrupt if it is not what the hub says it is."""
        url = f"{self._endpoint}/{self._name.repository}/resolve/{commit}/{quote(file.name)}"
        size = file.size or 0
        try:
            web.download(Link(file.name, url, size), target, size)
        except FluentError as error:
            raise error if web.left else self._refused(error, token=True) from None
        found = attended(lambda told: _digest_of(target, file, told), self._emit, name="check a download")
        if found != file.digest:
            raise WeightsCorrupt(
                f"{self._name}: {file.name} has the digest {found}, expected {file.digest}. Nothing of it was kept. "
                "Way out: pull again",
                provider="local",
                model=str(self._name),
            )

    def _told(self, event: Event) -> None:
        if isinstance(event, Progress):
            event = Progress(event.phase, self._before + event.done, self._total)
        self._emit(event)

    def _make_sure_of_room(self, folder: Path, fetched: int) -> None:
        free, wanted = shutil.disk_usage(folder).free, self._total - fetched
        if wanted > free:
            raise ModelLoadFailed(
                f"{self._name} has {wanted:,} bytes to fetch, and {free:,} are free in {folder}. Way out: set "
                "HF_HUB_CACHE to another disk",
                provider="local",
                model=str(self._name),
            )


def _digest_of(path: Path, file: _File, told: Callable[[Progress], None]) -> str:
    if file.large is not None:
        digest = hashlib.sha256()
    else:  # as git names a blob
        digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _point(place: Path, blob: Path) -> None:
    """Have the snapshot's file be the blob: by a link, or where there are none, by moving it there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        if is_set("HF_HUB_DISABLE_SYMLINKS"):
            raise OSError
        os.symlink(os.path.relpath(blob, place.parent), place)
    except FileExistsError:
        pass  # another process was quicker
    except OSError:
        os.replace(blob, place)


def _token() -> str | None:
    """The token of the environment, or the one that the hub's own tool has kept."""
    if found := os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN"):
        return found.strip() or None
    if is_set("HF_HUB_DISABLE_IMPLICIT_TOKEN"):
        return None
    try:
        path = os.environ.get("HF_TOKEN_PATH")
        return (Path(path).expanduser() if path else home() / "token").read_text("ascii").strip() or None
    except (OSError, ValueError):
        return None


prepare(_Listing)
