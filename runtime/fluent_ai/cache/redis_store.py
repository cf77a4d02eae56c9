"""Answers in Redis or Valkey, which many machines share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from fluent_ai.cache.store import check_seconds
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from redis import Redis

_SECONDS: Final = 1.0
"""How long the server is waited for, to connect and to answer; after them the call goes on without the cache."""
_SCHEMES: Final = ("redis", "rediss", "unix")


class RedisCache:
    """Keeps answers in Redis or Valkey: `Client(cache=ai.RedisCache("redis://localhost:6379/0"))`. Needs the extra
    `redis`.

    `server` is a URL (`redis://`, `rediss://` for TLS, or `unix://`), or a `redis.Redis` client of your own. An answer
    is used for `ttl` seconds, a day by default, or for ever with None; its key begins with `prefix`. How much is kept,
    and what goes first, the server decides by its `maxmemory`. Raises ConfigError for what is neither a URL nor a
    client, and for a time that makes no sense.

        >>> import fluent_ai as ai
        >>> client = ai.Client(cache=ai.RedisCache("redis://localhost:6379/0", ttl=3600.0))
    """

    def __init__(self, server: str | Redis, *, ttl: float | None = 86_400.0, prefix: str = "fluent-ai:") -> None:
        try:
            import redis
        except ImportError:
            raise ConfigError("this cache needs redis: pip install 'fluent-ai[redis]'") from None
        self._ttl = check_seconds(ttl)
        if not isinstance(prefix, str):
            raise ConfigError(f"prefix is of type {type(prefix).__name__}; allowed: a str")
        self._prefix = prefix
        if isinstance(server, redis.Redis):
            self._client = server
            return
        if not isinstance(server, str) or urlsplit(server).scheme not in _SCHEMES:
            raise ConfigError("server is neither a URL nor a client; allowed: redis:, rediss:, unix:, redis.Redis")
        try:
            self._client = redis.Redis.from_url(server, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
        except ValueError:  # its message may quote the password
            raise ConfigError("server is a malformed URL; allowed: such as redis://localhost:6379/0") from None

    def __repr__(self) -> str:
        return f"RedisCache(prefix={self._prefix!r})"

    def get(self, key: str, /) -> bytes | None:
        """What was kept under this key. Raises `redis.RedisError`."""
        found = self._client.get(self._prefix + key)
        return found if isinstance(found, bytes) else None

    def set(self, key: str, value: bytes, /) -> None:
        """Keep this. Raises `redis.RedisError`."""
        milliseconds = None if self._ttl is None else max(1, round(self._ttl * 1000))
        self._client.set(self._prefix + key, value, px=milliseconds)

    def close(self) -> None:
        """Close the connections, which the next use opens again."""
        self._client.close()
