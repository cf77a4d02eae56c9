"""Models of a hub on the loopback interface, in the cache that they share with the hub's own tool."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fluent_ai as ai
import huggingface_hub
import pytest
from fluent_ai.content.events import Ping, Progress
from fluent_ai.errors import (
    AuthError,
    ConfigError,
    FluentError,
    ModelLoadFailed,
    NotFound,
    PermissionDenied,
    UnsupportedModel,
    WeightsCorrupt,
)
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai_local.catalog import package_web, sources
from fluent_ai_local.memory import in_memory, unload
from model_hub import COMMIT, ModelHub

TOKEN = "hf_s3cr3t"
WEIGHTS = os.urandom(300_000)
FOLDER = {
    "README.md": b"# A model",
    "config.json": b"{}",
    "tokenizer.json": b"{ }",
    "1_Pooling/config.json": b"{  }",
    "model.safetensors": WEIGHTS,
    "consolidated.safetensors": b"the same once more",
    "pytorch_model.bin": b"and again",
}


def ignore(event) -> None:
    pass


def locate(name: str, emit=ignore) -> Path:
    return sources.locate(name, emit)


@pytest.fixture
def hub(tmp_path, monkeypatch) -> Iterator[ModelHub]:
    for name in tuple(os.environ):
        if name.startswith(("HF_", "HUGGING", "TRANSFORMERS_OFFLINE")):
            monkeypatch.delenv(name)
    monkeypatch.setattr(package_web, "_POLICY", RetryPolicy(retries=4, base=0.01))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    hub = ModelHub(tmp_path / "served")
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    yield hub
    hub.close()


@pytest.fixture
def cache(tmp_path) -> Path:
    return tmp_path / "hf" / "hub"


def leftovers(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if "pull-" in path.name]


def test_a_file_is_fetched_once_with_its_progress_and_checked(hub, cache):
    hub.offer({"a.gguf": WEIGHTS, "b.gguf": b"b"})
    events: list[object] = []
    path = locate("hf:someone/tiny:a.gguf", events.append)
    assert path == cache / "models--someone--tiny" / "snapshots" / COMMIT / "a.gguf"
    assert path.read_bytes() == WEIGHTS
    assert events[-1] == Progress("download", len(WEIGHTS), len(WEIGHTS)) or isinstance(events[-1], Ping)
    assert hub.fetched == ["a.gguf"]
    asked = len(hub.own.asked)
    assert locate("hf:someone/tiny:a.gguf") == path
    assert len(hub.own.asked) == asked  # nobody was asked
    assert leftovers(cache) == []


def test_the_hubs_own_tool_finds_it_and_finds_nothing_odd(hub, cache):
    hub.offer(FOLDER, revision="v1.0")
    folder = locate("hf:someone/tiny@v1.0")
    found = huggingface_hub.try_to_load_from_cache("someone/tiny", "1_Pooling/config.json", cache, revision="v1.0")
    assert found == str(folder / "1_Pooling" / "config.json")
    scanned = huggingface_hub.scan_cache_dir(cache)
    assert scanned.warnings == []
    (repository,) = scanned.repos
    assert (repository.repo_id, repository.refs.keys()) == ("someone/tiny", {"v1.0"})
    assert huggingface_hub.snapshot_download("someone/tiny", revision="v1.0", cache_dir=cache, local_files_only=True)


def test_what_the_hubs_own_tool_has_fetched_is_used(hub, cache):
    blob = cache / "models--someone--tiny" / "blobs" / "1"
    snapshot = cache / "models--someone--tiny" / "snapshots" / COMMIT
    for place in (blob.parent, snapshot, cache / "models--someone--tiny" / "refs"):
        place.mkdir(parents=True)
    blob.write_bytes(b"weights")
    (snapshot / "one.gguf").symlink_to("../../blobs/1")
    (cache / "models--someone--tiny" / "refs" / "main").write_text(COMMIT)
    for name in ("hf:someone/tiny", "hf:someone/tiny:one.gguf", f"hf:someone/tiny@{COMMIT}"):
        assert locate(name).read_bytes() == b"weights"
    assert hub.own.asked == []


def test_a_folder_is_what_makes_up_the_model(hub):
    hub.offer(FOLDER)
    folder = locate("hf:someone/tiny")
    assert sorted(hub.fetched) == ["1_Pooling/config.json", "config.json", "model.safetensors", "tokenizer.json"]
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS


def test_a_folder_that_lacks_a_shard_is_completed(hub):
    index = b'{"weight_map": {"x": "model-00001-of-00002.safetensors", "y": "model-00002-of-00002.safetensors"}}'
    shards = {f"model-0000{n}-of-00002.safetensors": b"%d" % n for n in (1, 2)}
    hub.offer({"config.json": b"{}", "model.safetensors.index.json": index, **shards})
    folder = locate("hf:someone/tiny")
    (folder / "model-00002-of-00002.safetensors").unlink()
    hub.own.asked.clear()
    assert locate("hf:someone/tiny") == folder
    assert (folder / "model-00002-of-00002.safetensors").read_bytes() == b"2"
    assert hub.fetched == []  # its blob was still there


def test_all_parts_of_a_split_file_come_and_missing_ones_are_named(hub):
    names = [f"q4/m-0000{n}-of-00003.gguf" for n in (1, 2, 3)]
    hub.offer({name: name.encode() for name in names})
    assert locate("hf:someone/tiny").name == "m-00001-of-00003.gguf"
    assert hub.fetched == names
    hub.offer({name: name.encode() for name in names[:2]}, "someone/other")
    with pytest.raises(NotFound, match=r"hf:someone/other.* has no file q4/m-00003-of-00003\.gguf"):
        locate("hf:someone/other")


def test_a_pull_moves_a_branch_on_and_fetches_only_what_is_new(hub, cache):
    hub.offer({"a.gguf": WEIGHTS})
    before = locate("hf:someone/tiny")
    other = COMMIT[::-1]
    page = "/api/models/someone/tiny/revision/main?blobs=true"
    kind, body = hub.own.pages[page]
    hub.own.pages[page] = (kind, body.replace(COMMIT.encode(), other.encode()))
    assert locate("hf:someone/tiny") == before
    after = sources.pull("hf:someone/tiny", ignore)
    assert after.parent.name == other
    assert after.read_bytes() == WEIGHTS
    assert hub.fetched == ["a.gguf"]
    assert locate("hf:someone/tiny") == after


def test_a_token_goes_to_the_hub_alone(hub, monkeypatch, tmp_path):
    hub.offer({"a.gguf": WEIGHTS})
    hub.own.login = f"Bearer {TOKEN}"
    with pytest.raises(NotFound, match=r"does not show it without a token: HF_TOKEN is not set"):
        locate("hf:someone/tiny")
    monkeypatch.setenv("HF_TOKEN", "hf_other")
    with pytest.raises(AuthError, match="refuses the token of HF_TOKEN") as raised:
        locate("hf:someone/tiny")
    assert "hf_other" not in str(raised.value) + repr(raised.value)
    monkeypatch.delenv("HF_TOKEN")
    (tmp_path / "hf").mkdir(exist_ok=True)
    (tmp_path / "hf" / "token").write_text(f"{TOKEN}\n")  # as `hf auth login` keeps it
    assert locate("hf:someone/tiny").read_bytes() == WEIGHTS
    assert [headers.get("authorization") for _, headers in hub.store.asked] == [None]


def test_offline_means_that_nobody_is_asked(hub, cache, monkeypatch):
    hub.offer({"a.gguf": WEIGHTS})
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelLoadFailed, match=r"not in the hub's cache at .*, and HF_HUB_OFFLINE is set"):
        locate("hf:someone/tiny")
    assert hub.own.asked == []
    monkeypatch.delenv("HF_HUB_OFFLINE")
    path = locate("hf:someone/tiny")
    monkeypatch.setenv("TRANSFORMERS_OFFLINE", "yes")
    assert locate("hf:someone/tiny") == sources.pull("hf:someone/tiny", ignore) == path


def gated(hub: ModelHub) -> None:
    hub.own.statuses["/api/models/someone/tiny/revision/main?blobs=true"] = [403]


def gone(hub: ModelHub) -> None:
    hub.own.pages.clear()


def several(hub: ModelHub) -> None:
    hub.offer({"a-q4.gguf": b"a", "a-q8.gguf": b"b", "mmproj-a.gguf": b"c"})


def nothing(hub: ModelHub) -> None:
    hub.offer({"pytorch_model.bin": b"a", "config.json": b"{}"})


def no_listing(hub: ModelHub) -> None:
    page = "/api/models/someone/tiny/revision/main?blobs=true"
    hub.own.pages[page] = ("text/html", b"<html>sign in to this network</html>")


def odd_commit(hub: ModelHub) -> None:
    page = "/api/models/someone/tiny/revision/main?blobs=true"
    hub.own.pages[page] = ("application/json", b'{"sha": "../../../etc", "siblings": []}')


def other_bytes(hub: ModelHub) -> None:
    for path in hub.own.folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"x")


def broken(hub: ModelHub) -> None:
    hub.own.statuses["/api/models/someone/tiny/revision/main?blobs=true"] = [503] * 9


@pytest.mark.parametrize(
    ("harm", "kind", "message"),
    [
        (gated, PermissionDenied, r"its licence has to be accepted at http://.*/someone/tiny"),
        (gone, NotFound, "has no someone/tiny at the revision main"),
        (several, ConfigError, r"holds 2 models; name one as hf:someone/tiny:FILE, of: a-q4\.gguf, a-q8\.gguf$"),
        (nothing, UnsupportedModel, r"neither a \.gguf file nor config\.json with model\.safetensors"),
        (no_listing, ModelLoadFailed, "the answer is not a list of files"),
        (odd_commit, ModelLoadFailed, "the answer names no commit"),
        (other_bytes, WeightsCorrupt, r"a\.gguf has the digest .*, expected .*\. Nothing of it was kept"),
        (broken, ModelLoadFailed, "failed with status 503.* Way out"),
    ],
)
def test_what_a_hub_refuses_or_sends_is_one_error_and_nothing_is_kept(hub, cache, harm, kind, message):
    hub.offer({"a.gguf": WEIGHTS})
    harm(hub)
    with pytest.raises(kind, match=message):
        locate("hf:someone/tiny")
    assert not [path for path in cache.rglob("*") if path.is_file()]


def test_names_of_files_that_lead_elsewhere_are_not_followed(hub, cache, tmp_path):
    hub.offer({"../../../../evil.gguf": b"evil", "a.gguf": WEIGHTS})
    assert locate("hf:someone/tiny").name == "a.gguf"
    assert not list(tmp_path.rglob("evil*"))


def test_a_file_that_is_not_there_is_refused_with_near_matches(hub):
    hub.offer({"tiny-Q4_K_M.gguf": b"a", "tiny-Q8_0.gguf": b"b"})
    with pytest.raises(NotFound, match=r"has no file tiny-q4_k_m\.gguf; did you mean tiny-Q4_K_M\.gguf"):
        locate("hf:someone/tiny:tiny-q4_k_m.gguf")


@pytest.mark.parametrize(
    "name", ["hf:", "hf:tiny", "hf:a/b/c", "hf:a/b@", "hf:a/b@../c", "hf:a/b:", "hf:a/b:../c.gguf", "hf:a/b:c.bin"]
)
def test_malformed_names_are_refused_before_anything_happens(hub, name):
    with pytest.raises(ConfigError, match="allowed: "):
        sources.check(name)
    assert hub.own.asked == []


def test_a_transfer_that_breaks_goes_on_where_it_was(hub):
    hub.offer({"a.gguf": WEIGHTS})
    hub.store.cuts = [100_000, 50_000]
    assert locate("hf:someone/tiny").read_bytes() == WEIGHTS
    assert [headers.get("range") for _, headers in hub.store.asked] == [None, "bytes=100000-", "bytes=150000-"]


def test_several_pulls_at_once_all_succeed(hub):
    hub.offer({"a.gguf": WEIGHTS})
    hub.store.together = threading.Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        paths = list(pool.map(lambda _: sources.pull("hf:someone/tiny", ignore), range(3)))
    assert {path.read_bytes() for path in paths} == {WEIGHTS}


def test_a_model_of_the_hub_answers_and_is_unloaded_by_its_name(hub, tiny_path):
    hub.offer({"tiny.gguf": tiny_path.read_bytes()})
    with ai.Client() as client:
        reply = client.complete("local:hf:someone/tiny", "hello", max_tokens=5, precision="exact")
        assert reply.text == client.complete(f"local:{tiny_path}", "hello", max_tokens=5, precision="exact").text
        assert client.pull("local:hf:someone/tiny").path.endswith("tiny.gguf")
    assert any(COMMIT in model.path and model.path.endswith("tiny.gguf") for model in in_memory())
    assert unload("hf:someone/tiny") == 1


def test_errors_are_those_of_the_stream(hub):
    hub.offer({"a.gguf": b"this is no GGUF file"})
    with ai.Client() as client, pytest.raises(FluentError, match="not a GGUF file"):
        client.complete("local:hf:someone/tiny", "hello")
