"""Prompts are improved in stages: what each is given, what is kept of it, and what a failure leaves."""

from __future__ import annotations

import asyncio
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from hypothesis import given
from hypothesis import strategies as st

from fluent_ai_toolkit.prompts import Stage, StageFinished, StageStarted, StageText
from fluent_ai_toolkit.prompts.stages import PLACEHOLDER, why_rejected

SHOUT = Stage("shout", function=str.upper)


def test_each_stage_goes_on_with_what_the_last_one_made() -> None:
    with fake_provider("<prompt>\nBetter words\n</prompt>", "Best words") as fake, ai.Client() as client:
        improvement = ai.prompts.improve(
            client, "fake:m", "words", stages=["clarify", SHOUT, "critique"], temperature=0.2
        )
        assert fake.requests == []
        events = list(improvement)
        result = improvement.so_far
    first, second = fake.requests
    assert "<prompt>\nwords\n</prompt>" in first.messages[0].text
    assert "<prompt>\nBETTER WORDS\n</prompt>" in second.messages[0].text
    assert (first.temperature, first.system == second.system) == (0.2, True)
    assert [type(event) for event in events if not isinstance(event, StageText)] == [StageStarted, StageFinished] * 3
    written = "".join(event.text for event in events if isinstance(event, StageText) and event.stage == "critique")
    assert written == "Best words"
    assert [(version.stage, version.text) for version in result.versions] == [
        ("clarify", "Better words"),
        ("shout", "BETTER WORDS"),
        ("critique", "Best words"),
    ]
    assert (result.prompt, result.original) == ("Best words", "words")
    assert [version.cost for version in result.versions] == [None, 0.0, None]
    assert result.cost is None
    assert "words" not in repr(result) + repr(result.versions)


def test_a_version_that_lost_a_placeholder_or_everything_is_rejected() -> None:
    with fake_provider("Hello you", "Dear {name},"), ai.Client() as client:
        stages: list[str | Stage] = ["clarify", Stage("blank", function=lambda prompt: " "), "critique"]
        result = ai.prompts.improve(client, "fake:m", "Hello {name}", stages=stages).collect()
    assert [version.rejected for version in result.versions] == ["missing: {name}", "empty", None]
    assert result.prompt == "Dear {name},"


def test_a_placeholder_with_a_default_is_one() -> None:
    with fake_provider("Hello {name}", "Hello {name|you}!"), ai.Client() as client:
        result = ai.prompts.improve(client, "fake:m", "Hello {name|you}", stages=["clarify", "critique"]).collect()
    assert [version.rejected for version in result.versions] == ["missing: {name|you}", None]


def test_a_failure_ends_it_and_leaves_what_there_is() -> None:
    with fake_provider("One", ai.Overloaded("busy")), ai.Client(retries=0) as client:
        improvement = ai.prompts.improve(client, "fake:m", "x", stages=["clarify", "critique", SHOUT])
        with pytest.raises(ai.Overloaded):
            improvement.collect()
        assert list(improvement) == []
    assert improvement.so_far.prompt == "One"
    assert len(improvement.so_far.versions) == 1


def test_leaving_early_asks_nothing_more() -> None:
    with fake_provider("One two three", "Never") as fake, ai.Client() as client:
        with ai.prompts.improve(client, "fake:m", "x", stages=["clarify", "critique"]) as improvement:
            assert isinstance(next(improvement), StageStarted)
            assert isinstance(next(improvement), StageText)
        assert list(improvement) == []
        assert len(fake.requests) == 1


def test_the_asynchronous_twin() -> None:
    async def main() -> None:
        async with ai.AsyncClient() as client:
            result = await ai.prompts.aimprove(client, "fake:m", "x", stages=["clarify", SHOUT]).collect()
            assert result.prompt == "ONE"
            async with ai.prompts.aimprove(client, "fake:m", "x", stages=[SHOUT]) as improvement:
                events = [event async for event in improvement]
            assert [type(event) for event in events] == [StageStarted, StageFinished]

    with fake_provider("One"):
        asyncio.run(main())


def test_bad_arguments_are_named_before_anything_is_sent() -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"stages": []}, "stages is empty"),
        ({"stages": "clarify"}, "stages is of type str"),
        ({"stages": ["clarfy"]}, r"stages\[0\] is 'clarfy'; allowed: a Stage, clarify"),
        ({"stages": [3]}, r"stages\[0\] is of type int"),
        ({"stages": ["clarify", "clarify"]}, "two of one name"),
        ({"system": "x"}, "system"),
        ({"prompt": ""}, "prompt"),
    ]
    with fake_provider() as fake, ai.Client() as client:
        for given_, message in wrong:
            with pytest.raises(ai.ConfigError, match=message):
                ai.prompts.improve(client, "fake:m", **{"prompt": "x", **given_})
        with pytest.raises(ai.ConfigError, match="returned a int"):
            ai.prompts.improve(client, "fake:m", "x", stages=[Stage("n", function=len)]).collect()  # type: ignore[arg-type]
        assert fake.requests == []
    unfit: list[dict[str, Any]] = [{}, {"task": "a", "function": str.upper}, {"task": " "}, {"function": 3}]
    for arguments in unfit:
        with pytest.raises(ai.ConfigError, match="stage"):
            Stage("x", **arguments)


@given(
    st.lists(
        st.sampled_from(["{a}", "{a|all of it}", "{{ b }}", "$c", "${d}", "text", "{ not one }", "5$"]), max_size=6
    )
)
def test_the_same_placeholders_in_any_order_are_accepted(parts: list[str]) -> None:
    before = " ".join(["x", *parts])
    assert why_rejected(before, " ".join([*reversed(parts), "x"])) is None
    assert (why_rejected(before, "x") is None) is not bool(PLACEHOLDER.findall(before))
