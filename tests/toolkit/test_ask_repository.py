"""The example that answers a question about this repository, with what it cites."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from fluent_ai.testing import fake_provider

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "ask_repository.py"
QUESTION = "What does split sections do with long texts, headings and definitions?"


def test_an_answer_shows_which_lines_it_cites(capsys: pytest.CaptureFixture[str]) -> None:
    with fake_provider("It cuts texts before headings [1]. Definitions count too [2].") as fake:
        runpy.run_path(str(EXAMPLE))["ask"](QUESTION, "fake:any")
    quotes = fake.requests[0].messages[0].text
    said = capsys.readouterr().out
    cited = re.findall(
        r"^\[(\d)\] (docs/guides/[\w-]+\.md), from line (\d+): (.+)$", said.replace(f"{ROOT}/", ""), re.M
    )
    assert [number for number, *_ in cited] == ["1", "2"]
    for number, name, line, first in cited:
        assert f"[{number}] " in quotes
        assert re.search(rf'\[{number}\] "[^"]*{re.escape(name)}" lines {line}-', quotes)
        assert first in quotes
    assert "docs/guides/context.md" in {name for _, name, _, _ in cited}


@pytest.mark.slow
def test_the_local_model_answers(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch", reason="the local engine is not installed")
    runpy.run_path(str(EXAMPLE))["ask"]("What is a stream?", "local:smollm2-135m")
    said = capsys.readouterr().out
    assert re.search(r"^\[1\] ", said, re.M)
    assert len(said.split("left out.")[1].strip()) > 40
