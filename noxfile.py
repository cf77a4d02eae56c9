"""Every command of this repository, stated once; CI and the README call nothing else. List them with `nox -l`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.options.sessions = ["lint", "typing", "check_generated", "tests"]
nox.options.reuse_venv = "yes"
nox.options.error_on_external_run = True

ROOT = Path(__file__).parent
GROUPS = nox.project.load_toml(ROOT / "pyproject.toml")
# Installed before everything else: an index that offers CPU builds gets its CPU build, and the ranges below keep it.
TORCH = "torch==2.13.0"


def group(name: str) -> tuple[str, ...]:
    return nox.project.dependency_groups(GROUPS, name)


def run(session: nox.Session, program: str, *arguments: str, **env: str) -> None:
    """Run a program of the shared environment."""
    bin_folder = ROOT / ".nox" / "environment" / ("Scripts" if os.name == "nt" else "bin")
    path = os.pathsep.join([str(bin_folder), os.environ["PATH"]])
    session.run(str(bin_folder / program), *arguments, external=True, env={"PATH": path, **env})


@nox.session
def environment(session: nox.Session) -> None:
    """The environment that most sessions share: the repository, editable, with all extras and development tools."""
    session.install(TORCH)
    session.install("-e", ".[aws,azure,cli,codegen,google,images,local]", *group("dev"))


@nox.session(python=False, requires=["environment"])
def demo(session: nox.Session) -> None:
    """Regenerate the SDK from cache/, look models up, stream a real reply from the local model. No key needed."""
    run(session, "python", "docs/examples/demo.py", *session.posargs)


@nox.session(python=False, requires=["environment"])
def tests(session: nox.Session) -> None:
    """The whole offline suite with coverage; then what parallel tests would disturb."""
    if session.posargs:
        return run(session, "pytest", *session.posargs)
    coverage = ("-n", "auto", "--cov", "--cov-report=term:skip-covered")
    run(session, "pytest", "-m", "not slow and not alone", *coverage)
    return run(session, "pytest", "-m", "alone and not slow")


@nox.session(python=False, requires=["environment"])
def slow(session: nox.Session) -> None:
    """The tests that take minutes."""
    run(session, "pytest", "-m", "slow", "-o", "faulthandler_timeout=3600", *session.posargs)


@nox.session
def runtime(session: nox.Session) -> None:
    """The runtime's tests without any extra: no torch, no jinja2, no command line; quick on every platform."""
    session.install("-e", ".", *group("test"))
    session.run("pytest", "-m", "not slow and not alone", "tests/runtime", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff: rules and format."""
    session.install(*group("lint"))
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", "--check")


@nox.session(python=False, requires=["environment"])
def typing(session: nox.Session) -> None:
    """mypy --strict and pyright."""
    run(session, "mypy", *session.posargs)
    run(session, "mypy", "tests/typing/api.py")
    run(session, "pyright")


@nox.session(python=False, requires=["environment"])
def generate(session: nox.Session) -> None:
    """Render generated/, the clients' methods, the README's tables and the providers' pages from their sources."""
    run(session, "fluent-ai", "generate", *session.posargs)
    run(session, "python", "-m", "fluent_ai_codegen.readme")
    run(session, "python", "-m", "fluent_ai_codegen.provider_pages")


@nox.session(python=False, requires=["environment"])
def check_generated(session: nox.Session) -> None:
    """Fail when something rendered is not what its sources render to; writes nothing."""
    run(session, "fluent-ai", "generate", "--check", *session.posargs)
    run(session, "python", "-m", "fluent_ai_codegen.readme", "--check")
    run(session, "python", "-m", "fluent_ai_codegen.provider_pages", "--check")


@nox.session(python=False, requires=["environment"])
def regenerate(session: nox.Session) -> None:
    """Fetch, generate, check and test; what changed is in .fetch/summary.md, what became of whom in .fetch/report.md.

    Arguments are those of `python -m fluent_ai_codegen regenerate`. A provider that fails ends it before anything is
    rendered.
    """
    files = ("--summary", ".fetch/summary.md", "--report", ".fetch/report.md")
    run(session, "python", "-m", "fluent_ai_codegen", "regenerate", *files, *session.posargs)
    run(session, "python", "-m", "fluent_ai_codegen.readme")
    run(session, "python", "-m", "fluent_ai_codegen.provider_pages")
    session.notify("check_generated", posargs=())
    session.notify("tests", posargs=())


@nox.session(python=False, requires=["environment"])
def drift(session: nox.Session) -> None:
    """Fail when the published API specifications differ from what specs/wire was last reviewed against."""
    run(session, "python", "-m", "fluent_ai_codegen", "drift", *session.posargs)


@nox.session(python=False, requires=["environment"])
def contact_sheet(session: nox.Session) -> None:
    """Draw the sheet of digits that the guide to local images shows; with --check, compare it instead."""
    run(session, "python", "docs/examples/contact_sheet.py", *session.posargs)


@nox.session(python=False, requires=["environment"])
def bench(session: nox.Session) -> None:
    """The benchmarks that the documentation quotes."""
    for script in sorted((ROOT / "benchmarks").glob("[!_]*.py")):
        run(session, "python", str(script), *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the guides and the API reference into site/; a warning is an error."""
    session.install(*group("docs"))
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    session.run("mkdocs", "build", "--strict", "--config-file", "docs/mkdocs.yml", *session.posargs, env=quiet)


@nox.session
def package(session: nox.Session) -> None:
    """Build wheel and sdist into dist/; each must install, import and stream in an empty environment."""
    session.install("build")
    dist, empty = ROOT / "dist", Path(session.create_tmp()) / "empty"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(dist), str(ROOT))
    for distribution in sorted(dist.iterdir()):
        session.run("python", "-m", "venv", "--clear", str(empty))
        python = str(empty / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        session.run(python, "-m", "pip", "install", "--quiet", str(distribution), external=True)
        session.run(python, "-I", "-W", "error", "tests/packaging/smoke.py", external=True)
