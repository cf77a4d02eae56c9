"""What `fluent-ai ask` takes besides a prompt: templates, schemas, attachments, documents, tools, options."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fluent_ai.cli.asking.code_blocks import code_block
from fluent_ai.cli.asking.schemas import read_schema
from fluent_ai.cli.asking.templates import parse_template
from fluent_ai.errors import ConfigError
from hypothesis import given
from hypothesis import strategies as st
from loopback import Provider

Run = Callable[..., subprocess.CompletedProcess[str]]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def ask(here: Run, manifest: Path) -> Run:
    return lambda *words: here("ask", "-m", "loop:echo", "--manifest", str(manifest), *words)


def content(provider: Provider) -> Any:
    return provider.requests[-1]["messages"][-1]["content"]


def test_what_is_piped_in_comes_before_the_prompt(cli: Run, manifest: Path) -> None:
    done = cli("ask", "Why?", "-m", "loop:echo", "--manifest", str(manifest), stdin="a diff\n")
    assert done.stdout == "You said: a diff\n\nWhy?\n"
    assert cli("ask", "-m", "loop:echo", "--manifest", str(manifest), stdin="alone\n").stdout == "You said: alone\n"


def test_the_configured_model_is_asked(here: Run, manifest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = here("ask", "hi", "--manifest", str(manifest))
    assert (refused.returncode, "fluent-ai config set models.chat" in refused.stderr) == (2, True)
    monkeypatch.setenv("FLUENT_AI_MODEL", "loop:echo")
    assert here("ask", "hi", "--manifest", str(manifest), "--why").stderr == "loop:echo, because of exact name\n"
    monkeypatch.delenv("FLUENT_AI_MODEL")
    monkeypatch.setenv("FLUENT_AI_PROVIDER", "loop")
    assert here("ask", "hi", "-m", "echo", "--manifest", str(manifest)).stdout == "You said: hi\n"


def test_a_query_asks_the_best_match_and_says_which(here: Run, manifest: Path) -> None:
    here("aliases", "set", "our-echo", "loop:echo")
    done = here("ask", "hi", "-q", "OUR", "-q", "ech", "--manifest", str(manifest))
    assert (done.stdout, done.stderr) == ("You said: hi\n", "asking loop:echo\n")
    refused = here("ask", "hi", "-q", "gpt-5.1", "--manifest", str(manifest))
    assert (refused.returncode, "no provider of these has a key: " in refused.stderr) == (2, True)
    assert "no model is called like 'our-eco'" in here("ask", "hi", "-q", "our-eco").stderr


def test_any_option(ask: Run, provider: Provider) -> None:
    assert ask("hi", "-o", "temperature=0.5", "-o", 'extra_body={"a": [1]}', "-o", "stop=end").returncode == 0
    sent = provider.requests[-1]
    assert (sent["temperature"], sent["a"], sent["stop"]) == (0.5, [1], ["end"])
    refused = ask("hi", "-o", "temperature")
    assert (refused.returncode, "allowed: name=value" in refused.stderr) == (2, True)


def test_attachments_are_told_apart_by_what_they_hold(ask: Run, provider: Provider, tmp_path: Path) -> None:
    (tmp_path / "photo.bin").write_bytes(PNG)
    (tmp_path / "notes.py").write_text("x = 1")
    assert ask("What?", "-a", "photo.bin", "-a", "notes.py").returncode == 0
    picture, text, prompt = content(provider)
    assert picture["image_url"]["url"].startswith("data:image/png;base64,")
    assert (text["text"], prompt["text"]) == ("notes.py:\n\nx = 1", "What?")
    for name, data in (("none.png", None), ("noise", b"\xff\x00\xfe")):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        refused = ask("What?", "-a", name)
        assert refused.returncode == 2
        assert name in refused.stderr


def test_documents_are_quoted(ask: Run, provider: Provider, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "milk.txt").write_text("The milk is in the cellar.")
    assert ask("Where is the milk?", "-f", "notes").returncode == 0
    assert "The milk is in the cellar." in json.dumps(provider.requests[-1])
    assert "Where is the milk?" in json.dumps(content(provider))


def test_a_schema_is_sent(ask: Run, provider: Provider, tmp_path: Path) -> None:
    (tmp_path / "dog.json").write_text('{"type": "object", "properties": {"name": {"type": "string"}}}')
    assert ask("A dog", "--schema", "dog.json").returncode == 0
    assert provider.requests[-1]["response_format"]["json_schema"]["schema"]["properties"]["name"] == {"type": "string"}
    ask("Dogs", "--schema-multi", "name, age int")
    items = provider.requests[-1]["response_format"]["json_schema"]["schema"]["properties"]["items"]["items"]
    assert list(items["properties"]) == ["name", "age"]


def test_schemas_in_short() -> None:
    fields = read_schema("name, age int: in years, score float, ok bool")
    assert fields["properties"] == {
        "name": {"type": "string"},
        "age": {"type": "integer", "description": "in years"},
        "score": {"type": "number"},
        "ok": {"type": "boolean"},
    }
    assert fields["required"] == ["name", "age", "score", "ok"]
    lines = read_schema("name: first, last\n\nage int")
    assert lines["properties"]["name"] == {"type": "string", "description": "first, last"}
    assert list(lines["properties"]) == ["name", "age"]


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ("name, age itn", "the type of age is 'itn'. Did you mean int?"),
        ("name, name", "name is there twice"),
        ("name,, age", "field 2, ''"),
        ("a b c", "field 1, 'a b c'"),
        ('{"type": ]', "--schema:1:10: not valid JSON"),
        ("dog.json", "there is no such file"),
    ],
)
def test_broken_schemas_say_where(schema: str, says: str) -> None:
    with pytest.raises(ConfigError, match=".*") as caught:
        read_schema(schema)
    assert says in caught.value.message


@given(st.text(max_size=40))
def test_any_text_is_a_schema_or_refused(text: str) -> None:
    try:
        assert read_schema(text)["properties"]
    except ConfigError:
        pass
    except KeyError:
        assert text.lstrip().startswith("{")


def test_code_alone() -> None:
    text = "Here:\n\n```py\nx = 1\n```\nor\n~~~~\ny\n```\nz\n~~~~\nbye"
    assert (code_block(text), code_block(text, last=True)) == ("x = 1", "y\n```\nz")
    assert code_block("no code") == "no code"


def test_extract_prints_the_code(cli: Run, manifest: Path) -> None:
    fenced = "Say:\n```\nx = 1\n```\n"
    assert cli("ask", "-x", "-m", "loop:echo", "--manifest", str(manifest), stdin=fenced).stdout == "x = 1\n"


TEMPLATE = """+++
system = "Be brief."
model = "loop:echo"
[options]
temperature = 0.5
+++
Review {what|this} {{as JSON}} for {who}:
{input}
"""


def test_a_template_is_filled_in(here: Run, manifest: Path, provider: Provider, tmp_path: Path) -> None:
    folder = Path(here("templates", "path").stdout.strip())
    folder.mkdir(parents=True)
    (folder / "review.md").write_text(TEMPLATE)
    (folder / "broken.md").write_text("Hi {\n")
    done = here("ask", "a diff", "-t", "review", "-p", "who=me", "--manifest", str(manifest))
    assert done.stdout == "You said: Review this {as JSON} for me:\na diff\n"
    sent = provider.requests[-1]
    assert (sent["messages"][0]["content"], sent["temperature"]) == ("Be brief.", 0.5)
    listed = json.loads(here("templates", "list", "--json").stdout)
    assert [each["name"] for each in listed] == ["broken", "review"]
    assert listed[0]["error"].startswith(f"{folder / 'broken.md'}:1:4: ")
    assert listed[1]["places"] == ["what", "who", "input"]
    assert here("templates", "show", "review").stdout == TEMPLATE
    for words, says in (
        (["-t", "review"], "review.md:7:36: {who} is not filled in; pass -p who=..."),
        (["-t", "review", "-p", "wo=x"], "has no place 'wo'. Did you mean who?"),
        (["-t", "reviw"], "Did you mean review?"),
        (["-p", "who=x"], "pass one with -t"),
        (["-t", "review", "-p", "who"], "allowed: name=text"),
    ):
        refused = here("ask", "a diff", "--manifest", str(manifest), *words)
        assert (refused.returncode, says in refused.stderr) == (2, True), refused.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\n b {", "t.md:2:4: a place has a name"),
        ("{}", "t.md:1:1: a place has a name"),
        ("{a {b}}", "t.md:1:1: a place has a name"),
        ("x }", "t.md:1:3: a brace that closes nothing"),
        ("+++\nsystem = 1\n+++\nx", "t.md: system is of type int"),
        ("+++\nsytem = 'x'\n+++\nx", "t.md: sytem is not known. Did you mean system"),
        ("+++\na = ]\n+++\nx", "t.md: not valid TOML: Invalid value (at line 2, column 5)"),
        ("+++\nx", "t.md:1:1: the head has no end"),
    ],
)
def test_broken_templates_say_line_and_column(text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=".*") as caught:
        parse_template(text, Path("t.md"))
    assert caught.value.message.startswith(says)


@given(st.text(st.characters(exclude_characters="\n", codec="utf-8")), st.text(st.sampled_from("ab{}|+ \n")))
def test_a_template_without_places_is_its_text(plain: str, wild: str) -> None:
    quoted = plain.replace("{", "{{").replace("}", "}}")
    if not quoted.startswith("+++"):
        assert parse_template(quoted, Path("t")).filled({}, "") == plain
    with suppress(ConfigError):
        parse_template(wild, Path("t"))


def test_errors_are_json_where_json_is_asked_for(ask: Run, here: Run) -> None:
    done = ask("hi", "--json", "-o", "temperature=9")
    assert (done.returncode, done.stdout) == (2, "")
    said = json.loads(done.stderr)["error"]
    assert (said["type"], said["message"]) == ("ConfigError", "temperature is 9; allowed: a number from 0 to 2")
    assert json.loads(here("models", "--json", "--limt").stderr)["error"]["type"] == "UsageError"


OURS = """
from os import path

