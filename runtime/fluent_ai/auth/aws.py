"""Requests signed for AWS with keys from the caller or the environment, else with what botocore's chain finds."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from fluent_ai.auth.base import Caller, with_headers
from fluent_ai.auth.extras import installed, library, missing
from fluent_ai.auth.sigv4 import AwsKeys, Scope, encode_path, sign
from fluent_ai.auth.tokens import CredentialSource
from fluent_ai.errors import AuthError, ConfigError, ConnectionFailed, FluentError, PermissionDenied
from fluent_ai.http.dates import parse_http_date
from fluent_ai.http.messages import HttpRequest
from fluent_ai.http.redact import redact
from fluent_ai.manifest.schema import Auth
from fluent_ai.threads import new_lock
from fluent_ai.user_folder import home_folder

if TYPE_CHECKING:
    from fluent_ai.auth.base import Region

PURPOSE = "Finding AWS credentials in profiles, single sign-on, roles and instances"
MAX_SKEW = 24 * 3600.0
"""The largest clock error, in seconds, that is corrected for; a clock that is further off must be set right."""

_REGION = re.compile(r"\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\.")
_SKEWED = ("signature expired", "signature not yet current", "requesttimetooskewed", "requestexpired",
           "requestinthefuture")  # fmt: skip
_CHAIN_VARIABLES = (
    "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)  # fmt: skip


class AwsProfile(msgspec.Struct, frozen=True):
    """A profile of the AWS configuration files, to be passed as a key: `keys={"bedrock": AwsProfile("work")}`."""

    name: str
    """The name of the profile."""


class FixedKeys:
    """Keys that never change."""

    def __init__(self, keys: AwsKeys) -> None:
        self._keys = keys

    def current(self) -> AwsKeys:
        return self._keys

    def get(self) -> AwsKeys:
        return self._keys

    def drop(self, given: AwsKeys) -> None:
        pass


class CredentialChain:
    """Botocore's credential chain: profile, single sign-on, web identity, container, instance. Renews them itself."""

    def __init__(self, profile: str | None = None) -> None:
        self._profile = profile
        self._found: Any = None
        self._refused: set[AwsKeys] = set()
        """Keys that AWS refused since the last search. A late refusal of old keys must not discard newer ones."""
        self._lock = new_lock()

    def current(self) -> AwsKeys | None:
        found = self._found
        if found is None or (hasattr(found, "refresh_needed") and found.refresh_needed()):
            return None
        keys = _frozen(found)
        return None if keys in self._refused else keys

    def get(self) -> AwsKeys:
        botocore = library("botocore.session", "aws", PURPOSE)
        exceptions = library("botocore.exceptions", "aws", PURPOSE)
        try:
            with self._lock:  # one search, whose result all waiters share
                found = self._found
                if found is None or (self._refused and _frozen(found) in self._refused):
                    found = self._found = botocore.Session(profile=self._profile).get_credentials()
                    self._refused = set()  # the search may find the same keys, which are then all there is
            if found is not None:
                return _frozen(found)
        except (exceptions.BotoCoreError, exceptions.ClientError, RuntimeError) as error:
            raise _mapped(error, exceptions) from None
        raise ConfigError(
            "no AWS credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, "
            "or pass AwsKeys(...) or AwsProfile(...) as key"
        )

    def drop(self, given: AwsKeys) -> None:
        self._refused.add(given)


class Clock:
    """AWS's time as far as it is known: ours, corrected by the dates of responses. Shared by a provider's calls."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._offset = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._now() + self._offset, UTC)

    def correct(self, date: str) -> bool:
        """Adopt the time of a `date` header; False if it is malformed or differs by more than MAX_SKEW."""
        theirs = parse_http_date(date)
        if theirs is None or abs(theirs - self._now()) > MAX_SKEW:
            return False
        self._offset = theirs - self._now()
        return True


class SigV4Authenticator:
    """Signs each attempt anew. A wrong clock is corrected once, and refused credentials are looked up once more."""

    def __init__(self, source: CredentialSource[AwsKeys], region: str, service: str, clock: Clock) -> None:
        self._source = source
        self._region = region
        self._service = service
        self._clock = clock
        self._keys: AwsKeys | None = None
        self._corrected = self._renewed = False

    key_name: str | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        keys = self._keys or self._source.current()
        return () if keys is None else tuple(filter(None, (keys.secret_access_key, keys.session_token)))

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        self._keys = None
        current = self._source.current()
        keys = await caller.call(self._source.get) if current is None else current
        self._keys = keys
        url = encode_path(request.url)
        scope = Scope(keys, self._region, self._service, self._clock.now())
        signed = sign(scope, request.method, url, request.headers.items(), request.body)
        return with_headers(request, signed.headers, url)

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        if self._keys is None or not isinstance(error, AuthError | PermissionDenied):
            return False
        words = f"{error.code} {error.message}".lower()
        if any(word in words for word in _SKEWED):
            again, self._corrected = not self._corrected, True
            return again and self._clock.correct(headers.get("date", ""))
        if not isinstance(error, AuthError) or isinstance(self._source, FixedKeys):
            return False
        self._source.drop(self._keys)
        again, self._renewed = not self._renewed, True
        return again


def method(auth: Auth, key: object = None) -> AwsMethod | None:
    """Signatures with AwsKeys, an AwsProfile, or what the environment provides: keys, else botocore's chain."""
    return AwsMethod(auth.service, key) if key is None or isinstance(key, AwsKeys | AwsProfile) else None


