"""Handshakes that fail, as attackers and companies cause them: told apart on every transport, and not repeated."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

import fluent_ai as ai
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fluent_ai.http.transports.environment import tls_context
from scripted_server import Server, manifest_for, sse, stream, text_chunks
from transports import KINDS, Caller

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(params=KINDS)
def caller(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, tmp_path: Path
) -> Iterator[Caller]:
    """A caller that trusts the authority, and nobody else."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    made = Caller(request.param)
    yield made
    made.close()


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def self_signed(authority: trustme.CA) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW - DAY, NOW + DAY)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with trustme.Blob(private + certificate).tempfile() as path:
        context.load_cert_chain(path)
    return context


def wanting_a_client_certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = serving(authority.issue_cert("localhost"))
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    return context


def refusing_the_name(authority: trustme.CA) -> ssl.SSLContext:
    context = serving(authority.issue_cert("localhost"))
    context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME  # type: ignore[assignment,method-assign]
    return context


def another_version(authority: trustme.CA) -> ssl.SSLContext:
    context = serving(authority.issue_cert("localhost"))
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


SERVERS: dict[ai.errors.TlsReason, Callable[[trustme.CA], ssl.SSLContext]] = {
    "expired": lambda ca: serving(ca.issue_cert("localhost", not_before=NOW - 9 * DAY, not_after=NOW - DAY)),
    "not_yet_valid": lambda ca: serving(ca.issue_cert("localhost", not_before=NOW + DAY, not_after=NOW + 9 * DAY)),
    "wrong_host": lambda ca: serving(ca.issue_cert("elsewhere.example")),
    "self_signed": self_signed,
    "unknown_authority": lambda ca: serving(trustme.CA().issue_cert("localhost")),
    "client_certificate": wanting_a_client_certificate,
    "unknown_name": refusing_the_name,
    "incompatible": another_version,
}


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
@pytest.mark.parametrize("reason", SERVERS)
def test_a_handshake_that_fails_says_why_and_is_not_repeated(
    caller: Caller, authority: trustme.CA, reason: ai.errors.TlsReason
) -> None:
    server = Server(SERVERS[reason](authority))
    server.say(stream(sse(*text_chunks("Hello"))))
    url = server.url.replace("http://127.0.0.1", "https://localhost")
    talk = caller.client(manifest_for(url), keys={"acme": "acme-secret-key"}, retries=2)
    with pytest.raises(ai.ConnectionFailed) as caught:
        talk.collect(talk.stream())
    error = caught.value
    # With TLS 1.3 a server refuses the client when the handshake is over for it, which may see a lost connection only.
    if reason != "client_certificate" or isinstance(error, ai.TlsFailed):
        assert isinstance(error, ai.TlsFailed)
        assert (error.reason, error.stage, error.retryable) == (reason, "tls", False)
        assert server.connections == 1 or reason == "client_certificate"
        assert "localhost" in str(error)
        assert "acme-secret-key" not in str(error)
    assert server.sent == []
    talk.close()
    server.close()


def test_a_port_without_tls_is_told(caller: Caller) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    with pytest.raises(ai.TlsFailed) as caught:
        caller.get(f"https://localhost:{listener.getsockname()[1]}")
    assert caught.value.reason == "not_tls"
    thread.join(30)
    listener.close()


def test_a_proxy_that_opens_the_connection_is_an_unknown_authority(
    caller: Caller, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A company's proxy answers in the name of the host, with a certificate of its own."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    context = serving(trustme.CA().issue_cert("api.acme.example"))

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            asked.append(connection.recv(65536))
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            try:
                with context.wrap_socket(connection, server_side=True) as opened:
                    asked.append(opened.recv(65536))  # libcurl looks at the certificate after the handshake
            except OSError:
                asked.append(b"")

    thread = threading.Thread(target=answer)
    thread.start()
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.getsockname()[1]}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "")
    caller.transport = caller.new_transport()
    with pytest.raises(ai.TlsFailed) as caught:
        caller.get("https://api.acme.example/v1")
    assert caught.value.reason == "unknown_authority"
    assert "SSL_CERT_FILE" in str(caught.value)
    thread.join(30)
    listener.close()
    assert asked[0].startswith(b"CONNECT api.acme.example:443")
    assert asked[1:] == [b""], "the proxy was trusted"


@pytest.mark.skipif(which("openssl") is None, reason="names certificates as OpenSSL looks for them")
def test_several_folders_of_certificates(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("gone", "one", "two")]
    for folder in folders[1:]:
        folder.mkdir()
    command = ["openssl", "x509", "-hash", "-noout"]
    named = subprocess.run(command, input=authority.cert_pem.bytes(), capture_output=True, check=True).stdout
    authority.cert_pem.write_to_path(folders[2] / f"{named.decode().strip()}.0")
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join(map(str, folders)))
    with closing(Server(serving(authority.issue_cert("localhost")))) as server:
        url = urlsplit(server.url)
        with socket.create_connection((str(url.hostname), url.port or 0), timeout=30) as raw:
            tls_context().wrap_socket(raw, server_hostname="localhost").close()
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join(map(str, folders[:1] * 2)))
    with pytest.raises(ai.ConfigError, match="SSL_CERT_DIR is .*; allowed: folders with certificates"):
        tls_context()
