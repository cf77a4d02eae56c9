"""What the workflows call exists: sessions, modules, options, and a key for every list that needs one."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import pytest
import typer
import yaml
from fluent_ai_codegen.__main__ import COMMANDS
from fluent_ai_codegen.files.specs import load_specs

from .conftest import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yml"))}
SCRIPTS = [
    (name, step["run"])
    for name, workflow in WORKFLOWS.items()
    for job in workflow["jobs"].values()
    for step in job["steps"]
    if "run" in step
]
NOXFILE = ast.parse((ROOT / "noxfile.py").read_text("utf-8"))
SESSIONS = {node.name: node for node in NOXFILE.body if isinstance(node, ast.FunctionDef) and node.decorator_list}

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="an unpacked source distribution has no workflows")


def options(command: str) -> set[str]:
    app = typer.Typer()
    app.command()(cast("Callable[..., None]", COMMANDS[command].load()))
    return {option for parameter in typer.main.get_command(app).params for option in parameter.opts}


def test_sessions_that_workflows_run_exist() -> None:
    named = [
        name for _, script in SCRIPTS for names in re.findall(r"nox -s ([a-z_ ]+)", script) for name in names.split()
    ]
    assert {"regenerate", "drift", "tests", "check_generated"} <= set(named)
    assert set(named) <= set(SESSIONS)


def test_modules_and_commands_that_workflows_and_sessions_run_exist() -> None:
    scripts = [script for _, script in SCRIPTS]
    lines = [ast.unparse(node) for node in ast.walk(NOXFILE) if isinstance(node, ast.Call)]
    called = [" ".join(ast.literal_eval(text) for text in re.findall(r"'[^']*'", line)) for line in lines]
    modules = {name for text in [*scripts, *called] for name in re.findall(r"-m (fluent_ai_codegen[\w.]*)", text)}
    assert {"fluent_ai_codegen", "fluent_ai_codegen.publish.release", "fluent_ai_codegen.readme"} <= modules
    assert all(find_spec(module) for module in modules)
    commands = {name for text in called for name in re.findall(r"-m fluent_ai_codegen (\w+)", text)}
    assert {"regenerate", "drift"} <= commands <= set(COMMANDS)


def test_options_that_are_passed_to_regenerate_exist() -> None:
    (script,) = (script for _, script in SCRIPTS if "nox -s regenerate" in script)
    passed = {word for word in shlex.split(script.partition(" -- ")[2]) if word.startswith("--")}
    session = ast.unparse(SESSIONS["regenerate"])
    passed |= set(re.findall(r"'(--[a-z-]+)'", session))
    assert passed == {"--force", "--summary", "--report"}
    assert passed <= options("regenerate")
    assert {"--hold", "--accept-shrink"} <= options("regenerate")


def test_every_list_that_needs_a_key_gets_one() -> None:
    (step,) = (
        step
        for step in WORKFLOWS["regenerate"]["jobs"]["regenerate"]["steps"]
        if "nox -s regenerate" in step.get("run", "")
    )
    given = set(step["env"])
    missing = [
        manifest.id
        for manifest in load_specs(ROOT / "specs").manifests
        if manifest.model_list
        and manifest.model_list.key_required
        and manifest.auth.required
        and manifest.auth.env
        and not given.intersection(manifest.auth.env)
    ]
    assert missing == []


def test_who_runs_this_repository_may_not_write_and_who_writes_does_not_run_it() -> None:
    for workflow in WORKFLOWS.values():
        for job in workflow["jobs"].values():
            scripts = " ".join(step.get("run", "") for step in job["steps"])
            if "write" in job["permissions"].values():
                assert not re.search(r"\b(nox|python|pip)\b", scripts)
            else:
                assert "secrets.GITHUB_TOKEN" not in str(job)


@pytest.mark.parametrize(("workflow", "script"), SCRIPTS)
def test_scripts_take_what_others_wrote_from_the_environment(workflow: str, script: str) -> None:
    """An expression in a script is text of the script: whoever writes it runs commands."""
    assert "${{" not in script


def test_a_regeneration_is_published_by_merging_it() -> None:
    release: dict[Any, Any] = WORKFLOWS["release"]
    push = release[True]["push"]  # YAML reads `on` as true
    assert push == {"tags": ["v*"], "branches": ["main"], "paths": ["pyproject.toml"]}
    assert release["jobs"]["build"]["needs"] == "version"
    assert "fluent_ai_codegen.publish.release" in " ".join(script for name, script in SCRIPTS if name == "regenerate")


def test_the_files_that_a_workflow_reads_are_those_that_the_session_writes() -> None:
    written = set(re.findall(r"\.fetch/\w+\.md", ast.unparse(SESSIONS["regenerate"])))
    read = {name for flow, script in SCRIPTS if flow == "regenerate" for name in re.findall(r"\.fetch/\w+\.md", script)}
    assert read == written == {".fetch/summary.md", ".fetch/report.md"}
    assert ".fetch/\n" in Path(ROOT / ".gitignore").read_text("utf-8")
