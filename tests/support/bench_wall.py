"""A provider that breaks on purpose: the faults of the Failover Bench catalogue, over real sockets.

Source of the scenarios: https://github.com/failoverbench/failoverbench, scenarios/catalogue.yaml, version 0.1. The name
of the model chooses the fault. Times are scaled down; everything else is as the catalogue states it.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from scripted_server import Answer, Sent, Server, reply, sse, stream

WORDS = [
    "A",
    "gateway",
    "earns",
    "trust",
    "only",
    "when",
    "the",
    "provider",
    "behind",
    "it",
    "misbehaves",
    "because",
    "calm",
    "days",
    "prove",
    "nothing",
    "while",
    "outages",
    "silences",
    "refusals",
    "truncated",
    "streams",
    "and",
    "malformed",
    "bytes",
    "show",
    "whether",
    "it",
    "waits",
    "with",
    "patience",
    "retries",
    "with",
    "restraint",
    "moves",
    "on",
    "without",
    "losing",
    "words",
    "tells",
    "the",
    "truth",
    "about",
    "who",
    "answered",
    "keeps",
    "its",
    "promises",
    "to",
    "callers",
    "and",
    "returns",
    "home",
    "once",
    "the",
    "storm",
    "has",
    "finally",
    "passed",
    "by",
]
ANSWER = " ".join(WORDS)
RETRY_AFTER = 1
"""Seconds; a whole number, as the header is."""
SLOW = 3.0
"""Seconds until the first token of a slow answer, and until a silent one would end: longer than any deadline here."""


class Wall:
    """Records when each model was asked, and answers as the fault of the model demands."""

    def __init__(self) -> None:
        self.server = Server()
        self.asked: list[tuple[str, float]] = []
        self.refused_prefills = 0
        self.down = threading.Event()
        """While it is set, the model that flaps is down."""
        self._lock = threading.Lock()
        self.server.say(self._answer, self._answer)

    def attempts(self, model: str) -> list[float]:
        return [at for name, at in self.asked if name == model]

    def _answer(self, sent: Sent) -> Answer:
        body = sent.json()
        model, last = body["model"], body["messages"][-1]
        with self._lock:
            self.asked.append((model, time.monotonic()))
            first = len(self.attempts(model)) == 1
        if (fault := self._refusal(model, first)) is not None:
            return fault
        words, begun = WORDS, ""
        if last["role"] == "assistant":
            if model == "ok-noprefill":
                self.refused_prefills += 1
                return _error(400, "This model does not support assistant message prefill.", "invalid_prefill")
            begun = last["content"]
            assert ANSWER.startswith(begun)
            words = ANSWER[len(begun) :].split()
        return self._stream(model, words, begun=bool(begun), prompt=sum(len(str(m)) for m in body["messages"]))

    def _refusal(self, model: str, first: bool) -> Answer | None:
        match model:
            case "429-retry-after" if first:
                return _error(429, "Rate limit reached.", "rate_limit_exceeded", **{"retry-after": str(RETRY_AFTER)})
            case "429-persistent":
                return _error(429, "Rate limit reached.", "rate_limit_exceeded")
            case "500-then-200" if first:
                return _error(500, "The server had an error.", None)
            case "503-persistent":
                return _error(503, "The engine is currently overloaded.", "overloaded")
            case "reset" if first:
                return Answer([None])
            case "no-response":
                return Answer([120.0])
            case "context-length":
                return _error(400, "This model's maximum context length is 8192 tokens.", "context_length_exceeded")
            case "content-filter":
                return _error(400, "Your request was rejected by our safety system.", "content_policy_violation")
            case "flap" if self.down.is_set():
                return _error(503, "The engine is currently overloaded.", "overloaded")
            case _:
                return None

    def _stream(self, model: str, words: list[str], *, begun: bool, prompt: int) -> Answer:
        def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": model, "choices": choices}

        texts = [chunk({"content": f" {word}" if number or begun else word}) for number, word in enumerate(words)]
        pieces: list[Any] = list(sse(chunk({"role": "assistant", "content": ""}), *texts, done=False))
        if model == "slow-ttft":
            pieces.insert(0, SLOW)
        if model == "stream-cut":
            return stream(pieces[:41], end=False)
        if model == "stream-stall":
            return stream([*pieces[:21], 120.0], end=False)
        if model == "malformed-chunk":
            pieces.insert(10, b'data: {"id": "chatcmpl-1", "choices": [{"delta": {"content": \n\n')
        usage = {"prompt_tokens": prompt, "completion_tokens": len(words), "total_tokens": prompt + len(words)}
        end = [chunk({}, "stop"), {**chunk({}), "choices": [], "usage": usage}]
        return stream([*pieces, *sse(*end, done=model != "no-done")])

    def close(self) -> None:
        self.server.close()


def _error(status: int, message: str, code: str | None, **headers: str) -> Answer:
    return reply(status, {"error": {"message": message, "type": "error", "code": code}}, headers=headers)
