"""fetch against the recorded list answers, as the replay server plays them, with its faults switched on one by one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from fluent_ai.cli.app import run
from fluent_ai_codegen.cache import Cache, read_caches
from fluent_ai_codegen.specs import load_specs

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
REPLAY = SHARED / "tools" / "replay_lists.py"
MANIFESTS = load_specs(ROOT / "specs").manifests
LISTED = [manifest.id for manifest in MANIFESTS if manifest.model_list]


def is_recorded(provider: str) -> bool:
    """Whether the provider itself sent the list, and it is no example from documentation."""
    path = SHARED / "data" / "model-lists" / provider / "meta.json"
    return path.exists() and not json.loads(path.read_text())["example"]


RECORDED = [provider for provider in LISTED if is_recorded(provider)]

pytestmark = pytest.mark.skipif(not REPLAY.exists(), reason=f"the recorded lists are not here: {REPLAY}")


@pytest.fixture(scope="module")
def replay() -> Iterator[str]:
    with subprocess.Popen([sys.executable, str(REPLAY)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture
def checkout(tmp_path: Path, replay: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Only the specs; every provider has a key, and an account where its address needs one."""
    (tmp_path / "specs").symlink_to(ROOT / "specs")
    for manifest in MANIFESTS:
        for name in manifest.auth.env:
            monkeypatch.setenv(name, "a-key-for-tests")
        for variable in manifest.variables.values():
            for name in variable.env:
                monkeypatch.delenv(name, raising=False)
            if not variable.choices:
                monkeypatch.setenv(variable.env[0], "us-east-1" if variable.public else "my-account")
    control(replay, "reset=1")
    return tmp_path


def control(replay: str, query: str) -> None:
    with urlopen(f"{replay}/_control?{query}") as answer:
        assert answer.status == 200


def fetch(checkout: Path, replay: str, *arguments: str) -> int:
    return run(["fetch", "--root", str(checkout), "--base-url", replay, "--force", *arguments])


def facts(caches: dict[str, Cache]) -> dict[str, object]:
    return {name: (cache.url, cache.pages, cache.models) for name, cache in caches.items()}


def test_the_committed_cache_is_what_the_recordings_say(checkout: Path, replay: str) -> None:
    assert fetch(checkout, replay, *RECORDED) == 0
    committed = read_caches(ROOT / "cache")
    assert facts(read_caches(checkout / "cache")) == facts(committed)
    assert "my-account" not in str(facts(read_caches(checkout / "cache")))


def test_no_example_from_documentation_is_a_fact() -> None:
    examples = {provider for provider in LISTED if not is_recorded(provider)}
    assert examples, "the shapes of lists that were never recorded"
    assert sorted(read_caches(ROOT / "cache")) == sorted(RECORDED)


def test_lists_that_are_only_documented_can_be_read(checkout: Path, replay: str) -> None:
    """Their shapes serve live lists; what the examples say stays in this test."""
    examples = [name for name in LISTED if not is_recorded(name) and (SHARED / "data" / "model-lists" / name).exists()]
    assert fetch(checkout, replay, *examples) == 0
    assert set(read_caches(checkout / "cache")) == set(examples)


def test_small_pages_give_the_same_models(checkout: Path, replay: str) -> None:
    (checkout / "specs").unlink()
    (checkout / "specs" / "providers").mkdir(parents=True)
    sizes = {"anthropic": "3", "gemini": "7", "cohere": "10", "cloudflare": "20"}
    for path in (ROOT / "specs" / "providers").glob("*.toml"):
        text = re.sub('"1000?"', f'"{sizes[path.stem]}"', path.read_text()) if path.stem in sizes else path.read_text()
        (checkout / "specs" / "providers" / path.name).write_text(text)
    assert fetch(checkout, replay, *sizes) == 0
    small, whole = read_caches(checkout / "cache"), read_caches(ROOT / "cache")
    # Cloudflare's last page is the empty one.
    for name, pages in (("anthropic", 4), ("gemini", 8), ("cohere", 4), ("cloudflare", 5)):
        assert len(small[name].pages) == pages
        assert small[name].models == whole[name].models


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("mode=status&status=404", "404"),
        ("mode=html", "HTML page"),
        ("mode=invalid", "broken JSON"),
        ("mode=status&status=429&retry_after=3600", "429"),
    ],
)
@pytest.mark.parametrize("broken", RECORDED)
def test_a_fault_fails_its_provider_alone(
    checkout: Path, replay: str, capsys: pytest.CaptureFixture[str], broken: str, fault: str, reason: str
) -> None:
    other = "groq" if broken != "groq" else "openai"
    control(replay, f"provider={broken}&times=0&{fault}")
    assert fetch(checkout, replay, broken, other) == 1
    shown = capsys.readouterr().err
    assert shown.startswith(f"{broken}: {replay}/{broken}/")
    assert reason in shown
    assert shown.endswith(f"or add --hold {broken}\n")
    assert set(read_caches(checkout / "cache")) == {other}


@pytest.mark.parametrize("fault", ["mode=reset", "mode=truncate", "mode=status&status=503&retry_after=0"])
def test_a_passing_fault_is_ridden_out(checkout: Path, replay: str, fault: str) -> None:
    control(replay, f"provider=mistral&times=1&{fault}")
    assert fetch(checkout, replay, "mistral") == 0


def test_a_second_fetch_finds_nothing_modified(checkout: Path, replay: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(checkout, replay, *RECORDED) == 0
    capsys.readouterr()
    assert fetch(checkout, replay, *RECORDED) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()[1:]]
    assert {row[0]: (row[1], row[3]) for row in rows} == dict.fromkeys(RECORDED, ("not modified", "0"))


@pytest.mark.parametrize("provider", [name for name in RECORDED if name not in ("ollama", "openrouter")])
def test_a_wrong_key_is_said_so(
    checkout: Path, replay: str, provider: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = next(row for row in MANIFESTS if row.id == provider)
    monkeypatch.setenv(manifest.auth.env[0], "bad-key-0123456789")
    assert fetch(checkout, replay, provider) == 1
    shown = capsys.readouterr().err
    assert "40" in shown
    assert "bad-key-0123456789" not in shown
