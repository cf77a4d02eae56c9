"""Which versions of HTTP a request may use, and which the installed libcurl has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fluent_ai.errors import ConfigError
from fluent_ai.http.messages import HttpVersion
from fluent_ai.http.transports.curl.alt_svc import AltServices
from fluent_ai.http.transports.curl.libcurl import pycurl
from fluent_ai.http.transports.curl.routes import Route

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


def version_name(code: int) -> str:
    """Such as "1.1", "2" or "3", for libcurl's number of a version."""
    return _NAMES.get(code, "2" if code < pycurl.CURL_HTTP_VERSION_3 else "3")


class Versions:
    """Chooses the version for each request of a transport, and learns from the answers."""

    def __init__(self, http: HttpVersion) -> None:
        """Raises ConfigError for HTTP/3 where the installed libcurl was built without it."""
        self._http: HttpVersion = checked_version(http)
        self._services = AltServices() if http == "auto" and HAS_HTTP3 else None

    def begin_with(self, route: Route) -> int:
        """What libcurl begins with; from 2 and 3 it falls back to what the server has. Without TLS it is HTTP/1.1."""
        if not route.target.secure:
            return int(pycurl.CURL_HTTP_VERSION_1_1)
        services = self._services
        if services is not None and route.proxy is None and services.speaks_http3(route.target):
            return int(pycurl.CURL_HTTP_VERSION_3)
        return int(_BEGIN_WITH[self._http])

    def answered(self, route: Route, begun: int, used: str, headers: Mapping[str, str]) -> None:
        """The head of an answer has come by the version `used`."""
        services = self._services
        if services is None or route.proxy is not None or not route.target.secure:
            return
        if begun == pycurl.CURL_HTTP_VERSION_3 and used != "3":
            services.failed(route.target)
        if (header := headers.get("alt-svc")) is not None:
            services.learn(route.target, header)

    def unanswered(self, route: Route, begun: int) -> None:
        """No head has come."""
        if self._services is not None and begun == pycurl.CURL_HTTP_VERSION_3:
            self._services.failed(route.target)
