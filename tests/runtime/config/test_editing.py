"""A configuration is changed by key: what is not meant stays, and nothing invalid is written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.config.editing import remove_value, set_value

Write = Callable[[str], Path]


def test_comments_and_order_stay(write: Write) -> None:
    path = write("# mine\n[aliases]  # short\nb = 'x:y'  # why\n\n[models]\nchat = 'b'\n")
    set_value("aliases.a", "x:z")
    set_value("models.chat", "a")
    set_value("theme", "light")
    assert path.read_text() == (
        '# mine\ntheme = "light"\n\n[aliases]  # short\nb = \'x:y\'  # why\na = "x:z"\n\n[models]\nchat = "a"\n'
    )
    remove_value("theme")
    remove_value("aliases.a")
    assert path.read_text() == "# mine\n\n[aliases]  # short\nb = 'x:y'  # why\n\n[models]\nchat = \"a\"\n"


def test_a_file_is_made_where_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLUENT_AI_CONFIG", str(tmp_path / "deep" / "mine.toml"))
    path = set_value('options.chat."groq:*".temperature', "0.5")
    assert path == tmp_path / "deep" / "mine.toml"
    assert ai.Config().options("groq:x") == {"temperature": 0.5}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("theme", "pink", "theme is 'pink'"),
        ("models.chta", "x", "models.chta is not known. Did you mean chat?"),
        ("modls.chat", "x", "'modls' is not known. Did you mean models"),
        ("models", "x", "models is of type str"),
        ("models.chat.deep", "x", "lies within chat, which is no table"),
        ("a b", "x", "key is 'a b'; allowed: a dotted key"),
        ("", "x", "key is ''"),
        ("a=1\nb", "x", "allowed: a dotted key"),
        ("options.chat.x.temperature", "hot", "temperature is of type str"),
    ],
)
def test_what_is_not_allowed_is_not_written(write: Write, key: str, value: str, says: str) -> None:
    path = write("[models]\nchat = 'x:y'\n")
    with pytest.raises(ai.ConfigError, match=".*") as caught:
        set_value(key, value)
    assert says in caught.value.message
    assert path.read_text() == "[models]\nchat = 'x:y'\n"


def test_a_key_that_is_not_there_cannot_be_removed(write: Write) -> None:
    write("[models]\nchat = 'x:y'\n")
    for key in ("models.embed", "aliases.a", "models.chat.x"):
        with pytest.raises(ai.ConfigError, match=f"{key} is not in"):
            remove_value(key)


def test_a_broken_file_is_left_alone(write: Write) -> None:
    path = write("[models")
    with pytest.raises(ai.ConfigError, match="not valid TOML"):
        set_value("theme", "light")
    assert path.read_text() == "[models"


def test_threads_change_it_one_after_the_other() -> None:
    threads = [threading.Thread(target=set_value, args=(f"aliases.a{number}", "x:y")) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(ai.Config().values.aliases) == {f"a{number}" for number in range(8)}
