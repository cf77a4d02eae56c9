"""pycurl, of whose names its stubs know only some."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, Protocol

pycurl: Final[Any] = import_module("pycurl")


class Easy(Protocol):
    """A transfer of libcurl's, `pycurl.Curl`."""

    def setopt(self, option: int, value: object) -> None: ...

    def unsetopt(self, option: int) -> None: ...

    def getinfo(self, info: int) -> int: ...

    def pause(self, bitmask: int) -> object: ...

    def close(self) -> None: ...
