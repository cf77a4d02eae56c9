"""A configuration file for each test, and providers that exist there alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.config.config import Known
from fluent_ai.config.environment import CONFIG_FILE, VARIABLES

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the configuration nor the environment of whoever runs the tests."""
    for name in (CONFIG_FILE, *VARIABLES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writes(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text)
        return path

    return writes


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Known:
    """Two providers with one chat route each, of which `acme` has a key; the registry knows a model of each."""

    def manifest(name: str) -> dict[str, object]:
        return {
            "id": name,
            "name": name,
            "docs": "https://example.com",
            "base_url": "https://example.com",
            "auth": {"env": [f"{name.upper()}_KEY"]},
            "chat": [{"protocol": "openai_chat", "path": "/chat"}],
        }

    monkeypatch.setenv("ACME_KEY", "a-key")
    monkeypatch.delenv("OTHER_KEY", raising=False)
    registry = ai.models.Registry(overlays=())
    registry.define("acme:swift-1", tools=True, kind="chat")
    registry.define("acme:plain-1", tools=False, kind="chat")
    registry.define("other:swift-1", tools=True, kind="chat")

    class Both(Known):
        @property
        def registry(self) -> ai.models.Registry:
            return registry

    return Both([manifest("acme"), manifest("other")])
