"""A file that is not valid is refused with file, line and key."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.config.key_lines import line_of
from fluent_ai.config.reading import read_values
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("\nmodls = 1", 2, "modls is not known. Did you mean models"),
        ("[models]\n# why\ncht = 'x'", 3, "models.cht is not known. Did you mean chat?"),
        ("[models]\nchat = 3", 2, "models.chat is 3; allowed: a text"),
        ("[models]\nchat = ' '", 2, "models.chat is ' '; allowed: a text"),
        ("models = 1", 1, "models is of type int; allowed: a table"),
        ("provider = ''", 1, "provider is ''"),
        ("theme = 'pink'", 1, "theme is 'pink'; allowed: dark, light, plain"),
        ("[aliases]\na = 'b'\nb = 'c'\nc = 'a'", 2, "aliases.a leads back to itself: a -> b -> c -> a"),
        ("[aliases]\na = 'x:y'\n[routes.a]\nlegs = ['x:y']", 2, "aliases.a is the name of a route as well"),
        ("rules = 3", 1, "rules is of type int; allowed: tables called [[rules]]"),
        ("[[rules]]\nglob = 'a'\nmodel = 'b'\n[[rules]]\nmodel = 'c'", 4, "rules[1]: neither glob nor regex is there"),
        ("[[rules]]\nglob = 'a'\nregex = 'a'\nmodel = 'b'", 1, "rules[0]: glob and regex is there"),
        ("[[rules]]\nregex = '(a'\nmodel = 'b'", 1, "rules[0]: regex is '(a': missing ), unterminated subpattern"),
        ("[[rules]]\nglob = 'a'\nmodel = '{1}'", 1, "rules[0]: model holds {1}; allowed: {name}, {0}"),
        ("[[rules]]\nglob = 'a'", 1, "rules[0]: model is empty"),
        ("[[rules]]\nglob = 'a'\nmodel = 'b'\nneeds = ['tool']", 1, "needs holds 'tool'. Did you mean tools?"),
        ("[[rules]]\nglob = 'a'\nmodel = 'b'\nkeys = true", 4, "rules[0].keys is not known. Did you mean key?"),
        ("[[rules]]\nglob = 'a'\nmodel = 'b'\npriority = 'x'", 1, "priority is of type str"),
        ("[routes.a]\npick = 'order'", 1, "routes.a.legs is missing"),
        ("[routes.a]\nlegs = []", 1, "routes.a: a Route has no legs"),
        ("[routes.a]\nlegs = [\n 'x:y',\n 'z']", 2, "routes.a.legs[1]: model is 'z'"),
        ("[routes.a]\nlegs = [{retries = 1}]", 2, "routes.a.legs[0].model is None"),
        ("[routes.a]\nlegs = [{model = 'x:y', key = 'k'}]", 2, "routes.a.legs[0].key is not known"),
        ("[routes.a]\nlegs = ['x:y']\nhedge = 3", 1, "routes.a: hedge is 3"),
        ("[options.chat.'x:*']\n\ntemperature = 9", 3, 'options.chat."x:*".temperature: temperature is 9; allowed:'),
        ("[options.chat.'x:*']\ntemprature = 1", 2, "Did you mean temperature?"),
        ("[options.chat.'x:*']\ntools = []", 2, "belongs to a call"),
        ("[options.chat.'x:*']\nmax_output_tokens = 3", 2, "Use max_tokens="),
        ("[options.embed.'x:*']\ntemperature = 1", 2, "option 'temperature' is not known for embed"),
        ("[options.chta]", 1, "options.chta is not known. Did you mean chat?"),
        ("[folders]\nphotos = 'x'", 2, "folders.photos is not known"),
    ],
)
def test_errors_name_file_line_and_key(write: Callable[[str], Path], text: str, line: int, says: str) -> None:
    path = write(text)
    with pytest.raises(ai.ConfigError) as caught:
        ai.Config(path)
    assert caught.value.message.startswith(f"{path}:{line}: ")
    assert says in caught.value.message


def test_a_document_that_is_no_toml_names_line_and_column(write: Callable[[str], Path]) -> None:
    path = write("a = 1\nb = ]")
    with pytest.raises(ai.ConfigError, match=r"config\.toml: not valid TOML: .*line 2, column 5"):
        ai.Config(path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ai.ConfigError, match="not valid TOML"):
        ai.Config()


def test_a_whole_file() -> None:
    values = read_values(
        b"""
provider = "groq"
theme = "light"
[models]
chat = "fast"
[aliases]
fast = "groq:llama"
[[rules]]
glob = "late"
model = "x:y"
[[rules]]
regex = "first"
model = "x:z"
priority = 2
[routes.smart]
legs = ["fast", {model = "openai:gpt-5.1", retries = 0, name = "second"}]
resume = "restart"
[options.chat."groq:*"]
temperature = 0.5
safe_prompt = true
[folders]
data = "~/talks"
""",
        "file",
    )
    assert (values.provider, values.theme, values.models) == ("groq", "light", {"chat": "fast"})
    assert [rule.pattern for rule in values.rules] == ["first", "late"]
    route = values.routes["smart"]
    assert ([leg.name for leg in route.legs], route.resume) == (["groq:llama", "second"], "restart")
    assert values.options["chat"]["groq:*"] == {"temperature": 0.5, "safe_prompt": True}
    assert values.folders["data"] == Path("~/talks").expanduser()


KEYS = st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=3), min_size=1, max_size=6, unique=True)


@given(KEYS, st.data())
def test_every_key_is_found_on_its_line(names: list[str], data: st.DataObject) -> None:
    lines: list[str] = []
    where: dict[tuple[str | int, ...], int] = {}
    for name in names:
        if data.draw(st.booleans()):
            lines.append(f"[table-{name}]  # a comment")
            where[f"table-{name}",] = len(lines)
            prefix: tuple[str | int, ...] = (f"table-{name}",)
        else:
            lines.append(f"[[tables-{name}]]")
            prefix = (f"tables-{name}", 0)
            where[prefix] = len(lines)
        lines += [""] * data.draw(st.integers(0, 2))
        values = ("1", "'[x]'", '"""a\n[b]\nc = 1"""', "[\n1,\n2]", "{a = 1}")
        for key, value in zip(("k", '"a.b"'), data.draw(st.permutations(values)), strict=False):
            line = len("\n".join(lines).splitlines()) + 1 if lines[-1] else len(lines) + 1
            lines += f"{key} = {value}".split("\n")
            where[(*prefix, key.strip('"'))] = line
    text = "\n".join(lines)
    assert {key: line_of(text, key) for key in where} == where
    assert {key: line_of(text, (*key, "deeper")) for key in where} == where
