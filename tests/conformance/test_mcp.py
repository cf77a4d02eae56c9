"""The client scenarios of the MCP project's own conformance suite, which npm has.

It starts a server for each scenario, runs our client against it, and checks what the server saw.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SUPPORT = Path(__file__).parents[1] / "support"
SUITE = "@modelcontextprotocol/conformance@0.1.16"
NODE = "node@22"  # the suite needs what older ones do not have
SCENARIOS = (
    "initialize",
    "tools_call",
    "elicitation-sep1034-client-defaults",
    "sse-retry",
    "auth/metadata-default",
    "auth/metadata-var1",
    "auth/metadata-var2",
    "auth/metadata-var3",
    "auth/basic-cimd",
    "auth/scope-from-www-authenticate",
    "auth/scope-from-scopes-supported",
    "auth/scope-omitted-when-undefined",
    "auth/scope-step-up",
    "auth/scope-retry-limit",
    "auth/token-endpoint-auth-basic",
    "auth/token-endpoint-auth-post",
    "auth/token-endpoint-auth-none",
    "auth/pre-registration",
    "auth/2025-03-26-oauth-metadata-backcompat",
    "auth/2025-03-26-oauth-endpoint-fallback",
    "auth/resource-mismatch",
    "auth/offline-access-scope",
    "auth/offline-access-not-supported",
    "auth/client-credentials-jwt",
    "auth/client-credentials-basic",
    "auth/cross-app-access-complete-flow",
)
REFUSED = {"auth/2025-03-26-oauth-metadata-backcompat"}
"""The suite's metadata there names another issuer than the one that it was asked at. RFC 8414, section 3.3, has clients
refuse that, and the SDK does."""
TIMED = {"sse-retry"}
"""The suite measures how long we wait there, which a busy machine makes longer: a second try counts, too."""

pytestmark = [pytest.mark.slow, pytest.mark.alone]


@pytest.fixture(scope="module")
def suite(request: pytest.FixtureRequest) -> list[str]:
    """The command of the suite, installed once."""
    pytest.importorskip("mcp", reason="needs the extra mcp")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm, which has the suite and the Node.js that it needs")
    folder = request.config.cache.mkdir("mcp-conformance")
    program = folder / "node_modules" / SUITE.rsplit("@", 1)[0] / "dist" / "index.js"
    node = folder / "node_modules" / ".bin" / "node"
    if not program.exists() or not node.exists():
        install = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), SUITE, NODE]
        done = subprocess.run(install, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            pytest.skip(f"npm cannot install the suite: {done.stderr.strip().splitlines()[-1:]}")
    return [str(node), str(program)]


def checks(suite: list[str], scenario: str, folder: Path) -> list[dict[str, Any]]:
    """What the suite found, and its success; checks that only tell what happened are left out."""
    client = shlex.join([sys.executable, str(SUPPORT / "mcp_conformance_client.py")])
    command = [*suite, "client", "--command", client, "--scenario", scenario, "-o", str(folder), "--timeout", "120000"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, env=environment)
    [found] = folder.rglob("checks.json")
    rows: list[dict[str, Any]] = json.loads(found.read_text("utf-8"))
    assert (done.returncode == 0) == all(row["status"] != "FAILURE" for row in rows), done.stdout
    return [row for row in rows if row["status"] != "INFO"]


def test_these_are_all_client_scenarios(suite: list[str]) -> None:
    listed = subprocess.run([*suite, "list"], capture_output=True, text=True, timeout=60, check=True).stdout
    of_clients = listed.partition("Client scenarios")[2].splitlines()
    assert [line.split()[1] for line in of_clients if line.strip().startswith("- ")] == list(SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(scenario: str, suite: list[str], tmp_path: Path) -> None:
    found = checks(suite, scenario, tmp_path / "1")
    if scenario in TIMED and any(row["status"] != "SUCCESS" for row in found):
        found = checks(suite, scenario, tmp_path / "2")
    failed = [(row["id"], row.get("errorMessage")) for row in found if row["status"] != "SUCCESS"]
    if scenario in REFUSED:
        assert {row["id"] for row in found if row["status"] == "SUCCESS"} == {"authorization-server-metadata"}
        return
    assert found
    assert failed == []
