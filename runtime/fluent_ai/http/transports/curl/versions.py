"""Which versions of HTTP a request may use, and which the installed libcurl has."""

from __future__ import annotations

from typing import Final

from fluent_ai.errors import ConfigError
from fluent_ai.http.messages import HttpVersion
from fluent_ai.http.transports.curl.libcurl import pycurl

HAS_HTTP3: Final = bool(pycurl.version_info()[4] & pycurl.VERSION_HTTP3)
_NAMES: Final = {pycurl.CURL_HTTP_VERSION_1_0: "1.0", pycurl.CURL_HTTP_VERSION_1_1: "1.1"}
_BEGIN_WITH: Final = {
    "auto": pycurl.CURL_HTTP_VERSION_2TLS,
    1: pycurl.CURL_HTTP_VERSION_1_1,
    2: pycurl.CURL_HTTP_VERSION_2TLS,
    3: pycurl.CURL_HTTP_VERSION_3,
}


def checked_version(http: HttpVersion) -> HttpVersion:
    """Raises ConfigError for HTTP/3 where the installed libcurl was built without it."""
    if http == 3 and not HAS_HTTP3:
        raise ConfigError(
            f"http is 3, which the installed libcurl {pycurl.version_info()[1]} was built without; allowed here: "
            "'auto', 1 and 2 (pycurl's own wheels have HTTP/3 on Linux x86-64 and macOS)"
        )
    return http


def begin_with(http: HttpVersion, *, secure: bool) -> int:
    """What libcurl begins with; from 2 and 3 it falls back to what the server has. Without TLS it is HTTP/1.1."""
    return int(_BEGIN_WITH[http] if secure else pycurl.CURL_HTTP_VERSION_1_1)


def version_name(code: int) -> str:
    """Such as "1.1", "2" or "3", for libcurl's number of a version."""
    return _NAMES.get(code, "2" if code < pycurl.CURL_HTTP_VERSION_3 else "3")
