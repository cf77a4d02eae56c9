"""URLs of package indexes: what is shown of them, and who logs in where. Passwords stay in here."""

from __future__ import annotations

import base64
import netrc
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import url2pathname

from fluent_ai.user_folder import home_folder


def is_url(place: str) -> bool:
    return place.startswith(("http://", "https://", "file:"))


def local_path(place: str) -> Path | None:
    """The path of a place on this machine; None for one that is elsewhere."""
    if place.startswith("file:"):
        return Path(url2pathname(urlsplit(place).path))
    return None if is_url(place) else Path(place).expanduser()


def shown(place: str) -> str:
    """A place for a message: without user, password, query and fragment."""
    return without_login(place).partition("?")[0].partition("#")[0] if is_url(place) else place


def without_login(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def origin(url: str) -> str:
    """Scheme, host and port: who a login is for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def login_in(url: str) -> str | None:
    """The header of the login that stands in a URL."""
    parts = urlsplit(url)
    if parts.username is None:
        return None
    return _basic(unquote(parts.username), unquote(parts.password or ""))


def login_in_netrc(url: str) -> str | None:
    """The header of the login that the user's netrc file has for the host of a URL."""
    path = os.environ.get("NETRC") or _home() / ("_netrc" if os.name == "nt" else ".netrc")
    try:
        found = netrc.netrc(path).authenticators(urlsplit(url).hostname or "")
    except (OSError, netrc.NetrcParseError):
        return None  # as pip: a file that is not there or is not understood knows no logins
    return _basic(found[0], found[2]) if found else None


def _home() -> Path:
    """The user's home, or a path that is not there."""
    return home_folder() or Path(os.devnull)


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
