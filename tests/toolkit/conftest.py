"""What the tests of runs share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shells import SHELLS, Shell


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> Iterator[Shell]:
    made = Shell(request.param)
    yield made
    made.close()
