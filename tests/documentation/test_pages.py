"""The documentation is true: every block of code runs as printed, and prints what the page says.

Providers are met at their own addresses, behind a proxy on the loopback interface; the local engine is the real one.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.user_folder import user_folder
from internet import Internet, read_replies
from pages import PAGES, ROOT, python_of, unfenced_code

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
FILES = {
    "talk.mp3": b"ID3\x04 and sound",
    "meeting.wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "photo.png": b"\x89PNG\r\n\x1a\n and a picture",
    "photo.jpg": b"\xff\xd8\xff\xe0 and a picture",
    "report.pdf": b"%PDF-1.7 and a report",
}
"""What a user of the pages has in the folder: short files, of which only the first bytes are true."""

Run = Callable[[Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def internet() -> Iterator[Internet]:
    server = Internet(read_replies(Path(__file__).with_name("replies.toml")))
    yield server
    server.close()


@pytest.fixture(scope="session")
def weights() -> Path:
    """The local model, pulled once into the user's own cache."""
    from fluent_ai_local.catalog import sources

    return sources.locate("smollm2-135m", lambda event: None)


@pytest.fixture
def environment(internet: Internet, weights: Path, tmp_path: Path) -> dict[str, str]:
    """Keys for every provider, no network but the loopback's, a home without anything but the local model."""
    manifests = load_manifests().values()
    methods = [method for manifest in manifests for method in manifest.auth.methods]
    places = [variable for manifest in manifests for variable in manifest.variables.values()]
    known = {name for manifest in manifests for name in manifest.base_url_env}
    known |= {name for each in (*methods, *places) for name in each.env}
    kept = {name: value for name, value in os.environ.items() if name not in known}
    keys = {manifest.auth.env[0]: "a-key-for-tests" for manifest in manifests if manifest.auth.env}
    unset = [place for place in places if place.env and not place.choices and not place.default]
    accounts = {place.env[0]: next(iter(place.known), "my-account") for place in unset}
    home = tmp_path / "home"
    cache = user_folder()
    assert cache is not None, "the weights are kept nowhere"
    kept_at = home / "cache" / weights.relative_to(cache)
    kept_at.parent.mkdir(parents=True)
    kept_at.symlink_to(weights)
    return {
        **kept,
        **keys,
        **accounts,
        **internet.environment,
        "ACME_API_KEY": "a-key-for-tests",
        "FLUENT_AI_HOME": str(home / "cache"),
        "HOME": str(home),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "tests" / "support"), os.environ.get("PYTHONPATH")])),
    }


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run a page as a program of its own in a project that has uncommitted changes."""

    def run(page: Path) -> subprocess.CompletedProcess[str]:
        project = tmp_path / "project"
        project.mkdir()
        for name, data in FILES.items():
            (project / name).write_bytes(data)
        (project / "app.py").write_text("answer = 41\n")
        for command in ("init --quiet", "add app.py"):
            subprocess.run(["git", *command.split()], cwd=project, env=environment, check=True)
        (project / "app.py").write_text("answer = 42\n")
        return subprocess.run(
            [sys.executable, "-m", "pages", str(page), str(tmp_path / "result.json")],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_page_does_what_it_says(
    page: Path, run: Run, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    text = page.read_text("utf-8")
    assert unfenced_code(text) == [], "code needs a fence that names its language"
    if "```" not in text:
        return
    done = run(page)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), f"{done.stdout}{done.stderr}"
    record_property("blocks", json.loads((tmp_path / "result.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The Python of each page as a module, line by line where it stands in the page."""
    folder = tmp_path_factory.mktemp("programs")
    found = {}
    for page in PAGES:
        if code := python_of(page):
            name = re.sub(r"\W", "_", named(page).removesuffix(".md").lower())
            found[page] = folder / f"{name}.py"
            found[page].write_text(code, encoding="utf-8")
    return found


@pytest.mark.parametrize("checker", ["mypy --strict --ignore-missing-imports", "pyright"])
def test_type_checkers_take_every_page(programs: dict[Path, Path], checker: str) -> None:
    """Settings are those of the project; what a page imports need not be installed here, if it is not ours."""
    command = [sys.executable, "-m", *checker.split(), *map(str, programs.values())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout
    for page, program in programs.items():
        said = said.replace(str(program), named(page))
    errors = [line for line in said.splitlines() if "error" in line and "reportMissingImports" not in line]
    assert programs
    assert [line for line in errors if ".md:" in line] == [], said
    assert done.returncode in (0, 1), f"{said}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []
