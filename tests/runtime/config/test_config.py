"""The file, the environment above it, and what happens when either changes."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest

Write = Callable[[str], Path]


def test_without_a_file_nothing_is_configured() -> None:
    config = ai.Config()
    assert config.values == ai.Config().values
    assert config.values.models == {}
    with pytest.raises(ai.ConfigError, match="fluent-ai config set models.chat"):
        config.model()


def test_a_file_that_is_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ai.ConfigError, match=r"none\.toml: No such file"):
        ai.Config(tmp_path / "none.toml")
    monkeypatch.setenv("FLUENT_AI_CONFIG", str(tmp_path / "other.toml"))
    with pytest.raises(ai.ConfigError, match=r"other\.toml: No such file"):
        ai.Config()
    (tmp_path / "other.toml").write_text("provider = 'acme'")
    assert ai.Config().values.provider == "acme"


@pytest.mark.parametrize("path", [3, "", "a\0b", object()])
def test_what_is_no_path_is_refused(path: object) -> None:
    with pytest.raises(ai.ConfigError, match="path is"):
        ai.Config(path)  # type: ignore[arg-type]


def test_the_environment_wins_over_the_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    config = ai.Config(write("provider = 'groq'\n[models]\nchat = 'a:file'\nembed = 'b:file'"))
    monkeypatch.setenv("FLUENT_AI_MODEL", "a:variable")
    monkeypatch.setenv("FLUENT_AI_IMAGE_MODEL", "c:variable")
    monkeypatch.setenv("FLUENT_AI_PROVIDER", "  ")
    assert [config.model("chat"), config.model("embed"), config.model("image")] == [
        "a:variable",
        "b:file",
        "c:variable",
    ]
    assert config.values.provider == "groq"
    monkeypatch.setenv("FLUENT_AI_THEME", "pink")
    with pytest.raises(ai.ConfigError, match="FLUENT_AI_THEME is 'pink'; allowed: dark, light, plain"):
        config.model()


def test_a_change_is_seen_at_the_next_use(write: Write) -> None:
    config = ai.Config(write("[models]\nchat = 'a:b'"))
    assert config.model() == "a:b"
    write("[models]\nchat = 'a:longer'")
    assert config.model() == "a:longer"


def test_a_change_that_is_invalid_is_reported_once(write: Write) -> None:
    config = ai.Config(write("[models]\nchat = 'a:b'"))
    path = write("[models]\nchat =")
    with pytest.warns(RuntimeWarning, match=r"config\.toml: not valid TOML.*what was configured before still holds"):
        assert config.model() == "a:b"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert config.model() == "a:b"
    write("[models]\nchat = 'c:d'")
    assert config.model() == "c:d"
    path.unlink()
    with pytest.warns(RuntimeWarning, match="No such file"):
        assert config.model() == "c:d"


def test_the_default_file_may_go(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("provider = 'groq'")
    config = ai.Config()
    assert config.values.provider == "groq"
    (tmp_path / "config.toml").unlink()
    assert config.values.provider is None


def test_a_user_without_a_home_directory_has_an_empty_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(self: Path) -> Path:
        raise RuntimeError

    for name in ("FLUENT_AI_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "expanduser", nowhere)
    assert ai.Config().path is None
    assert ai.Config().values.models == {}


def test_folders(write: Write, tmp_path: Path) -> None:
    config = ai.Config()
    assert (config.folder("data"), config.folder("templates")) == (tmp_path, tmp_path / "templates")
    chosen = ai.Config(write("[folders]\ndata = '/a'"))
    assert (chosen.folder("data"), chosen.folder("templates")) == (Path("/a"), Path("/a/templates"))


def test_threads_see_one_state_or_the_other(write: Write) -> None:
    config = ai.Config(write("[models]\nchat = 'a:1'\nembed = 'a:1'"))
    seen: set[tuple[str, str]] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            models = config.values.models
            seen.add((models["chat"], models["embed"]))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(2, 40):
        fresh = Path(config.path or "").with_suffix(".new")
        fresh.write_text(f"[models]\nchat = 'a:{number}'\nembed = 'a:{number}'")
        os.replace(fresh, config.path or "")
    stop.set()
    for thread in threads:
        thread.join()
    assert all(chat == embed for chat, embed in seen)
