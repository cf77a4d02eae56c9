"""What an MCP server may ask of us: a reply of a model, an answer of the user, the folders that it may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import mcp_types as types
from fluent_ai.content.reply import Reply
from fluent_ai.errors import Cancelled, ConfigError, FluentError
from mcp.client.context import ClientRequestContext
from pydantic import FileUrl

from fluent_ai_toolkit.tools.events import MCPSampled
from fluent_ai_toolkit.tools.mcp_client.address import Address
from fluent_ai_toolkit.tools.mcp_client.elicitation import Elicitation, filled_in
from fluent_ai_toolkit.tools.mcp_client.notices import Notices
from fluent_ai_toolkit.tools.mcp_client.sampling import Sampling, SamplingRequest, to_request, to_result
from fluent_ai_toolkit.tools.run_access import AskModel, RunAccess, ask_user

REJECTED: Final = -1
"""The code of a request that the user has rejected (MCP 2025-11-25, "Sampling")."""


class Asking:
    """Answers the requests of one server. What goes wrong in a function of the caller's is kept for the call that is
    under way: `failure` takes it."""

    def __init__(
        self, server: Address, roots: Callable[[], Sequence[str] | None], notices: Notices, run: RunAccess | None
    ) -> None:
        self._server = server
        self._roots = roots
        self._notices = notices
        self._run = run
        self._sampled = 0
        self._failures: list[Exception] = []

    def callbacks(self) -> dict[str, Any]:
        """Those that the SDK's client takes. What is not there is not announced, and refused by the SDK."""
        found: dict[str, Any] = {
            "message_handler": self._notices.message,
            "logging_callback": self._notices.log,
            "log_level": self._server.log_level,
        }
        if self._server.sampling is not None:
            found["sampling_callback"] = self._sample
        if self._server.elicit is not None:
            found["elicitation_callback"] = self._elicit
        if self._roots() is not None:
            found["list_roots_callback"] = self._list_roots
        return found

    def failure(self) -> Exception | None:
        """What a function of the caller's has raised, once."""
        return self._failures.pop(0) if self._failures else None

    async def _sample(
        self, context: ClientRequestContext, params: types.CreateMessageRequestParams
    ) -> types.CreateMessageResult | types.ErrorData:
        limits = self._server.sampling
        if limits is None:
            return _error(types.METHOD_NOT_FOUND, "sampling is not served")
        self._sampled += 1
        if self._sampled > limits.max_requests:
            return _error(types.INVALID_REQUEST, f"only {limits.max_requests} sampling requests are served")
        try:
            request = to_request(self._server.name, params, limits)
        except ValueError as error:
            return _error(types.INVALID_PARAMS, str(error))
        try:
            verdict = True if limits.approve is True else await ask_user(limits.approve, request)
        except Exception as error:  # the call that is under way raises it
            return self._failed(error, "The user could not be asked.")
        if verdict is not True:
            return _error(REJECTED, verdict if isinstance(verdict, str) else "The user has rejected the request.")
        try:
            reply = await self._reply(request, limits)
        except Cancelled:
            raise
        except FluentError as error:
            await self._notices.warn(f"sampling has failed: {type(error).__name__}: {error.message}", "error")
            return _error(types.INTERNAL_ERROR, "The model has not answered.")
        await self._notices.tell(MCPSampled(self._server.name, reply))
        return to_result(reply)

    async def _reply(self, request: SamplingRequest, limits: Sampling) -> Reply:
        """A reply of the run's client, or of another one; what it costs is the run's either way."""

        async def answer(ask: AskModel) -> Reply:
            if limits.client is None or limits.model is None:
                return await ask(request.messages, request.options(), limits.model)
            ask_client = partial(limits.client.complete, limits.model, request.messages, **request.options())
            reply: Reply = await ask_user(ask_client)
            return reply

        return await (answer(_no_client) if self._run is None else self._run.sample(answer))

    async def _elicit(
        self, context: ClientRequestContext, params: types.ElicitRequestParams
    ) -> types.ElicitResult | types.ErrorData:
        if isinstance(params, types.ElicitRequestURLParams):
            return await self.ask_for_url(params)
        return await self._answer(
            Elicitation(server=self._server.name, message=params.message, fields=params.requested_schema)
        )

    async def ask_for_url(self, params: types.ElicitRequestURLParams) -> types.ElicitResult | types.ErrorData:
        """Ask the user to visit an address. Others than those of the web are declined unasked."""
        try:
            parts = urlsplit(params.url)
            is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and params.url.isprintable()
        except ValueError:
            is_web = False
        if not is_web:
            await self._notices.warn("it has asked the user to visit what is no address of the web; that was declined")
            return types.ElicitResult(action="decline")
        return await self._answer(Elicitation(server=self._server.name, message=params.message, url=params.url))

    async def _answer(self, question: Elicitation) -> types.ElicitResult | types.ErrorData:
        if self._server.elicit is None:
            return types.ElicitResult(action="decline")
        try:
            answer = await ask_user(self._server.elicit, question)
            if answer == "cancel":
                return types.ElicitResult(action="cancel")
            if answer is None or answer is False:
                return types.ElicitResult(action="decline")
            if question.fields is None:
                return types.ElicitResult(action="accept")
            return types.ElicitResult(action="accept", content=filled_in(answer, question.fields))
        except Exception as error:  # the call that is under way raises it
            failed = self._failed(error, "The user could not be asked.")
            return types.ElicitResult(action="cancel") if isinstance(error, ConfigError) else failed

    async def _list_roots(self, context: ClientRequestContext) -> types.ListRootsResult:
        return types.ListRootsResult(
            roots=[types.Root(uri=FileUrl(Path(each).as_uri()), name=Path(each).name) for each in self._roots() or ()]
        )

    def _failed(self, error: Exception, why: str) -> types.ErrorData:
        self._failures.append(error)
        return _error(types.INTERNAL_ERROR, why)


async def _no_client(*arguments: object) -> Reply:
    raise ConfigError("sampling outside of a run needs a client and a model: Sampling(..., model=..., client=...)")


def _error(code: int, message: str) -> types.ErrorData:
    return types.ErrorData(code=code, message=message)
