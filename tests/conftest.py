"""What holds for all tests."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Tests and guides name real models, which will retire one day."""
    config.addinivalue_line("filterwarnings", "ignore::fluent_ai.registry.ModelRetiring")
