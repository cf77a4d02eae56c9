"""What importing costs and exports, and that a provider is a row."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai import laws
from scripted_server import Server, sse, stream, text_chunks

ROOT = Path(__file__).parents[2]
HEAVY = {"httpx2", "pydantic", "torch", "jinja2", "rich", "typer", "asyncio", "tomllib"}


def test_exported_names_exist_and_are_sorted() -> None:
    assert ai.__all__ == sorted(set(ai.__all__))
    assert dir(ai) == ai.__all__
    for name in ai.__all__:
        assert getattr(ai, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        ai.nope  # type: ignore[attr-defined]  # noqa: B018  # wrong on purpose


def test_type_checkers_see_the_same_names() -> None:
    source = Path(ai.__file__).read_text(encoding="utf-8")
    block = source.split("if TYPE_CHECKING:", 1)[1]
    names = {line.split("#")[0].split()[-1] for line in block.splitlines() if " import " in line}
    assert names == set(ai.__all__)


def test_naming_the_client_loads_nothing_heavy() -> None:
    code = "import sys; from fluent_ai import Client, TextDelta; print(*sys.modules)"
    # Coverage measures child processes by importing itself, and what it needs, into them.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=bare)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & HEAVY


ROW = """
id = "fictional"
name = "Fictional Cloud"
docs = "https://fictional.example/docs"
base_url = "{url}/v1"

[auth]
env = ["FICTIONAL_API_KEY"]

[[chat]]
protocol = "openai_chat"
path = "/chat/completions"
"""


def test_a_provider_is_one_toml_file(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = tmp_path / "fictional.toml"
    row.write_text(ROW.format(url=server.url))
    monkeypatch.setenv("FICTIONAL_API_KEY", "fictional-key")
    server.say(stream(sse(*text_chunks("It ", "works"))))
    with ai.Client(manifests=[row]) as client, client.stream("fictional:any/model", "hi") as events:
        seen = list(events)
    laws.validate(seen)
    assert events.collect().text == "It works"
    assert server.sent[0].path == "/v1/chat/completions"
    assert server.sent[0].headers["authorization"] == "Bearer fictional-key"
    assert server.sent[0].json()["model"] == "any/model"
    (status,) = (status for status in client.providers() if status.id == "fictional")
    assert status.ready
    monkeypatch.delenv("FICTIONAL_API_KEY")
    (status,) = (status for status in client.providers() if status.id == "fictional")
    assert (status.ready, status.reason) == (False, "no key: set FICTIONAL_API_KEY")


PUBLIC = {
    "fluent_ai": {"Client", "AsyncClient", "Reply", "models", "laws", "testing"},
    "fluent_ai.models": {"get", "find", "cost", "refresh"},
    "fluent_ai.laws": {"validate"},
    "fluent_ai_toolkit.tools": {"Run", "tool", "ToolContext", "ToolFinished"},
    "fluent_ai_toolkit.chat": {"Chat", "AsyncChat", "chats"},
    "fluent_ai_toolkit.context": {"context", "Context", "Document", "LeftOut", "Quotes"},
    "fluent_ai_toolkit.prompts": {"improve", "aimprove", "Stage"},
    "fluent_ai.testing": {"fake_provider", "FakeTransport"},
    "fluent_ai.registry": {"Registry"},
    "fluent_ai.manifest": {"Manifest", "Route", "Auth", "ModelList", "parse_manifest", "load_manifests"},
    "fluent_ai.protocols": {"stream_parser", "decode_error", "build_request"},
    "fluent_ai.http.transports": {"Httpx2Transport", "AsyncHttpx2Transport", "AiohttpTransport"},
    "fluent_ai.interfaces": {"ChatProvider", "Codec", "Worker", "Emit"},
}
"""The public modules, and some of what each must export."""


def test_the_reference_names_the_public_modules_and_they_have_what_they_promise() -> None:
    page = (ROOT / "docs" / "guides" / "reference" / "index.md").read_text("utf-8")
    assert re.findall(r"^\| `(fluent_ai[\w.]*)`", page, re.MULTILINE) == list(PUBLIC)
    for name, exports in PUBLIC.items():
        module = importlib.import_module(name)
        assert {export for export in exports if not hasattr(module, export)} == set()


def test_the_documentation_imports_public_modules_alone() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs" / "guides").rglob("*.md")]
    imported = {
        name
        for page in pages
        for name in re.findall(r"^\s*(?:from|import) (fluent_ai(?:\.\w+)*)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert imported <= PUBLIC.keys()
