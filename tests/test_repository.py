"""What is written down twice must agree: README and sessions, changelog and version, `__all__` and members."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".json", ".jinja", ".cfg", ""}
GIT = (ROOT / ".git").exists()
needs_git = pytest.mark.skipif(not GIT, reason="an unpacked source distribution has no git")


def sessions() -> set[str]:
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(decorator).startswith("nox.session") for decorator in node.decorator_list)
    }


def named_sessions(text: str) -> set[str]:
    """Session names after `nox -s` up to the end of the command."""
    return {name for command in re.findall(r"nox -s ([a-z_ ]+)", text) for name in command.split()}


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return [path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("path", ["README.md", ".ci/run", *(f".github/workflows/{path.name}" for path in WORKFLOWS)])
def test_commands_name_sessions_that_exist(path: str) -> None:
    named = named_sessions((ROOT / path).read_text(encoding="utf-8"))
    assert named
    assert named <= sessions()


def readme_commands(readme: Path) -> subprocess.CompletedProcess[str]:
    """What `.ci/run` takes a README's commands to be."""
    return subprocess.run([ROOT / ".ci" / "readme-commands", readme], capture_output=True, text=True, check=False)


needs_bash = pytest.mark.skipif(os.name == "nt", reason="the check runs under bash")


@needs_bash
def test_the_check_runs_what_the_readme_says() -> None:
    found = readme_commands(ROOT / "README.md")
    demo, tests = found.stdout.splitlines()
    assert (named_sessions(demo), named_sessions(tests)) == ({"demo"}, {"tests"})
    assert demo.startswith("python3 -m venv .venv && ")
    assert found.stderr == ""


@needs_bash
@pytest.mark.parametrize(("changed", "found"), [("", 1), ("```bash\n```", 1), ("```bash\nmake\nmake\n```", 3)])
def test_a_readme_without_its_commands_fails_the_check(tmp_path: Path, changed: str, found: int) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    edited, count = re.subn(r"(?ms)^```bash\n[^`]+-s demo\n```$", changed, readme)
    assert count == 1
    (tmp_path / "README.md").write_text(edited, encoding="utf-8")
    done = readme_commands(tmp_path / "README.md")
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path}/README.md: expected 2 commands before the first section, found {found}\n"


@needs_bash
@pytest.mark.parametrize("command", ["demo", "tests"])
def test_the_check_fails_where_a_command_of_the_readme_does_not_exist(tmp_path: Path, command: str) -> None:
    """The real script, in a folder where `nox` knows the real names only and everything else succeeds."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "bin").mkdir()
    nox = f"""#!{sys.executable}
import sys
unknown = set(sys.argv[2:]) - {sessions()}
sys.exit(f"no session {{unknown}}" if unknown else 0)
"""
    install = '#!/bin/sh\nmkdir -p .venv/bin; for name in pip nox; do ln -sf "$PWD/bin/$name" .venv/bin/$name; done\n'
    for name, text in {"nox": nox, "pip": "#!/bin/sh\n", "python3": install}.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}

    def check(text: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "README.md").write_text(text, encoding="utf-8")
        return subprocess.run(
            [tmp_path / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    whole = check(readme)
    assert whole.returncode == 0, whole.stderr
    assert whole.stderr.index("nox -s demo") < whole.stderr.index("nox -s lint") < whole.stderr.index("nox -s tests")
    broken = check(readme.replace(f".venv/bin/nox -s {command}\n", f".venv/bin/nox -s no_{command}\n", 1))
    assert broken.returncode != 0
    assert f"no session {{'no_{command}'}}" in broken.stderr


def test_changelog_begins_with_the_version() -> None:
    newest = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == PROJECT["project"]["version"]


def test_versions_agree() -> None:
    import fluent_ai

    assert fluent_ai.__version__ == PROJECT["project"]["version"]
    assert importlib.metadata.version("fluent-ai") == PROJECT["project"]["version"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(workflow: Path) -> None:
    uses = re.findall(r"uses:\s*(\S+)(.*)", workflow.read_text(encoding="utf-8"))
    assert uses
    for action, comment in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), f"{action}: name its release in a comment"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_start_without_permissions(workflow: Path) -> None:
    assert "\npermissions: {}\n" in workflow.read_text(encoding="utf-8")


def test_one_job_has_an_identity_and_it_runs_no_commands() -> None:
    holders = [
        job for path in WORKFLOWS for job in re.split(r"\n  (?=\w+:\n)", path.read_text("utf-8")) if "id-token" in job
    ]
    assert len(holders) == 1
    assert "run:" not in holders[0]
    assert "checkout" not in holders[0]


def test_supported_pythons_agree() -> None:
    prefix = "Programming Language :: Python :: "
    classified = [line.removeprefix(prefix) for line in PROJECT["project"]["classifiers"] if line.startswith(prefix)]
    matrix = re.findall(r"python: \[(.+)\]", (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert matrix
    assert all(re.findall(r'"(.+?)"', row) == classified for row in matrix)
    assert PROJECT["project"]["requires-python"] == f">={classified[0]}"


@pytest.mark.parametrize(
    "package", ["fluent_ai", "fluent_ai.testing", "fluent_ai_local", "fluent_ai_codegen", "fluent_ai_wire"]
)
def test_exported_members_exist(package: str) -> None:
    module = importlib.import_module(package)
    exported = list(getattr(module, "__all__", []))
    assert len(exported) == len(set(exported))
    missing = [
        name for name in exported if not hasattr(module, name) and not importlib.util.find_spec(f"{package}.{name}")
    ]
    assert missing == []


@needs_git
def test_no_machine_paths() -> None:
    private = re.compile(r"(?<![\w.])/(?:root|home|Users|work|opt)/[\w.]")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in TEXT and path.is_relative_to(ROOT)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if private.search(line)
    ]
    assert found == []


@needs_git
def test_no_conflict_was_left_in_a_file() -> None:
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    found = [path for path in tracked() if path.suffix in TEXT and marks.search(path.read_text(encoding="utf-8"))]
    assert found == []


@needs_git
def test_hand_written_modules_stay_small() -> None:
    generated = ROOT / "generated"
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix == ".py"
        and not path.is_relative_to(generated)
        and not path.is_relative_to(ROOT / "tests")
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
