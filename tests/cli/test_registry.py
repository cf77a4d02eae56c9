"""`models` by every filter, `compare`, `cost`, `cheapest` and `registry`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import fluent_ai as ai
import pytest
from catalogs import write_catalog
from fluent_ai.cli import app
from fluent_ai.registry import shared as registry
from fluent_ai.registry.facts import ModelInfo, Prices
from fluent_ai.registry.finding import Filters
from loopback import MANIFEST, Provider

Cli = Callable[..., subprocess.CompletedProcess[str]]
OVERLAY = """
[[model]]
id = "big"
[model.facts]
kind = "chat"
context_window = 200000
input_modalities = ["text", "image"]
output_modalities = ["text"]
tools = true
released = 2026-01-01
knowledge_cutoff = 2025-06-01
prices = { input = 3.0, output = 15.0, cache_read = 0.3 }

[[model]]
id = "small"
[model.facts]
kind = "chat"
context_window = 8000
tools = false
prices = { input = 0.1, output = 0.2 }
retires_on = 2026-02-01

[[model]]
id = "blank"
[model.facts]
name = "Blank"
"""


@pytest.fixture(autouse=True)
def _acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Models of a provider `acme`, in a registry of this test alone."""
    path = tmp_path / "acme.toml"
    path.write_text(OVERLAY)
    own = ai.models.Registry(overlays=[path], live=tmp_path / "live")
    for name in ("find", "get", "list", "cost", "cheapest", "compare"):
        monkeypatch.setattr(registry, name, getattr(own, name))
    monkeypatch.setattr(registry, "default", own)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[list[str]]:
    assert app.run(arguments) == code
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def parsed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert app.run([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--tools"], ["acme:big"]),
        (["--no-tools"], ["acme:small"]),
        (["--vision"], ["acme:big"]),
        (["--kind", "chat", "--max-output-price", "1"], ["acme:small"]),
        (["--input-modalities", "image", "--input-modalities", "text"], ["acme:big"]),
        (["--output-modalities", "text"], ["acme:big"]),
        (["--min-context", "8001"], ["acme:big"]),
        (["--released-after", "2025-12-31"], ["acme:big"]),
        (["--knowledge-after", "2025-06-01"], []),
        (["--available-on", "2026-01-15"], ["acme:big", "acme:blank", "acme:small"]),
        (["--available-on", "2026-02-01"], ["acme:big", "acme:blank"]),
        (["--sort", "-input-price"], ["acme:big", "acme:small", "acme:blank"]),
        (["--sort", "kind", "--sort", "input_price", "--limit", "1"], ["acme:small"]),
        (["smal"], ["acme:small"]),
    ],
)
def test_models_by_every_filter(capsys: pytest.CaptureFixture[str], options: list[str], expected: list[str]) -> None:
    _, *rows = printed(capsys, "models", "--provider", "acme", *options)
    assert [row[0] for row in rows] == expected


@pytest.mark.parametrize("command", ["models", "cheapest"])
def test_every_filter_is_an_option(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert app.run([command, "--help"]) == 0
    text = capsys.readouterr().out
    for name in Filters.__annotations__:
        assert f"--{name.replace('_', '-')}"[:20] in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["models", "--sort", "contxt"], "sort is 'contxt'. Did you mean context_window"),
        (["models", "--kind", "chatt"], "kind is 'chatt'. Did you mean chat"),
        (["models", "--min-context", "-5"], "min_context is -5; allowed: a number from 0"),
        (["models", "--released-after", "soon"], "does not match the format"),
        (["models", "--limit", "0"], "limit is 0; allowed"),
        (["compare", "acme:bigg"], "Did you mean big?"),
        (["registry", "why", "acme:big", "contxt"], "fact 'contxt' does not exist. Did you mean"),
        (["registry", "why", "acme:big", "pdf"], "no source states 'pdf' for acme:big"),
        (["registry", "diff", "/nowhere/a", "/nowhere/b"], "/nowhere/a: there is no such file or folder"),
        (["cost", "acme:nothing"], "is not in the registry"),
    ],
)
def test_wrong_arguments_are_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert app.run(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert error.count("\n") == 1
    assert message in error


def test_compare(capsys: pytest.CaptureFixture[str]) -> None:
    header, *rows = printed(capsys, "compare", "acme:big", "acme:small")
    assert header == ["fact", "acme:big", "acme:small"]
    said = {fact: values for fact, *values in rows}
    assert said["context_window"] == ["200000", "8000"]
    assert said["prices.input"] == ["3", "0.1"]
    assert "kind" not in said
    _, *rows = printed(capsys, "compare", "acme:big", "acme:small", "--all")
    assert ["kind", "chat", "chat"] in rows
    differ = {row["fact"]: row["models"] for row in parsed(capsys, "compare", "acme:big", "acme:small")}
    assert differ["tools"] == {
        "acme:big": {"value": True, "status": "single"},
        "acme:small": {"value": False, "status": "single"},
    }


def test_cost_of_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys, "cost", "acme:big", "-i", "1000", "-o", "100", "--cache-read", "1000")
    assert rows == [
        ["price", "USD"], ["input", "0.003"], ["output", "0.0015"], ["cache_read", "0.0003"], ["total", "0.0048"],
    ]  # fmt: skip
    assert printed(capsys, "cost", "acme:small", "-i", "10", "--cache-read", "1")[-1] == ["total", "unknown"]
    assert app.run(["cost", "acme:big", "-i", "1000000", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["currency"], found["estimated"]) == (3.0, "USD", True)


def test_what_is_unknown_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["cost", "acme:blank", "-i", "5"]) == 0
    assert capsys.readouterr().err == "no price of acme:blank is known\n"


