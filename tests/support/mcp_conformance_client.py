"""The client that the MCP conformance suite runs, with the scenario in the environment.

It does what a program does: a run whose model calls the tools of the server at the address in the last argument.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit

import fluent_ai as ai
import httpx2
from fluent_ai.testing import fake_provider
from mcp.client.auth import OAuthClientProvider
from mcp.client.auth.extensions.client_credentials import (
    ClientCredentialsOAuthProvider,
    PrivateKeyJWTOAuthProvider,
    SignedJWTParameters,
)
from mcp.client.auth.extensions.identity_assertion import IdentityAssertionOAuthProvider
from mcp.client.auth.oauth2 import AuthorizationCodeResult
from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken
from scripted_runs import call, turn

SCENARIO = os.environ.get("MCP_CONFORMANCE_SCENARIO", "")
CONTEXT: dict[str, Any] = json.loads(os.environ.get("MCP_CONFORMANCE_CONTEXT") or "{}")
REDIRECT = "http://localhost:3000/callback"
METADATA_URL = "https://conformance-test.local/client-metadata.json"
CALLS = {
    "tools_call": ("add_numbers", {"a": 5, "b": 3}),
    "elicitation-sep1034-client-defaults": ("test_client_elicitation_defaults", {}),
    "sse-retry": ("test_reconnection", {}),
}


class Memory:
    """Keeps tokens for as long as the client runs."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


class Browser:
    """A user who agrees at once: the suite's authorization server redirects without asking."""

    def __init__(self) -> None:
        self._came_back: dict[str, list[str]] = {}

    async def visit(self, url: str) -> None:
        async with httpx2.AsyncClient() as client:
            response = await client.get(url, follow_redirects=False)
        self._came_back = parse_qs(urlsplit(response.headers["location"]).query)

    async def come_back(self) -> AuthorizationCodeResult:
        first = {name: values[0] for name, values in self._came_back.items()}
        return AuthorizationCodeResult(code=first["code"], state=first.get("state"), iss=first.get("iss"))


async def assertion(audience: str, resource: str) -> str:
    """Exchanges the user's id token for an assertion, as an enterprise does (RFC 8693)."""
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "requested_token_type": "urn:ietf:params:oauth:token-type:id-jag",
        "audience": audience,
        "resource": resource,
        "subject_token": CONTEXT["idp_id_token"],
        "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
        "client_id": CONTEXT["idp_client_id"],
    }
    async with httpx2.AsyncClient() as client:
        answer = await client.post(CONTEXT["idp_token_endpoint"], data=form)
    return str(answer.json()["access_token"])


async def issuer_of(url: str) -> str:
    """The authorization server that the resource names (RFC 9728)."""
    parts = urlsplit(url)
    async with httpx2.AsyncClient() as client:
        for path in (f"/.well-known/oauth-protected-resource{parts.path}", "/.well-known/oauth-protected-resource"):
            answer = await client.get(f"{parts.scheme}://{parts.netloc}{path}")
            if answer.is_success:
                return str(answer.json()["authorization_servers"][0])
    raise SystemExit("no authorization server")


async def auth_for(url: str) -> Any:
    memory = Memory()
    match SCENARIO:
        case "auth/client-credentials-basic":
            return ClientCredentialsOAuthProvider(
                url, memory, CONTEXT["client_id"], CONTEXT["client_secret"], issuer=await issuer_of(url)
            )
        case "auth/client-credentials-jwt":
            signed = SignedJWTParameters(
                issuer=CONTEXT["client_id"],
                subject=CONTEXT["client_id"],
                signing_key=CONTEXT["private_key_pem"],
                signing_algorithm=CONTEXT.get("signing_algorithm", "ES256"),
            )
            return PrivateKeyJWTOAuthProvider(
                url, memory, CONTEXT["client_id"], signed.create_assertion_provider(), issuer=await issuer_of(url)
            )
        case "auth/cross-app-access-complete-flow":
            return IdentityAssertionOAuthProvider(
                url,
                memory,
                CONTEXT["client_id"],
                CONTEXT["client_secret"],
                await issuer_of(url),
                assertion,
                token_endpoint_auth_method="client_secret_basic",
            )
    if not SCENARIO.startswith("auth/"):
        return None
    if "client_id" in CONTEXT:
        memory.client = OAuthClientInformationFull(
            client_id=CONTEXT["client_id"],
            client_secret=CONTEXT.get("client_secret"),
            redirect_uris=[REDIRECT],
            token_endpoint_auth_method="client_secret_basic" if "client_secret" in CONTEXT else "none",
        )
    browser = Browser()
    metadata = OAuthClientMetadata(
        client_name="fluent-ai",
        redirect_uris=[REDIRECT],
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
    )
    return OAuthClientProvider(
        url, metadata, memory, browser.visit, browser.come_back, client_metadata_url=METADATA_URL
    )


async def main(url: str) -> None:
    server = ai.tools.mcp(url=url, auth=await auth_for(url), elicit=lambda question: True, name="suite")
    name, arguments = CALLS.get(SCENARIO, ("test-tool", {}))
    replies: list[Any] = ["done"] if SCENARIO == "initialize" else [turn(call(1, name, **arguments)), "done"]
    with fake_provider(*replies):
        async with ai.AsyncClient() as client:
            result = await client.run("fake:x", "go", tools=[server]).collect()
    for each in result.calls:
        print(each.status, each.result.content)
        if each.status != "done":
            raise SystemExit(1)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[-1]))
