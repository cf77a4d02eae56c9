"""What the tests of all protocols need: a stream read by the laws, hostile input, a request's body."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from fluent_ai.content.message_input import Messages
from fluent_ai.interfaces import StreamParser
from fluent_ai.manifest.schema import Auth, Manifest, Quirks, Route
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.base import Target
from fluent_ai.verbs.chat_options import build_chat_request
from hypothesis import strategies as st


def sse(payloads: Iterable[Any]) -> bytes:
    return b"".join(f"data: {json.dumps(payload)}\n\n".encode() for payload in payloads)


def read(parser: StreamParser, body: bytes) -> tuple[list[ai.Event], ai.Reply]:
    """The events of a complete reply, held to the laws, and their fold."""
    events = [*parser.feed(body), *parser.finish()]
    laws.validate(events)
    reply = ai.fold(events)
    assert parser.partial == reply
    return events, reply


def fail(parser: StreamParser, body: bytes) -> tuple[list[ai.Event], ai.FluentError]:
    """The lawful events before a failure, and the failure."""
    events = parser.feed(body)
    with pytest.raises(ai.FluentError) as caught:
        parser.finish()
    laws.validate(events, complete=False)
    assert caught.value.partial == parser.partial
    assert parser.feed(body) == []
    return events, caught.value


def survive(kind: type[StreamParser], body: bytes) -> None:
    """Whatever comes, and however it is cut: lawful events, or those and a typed error."""
    outcomes = []
    for pieces in ([body], [body[i : i + 1] for i in range(len(body))]):
        parser = kind("acme")
        events = [event for piece in pieces for event in parser.feed(piece)]
        error: ai.FluentError | None = None
        try:
            events += parser.finish()
        except ai.FluentError as raised:
            error = raised
        laws.validate(events, complete=error is None)
        assert ai.fold(events).text == parser.partial.text
        outcomes.append((repr(events), type(error)))
    assert outcomes[0] == outcomes[1]


def payloads(tags: Sequence[str], keys: Sequence[str]) -> st.SearchStrategy[list[Any]]:
    """Events of the given types whose fields hold anything at all."""
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(tags),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=4),
        max_leaves=12,
    )
    typed = st.fixed_dictionaries(
        {"type": st.sampled_from(tags)}, optional={key: anything for key in keys if key != "type"}
    )
    return st.lists(typed | anything, max_size=5)


def body_of(
    codec: type[JsonChatCodec],
    messages: Messages = "hi",
    *,
    model: str = "m",
    provider: str = "acme",
    options: dict[str, Any] | None = None,
    quirks: Quirks | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """The body that is sent; `options` are declared in the manifest and passed."""
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}
    own: Any = {name: kinds[type(value)] for name, value in (options or {}).items()}
    route = Route(protocol=codec.__module__.rpartition(".")[2])
    manifest = Manifest(
        id=provider,
        name="Acme",
        docs="",
        auth=Auth(scheme="none"),
        chat=(route,),
        options=own,
        quirks=quirks or Quirks(),
    )
    request = build_chat_request(Target(manifest, route, model), messages, {**fields, **(options or {})})
    exchange = codec(Endpoint(manifest, "http://x/chat", {}, route=route)).prepare(request)
    body: dict[str, Any] = json.loads(exchange.request.body)
    return body
