"""`fluent-ai ask` as its own process against a loopback provider."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from fluent_ai.cli import terminal
from fluent_ai.content.printable import STEERING
from loopback import Provider

Cli = Callable[..., subprocess.CompletedProcess[str]]


def test_streams_the_reply_to_a_pipe_as_plain_text(cli: Cli, manifest: Path) -> None:
    done = cli("ask", "-m", "loop:echo", "Grüße 🌍", "--manifest", str(manifest))
    assert (done.returncode, done.stdout, done.stderr) == (0, "You said: Grüße 🌍\n", "")


def test_options_reach_the_provider(cli: Cli, manifest: Path, provider: Provider) -> None:
    flags = {"--system": "Short.", "--temperature": 0.5, "--top-p": 0.9, "--max-tokens": 7, "--seed": 1}
    options = [str(word) for flag in flags.items() for word in flag] + ["--stop", "A", "--stop", "B"]
    assert cli("ask", "-m", "loop:echo", "hi", "--manifest", str(manifest), *options).returncode == 0
    (request,) = provider.requests
    assert request["messages"][0] == {"role": "system", "content": "Short."}
    wanted = {"temperature": 0.5, "top_p": 0.9, "max_tokens": 7, "stop": ["A", "B"], "seed": 1}
    assert {name: request[name] for name in wanted} == wanted


def test_dash_reads_the_prompt_from_standard_input(cli: Cli, manifest: Path) -> None:
    done = cli("ask", "-m", "loop:echo", "-", "--manifest", str(manifest), stdin="from\na file")
    assert done.stdout == "You said: from\na file\n"


def test_without_streaming_the_output_is_the_same(cli: Cli, manifest: Path) -> None:
    done = cli("ask", "-m", "loop:echo", "hi", "--manifest", str(manifest), "--no-stream")
    assert done.stdout == "You said: hi\n"


def test_json_is_one_document_with_the_whole_reply(cli: Cli, manifest: Path) -> None:
    reply = json.loads(cli("ask", "-m", "loop:echo", "hi", "--manifest", str(manifest), "--json").stdout)
    assert reply["text"] == "You said: hi"
    assert reply["finish_reason"] == "stop"
    assert reply["usage"]["input_tokens"] == 3
    assert reply["provider"] == "loop"


def test_events_are_one_json_a_line(cli: Cli, manifest: Path) -> None:
    done = cli("ask", "-m", "loop:echo", "hi", "--manifest", str(manifest), "--events")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event["type"] for event in events]
    assert (kinds[0], kinds[-1]) == ("stream_start", "finish")
    assert "".join(event["text"] for event in events if event["type"] == "text_delta") == "You said: hi"


def test_json_escapes_what_would_steer_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    said = {"text": "a\x1b[2J\x9b31m\u202eb\x7f\u2066é"}
    terminal.json_line(said)
    terminal.json_document(said)
    shown = capsys.readouterr().out
    assert not STEERING.search(shown)
    assert "é" in shown
    line, _, document = shown.partition("\n")
    assert json.loads(line) == json.loads(document) == said


def test_usage_is_said_on_stderr(cli: Cli, manifest: Path) -> None:
    done = cli("ask", "-m", "loop:echo", "hi", "--manifest", str(manifest), "--usage")
    assert done.stdout == "You said: hi\n"
    assert done.stderr.startswith("3 tokens in, 12 tokens out, ")


def test_base_url_replaces_the_address(cli: Cli, provider: Provider, environment: dict[str, str]) -> None:
    environment["GROQ_API_KEY"] = "k"
    done = cli("ask", "-m", "groq:any", "hi", "--base-url", provider.url)
    assert done.stdout == "You said: hi\n"


def test_what_a_pipe_gets_is_what_the_model_said(cli: Cli, manifest: Path) -> None:
    assert cli("ask", "-m", "loop:escape", "hi", "--manifest", str(manifest)).stdout == "\x1b[31mred\x07\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["loop:denied", "hi"], 1, "fluent-ai providers"),
        (["loop:down", "hi", "--retries", "0"], 1, "try again later"),
        (["loop:html", "hi"], 1, "HTML page"),
        (["loop:cut", "hi"], 1, "end"),
        (["loop:echo", "hi", "--temperature", "9"], 2, "temperature is 9.0; allowed: a number from 0 to 2"),
        (["loop:echo", "hi", "--temperature", "warm"], 2, "'--temperature'"),
        (["loop:echo", "hi", "--timeout", "-1"], 2, "timeout"),
        (["loop:echo", "hi", "-x", "--events"], 2, "exclude"),
        (["loop:echo"], 2, "nothing is asked"),
        (["looop:echo", "hi"], 2, "id you mean loop?"),
        (["echo", "hi"], 2, "provider:model"),
        (["loop:echo", "hi", "--base-url", "ftp://x"], 2, "an http(s) URL"),
        (["loop:echo", "hi", "--base-url", "http://127.0.0.1:9", "--retries", "0"], 1, "check the network"),
        (["loop:echo", "hi", "--manifest", "missing.toml"], 2, "missing.toml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_failures_are_one_line_with_the_way_out(
    cli: Cli, manifest: Path, arguments: list[str], code: int, says: str
) -> None:
    done = cli("ask", "-m", *arguments, "--manifest", str(manifest))
    assert done.returncode == code
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def test_missing_key_names_the_variable(cli: Cli, manifest: Path, environment: dict[str, str]) -> None:
    del environment["LOOP_API_KEY"]
    done = cli("ask", "-m", "loop:echo", "hi", "--manifest", str(manifest))
    assert done.returncode == 2
    assert "Set LOOP_API_KEY" in done.stderr


def test_what_came_before_a_cut_is_printed_on_its_own_line(cli: Cli, manifest: Path) -> None:
    done = cli("ask", "-m", "loop:cut", "hi", "--manifest", str(manifest))
    assert done.stdout == "half a \n"


def test_prompt_that_is_no_text(cli: Cli, manifest: Path) -> None:
    done = cli("ask", "-m", "loop:echo", "-", "--manifest", str(manifest), stdin=b"\xff")
    assert (done.returncode, done.stderr) == (2, "error: the prompt on standard input is not UTF-8 (byte 0)\n")
