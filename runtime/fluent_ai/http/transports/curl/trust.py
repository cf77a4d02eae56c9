"""Which certificates libcurl trusts: those that the environment names, else the system's, as with every transport."""

from __future__ import annotations

import os
import re
import ssl
import sys
from typing import Final, NamedTuple

from fluent_ai.http.transports.environment import named_certificates

_USUAL: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep their certificates (https://go.dev/src/crypto/x509/root_linux.go)."""


class Trust(NamedTuple):
    """Files of certificates; with neither, the system's own store."""

    file: str | None = None
    folder: str | None = None


def trust() -> Trust:
    """Raises ConfigError for a variable that names no certificates, or a place for keys where no file can be."""
    if (named := named_certificates()) is not None:
        folders = [each for each in named.split(os.pathsep) if os.path.isdir(each)]
        return Trust(folder=os.pathsep.join(folders)) if folders else Trust(file=named)
    if sys.platform in ("win32", "darwin"):
        return Trust()
    paths = ssl.get_default_verify_paths()
    file = paths.openssl_cafile if os.path.isfile(paths.openssl_cafile) else None
    folder = paths.openssl_capath if _has_hashes(paths.openssl_capath) else None
    if file is None and folder is None:
        file = next(filter(os.path.isfile, _USUAL), None)
    return Trust(file, folder)


def _has_hashes(folder: str) -> bool:
    """Whether OpenSSL would find the certificates of a folder."""
    return os.path.isdir(folder) and any(re.fullmatch(r"[0-9a-f]{8}\.\d", name) for name in os.listdir(folder))
