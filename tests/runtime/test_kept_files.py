"""Files that outlive the process: replaced whole or not at all, believed only where they can be read."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai.auth import aws, azure, google
from fluent_ai.errors import ConfigError
from fluent_ai.kept_files import read_kept, replace_file
from fluent_ai.user_folder import home_folder, user_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")


def test_a_file_is_replaced_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_mode_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.touch(0o600)
    link.symlink_to(path)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    replace_file(Path("/dev/null"), b"gone")
    assert not Path("/dev/null").is_file()
    with pytest.raises(OSError, match="Is a directory"):
        replace_file(tmp_path, b"no")


def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    replace_file(tmp_path / ("x" * 255), b"long")
    assert (tmp_path / ("x" * 255)).read_bytes() == b"long"


@posix
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"before")
    program = textwrap.dedent(
        """
        import resource, signal, sys
        import fluent_ai as ai
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            ai.GeneratedImage(data=b"x" * 5000).save(sys.argv[1])
        except ai.ConfigError as error:
            print(error.message)
        """
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"path '{tmp_path / 'a.png'}': File too large\n"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.png", b"before")]


def test_saving_into_a_missing_folder_makes_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file or directory"):
        ai.GeneratedImage(data=b"x").save(tmp_path / "missing" / "a.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"{", b'"\xff"', b'"text"', b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_said_once(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.json"
    decode = msgspec.json.Decoder(int).decode
    for _ in range(2):  # damaged twice, said twice
        path.write_bytes(body)
        with pytest.warns(RuntimeWarning, match=r"a\.json: .*: it is ignored") as said:
            assert read_kept(path, decode, "it is ignored") is None
        assert len(said) == 1
        assert read_kept(path, decode, "it is ignored") is None
        assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("a.json.corrupt", body)]
    path.write_bytes(b"7")
    assert read_kept(path, decode, "it is ignored") == 7


def test_what_cannot_be_read_is_said_once_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.mkdir()
    with pytest.warns(RuntimeWarning, match="Is a directory|Permission denied"):
        assert read_kept(path, bytes.decode, "it is ignored") is None
    assert read_kept(path, bytes.decode, "it is ignored") is None
    assert path.is_dir()


def test_a_fault_of_ours_is_not_taken_for_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"7")
    with pytest.raises(ZeroDivisionError):
        read_kept(path, lambda body: 1 // 0, "it is ignored")
    assert path.read_bytes() == b"7"


def test_no_home_is_no_folder_and_no_login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def nobody(path: object) -> str:
        return os.fspath(path)  # type: ignore[call-overload, no-any-return]  # as for a user id without an entry

    for name in ("FLUENT_AI_HOME", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", nobody)
    assert user_folder() is None
    assert home_folder() is None
    for cloud in (aws, azure, google):
        assert isinstance(cloud.problem(), str)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ai.models.Registry(overlays=()).get("openai:gpt-5.1").id == "gpt-5.1"
        with ai.Client() as client:
            assert len(client.providers()) > 20
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path))
    assert user_folder() == tmp_path
