"""`models`, `show`, `providers` and `pull`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.cli import app, terminal
from loopback import KEY

Cli = Callable[..., subprocess.CompletedProcess[str]]


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert app.run([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    return found


def test_models_are_tab_separated_in_a_pipe(cli: Cli) -> None:
    header, *models = rows(cli("models", "--provider", "groq").stdout)
    assert header == ["model", "context", "input $/M", "output $/M", "can"]
    assert [model[0] for model in models] == sorted(f"groq:{info.id}" for info in ai.models.list("groq"))


def test_conditions_are_those_of_the_registry(capsys: pytest.CaptureFixture[str]) -> None:
    found = listed(capsys, "models", "--tools", "--min-context", "200000", "--max-input-price", "1")
    same = ai.models.find(tools=True, min_context=200_000, max_input_price=1.0)
    assert {model["model"] for model in found} == {info.full_name for info in same}
    assert found


def test_text_narrows_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    found = listed(capsys, "models", "CLAUDE", "--provider", "anthropic")
    assert found
    assert all("claude" in str(model["id"]) for model in found)


@pytest.mark.parametrize(
    ("order", "fact", "descending"),
    [
        ("-context-window", "context_window", True),
        ("context_window", "context_window", False),
        ("-released", "released", True),
        ("id", "model", False),
    ],
)
def test_order_with_unknown_values_last(
    capsys: pytest.CaptureFixture[str], order: str, fact: str, descending: bool
) -> None:
    values = [model.get(fact) for model in listed(capsys, "models", "--provider", "openrouter", "--sort", order)]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == known
    assert known == sorted(known, reverse=descending)  # type: ignore[type-var]


@pytest.mark.parametrize("kind", ["input", "output"])
def test_order_by_price(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    models = listed(capsys, "models", "--provider", "openrouter", "--sort", f"{kind}-price")
    prices = [price for model in models if (price := model.get("prices", {}).get(kind)) is not None]  # type: ignore[attr-defined]
    assert prices == sorted(prices)


def test_show_says_each_fact_with_its_source(cli: Cli) -> None:
    name = ai.models.find(provider="openrouter", tools=True, max_input_price=1.0)[0].full_name
    title, header, *facts = rows(cli("show", name).stdout)
    info = ai.models.get(name)
    assert title == [name]
    assert header == ["fact", "value", "said by", "on", "others", "at"]
    assert {fact.partition(".")[0] for fact, *_ in facts} == set(info.sources)
    said = {fact: (value, who) for fact, value, who, *_ in facts}
    assert said["tools"] == ("yes", info.sources["tools"].who)
    assert info.prices is not None
    assert said["prices.input"][0] == f"{info.prices.input:g}"


def test_show_as_json(cli: Cli) -> None:
    model = json.loads(cli("show", "local:smollm2-135m", "--json").stdout)
    assert model["model"] == "local:smollm2-135m"
    assert set(model["sources"]) <= set(model)


def test_unknown_model_and_provider(cli: Cli) -> None:
    done = cli("show", "local:smollm2-135n")
    assert done.returncode == 2
    assert "id you mean smollm2-135m?" in done.stderr
    assert cli("models", "--provider", "gorq").returncode == 2


def test_providers_say_what_is_missing_and_never_the_key(cli: Cli, manifest: Path) -> None:
    _, *providers = rows(cli("providers", "--manifest", str(manifest)).stdout)
    state = {provider: (state, reason) for provider, _, state, reason in providers}
    assert state["loop"] == ("ready", "key found")
    assert state["openai"] == ("not ready", "no key: set OPENAI_API_KEY")
    assert state["local"] == ("ready", "no key needed")


def test_providers_check_calls_those_that_are_ready(
    manifest: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOOP_API_KEY", KEY)
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("OLLAMA_BASE_URL", "http://127.0.0.1:9")
    command = ["providers", "--check", "--retries", "0", "--manifest", str(manifest)]
    assert app.run([*command, "--json"]) == 1
    answers = {answer["id"]: answer for answer in json.loads(capsys.readouterr().out)}
    assert (answers["loop"]["answers"], answers["loop"]["models"]) == (True, 1)
    assert answers["ollama"]["answers"] is False
    assert answers["ollama"]["problem"] == "connection"
    assert "check the network" in answers["ollama"]["error"]
    assert "answers" not in answers["openai"]
    assert app.run(command) == 1
    _, *table = rows(capsys.readouterr().out)
    state = {provider: (state, reason) for provider, _, state, reason in table}
    assert state["loop"][0] == "answers"
    assert state["loop"][1].startswith("1 models in ")
    assert state["ollama"][0] == "failed: connection"


def test_pull_prints_where_the_weights_are(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "own.gguf"
    file.touch()
    done = cli("pull", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{file}\n", "")


def test_pull_of_an_unknown_model(cli: Cli) -> None:
    done = cli("pull", "smollm3")
    assert done.returncode == 1
    assert done.stderr.startswith("error: no local model 'smollm3'")


def test_pulled_models_are_listed_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fluent_ai_local.catalog.weights import KNOWN

    def printed(*arguments: str) -> str:
        assert app.run(arguments) == 0
        return capsys.readouterr().out

    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path))

    model = KNOWN["smollm2-135m"]
    file = tmp_path / "models" / model.sha256[:16] / Path(model.member).name
    file.parent.mkdir(parents=True)
    with file.open("wb") as weights:
        weights.truncate(model.size)
    head, first, *others = rows(printed("list"))
    assert head == ["model", "name", "size", "licence", "on disk"]
    assert first == ["local:smollm2-135m", "SmolLM2-135M-Instruct", "98.4 MB", "apache-2.0", str(file)]
    assert {row[0]: row[4] for row in others} == {"local:gemma3-270m": "", "local:all-minilm-l6-v2": ""}
    assert json.loads(printed("list", "--json"))[0] == {
        "id": "smollm2-135m", "name": model.name, "license": model.license, "size": model.size, "path": str(file),
    }  # fmt: skip
    assert printed("remove", "local:smollm2-135m") == "removed local:smollm2-135m, 98.4 MB\n"
    assert not file.exists()
    assert printed("remove", "smollm2-135m") == "local:smollm2-135m is not on this disk\n"


@pytest.mark.parametrize(
    ("model", "code", "message"),
    [
        ("smollm2", 1, "error: no local model 'smollm2'; did you mean smollm2-135m?"),
        ("ollama:llama3.2", 2, "error: model = 'ollama:llama3.2'; only models of the provider local can be removed"),
        ("./own.gguf", 2, "error: model = './own.gguf' is a path; only known models can be removed"),
    ],
)
def test_removing_what_was_not_pulled(capsys: pytest.CaptureFixture[str], model: str, code: int, message: str) -> None:
    assert app.run(["remove", model]) == code
    assert capsys.readouterr().err.startswith(message)


def test_line_breaks_and_tabs_stay_inside_their_cell(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.table(("a", "b"), [("one\ttwo", "three\nfour\x1b[0m")])
    assert capsys.readouterr().out == "a\tb\none two\tthree four[0m\n"