def double(n: int) -> int:
    return n * 2

def _own(): ...
"""


def test_tools_are_named(ask: Run, provider: Provider, tmp_path: Path) -> None:
    (tmp_path / "ours.py").write_text(
        "from os import path\ndef double(n: int) -> int:\n    return n * 2\ndef _own(): ...\n"
    )
    done = ask("hi", "-T", "calculator", "-T", "python:ours.py", "-T", f"files:{tmp_path}", "--usage")
    assert (done.returncode, done.stdout) == (0, "You said: hi\n")
    names = [each["function"]["name"] for each in provider.requests[-1]["tools"]]
    assert names == ["calculator", "double", "read_file", "list_folder"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("calculatr", "Did you mean calculator?"),
        ("files", "allowed: files:PATH"),
        ("python:none.py", "No such file"),
        ("mcp", "allowed: mcp:COMMAND"),
    ],
)
def test_unknown_tools_are_refused(ask: Run, name: str, says: str) -> None:
    refused = ask("hi", "-T", name)
    assert (refused.returncode, says in refused.stderr) == (2, True), refused.stderr


def test_nothing_is_kept_unless_it_is_wanted(ask: Run, here: Run, tmp_path: Path) -> None:
    assert ask("hi").returncode == 0
    assert not (tmp_path / "home" / "chats.db").exists()
    refused = ask("hi", "-c")
    assert (refused.returncode, "keep one with --save" in refused.stderr) == (2, True)
    assert (here("config", "set", "save", "true").returncode, ask("hi").returncode) == (0, 0)
    assert (tmp_path / "home" / "chats.db").exists()


def test_a_chat_goes_on(ask: Run, here: Run, manifest: Path, provider: Provider) -> None:
    assert ask("one", "--save", "-s", "Be brief.", "-T", "calculator").stdout == "You said: one\n"
    done = here("ask", "two", "-c", "--manifest", str(manifest))
    assert (done.returncode, done.stdout) == (0, "You said: two\n"), done.stderr
    sent = [(each["role"], each["content"]) for each in provider.requests[-1]["messages"]]
    assert sent == [("system", "Be brief."), ("user", "one"), ("assistant", "You said: one"), ("user", "two")]
    logged = json.loads(here("logs", "--json").stdout)
    assert [(each["prompt"], each["reply"], each["model"]) for each in logged] == [
        ("one", "You said: one", "loop:m"),
        ("two", "You said: two", "loop:m"),
    ]
    assert here("logs", "-r", "-n", "1").stdout == "You said: two\n"
    assert "chat " + logged[0]["chat"][:8] in here("logs").stdout
    assert here("ask", "three", "--chat", logged[0]["chat"][:6], "--manifest", str(manifest)).returncode == 0
    assert len(provider.requests[-1]["messages"]) == 6
    assert "exclude each other" in ask("hi", "-c", "--no-save").stderr


def test_a_kept_answer_is_the_same_json(ask: Run) -> None:
    plain, kept = (json.loads(ask("hi", "--json", *words).stdout) for words in ([], ["--save"]))
    assert plain.keys() == kept.keys()
    assert (plain["text"], plain["parts"]) == (kept["text"], kept["parts"])
