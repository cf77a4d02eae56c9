"""How models of the local engine are loaded, shared between threads, left, and loaded anew."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fluent_ai.content import events as ev
from fluent_ai.errors import (
    Cancelled,
    ModelLoadFailed,
    NotFound,
    OutOfMemory,
    UnsupportedModel,
    WeightsCorrupt,
)
from fluent_ai_local.catalog import peak
from fluent_ai_local.provider import LocalProvider
from local_chat import phases, request, run, text_of


@pytest.fixture(scope="module")
def provider():
    return LocalProvider()


@pytest.mark.parametrize("moment", [ev.Progress, ev.StreamStart, ev.TextStart, ev.TextDelta, ev.Ping])
def test_a_consumer_that_leaves_ends_the_run_and_the_model_stays_usable(tiny_path, moment):
    provider = LocalProvider()
    seen = []

    def leave(event):
        seen.append(event)
        if isinstance(event, moment):
            raise Cancelled("the consumer has left")

    with pytest.raises(Cancelled):
        provider.chat_model(str(tiny_path)).run(request(tiny_path, max_tokens=None, stop=("\x00",)), leave)
    assert isinstance(seen[-1], moment)
    assert isinstance(run(provider, tiny_path)[-1], ev.Finish)


def test_threads_load_once_and_get_the_replies_they_would_get_alone(tiny_path):
    provider = LocalProvider()
    together = threading.Barrier(4)

    def reply(seed: int) -> list[ev.Event]:
        together.wait()
        return run(provider, tiny_path, temperature=1.0, seed=seed)

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(reply, range(4)))
    assert sum("load" in phases(events) for events in replies) == 1
    assert [text_of(events) for events in replies] == [
        text_of(run(provider, tiny_path, temperature=1.0, seed=seed)) for seed in range(4)
    ]


def test_two_replies_may_be_read_in_turns(tiny_path, provider):
    """A reply whose consumer pauses must not hold up another one."""
    paused, done = threading.Event(), threading.Event()

    def pause(event):
        if isinstance(event, ev.TextDelta):
            paused.set()
            done.wait()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), pause)
        paused.wait()
        try:
            assert isinstance(run(provider, tiny_path)[-1], ev.Finish)
        finally:
            done.set()
        first.result()


def test_who_waits_for_another_load_may_leave(tiny_path, monkeypatch):
    provider = LocalProvider()
    loading, go_on = threading.Event(), threading.Event()

    def hold(event):
        if isinstance(event, ev.Progress) and event.phase == "load":
            loading.set()
            go_on.wait()

    def leave(event):
        assert event == ev.Ping()
        raise Cancelled("gone")

    chat = provider.chat_model(str(tiny_path))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(chat.run, request(tiny_path), hold)
        loading.wait()
        try:
            with pytest.raises(Cancelled):
                chat.run(request(tiny_path), leave)
        finally:
            go_on.set()
        first.result()


class Held:
    """Holds a load until `go_on`, then lets it end, or fail with `error`."""

    def __init__(self, error: Exception | None = None) -> None:
        self.loading, self.go_on = threading.Event(), threading.Event()
        self._error = error

    def __call__(self, event: ev.Event) -> None:
        if isinstance(event, ev.Progress) and event.phase == "load" and not self.loading.is_set():
            self.loading.set()
            assert self.go_on.wait(60)
            if self._error is not None:
                raise self._error


def test_a_model_does_not_wait_for_the_load_of_another(tiny_path, write_gguf):
    provider, held = LocalProvider(), Held()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), held)
        assert held.loading.wait(60)
        try:
            assert ev.Ping() not in run(provider, write_gguf(seed=9))[:2]
        finally:
            held.go_on.set()
        first.result()


def test_two_names_of_one_file_are_loaded_once(tiny_path, tmp_path):
    link = tmp_path / "link.gguf"
    link.symlink_to(tiny_path)
    provider, held = LocalProvider(), Held()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), held)
        assert held.loading.wait(60)
        second = pool.submit(run, provider, link)
        held.go_on.set()
        first.result()
        assert "load" not in phases(second.result())


def test_who_waits_for_a_load_that_fails_loads_it_himself(tiny_path):
    provider, held = LocalProvider(), Held(OutOfMemory("full", estimate=1))
    waiting = threading.Event()
    seen: list[ev.Event] = []

    def note(event: ev.Event) -> None:
        seen.append(event)
        waiting.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), held)
        assert held.loading.wait(60)
        second = pool.submit(provider.chat_model(str(tiny_path)).run, request(tiny_path), note)
        assert waiting.wait(60)
        held.go_on.set()
        with pytest.raises(OutOfMemory):
            first.result()
        second.result()
    assert seen[0] == ev.Ping()
    assert "load" in phases(seen)
    assert "load" not in phases(run(provider, tiny_path))


def test_a_replaced_file_is_loaded_anew(write_gguf, tmp_path):
    provider = LocalProvider()
    path = tmp_path / "m.gguf"
    path.write_bytes(write_gguf(seed=1).read_bytes())
    before = text_of(run(provider, path))
    path.unlink()
    path.write_bytes(write_gguf(seed=2).read_bytes())
    assert text_of(run(provider, path)) != before


def test_a_folder_converses_as_the_file_does(provider, tiny_path, write_folder):
    """The same weights and the same vocabulary, published in two forms."""
    folder = write_folder(tiny_path)
    assert text_of(run(provider, folder)) == text_of(run(provider, tiny_path))
    assert text_of(run(provider, folder, stop=("t",))) == text_of(run(provider, tiny_path, stop=("t",)))


def test_a_folder_whose_weights_change_is_loaded_anew(provider, tiny_path, write_gguf, write_folder):
    folder = write_folder(tiny_path)
    before = text_of(run(provider, folder))
    (write_folder(write_gguf(seed=5)) / "model.safetensors").replace(folder / "model.safetensors")
    assert text_of(run(provider, folder)) != before


def test_a_folder_that_is_none_is_not_found(provider, tmp_path):
    with pytest.raises(NotFound, match=r"no such file, but a folder without config\.json"):
        provider.chat_model(str(tmp_path))


def test_files_that_cannot_be_used_are_typed_errors(provider, write_gguf, tmp_path):
    cut = tmp_path / "cut.gguf"
    whole = write_gguf().read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WeightsCorrupt, match="it is truncated"):
        run(provider, cut)
    with pytest.raises(UnsupportedModel, match="cannot be rendered"):
        run(provider, write_gguf(metadata={"tokenizer.chat_template": "{{ 1 / 0 }}"}))
    gone = write_gguf()
    chat = provider.chat_model(str(gone))
    gone.unlink()
    with pytest.raises(NotFound, match="no such file"):
        chat.run(request(gone), lambda event: None)
    (tmp_path / "dir.gguf").mkdir()
    with pytest.raises((ModelLoadFailed, NotFound)):
        run(provider, tmp_path / "dir.gguf")


def test_a_model_larger_than_the_memory_is_refused_with_the_estimate(tiny_path, monkeypatch):
    monkeypatch.setattr(peak, "free_memory", lambda device: 1000)
    with pytest.raises(
        OutOfMemory, match=r"loading it takes [\d,]+ MB of memory at its peak, and 0 MB are free"
    ) as raised:
        run(LocalProvider(), tiny_path)
    assert raised.value.estimate > 1000


def test_both_precisions_of_a_model_may_be_used_at_once(tiny_path):
    pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
    provider = LocalProvider()
    exact = text_of(run(provider, tiny_path, options={"precision": "exact"}))
    loading = phases(run(provider, tiny_path, options={"precision": "fast"}))
    assert "requantise" in loading  # a file of floats
    assert text_of(run(provider, tiny_path, options={"precision": "exact"})) == exact
    assert phases(run(provider, tiny_path)) == ["prefill"]  # both stay, and the fast one is the default
