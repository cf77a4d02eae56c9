"""The Hugging Face Hub on the loopback interface: what it lists, and files, the large ones on another host."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from package_index import PackageIndex

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class ModelHub:
    """Two servers: the hub's own, and the one to which it sends those who want a large file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.own = PackageIndex(folder)
        self.store = PackageIndex(folder)

    @property
    def endpoint(self) -> str:
        return f"http://{self.own.host}"

    @property
    def fetched(self) -> list[str]:
        """Files that were asked for, in their order."""
        return [path.partition(f"/resolve/{COMMIT}/")[2] for path, _ in self.own.asked if "/resolve/" in path]

    def offer(
        self,
        files: dict[str, bytes],
        repository: str = "someone/tiny",
        revision: str = "main",
        large: tuple[str, ...] = (".gguf", ".safetensors"),
    ) -> None:
        """Have the repository hold these files at the revision."""
        siblings = []
        for name, content in files.items():
            entry: dict[str, object] = {"rfilename": name, "size": len(content)}
            digest = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            entry["blobId"] = digest
            if name.endswith(large):
                digest = hashlib.sha256(content).hexdigest()
                entry["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 134}
            (self.own.folder / digest).write_bytes(content)
            server = self.store if name.endswith(large) else self.own
            self.own.redirects[f"/{repository}/resolve/{COMMIT}/{name}"] = f"http://{server.host}/files/{digest}"
            siblings.append(entry)
        listing = {"id": repository, "sha": COMMIT, "private": False, "gated": False, "siblings": siblings}
        page = f"/api/models/{repository}/revision/{revision.replace('/', '%2F')}?blobs=true"
        self.own.pages[page] = ("application/json; charset=utf-8", json.dumps(listing).encode())

    def close(self) -> None:
        self.own.close()
        self.store.close()
