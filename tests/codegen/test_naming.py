from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai_codegen.files.ledger import encode_names, parse_names, write_names
from fluent_ai_codegen.render.naming import Naming, member_name, name_members
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("model_id", "member"),
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
def test_names_are_the_words_of_the_id(model_id: str, member: str) -> None:
    assert member_name(model_id) == member


@given(st.text(min_size=1))
def test_a_name_is_always_an_identifier_that_enum_takes(model_id: str) -> None:
    member = member_name(model_id)
    assert member.isidentifier()
    assert member.isascii()
    assert not keyword.iskeyword(member)
    assert not member.startswith("_")
    assert member == member.upper()
    assert member_name(model_id) == member


IDS = st.lists(st.text(alphabet="aB1-._/", min_size=1, max_size=4), unique=True)


def name(
    ids: Iterable[str], reviewed: Mapping[str, str] | None = None, ledger: Mapping[str, str] | None = None
) -> Naming:
    return name_members(ids, reviewed or {}, ledger or {}, "specs/names/acme.toml")


@given(IDS)
def test_every_id_is_a_member_or_reported_and_the_order_of_the_list_does_not_matter(ids: list[str]) -> None:
    naming = name(ids)
    named = [model_id for _, model_id in naming.members]
    collided = [model_id for found in naming.collisions.values() for model_id in found]
    assert sorted(named + collided) == sorted(ids)
    assert all(len(found) > 1 for found in naming.collisions.values())
    assert len({each for each, _ in naming.members}) == len(naming.members)
    assert naming == name(reversed(ids))


@given(IDS, IDS, IDS)
def test_no_member_changes_or_goes_when_models_come_and_go(
    first: list[str], second: list[str], third: list[str]
) -> None:
    ledger: dict[str, str] = {}
    for ids in (first, second, third):
        members = dict(name(ids, ledger=ledger).members)
        assert ledger.items() <= members.items()
        assert name(ids, ledger=members).members == tuple(sorted(members.items()))
        ledger = members


def test_reviewed_names_resolve_a_collision() -> None:
    ids = ["medium-3.5", "medium-3-5"]
    assert name(ids).collisions == {"MEDIUM_3_5": ("medium-3-5", "medium-3.5")}
    naming = name(ids, {"medium-3.5": "MEDIUM_3_DOT_5"})
    assert naming.members == (("MEDIUM_3_5", "medium-3-5"), ("MEDIUM_3_DOT_5", "medium-3.5"))


def test_a_reviewed_name_can_itself_collide() -> None:
    assert name(["a", "b"], {"a": "B"}).collisions == {"B": ("a", "b")}


def test_a_newcomer_that_would_take_a_member_stays_out_and_the_member_stays() -> None:
    naming = name(["medium-3.5", "medium-3-5"], ledger={"MEDIUM_3_5": "medium-3.5"})
    assert naming.members == (("MEDIUM_3_5", "medium-3.5"),)
    assert naming.collisions == {"MEDIUM_3_5": ("medium-3-5", "medium-3.5")}


def test_a_rename_is_an_error_until_the_ledger_says_so_too() -> None:
    with pytest.raises(ConfigError, match=r"specs/names/acme.toml: A_1 = 'a-1' is in use, and member_names says ALPHA"):
        name(["a-1"], {"a-1": "ALPHA"}, {"A_1": "a-1"})
    assert name(["a-1"], {"a-1": "ALPHA"}, {"ALPHA": "a-1"}).members == (("ALPHA", "a-1"),)


NAMES = st.dictionaries(st.from_regex("[A-Z][A-Z0-9_]{0,8}", fullmatch=True), st.text(min_size=1)).filter(
    lambda names: len(set(names.values())) == len(names)
)


@given(NAMES)
def test_the_ledger_comes_back_as_it_was(names: dict[str, str]) -> None:
    data = encode_names("Acme", names.items())
    assert parse_names(data, "x") == names
    assert data == encode_names("Acme", reversed(names.items()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"A = 1\n", "x.toml: Expected `str`, got `int`"),
        (b"\xff", "x.toml: not valid TOML"),
        (b'A = "m"\nA = "n"\n', "x.toml: not valid TOML"),
        (b'A = "m"\nB = "m"\n', "x.toml: A and B are both 'm'; keep one of them"),
    ],
)
def test_a_damaged_ledger_is_refused(text: bytes, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_names(text, "x.toml")
    assert str(caught.value).startswith(message)


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write_names(tmp_path, {"a.toml": b"1", "b.toml": b"2"})
    before = (tmp_path / "a.toml").stat().st_ino
    write_names(tmp_path, {"a.toml": b"1", "b.toml": b"3"})
    assert (tmp_path / "a.toml").stat().st_ino == before
    assert (tmp_path / "b.toml").read_bytes() == b"3"
