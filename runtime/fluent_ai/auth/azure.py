"""Access tokens of Microsoft Entra ID, by azure-identity: service principals, workload and managed identity, CLI."""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from fluent_ai.auth.extras import installed, library, missing
from fluent_ai.auth.tokens import Token, TokenAuthenticator, TokenCache
from fluent_ai.errors import AuthError, ConfigError, ConnectionFailed, FluentError
from fluent_ai.manifest.schema import Auth
from fluent_ai.user_folder import home_folder

if TYPE_CHECKING:
    from fluent_ai.auth.base import AuthMethod

PURPOSE = "Fetching Entra ID's access tokens"

_HINTS = ("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE", "IDENTITY_ENDPOINT",
          "AZURE_POD_IDENTITY_AUTHORITY_HOST")  # fmt: skip


_CLOUDS = {"login.microsoftonline.us": ".azure.us", "login.chinacloudapi.cn": ".azure.cn"}
"""Authority of a sovereign cloud -> how the names of its services end."""


@runtime_checkable
class AzureCredential(Protocol):
    """Any synchronous credential of azure-identity, to be passed as a key."""

    def get_token(self, *scopes: str) -> Any:
        """An object with the attributes `token` and `expires_on`, the latter in seconds since 1970."""
        ...


class AzureTokens:
    """Fetches tokens for one scope, with the caller's credential or else with `DefaultAzureCredential`."""

    def __init__(self, scope: str, credential: AzureCredential | None = None) -> None:
        self._scope = scope
        self._credential = credential

    def __call__(self) -> Token:
        """A new token. Raises ConfigError, AuthError or ConnectionFailed; messages never quote the token server."""
        exceptions = library("azure.core.exceptions", "azure", PURPOSE)
        try:
            if self._credential is not None:
                access = self._credential.get_token(_of_cloud(self._scope))
            else:
                with library("azure.identity", "azure", PURPOSE).DefaultAzureCredential() as found:
                    access = found.get_token(_of_cloud(self._scope))
        except (exceptions.AzureError, ValueError, KeyError) as error:
            raise _mapped(error, exceptions) from None
        return Token(access.token, float(access.expires_on))


def _of_cloud(scope: str) -> str:
    """The scope in the cloud whose authority AZURE_AUTHORITY_HOST names, as azure-identity reads it."""
    host = os.environ.get("AZURE_AUTHORITY_HOST", "").rstrip("/").casefold()
    cloud = next((ending for authority, ending in _CLOUDS.items() if host.endswith(authority)), ".azure.com")
    return scope.replace(".azure.com", cloud)


def method(auth: Auth, key: object = None) -> AuthMethod | None:
    """Tokens from a credential of azure-identity, or from what `DefaultAzureCredential` finds."""
    if key is not None and not isinstance(key, AzureCredential):
        return None
    tokens = TokenCache(AzureTokens(auth.scope, key))
    return lambda region: TokenAuthenticator(tokens)


def usable() -> bool:
    return installed("azure.identity")


def problem() -> str:
    """Why no token could be fetched, judged offline; `""` if one might be."""
    if not installed("azure.identity"):
        return missing("azure", PURPOSE).message
    home = home_folder()
    folder = os.environ.get("AZURE_CONFIG_DIR") or (home and home / ".azure")
    if any(os.environ.get(name) for name in _HINTS) or (folder and Path(folder, "azureProfile.json").is_file()):
        return ""
    return "set AZURE_CLIENT_ID and the related variables, or log in with az; otherwise only a managed identity works"


def _mapped(error: Exception, exceptions: ModuleType) -> FluentError:
    """The library's messages quote server responses, so only the error codes are kept."""
    if isinstance(error, exceptions.ServiceRequestError | exceptions.ServiceResponseError):
        return ConnectionFailed(f"Entra ID cannot be reached ({type(error).__name__})")
    codes = ", ".join(dict.fromkeys(re.findall(r"AADSTS\d+", str(error))))
    details = f"{type(error).__name__}{f', {codes}' if codes else ''}"
    if type(error).__name__ == "CredentialUnavailableError" or isinstance(error, ValueError):
        return ConfigError(f"Entra ID: no usable identity was found ({details}); the logger 'azure.identity' says more")
    return AuthError(f"Entra ID gave no token ({details}); the logger 'azure.identity' says more")
