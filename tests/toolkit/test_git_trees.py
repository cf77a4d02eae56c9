"""Git repositories as sources: what a commit has, and nothing that a hostile repository wants to happen."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest

from fluent_ai_toolkit.context import Document, LeftOut, git_commands, git_trees
from fluent_ai_toolkit.context.git_commands import size_of
from fluent_ai_toolkit.context.git_trees import GitSource

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
ME = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@x", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@x"}


def git(folder: Path, *command: str, data: bytes = b"") -> str:
    environment = {**os.environ, **ME, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", "-C", folder, *command], input=data, capture_output=True, check=True, env=environment)
    return done.stdout.decode().strip()


def commit(folder: Path, files: dict[str, str | bytes]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
    git(folder, "add", "-Af")
    git(folder, "commit", "-qm", "x", "--no-verify")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(
        folder,
        {
            "src/a.py": "a = 1\n", "src/deep/b.py": "b = 2\n", "page.html": "<h1>Birds</h1><script>x</script>",
            ".github/ci.yml": "on: push\n", "song.mp3": b"ID3\x04\0\0", "empty": "", "näme \n.txt": "é\n",
        },
    )  # fmt: skip
    return folder


def found(source: GitSource) -> dict[str, str]:
    events = list(ai.context(source).stream())
    return {
        each.name: each.text.strip() if isinstance(each, Document) else each.reason
        for each in events
        if isinstance(each, Document | LeftOut)
    }


def test_what_a_commit_has(repository: Path) -> None:
    (repository / "src/a.py").write_text("changed")
    (repository / "new.txt").write_text("not tracked")
    assert found(ai.context.git(repository)) == {
        ".github/ci.yml": "on: push", "empty": "empty", "näme \n.txt": "é", "page.html": "# Birds",
        "song.mp3": "binary", "src/a.py": "a = 1", "src/deep/b.py": "b = 2",
    }  # fmt: skip
    document = next(each for each in ai.context(ai.context.git(repository)).stream() if isinstance(each, Document))
    assert (document.source, document.size, document.line) == (str(repository), 9, 1)


def test_another_commit_is_read_without_checking_it_out(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "tag", "v1")
    commit(repository, {"src/a.py": "a = 2\n"})
    for ref, text in (("HEAD", "a = 2"), ("v1", "a = 1"), (first, "a = 1"), ("HEAD~1", "a = 1"), ("main", "a = 2")):
        assert found(ai.context.git(repository, ref=ref))["src/a.py"] == text
    assert (repository / "src/a.py").read_text() == "a = 2\n"


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        ("src", ["src/a.py", "src/deep/b.py"]),
        (["src/deep/", "page.html"], ["page.html", "src/deep/b.py"]),
        ("**/*.py", ["src/a.py", "src/deep/b.py"]),
        ("src/*.py", ["src/a.py"]),
        (["sr"], []),
    ],
)
def test_only_some_paths(repository: Path, paths: Any, names: list[str]) -> None:
    assert [name for name in found(ai.context.git(repository, paths=paths)) if name != str(repository)] == names


def test_links_and_submodules_are_not_followed(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (repository / "link").symlink_to(tmp_path / "secret")
    (repository / "folder-link").symlink_to(tmp_path)
    git(repository, "add", "-A")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    git(repository, "commit", "-qm", "x")
    names = found(ai.context.git(repository))
    assert [names["link"], names["folder-link"], names["module"]] == ["link", "link", "submodule"]
    assert "secret" not in names.values()


@pytest.mark.parametrize("url", ["ext::{script}", "ssh://host/x"])
def test_nothing_that_a_repository_configures_is_run(repository: Path, tmp_path: Path, url: str) -> None:
    commit(repository, {".gitattributes": "* filter=x diff=x\n"})
    sign = tmp_path / "it-ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {sign}\n")
    script.chmod(0o755)
    for name in (
        "core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.askPass", "core.alternateRefsCommand", "core.pager",
        "core.editor", "diff.external", "filter.x.smudge", "filter.x.clean", "diff.x.textconv", "gpg.program",
        "uploadpack.packObjectsHook", "credential.helper", "remote.origin.uploadpack",
    ):  # fmt: skip
        git(repository, "config", name, str(script))
    git(repository, "config", "core.hooksPath", str(tmp_path))
    for hook in ("post-checkout", "reference-transaction", "pre-auto-gc", "post-index-change", "fsmonitor-watchman"):
        shutil.copy(script, tmp_path / hook)
        shutil.copy(script, repository / ".git/hooks" / hook)
    # What is missing would be fetched from here, by a program.
    git(repository, "config", "core.repositoryFormatVersion", "1")
    git(repository, "config", "extensions.partialClone", "origin")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "remote.origin.url", url.format(script=script))
    git(repository, "config", "protocol.ext.allow", "always")
    lost = git(repository, "rev-parse", "HEAD:src/a.py")
    (repository / ".git/objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "cat-file", "-p", lost)
    assert sign.exists(), "git itself runs it"
    sign.unlink()
    names = found(ai.context.git(repository))
    assert not sign.exists()
    assert [names["src/a.py"], names["src/deep/b.py"]] == ["unreadable", "b = 2"]


def test_the_environment_names_no_other_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "nonsense")
    assert found(ai.context.git(repository))["src/a.py"] == "a = 1"


def test_large_files_and_many_are_bounded(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_trees, "FILE_LIMIT", 5)
    names = found(ai.context.git(repository))
    assert [names["src/a.py"], names["näme \n.txt"]] == ["too_large", "é"]
    # A few objects that name 10 ** 9 files.
    blob = git(repository, "hash-object", "-w", "--stdin", data=b"x")
    tree = git(repository, "mktree", data=b"".join(f"100644 blob {blob}\t{n}\n".encode() for n in range(10)))
    for _ in range(8):
        tree = git(repository, "mktree", data=b"".join(f"040000 tree {tree}\t{n}\n".encode() for n in range(10)))
    bomb = git(repository, "commit-tree", tree, "-m", "x")
    monkeypatch.setattr(git_trees, "ENTRY_LIMIT", 2_000)
    quotes = ai.context(ai.context.git(repository, ref=bomb), budget=256).collect()
    assert quotes.left_out_counts["too_large"] == 1
    assert sum(quotes.left_out_counts.values()) < 2_002


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"repository": "https://git.example/x"}, "repository is no folder; clone=True"),
        ({"repository": "git@git.example:x"}, "repository is no folder; clone=True"),
        ({"repository": "ext::sh", "clone": True}, "repository is no URL"),
        ({"repository": "file:///x", "clone": True}, "repository is no URL"),
        ({"repository": "."}, "which git cannot read"),
        ({"repository": "nowhere"}, "which is no folder"),
        ({"ref": "nowhere"}, "ref is 'nowhere', which is no commit"),
        ({"ref": "--output=x"}, "ref is '--output=x'; allowed"),
        ({"ref": "a b"}, "ref is 'a b'; allowed"),
        ({"ref": "HEAD:src"}, "ref is 'HEAD:src'; allowed"),
        ({"paths": ["../x"]}, "paths holds"),
        ({"paths": [5]}, "paths"),
        ({"clone": "yes"}, "clone"),
    ],
)
def test_arguments_are_checked(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: dict[str, Any], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ai.ConfigError, match=message):
        ai.context.git(**{"repository": repository, **arguments})


def test_without_git_there_are_no_repositories(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ai.context.git(repository)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ai.ConfigError, match="git is not installed"):
        ai.context.git(repository)
    assert [each.reason for each in ai.context(source).stream() if isinstance(each, LeftOut)] == ["git"]


def test_a_url_is_shown_without_what_is_private() -> None:
    source = GitSource("https://me:secret@git.example/x.git?token=secret", "HEAD", (), clone=True)
    assert repr(source) == "GitSource('https://git.example/x.git', ref='HEAD')"


class _Backend(http.server.BaseHTTPRequestHandler):
    """git-http-backend(1), which speaks CGI."""

    root = ""

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("content-length", 0))))

    def _answer(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        facts = {
            "GIT_PROJECT_ROOT": self.root, "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path, "QUERY_STRING": query,
            "REQUEST_METHOD": self.command, "CONTENT_TYPE": self.headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": "127.0.0.1", "GIT_PROTOCOL": "version=2",
        }  # fmt: skip
        done = subprocess.run(["git", "http-backend"], input=body, capture_output=True, env={**os.environ, **facts})
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def url(repository: Path) -> Iterator[str]:
    handler = type("Backend", (_Backend,), {"root": str(repository.parent)})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/repository/.git"
    server.shutdown()
    server.server_close()


def test_one_commit_is_fetched_if_the_caller_says_so(
    repository: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, {"src/a.py": "a = 2\n"})
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    names = found(ai.context.git(url, ref="main", paths="src", clone=True))
    assert names == {"src/a.py": "a = 2", "src/deep/b.py": "b = 2"}
    assert list(place.iterdir()) == []
    (lost,) = found(ai.context.git(url, ref="nowhere", clone=True)).values()
    assert lost == "git"


@pytest.mark.parametrize(("limit", "value", "said"), [("CLONE_BYTES", -1, "bytes"), ("CLONE_SECONDS", -1.0, "seconds")])
def test_fetching_is_bounded(url: str, monkeypatch: pytest.MonkeyPatch, limit: str, value: float, said: str) -> None:
    monkeypatch.setattr(git_commands, limit, value)
    monkeypatch.setattr(git_commands, "_LOOK", 0.0)
    source = ai.context.git(url, clone=True)
    (left,) = (each for each in ai.context(source).stream() if isinstance(each, LeftOut))
    assert (left.reason, said in left.message) == ("git", True)


class Listed:
    """What a folder held when it was listed."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Listed:
        return self

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> Listed:
        return self

    def __exit__(self, *failure: object) -> None:
        pass


def test_what_git_removes_while_its_size_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git renames packs and folders of objects that are whole: they are gone after their folder was listed."""
    (tmp_path / "pack").write_bytes(b"x" * 10)
    (tmp_path / "tmp_pack").write_bytes(b"x" * 5)
    (tmp_path / "tmp_objdir").mkdir()
    real = os.scandir

    def scandir(path: str) -> Listed:
        if Path(path).name == "tmp_objdir":
            Path(path).rmdir()
        with real(path) as entries:
            found = list(entries)
        (tmp_path / "tmp_pack").unlink(missing_ok=True)
        return Listed(found)

    monkeypatch.setattr(os, "scandir", scandir)
    assert size_of(str(tmp_path)) == 10
