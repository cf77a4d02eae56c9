"""A verb costs one module, and over HTTP one more for each protocol: everything else is rendered, or found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

COUNT = '''"""Counts: texts to numbers of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fluent_ai.arguments import as_text
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options


class Counted(JsonStruct, frozen=True):
    """One word."""

    word: str
    """The word."""


class Count(Result, frozen=True, kw_only=True):
    """The number of words."""

    words: int = 0
    """How many there are."""


class CountOptions(Extras, total=False):
    """`longest` leaves out longer words."""

    longest: int | None
    """In characters."""


class CountRequest(Request, frozen=True, kw_only=True):
    """A checked request."""

    text: str
    longest: int | None = None


def _build(target: Target, text: str, options: Mapping[str, Any]) -> list[CountRequest]:
    return [CountRequest(text=as_text(text, "text"), **common_options(target, "counting", options, ("longest",)))]


def _fold() -> ResultFold[Counted, Count]:
    return ResultFold(lambda items, head: Count(words=len(items), **head))


COUNT: Verb[str, CountRequest, Counted | Note, Count] = Verb(
    "counting",
    _build,
    _fold,
    Door(
        options=CountOptions,
        answer="How many words the text has.",
        stream="The words as they are found.",
        kind=None,
        public=(Count,),
    ),
)
'''

SPELL = '''"""Spells: a word to its letters, by a server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fluent_ai.arguments import as_text
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Note, Result, ResultFold
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options


class Letter(JsonStruct, frozen=True):
    """One letter."""

    text: str
    """The letter."""


class Spelt(Result, frozen=True, kw_only=True):
    """The letters of a word."""

    letters: tuple[Letter, ...] = ()
    """In their order."""


class SpellRequest(Request, frozen=True, kw_only=True):
    """A checked request."""

    word: str


def _build(target: Target, word: str, options: Mapping[str, Any]) -> list[SpellRequest]:
    return [SpellRequest(word=as_text(word, "word"), **common_options(target, "spelling", options, ()))]


def _fold() -> ResultFold[Letter, Spelt]:
    return ResultFold(lambda items, head: Spelt(letters=tuple(items), **head))


SPELL: Verb[str, SpellRequest, Letter | Note, Spelt] = Verb(
    "spelling",
    _build,
    _fold,
    Door(options=Extras, answer="The letters of the word.", stream="The letters as they come.", kind=None),
)
'''
LETTERS = '''"""A server that spells."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.verbs.spell import Letter, SpellRequest


class Letters(WholeResponseCodec[SpellRequest, Letter | Note, list[str]]):
    decoder = msgspec.json.Decoder(list[str])

    def body(self, request: SpellRequest) -> JsonObject:
        return {"word": request.word}

    def items(self, request: SpellRequest, answer: list[str]) -> Iterable[Letter | Note]:
        yield StreamStart(None, None, self.provider)
        yield from map(Letter, answer)
