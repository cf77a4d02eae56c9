"""fetch against the recorded list answers, as the replay server plays them, with its faults switched on one by one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import msgspec
import pytest
from fluent_ai.cli.app import run
from fluent_ai.http.messages import Timeouts
from fluent_ai.manifest.schema import Auth, Manifest
from fluent_ai.registry.lists import parse
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai_codegen.fetch.jobs import FetchOptions
from fluent_ai_codegen.fetch.report import Report
from fluent_ai_codegen.fetch.run import list_jobs
from fluent_ai_codegen.fetch.run import run as run_jobs
from fluent_ai_codegen.files.cache import Cache, read_caches
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.specs import load_specs
from recordings import REASON, recorded

ROOT = Path(__file__).parents[2]
LISTS = recorded("model-lists")
REPLAY = recorded("..", "tools", "replay_lists.py")
MANIFESTS = load_specs(ROOT / "specs").manifests
LISTED = [manifest.id for manifest in MANIFESTS if manifest.model_list]


def is_recorded(provider: str) -> bool:
    """Whether the provider itself sent the list, and it is no example from documentation."""
    path = LISTS / provider / "meta.json"
    return path.exists() and not json.loads(path.read_text())["example"]


RECORDED = [provider for provider in LISTED if is_recorded(provider)]

pytestmark = pytest.mark.skipif(not REPLAY.exists(), reason=REASON)


@pytest.fixture(scope="module")
def replay() -> Iterator[str]:
    with subprocess.Popen([sys.executable, str(REPLAY)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture
def checkout(tmp_path: Path, replay: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Only the specs."""
    (tmp_path / "specs").symlink_to(ROOT / "specs")
    set_keys(monkeypatch)
    control(replay, "reset=1")
    return tmp_path


def set_keys(patch: pytest.MonkeyPatch) -> None:
    """Every provider has a key, and an account where its address needs one."""
    for manifest in MANIFESTS:
        for name in (name for method in manifest.auth.methods for name in method.env):
            patch.setenv(name, "a-key-for-tests")
        patch.setenv("A_TOKEN", "a-key-for-tests")
        for variable in manifest.variables.values():
            for name in variable.env:
                patch.delenv(name, raising=False)
            if variable.env and not variable.choices:
                patch.setenv(variable.env[0], "us-east-1" if variable.public else "my-account")


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
    examples = [name for name in PLAYED if not is_recorded(name)]
    assert [report.reason for report in ask(checkout, replay, *examples) if report.error] == []
    assert set(read_caches(checkout / "cache")) == set(examples)
    assert len(read_caches(checkout / "cache")["vertexai"].models) == 38


@pytest.mark.parametrize("provider", ["hunyuan", "zhipuai"])
def test_a_list_that_no_documentation_confirms_would_be_of_a_known_shape(provider: str) -> None:
    """Their manifests name no list: one that fails would hold every regeneration up."""
    assert provider not in LISTED
    body = (LISTS / provider / "models.json").read_bytes()
    assert all(model.released is None for model in parse("openai", body, provider))


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


def with_a_token(manifest: Manifest) -> Manifest:
    """Tokens of identity services have tests of their own; here one is given."""
    if manifest.auth.env or not manifest.auth.required:
        return manifest
    return msgspec.structs.replace(manifest, auth=Auth(env=("A_TOKEN",)))


PLAYED = [name for name in LISTED if (LISTS / name / "meta.json").exists()]
FAULTS = {
    "mode=status&status=500": "500",
    "mode=truncate": "peer closed connection",
    "mode=invalid": "broken JSON",
    "mode=html": "HTML page",
    "mode=slow&delay=0.7": "first_byte",
    "mode=reset": "127.0.0.1",
}
HASTY = FetchOptions(force=True, policy=RetryPolicy(retries=0), timeouts=Timeouts(2, 0.5, 2, 2, 2), limit=20.0)


@pytest.fixture(scope="module")
def good(replay: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caches of everything that is played."""
    folder = tmp_path_factory.mktemp("good")
    with pytest.MonkeyPatch.context() as patch:
        set_keys(patch)
        patient = replace(HASTY, timeouts=Timeouts(10, 10, 10, 10, 10))
        assert [report.reason for report in ask(folder, replay, *PLAYED, options=patient) if report.error] == []
    return folder / "cache"


def ask(folder: Path, replay: str, *names: str, options: FetchOptions = HASTY) -> list[Report]:
    layout, options = Layout(folder), replace(options, base_url=replay)
    chosen = [with_a_token(manifest) for manifest in MANIFESTS if manifest.id in names]
    return run_jobs(list_jobs(chosen, read_caches(layout.cache), layout, options), layout, options)


@pytest.mark.parametrize(("fault", "reason"), FAULTS.items(), ids=lambda text: text.partition("&")[0])
@pytest.mark.parametrize("broken", PLAYED)
def test_a_fault_fails_its_provider_alone_and_its_cache_stays(
    checkout: Path, replay: str, good: Path, broken: str, fault: str, reason: str
) -> None:
    other = "groq" if broken != "groq" else "openai"
    shutil.copytree(good, checkout / "cache")
    before = (checkout / "cache" / f"{broken}.json").read_bytes()
    control(replay, f"provider={broken}&times=0&{fault}")
    reports = {report.provider: report for report in ask(checkout, replay, broken, other)}
    failed = reports[broken]
    assert (failed.status, reports[other].status) == ("failed", "updated")
    assert failed.error is not None
    assert reason in f"{failed.reason} {getattr(failed.error, 'stage', '')}"
    assert failed.error.provider == broken
    assert failed.url.startswith(f"{replay}/{broken}/")
    assert (checkout / "cache" / f"{broken}.json").read_bytes() == before


def test_a_fault_ends_the_command_non_zero_and_says_who_where_and_why(
    checkout: Path, replay: str, capsys: pytest.CaptureFixture[str]
) -> None:
    control(replay, "provider=cohere&times=0&mode=html")
    assert fetch(checkout, replay, "cohere", "groq") == 1
    shown = capsys.readouterr().err
    assert shown.startswith(f"cohere: {replay}/cohere/v1/models?page_size=1000: the response is an HTML page")
    assert shown.endswith("or add --hold cohere\n")
    assert set(read_caches(checkout / "cache")) == {"groq"}


def test_a_list_that_lost_half_of_its_models_waits_for_a_word(
    checkout: Path, replay: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(good, checkout / "cache")
    path = checkout / "cache" / "groq.json"
    cache = json.loads(path.read_text())
    cache["models"] += [{"id": f"groq/gone-{number}"} for number in range(len(cache["models"]))]
    path.write_text(json.dumps(cache))
    before = path.read_bytes()
    assert fetch(checkout, replay, "groq", "openai") == 1
    assert "13 of 26 models are gone: groq/gone-0, groq/gone-1, groq/gone-10 and 10 more" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert fetch(checkout, replay, "groq", "--accept-shrink", "groq") == 0
    assert len(read_caches(checkout / "cache")["groq"].models) == 13


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
