"""What holds for all tests."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings
from own_ids import NO_CHANCE

# How long an example takes says something about the machine only. With a deadline, the health check for slow draws
# would also allow a busy machine no more than one second for the first ten examples.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A shell without job control ignores SIGINT in the background, and so would every process that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _same_ids() -> Iterator[None]:
    """Calls without an id get one by chance; tests that read one body twice compare what they read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fluent_ai.content.call_ids.token_hex", lambda size: NO_CHANCE)
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Tests and guides name real models, which will retire one day."""
    config.addinivalue_line("filterwarnings", "ignore::fluent_ai.registry.ModelRetiring")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much of the documentation ran, and why the rest did not."""
    found = [
        blocks
        for report in terminalreporter.getreports("passed")
        for name, blocks in report.user_properties
        if name == "blocks"
    ]
    if not found:
        return
    ran = sum((Counter(blocks["ran"]) for blocks in found), Counter[str]())
    skipped = [reason for blocks in found for reason in blocks["skipped"]]
    terminalreporter.section("documentation")
    terminalreporter.line(
        f"{len(found)} pages: {ran.total()} blocks did what they say "
        f"({', '.join(f'{count} {language}' for language, count in ran.most_common())}), "
        f"{sum(blocks['compared'] for blocks in found)} of the outputs that they show were compared, "
        f"{len(skipped)} cannot run:"
    )
    for reason in skipped:
        terminalreporter.line(f"  {reason}")
