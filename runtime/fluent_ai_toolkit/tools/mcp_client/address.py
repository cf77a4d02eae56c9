"""Where an MCP server is, how long it may take, and what it may ask of us."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TextIO, TypeAlias

from fluent_ai_toolkit.tools.events import LogLevel
from fluent_ai_toolkit.tools.mcp_client.elicitation import Elicit
from fluent_ai_toolkit.tools.mcp_client.sampling import Sampling

if TYPE_CHECKING:
    import httpx2

Auth: TypeAlias = "str | Callable[[], str | Awaitable[str]] | httpx2.Auth"
"""A bearer token, a function that returns one, or whatever the HTTP library takes, such as an OAuth flow."""

_SHORTEST_SECRET: Final = 4
_LONGEST_WORDS: Final = 1_000
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
"""Characters that move a cursor, colour a terminal or turn text around."""


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
    auth: Auth | None
    """Who asks at the address."""
    env: Mapping[str, str]
    """Variables of the environment that the process has beside those that every program needs."""
    cwd: str | None
    """The folder in which the process is started; None for our own."""
    timeout: float | None
    """Seconds for each call; None for no limit."""
    start_timeout: float
    """Seconds until the tools are known."""
    message_limit: int
    """Bytes of one message of the server."""
    approval: bool | None
    """True if each call must be approved, False if none need be; None if `approve` decides."""
    stderr: TextIO | None
    """Where the process writes its standard error; None if that is dropped."""
    sampling: Sampling | None
    """Which requests for replies of a model are served; None for none."""
    elicit: Elicit | None
    """Asks the user what the server wants to know; None if there is nobody to ask."""
    log_level: LogLevel | None
    """The least grave log that the server is asked for; None leaves that to the server."""
    secrets: set[str] = field(default_factory=set)
    """Tokens that were sent to the server."""

    def redacted(self, text: str) -> str:
        """The server's words for people: short, without what disturbs a terminal, and without keys of ours."""
        text = _CONTROL.sub(" ", text)
        given = [*self.headers.values(), *([self.auth] if isinstance(self.auth, str) else [])]
        values = {part for value in given for part in (value, *value.split())} | {*self.env.values()} | self.secrets
        for secret in sorted(values, key=len, reverse=True):
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, "***")
        return text if len(text) <= _LONGEST_WORDS else f"{text[:_LONGEST_WORDS]}..."
