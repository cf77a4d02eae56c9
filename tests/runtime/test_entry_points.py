"""Providers that installed packages offer, by packages that are really there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MANIFEST = """
id = "acme"
name = "Acme"
docs = "https://acme.example/docs"
aliases = ["acmecorp"]
base_url = "https://api.acme.example/v1"

[auth]
env = ["ACME_API_KEY"]

[[chat]]
protocol = "openai_chat"
path = "/chat/completions"
"""
WORKER = """
id = "house"
name = "House"
docs = "https://house.example"

[auth]
scheme = "none"
required = false

[[chat]]
protocol = "worker"
"""
MODULE = """
from pathlib import Path
from fluent_ai.manifest import parse_manifest

ACME = Path(__file__).with_name("acme.toml")
HOUSE = parse_manifest(Path(__file__).with_name("house.toml").read_text(), "house.toml")


class House:
    def chat_model(self, model):
        return self

    def run(self, request, emit):
        from fluent_ai.content.reply_writer import ReplyWriter

        writer = ReplyWriter("house", emit)
        writer.start("1", request.model)
        writer.text("from the house")
        writer.finish("stop", "stop")
"""
ENTRIES = """
[fluent_ai.manifests]
acme = acme_provider:ACME
house = acme_provider:HOUSE

[fluent_ai.providers]
house = acme_provider:House
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "acme_provider.py").write_text(MODULE)
    (tmp_path / "acme.toml").write_text(MANIFEST)
    (tmp_path / "house.toml").write_text(WORKER)
    folder = tmp_path / "acme_provider-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-provider\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(ENTRIES)
    return tmp_path


def run(site: Path, program: str) -> subprocess.CompletedProcess[str]:
    program = f"import sys; sys.path.insert(0, {str(site)!r}); import fluent_ai as ai\n{program}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_an_installed_package_brings_its_providers(site: Path) -> None:
    done = run(
        site,
        "client = ai.Client(keys={'acmecorp': 'k'})\n"
        "print(client.model('house:any').complete('hi').text)\n"
        "print(next(row.name for row in client.providers() if row.id == 'acme' and row.ready))\n",
    )
    assert (done.stdout, done.stderr) == ("from the house\nAcme\n", "")


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            "[fluent_ai.manifests]\nacme = nowhere:ACME\n",
            "entry point 'acme' of 'fluent_ai.manifests': No module named",
        ),
        ("[fluent_ai.manifests]\nacme = acme_provider:NOTHING\n", "has no attribute 'NOTHING'"),
        ("[fluent_ai.manifests]\nacme = acme_provider:House\n", "entry point 'acme' of 'fluent_ai.manifests':"),
        ("[fluent_ai.manifests]\nother = acme_provider:ACME\n", "entry point 'other' of 'fluent_ai.manifests' offers"),
    ],
)
def test_an_entry_that_offers_no_manifest_is_named(site: Path, entries: str, message: str) -> None:
    (site / "acme_provider-1.0.dist-info" / "entry_points.txt").write_text(entries)
    done = run(site, "ai.Client().model('acme:m')")
    assert done.returncode == 1
    assert "fluent_ai.errors.ConfigError: " in done.stderr
    assert message in done.stderr
