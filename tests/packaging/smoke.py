"""Run by `nox -s package` in an empty environment: the installed package streams, with its two dependencies only."""

import asyncio
import importlib.util
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ABSENT = ["jinja2", "numpy", "pydantic", "rich", "torch", "typer"]
CHUNKS = [
    '{"id":"1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"}}]}',
    '{"id":"1","model":"m","choices":[{"index":0,"delta":{"content":", world"},"finish_reason":"stop"}]}',
    '{"id":"1","model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}',
    "[DONE]",
]


class Server(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        body = "".join(f"data: {chunk}\n\n" for chunk in CHUNKS).encode()
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    present = [name for name in ABSENT if importlib.util.find_spec(name)]
    assert not present, f"the environment is not empty: {present}"

    import fluent_ai as ai

    assert "site-packages" in Path(ai.__file__).parts, f"not the installed package: {ai.__file__}"
    assert not {"httpx2", "msgspec"} & set(sys.modules), "importing the package must load no library"

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = {"keys": {"groq": "k"}, "base_urls": {"groq": f"http://127.0.0.1:{server.server_port}"}}

    with ai.Client(**settings) as client:
        with client.stream("groq:m", "Hi") as stream:
            assert list(stream.text()) == ["Hello", ", world"]
            reply = stream.collect()
        assert (reply.text, reply.finish_reason, reply.usage.output_tokens) == ("Hello, world", "stop", 2)
        assert client.complete("groq:m", "Hi").text == "Hello, world"

    async def twin() -> str:
        async with ai.AsyncClient(**settings) as client:
            return (await client.complete("groq:m", "Hi")).text

    assert asyncio.run(twin()) == "Hello, world"
    server.shutdown()
    server.server_close()

    assert len(ai.models.find()) > 100, "the catalogs did not come along"
    import fluent_ai_codegen
    import fluent_ai_local
    import fluent_ai_providers
    import fluent_ai_wire

    for package in (fluent_ai_codegen, fluent_ai_local, fluent_ai_providers, fluent_ai_wire):
        assert (Path(package.__file__).parent / "py.typed").exists()

    loaded = [name for name in ABSENT if name in sys.modules]
    assert not loaded, loaded
    command = Path(sys.executable).parent / "fluent-ai"
    bare = subprocess.run([command, "--help"], capture_output=True, text=True, check=False)
    assert bare.returncode == 2, bare
    assert bare.stderr == "error: the command line needs its extra: pip install 'fluent-ai[cli]'\n", bare.stderr
    print(f"{ai.__file__}: streams with {sorted({'httpx2', 'msgspec'} & set(sys.modules))}, without {ABSENT}")


main()
