from __future__ import annotations

import keyword

import pytest
from fluent_ai_codegen.naming import member_name, name_members
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("model_id", "name"),
    [
        ("gpt-5.1", "GPT_5_1"),
        ("meta-llama/Llama-3.3-70B", "META_LLAMA_LLAMA_3_3_70B"),
        ("gemma3:4b", "GEMMA3_4B"),
        ("~x-ai/grok-latest", "X_AI_GROK_LATEST"),
        ("01-ai/yi", "MODEL_01_AI_YI"),
        ("模型", "MODEL"),
        ("none", "NONE"),
    ],
)
def test_names_are_the_words_of_the_id(model_id: str, name: str) -> None:
    assert member_name(model_id) == name


@given(st.text(min_size=1))
def test_a_name_is_always_an_identifier_that_enum_takes(model_id: str) -> None:
    name = member_name(model_id)
    assert name.isidentifier()
    assert name.isascii()
    assert not keyword.iskeyword(name)
    assert not name.startswith("_")
    assert name == name.upper()
    assert member_name(model_id) == name


IDS = st.lists(st.text(alphabet="aB1-._/", min_size=1, max_size=4), unique=True)


@given(IDS)
def test_every_id_is_a_member_or_reported_and_the_order_of_the_list_does_not_matter(ids: list[str]) -> None:
    naming = name_members(ids, {})
    named = [model_id for _, model_id in naming.members]
    collided = [model_id for found in naming.collisions.values() for model_id in found]
    assert sorted(named + collided) == sorted(ids)
    assert all(len(found) > 1 for found in naming.collisions.values())
    assert len({name for name, _ in naming.members}) == len(naming.members)
    assert naming == name_members(reversed(ids), {})


def test_reviewed_names_resolve_a_collision() -> None:
    ids = ["medium-3.5", "medium-3-5"]
    assert name_members(ids, {}).collisions == {"MEDIUM_3_5": ("medium-3-5", "medium-3.5")}
    naming = name_members(ids, {"medium-3.5": "MEDIUM_3_DOT_5"})
    assert naming.members == (("MEDIUM_3_5", "medium-3-5"), ("MEDIUM_3_DOT_5", "medium-3.5"))


def test_a_reviewed_name_can_itself_collide() -> None:
    assert name_members(["a", "b"], {"a": "B"}).collisions == {"B": ("a", "b")}
