"""All providers at their own addresses, on the loopback interface: a proxy that answers in their place.

Whoever sets `Internet.environment` reaches nobody else. Certificates are those of an authority made for the process.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import trustme
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import CAPABILITIES, Manifest, ModelList
from fluent_ai.registry import Registry
from scripted_server import Answer, Sent, Server, reply, sse, stream
from verb_answers import embeddings, images, moderation, rerank, speech, token_counting, transcription
from wire_answers import SAYING, model_list

_VERBS = {
    protocol: answer
    for verb in (embeddings, images, moderation, rerank, speech, token_counting, transcription)
    for protocol, answer in verb.ANSWERS.items()
}
_BLANKS = re.compile(r"\\{(?:\\\+)?\w+\\}")


@dataclass(frozen=True)
class _Door:
    """One address of a provider, `models` those that it serves there, and what it speaks, or the list that it has."""

    url: re.Pattern[str]
    path: re.Pattern[str]
    models: str
    speaks: str | ModelList
    provider: str


def _doors(manifest: Manifest) -> Iterator[_Door]:
    def door(base: str, path: str, models: str, speaks: str | ModelList) -> _Door:
        base, path = (_BLANKS.sub("[^?]+", re.escape(text)) for text in (base, path.partition("?")[0]))
        return _Door(re.compile(base + path), re.compile(".*" + path), models, speaks, manifest.id)

    for capability in CAPABILITIES:
        for route in manifest.routes(capability):
            for path in filter(None, (route.path, route.media.other_path)):
                yield door(route.base_url or manifest.base_url, path, route.models, route.protocol)
    if found := manifest.model_list:
        for each in found.calls:
            yield door(found.base_url or manifest.base_url, each.path, "*", found)


class Internet(Server):
    """Answers as whichever provider is asked.

    `replies`: what a chat model says to the text that a request holds last: a text, or a call, `{tool, arguments,
    then}`, with what it says afterwards. A server that is in no manifest is taken for one whose path ends alike.
    """

    def __init__(self, replies: Mapping[str, Any]) -> None:
        self._replies = replies
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._known = [door for manifest in load_manifests().values() for door in _doors(manifest)]
        self._folder = tempfile.TemporaryDirectory()
        self._certificate = Path(self._folder.name, "authority.pem")
        self._authority.cert_pem.write_to_path(str(self._certificate))
        super().__init__()
        self.say(self._answer)

    def close(self) -> None:
        super().close()
        self._folder.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to meet nobody but this server."""
        names = ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy")
        empty = dict.fromkeys(("ALL_PROXY", "NO_PROXY", "all_proxy", "no_proxy"), "")
        return {**dict.fromkeys(names, self.url), **empty, "SSL_CERT_FILE": str(self._certificate)}

    def _secure(self, connection: socket.socket) -> socket.socket:
        """The connection behind CONNECT, or the same where a plain http address is asked for."""
        if not connection.recv(8, socket.MSG_PEEK).startswith(b"CONNECT "):
            return connection
        with connection.makefile("rb") as file:
            sent = self._read(file)
        assert sent is not None
        host = sent.path.partition(":")[0]
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        return self._contexts[host].wrap_socket(connection, server_side=True)

    def _answer(self, sent: Sent) -> Answer:
        parts = urlsplit(sent.path if "://" in sent.path else f"https://{sent.headers['host']}{sent.path}")
        path = unquote(parts.path)
        url = f"{parts.scheme}://{parts.netloc}{path}"
        doors = [door for door in self._known if door.url.fullmatch(url)]
        doors.sort(key=lambda door: door.url.pattern != re.escape(url))  # a host of their own before any host
        doors = doors or [door for door in self._known if door.path.fullmatch(path)]
        lists = [door for door in doors if isinstance(door.speaks, ModelList)]
        if sent.method == "GET" and lists:
            listed = [model.id for model in Registry(overlays=()).list(lists[0].provider)]
            return model_list(lists[0].speaks, listed)(sent)  # type: ignore[arg-type]
        for door in doors:
            if isinstance(door.speaks, str) and fnmatchcase(_model(sent, path), door.models):
                if door.speaks in SAYING:
                    return self._chat(door.speaks, sent)
                answer = _VERBS[door.speaks]
                return answer if isinstance(answer, Answer) else answer(sent)
        return reply(404, {"error": {"message": f"nobody answers {sent.method} {url}"}})

    def _chat(self, protocol: str, sent: Sent) -> Answer:
        texts = json.dumps(sent.json(), ensure_ascii=False)
        places = {prompt: texts.rfind(json.dumps(prompt, ensure_ascii=False)[1:-1]) for prompt in self._replies}
        prompt = max(places, key=places.__getitem__, default="")
        said = self._replies[prompt] if places.get(prompt, -1) >= 0 else "Hello"
        if isinstance(said, str):
            return SAYING[protocol](said)
        if texts.rfind('"role": "tool"') > places[prompt]:
            return SAYING[protocol](said["then"])
        call = {"id": "call-1", "function": {"name": said["tool"], "arguments": json.dumps(said["arguments"])}}
        called = {"delta": {"tool_calls": [{"index": 0, "type": "function", **call}]}, "finish_reason": "tool_calls"}
        assert protocol == "openai_chat", "only here are calls written down"
        return stream([*sse({"id": "chat-1", "model": "real-model", "choices": [{"index": 0, **called}]})])


def _model(sent: Sent, path: str) -> str:
    """The model that a request names, in its body or its path."""
    if found := re.search(r"/(?:models?|deployments)/([^:]+?)(?::\w+|/[a-z-]+)?$", path):
        return found[1]
    if found := re.search(rb'name="model"\r\n\r\n([^\r]+)', sent.body):
        return found[1].decode()
    try:
        return str(sent.json().get("model", ""))
    except (ValueError, AttributeError):
        return ""


def read_replies(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
