"""A provider on the loopback interface whose models misbehave by name."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from scripted_server import Answer, Sent
from verb_answers import embeddings, images, moderation, rerank, speech, transcription

KEY = "sk-loopback-0123456789"
MANIFEST = """
id = "loop"
name = "Loopback"
docs = "https://example.com/docs"
base_url = "{url}"

[auth]
env = ["LOOP_API_KEY"]

[model_list]
path = "/models"
shape = "openai"

[[chat]]
protocol = "openai_chat"
path = "/chat/completions"
"""
VERBS: dict[str, Answer | Callable[[Sent], Answer]] = {
    "edits": images.ANSWERS["openai_images"],
    "embed": embeddings.cohere,
    "embeddings": embeddings.openai,
    "generations": images.ANSWERS["openai_images"],
    "moderations": moderation.openai,
    "rerank": rerank.cohere,
    "speech": speech.ANSWERS["openai_speech"],
    "transcriptions": transcription.ANSWERS["openai_transcription"],
}
"""The answers of verbs other than chat, by the last word of the path."""


class Provider(ThreadingHTTPServer):
    """`requests` holds the decoded bodies; a model named `slow` says one word and waits for `go_on`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self.go_on = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.answer(200, "application/json", json.dumps({"object": "list", "data": [{"id": "echo"}]}))

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["content-length"]))
        if (verb := VERBS.get(self.path.rpartition("/")[2])) is not None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            said = verb(Sent("POST", self.path, headers, data)) if callable(verb) else verb
            self.wfile.write(b"".join(piece for piece in said.pieces if isinstance(piece, bytes)))
            return
        body = json.loads(data)
        self.server.requests.append(body)
        match body["model"]:
            case "denied":
                self.answer(401, "application/json", json.dumps({"error": {"message": f"bad key {KEY}"}}))
            case "down":
                self.answer(500, "application/json", "{}")
            case "html":
                self.answer(200, "text/html", "<html>login</html>")
            case "cut":
                self.stream(["half a "], end="")
            case "escape":
                self.stream(["\x1b[31mred\x07"])
            case "thinks":
                self.stream(["done"], reasoning="hm ")
            case "slow":
                self.stream(["first "], end="")
                self.wfile.flush()
                self.server.go_on.wait()
            case "endless":
                self.stream(["line\n"] * 200_000)
            case _:
                self.stream(list(f"You said: {body['messages'][-1]['content']}"))

    def stream(self, texts: list[str], end: str = "data: [DONE]\n\n", reasoning: str = "") -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        deltas = [{"reasoning_content": reasoning}] if reasoning else []
        deltas += [{"content": text} for text in texts]
        chunks: list[dict[str, Any]] = [
            {"id": "1", "model": "m", "choices": [{"index": 0, "delta": delta}]} for delta in deltas
        ]
        if end:
            chunks.append({"id": "1", "model": "m", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            usage = {"prompt_tokens": 3, "completion_tokens": len(texts), "total_tokens": 3 + len(texts)}
            chunks.append({"id": "1", "model": "m", "choices": [], "usage": usage})
        try:
            self.wfile.write(("".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + end).encode())
        except ConnectionError:
            self.close_connection = True  # a test that leaves early is part of the plan

    def answer(self, status: int, media_type: str, body: str) -> None:
        self.send_response(status)
        self.send_header("content-type", media_type)
        self.send_header("content-length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())


@contextmanager
def serve() -> Iterator[Provider]:
    """A provider that answers inside the block."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        provider.go_on.set()
        provider.shutdown()
        thread.join()
        provider.server_close()