def test_cost_of_a_reply(cli: Cli) -> None:
    reply = {
        "text": "hi",
        "provider": "local",
        "model": "smollm2-135m",
        "usage": {"input_tokens": 3, "output_tokens": 1},
    }
    done = cli("cost", "-", stdin=json.dumps(reply))
    assert done.stdout.splitlines()[-1] == "total\t0"
    stated = reply | {"usage": {"cost": 0.25}}
    assert cli("cost", "-", stdin=json.dumps(stated)).stdout.splitlines()[-1] == "total, says the provider\t0.25"
    refused = cli("cost", "-", stdin="hello")
    assert refused.returncode == 2
    assert "is not a reply from `ask --json`" in refused.stderr


def test_cheapest(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--provider", "acme", "--available-on", "2026-01-15"]
    _, *rows = printed(capsys, "cheapest", "-i", "1000", "-o", "1000", *options)
    assert rows == [["acme:small", "0.0003", ""], ["acme:big", "0.018", "tools vision"]]
    found = parsed(capsys, "cheapest", "-i", "1000", *options, "--tools")
    assert found == [{"model": "acme:big", "total": 0.003, "parts": {"input": 0.003}}]
    assert app.run(["cheapest", *options]) == 2


def test_why(capsys: pytest.CaptureFixture[str]) -> None:
    title, header, row = printed(capsys, "registry", "why", "acme:big", "context_window")
    assert title == ["acme:big: context_window = 200000 (single)"]
    assert header == ["", "who", "on", "as", "says", "at"]
    assert row[:2] == ["believed", f"user overlay {row[-1].removeprefix('file://')}"]
    assert app.run(["registry", "why", "acme:big", "vision"]) == 0
    assert "inferred from input_modalities" in capsys.readouterr().err


def test_conflicts_and_stale(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    registry.default.define("acme:big", context_window=100)
    _, row = printed(capsys, "registry", "conflicts", "acme")
    assert row[:4] == ["acme:big", "context_window", "100", "user"]
    assert row[4].startswith("user overlay ")
    assert row[4].endswith("says 200000")
    assert parsed(capsys, "registry", "conflicts", "acme")[0]["model"] == "acme:big"
    _, *rows = printed(capsys, "registry", "stale", "acme", "--on", "2099-01-01")
    assert {row[0] for row in rows} == {"acme"}
    assert printed(capsys, "registry", "stale", "acme", "--days", "99999") == [
        ["provider", "said by", "on", "days", "models", "at"]
    ]
    assert parsed(capsys, "registry", "stale", "acme", "--on", "2099-01-01")[0]["provider"] == "acme"


def test_diff(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    old = [ModelInfo(id="a", prices=Prices(input=1.0)), ModelInfo(id="b")]
    new = [ModelInfo(id="a", prices=Prices(input=2.0), retires_on=date(2027, 1, 1)), ModelInfo(id="c")]
    write_catalog(tmp_path / "old", "groq", old)
    write_catalog(tmp_path / "new", "groq", new)
    _, *rows = printed(capsys, "registry", "diff", str(tmp_path / "old"), str(tmp_path / "new"))
    assert rows == [
        ["repriced", "groq:a", "prices.input", "1", "2"],
        ["retiring", "groq:a", "retires_on", "", "2027-01-01"],
        ["gone", "groq:b", "", "", ""],
        ["new", "groq:c", "", "", ""],
    ]
    same = parsed(capsys, "registry", "diff", str(tmp_path / "new"), str(tmp_path / "new" / "groq.json"))
    assert same == []


def test_known(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    header, *rows = printed(capsys, "registry", "known", "--by-provider")
    assert header == ["provider", "fact", "known"]
    assert [row[1:] for row in rows if row[0] == "acme"][:3] == [["models", "3"], ["name", "1"], ["kind", "2"]]
    write_catalog(tmp_path / "old", "groq", [ModelInfo(id="a", prices=Prices(input=1.0)), ModelInfo(id="b")])
    write_catalog(tmp_path / "new", "groq", [ModelInfo(id="a", tools=True)])
    write_catalog(tmp_path / "new", "acme", [ModelInfo(id="c", tools=False)])
    states = (str(tmp_path / "old"), str(tmp_path / "new"))
    assert printed(capsys, "registry", "known", *states) == [
        ["fact", "before", "known", "more"],
        ["models", "2", "2", "+0"],
        ["prices", "1", "0", "-1"],
        ["prices.input", "1", "0", "-1"],
        ["tools", "0", "2", "+2"],
    ]
    assert printed(capsys, "registry", "known", *states, "--by-provider")[1:3] == [
        ["acme", "models", "0", "1", "+1"],
        ["acme", "tools", "0", "1", "+1"],
    ]
    assert parsed(capsys, "registry", "known", *states)[2] == {
        "provider": None,
        "fact": "prices.input",
        "known": 0,
        "before": 1,
    }
    assert printed(capsys, "registry", "known")[0] == ["fact", "known"]
    assert app.run(["registry", "known", str(tmp_path / "nowhere")]) == 2


def test_refresh(
    capsys: pytest.CaptureFixture[str], provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "loop.toml"
    path.write_text(MANIFEST.format(url=provider.url))
    monkeypatch.setenv("LOOP_API_KEY", "k")
    ai.register_provider(path)
    try:
        assert printed(capsys, "registry", "refresh", "loop") == [["new", "loop:echo"]]
        assert printed(capsys, "registry", "refresh", "loop") == []
        assert app.run(["registry", "refresh", "loop", "--max-age", "0", "--json"]) == 0
        assert capsys.readouterr().out == ""
    finally:
        ai.unregister_provider("loop")
