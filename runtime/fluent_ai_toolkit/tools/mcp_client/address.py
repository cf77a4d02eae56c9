"""Where an MCP server is, and how long it may take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

_SHORTEST_SECRET: Final = 4


@dataclass(frozen=True, kw_only=True, repr=False)
class Address:
    """A program and its arguments, or an address of HTTP. It has no repr, because headers and variables hold keys."""

    name: str
    """What errors call the server."""
    command: Sequence[str]
    """The program and its arguments; empty if there is a `url`."""
    url: str | None
    """The address, if there is no `command`."""
    headers: Mapping[str, str]
    """What goes with each request to the address."""
    env: Mapping[str, str]
    """Variables of the environment that the process has beside those that every program needs."""
    cwd: str | None
    """The folder in which the process is started; None for our own."""
    timeout: float | None
    """Seconds for each call; None for no limit."""
    start_timeout: float
    """Seconds until the tools are known."""
    approval: bool | None
    """True if each call must be approved, False if none need be; None if `approve` decides."""
    stderr: TextIO | None
    """Where the process writes its standard error; None if that is dropped."""

    def redacted(self, text: str) -> str:
        """The text without the values of headers and of variables of the environment."""
        values = {part for value in self.headers.values() for part in (value, *value.split())} | {*self.env.values()}
        for secret in sorted(values, key=len, reverse=True):
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, "***")
        return text