class AwsMethod:
    """How one provider's requests are signed, with the state that its calls share."""

    def __init__(self, service: str, key: AwsKeys | AwsProfile | None) -> None:
        self._service = service
        self._keys = FixedKeys(checked_keys(key)) if isinstance(key, AwsKeys) else None
        self._profile = key.name if isinstance(key, AwsProfile) else None
        self._chain = CredentialChain(self._profile)
        self._clock = Clock()
        self._region: str | None = None

    def __call__(self, region: Region) -> SigV4Authenticator:
        source: CredentialSource[AwsKeys] = self._keys or self._chain
        if self._keys is None and self._profile is None and (found := environment_keys()) is not None:
            source = FixedKeys(found)
        return SigV4Authenticator(source, region(), self._service, self._clock)

    def region(self) -> str:
        """The profile's region, or `""` if it sets none."""
        if self._region is None:
            self._region = profile_region(self._profile)
        return self._region


def usable() -> bool:
    return environment_keys() is not None or installed("botocore")


def region_of(url: str) -> str:
    """The region in the host name of an AWS URL; `""` for any other URL."""
    found = _REGION.search(urlsplit(url).hostname or "")
    return found[1] if found else ""


def profile_region(profile: str | None) -> str:
    """The region of this profile (None: the default one); `""` if it is not set or botocore is not installed."""
    if not installed("botocore"):
        return ""
    botocore = library("botocore.session", "aws", PURPOSE)
    exceptions = library("botocore.exceptions", "aws", PURPOSE)
    try:
        found = botocore.Session(profile=profile).get_config_variable("region")
    except exceptions.BotoCoreError as error:
        raise _mapped(error, exceptions) from None
    return found if isinstance(found, str) else ""


def environment_keys() -> AwsKeys | None:
    """The keys in the environment, or None. Raises ConfigError if only one of the two variables is set."""
    access, secret, token = (
        os.environ.get(name, "").strip() for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    )
    if not access:
        return None
    if not secret:
        raise ConfigError("AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not; set both or neither")
    return checked_keys(AwsKeys(access, secret, token or None))


def checked_keys(keys: AwsKeys) -> AwsKeys:
    """The keys, unchanged. Raises ConfigError, which does not show them, if they are malformed or incomplete."""
    for text in filter(None, (keys.access_key_id, keys.session_token)):
        if not text.isascii() or not text.isprintable() or " " in text:
            raise ConfigError("the AWS keys are malformed; allowed: printable ASCII without spaces")
    if not keys.access_key_id or not keys.secret_access_key:
        raise ConfigError("the AWS keys are incomplete; needed: access_key_id and secret_access_key")
    return keys


def problem() -> str:
    """Why no credentials would be found, judged offline; `""` if some might be."""
    if environment_keys() is not None:
        return ""
    if not installed("botocore"):
        return missing("aws", PURPOSE).message
    home = home_folder()
    files = (
        home and home / ".aws" / name if (given := os.environ.get(variable)) is None else os.path.expanduser(given)
        for variable, name in (("AWS_SHARED_CREDENTIALS_FILE", "credentials"), ("AWS_CONFIG_FILE", "config"))
    )
    if any(os.environ.get(name) for name in _CHAIN_VARIABLES) or any(file and os.path.isfile(file) for file in files):
        return ""
    return "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; otherwise only an instance's role works"


def _frozen(found: Any) -> AwsKeys:
    keys = found.get_frozen_credentials()
    return AwsKeys(keys.access_key, keys.secret_key, keys.token)


def _mapped(error: Exception, exceptions: ModuleType) -> FluentError:
    message = f"AWS credentials: {redact(str(error))}"
    wrong = (
        exceptions.ProfileNotFound, exceptions.ConfigParseError, exceptions.ConfigNotFound,
        exceptions.PartialCredentialsError, exceptions.InvalidConfigError, exceptions.MissingDependencyException,
    )  # fmt: skip
    if isinstance(error, wrong):
        return ConfigError(message)
    if isinstance(error, exceptions.HTTPClientError | exceptions.ConnectionError | exceptions.MetadataRetrievalError):
        return ConnectionFailed(message)
    return AuthError(message)