'''
SPELLER = """
id = "speller"
name = "Speller"
docs = "https://speller.example"
base_url = "https://speller.example"

[auth]
env = ["SPELLER_API_KEY"]

[[spelling]]
protocol = "letters"
path = "/spell"
"""
SPELLING = """
import asyncio
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import fluent_ai as ai
from fluent_ai_providers.speller import AsyncSpeller, Speller


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
        assert self.path == "/spell" and self.headers["authorization"] == "Bearer sk-speller", self.headers
        body = json.dumps(list(sent["word"])).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"

with ai.Client(keys={"speller": "sk-speller"}, base_urls={"speller": url}) as client:
    assert [each.text for each in client.spell("speller:m", "abc").letters] == ["a", "b", "c"]
with Speller(api_key="sk-speller", base_url=url) as speller:
    assert len(speller.spell("m", "ab").letters) == 2


async def main():
    async with AsyncSpeller(api_key="sk-speller", base_url=url) as speller:
        assert len((await speller.spell("m", "abcd")).letters) == 4


asyncio.run(main())
server.shutdown()
typo = {"id": "typo", "name": "Typo", "docs": "", "base_url": url, "auth": {"scheme": "none", "required": False}}
try:
    ai.Client(manifests=[typo | {"spelling": [{"protocol": "leters"}]}]).spell("typo:m", "a")
except ai.ConfigError as error:
    assert "implemented: letters" in str(error), error
else:
    raise AssertionError("an unknown protocol was taken")
print("spelt")
"""
COUNTING = """
import asyncio
import inspect

import fluent_ai as ai
from fluent_ai.verbs.count import Counted
from fluent_ai_providers.house import AsyncHouse, House


class Worker:
    def run(self, request, emit):
        for word in request.text.split():
            if request.longest is None or len(word) <= request.longest:
                emit(Counted(word))


class Provider:
    def counting_model(self, model):
        return Worker()


TOY = {"id": "toy", "name": "Toy", "docs": "https://toy.example", "auth": {"scheme": "none", "required": False}}
ai.register_provider(TOY | {"counting": [{"protocol": "worker"}]}, Provider)
ai.register_provider(House()._core.providers.get("house"), Provider)

with ai.Client() as client, House() as house:
    assert client.count("toy:m", "one two three", longest=3).words == 2
    assert client.model("toy:m").count("one two").words == 2
    assert house.count("m", "one").words == 1
    with client.stream_count("toy:m", "one two") as stream:
        assert [each.word for each in stream if isinstance(each, Counted)] == ["one", "two"]
        assert isinstance(stream.collect(), ai.Count)
    try:
        client.count("toy:m", "one", longst=3)
    except ai.ConfigError as error:
        assert "longest" in str(error), error
    else:
        raise AssertionError("an unknown option was taken")


async def main():
    async with ai.AsyncClient() as client, AsyncHouse() as house:
        assert (await client.count("toy:m", "one two")).words == 2
        assert (await client.model("toy:m").count("one two three")).words == 3
        assert (await house.count("m", "one")).words == 1


asyncio.run(main())
for kind in (ai.Client, ai.AsyncClient, ai.BoundModel, ai.AsyncBoundModel, House, AsyncHouse):
    assert kind.count.__doc__ == "How many words the text has."
    assert kind.stream_count.__doc__ == "The words as they are found."
assert list(inspect.signature(ai.Client.count).parameters) == ["self", "model", "text", "options"]
print("counted")
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "tests" / "golden", root)
    for name in ("runtime", "codegen"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    package = root / "runtime" / "fluent_ai"
    (package / "verbs" / "count.py").write_text(COUNT)
    (package / "verbs" / "spell.py").write_text(SPELL)
    protocols = package / "protocols" / "spelling"
    protocols.mkdir()
    (protocols / "__init__.py").write_text('"""Protocols that spell."""\n')
    (protocols / "letters.py").write_text(LETTERS)
    (root / "specs" / "providers" / "speller.toml").write_text(SPELLER)
    with (root / "specs" / "providers" / "house.toml").open("a") as file:
        file.write('\n[[counting]]\nprotocol = "worker"\n')
    return root


def run(checkout: Path, *arguments: str) -> str:
    folders = [str(checkout / name) for name in ("runtime", "generated", "codegen")]
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("before", ["as they were", "deleted"])
def test_a_new_verb_is_on_all_clients(checkout: Path, before: str) -> None:
    if before == "deleted":
        shutil.rmtree(checkout / "generated")
        for name in ("verbs_sync", "verbs_async", "bound"):
            (checkout / "runtime" / "fluent_ai" / "client" / f"{name}.py").unlink()
    run(checkout, "-m", "fluent_ai_codegen", "generate")
    assert "generated/ is up to date" in run(checkout, "-m", "fluent_ai_codegen", "generate", "--check")
    assert run(checkout, "-c", COUNTING) == "counted\n"
    assert run(checkout, "-c", SPELLING) == "spelt\n"
    page = (checkout / "docs" / "guides" / "reference" / "verbs.md").read_text()
    assert "## Counting\n\n`count`: How many words the text has.\n" in page
    assert "::: fluent_ai.Count\n\n::: fluent_ai.verbs.count.CountOptions\n" in page
