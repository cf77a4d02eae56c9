"""The methods of the clients are what the verbs declare."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.render.doors import door_modules
from fluent_ai_codegen.render.generated import environment, render
from fluent_ai_codegen.render.inputs import Inputs
from fluent_ai_codegen.render.verbs import read_verbs

ROOT = Path(__file__).parents[2]
PACKAGE = """import x

if x:

    from . import laws as laws

_WHERE = {
    "verbs.gone": ("Gone",),
}  # fmt: skip
"""
SCHEMA = '''Capability = Literal[
    "gone",
]  # fmt: skip

class Manifest:
    gone: tuple[Route, ...] = ()
    """Routes of `go`."""
    gone_too: tuple[Route, ...] = ()
    """Routes of `go_too`."""
    other: str = ""
'''
VERB = """
from fluent_ai.content.results import Note, Result
from fluent_ai.verbs.base import Door, Extras, Target, Verb

class Count(Result):
    words: int = 0

def _build(target: Target, text: str, options: Mapping[str, Any]) -> list[Request]: ...

COUNT: Verb[str, Request, int | Note, Count] = Verb(
    "chat",
    _build,
    fold,
    Door(options=Extras, answer="How many words.", stream="As they are found.", kind="chat", public=(Count,)),
)
"""


def verb(folder: Path, text: str = VERB) -> Path:
    (folder / "count.py").write_text(text)
    return folder


def test_a_door_that_is_missing_or_changed_is_a_difference(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "tests" / "golden", checkout)
    client, verbs = (checkout / "runtime" / "fluent_ai" / name for name in ("client", "verbs"))
    client.mkdir(parents=True)
    verbs.mkdir()
    verb(verbs)
    package, schema = client.parent / "__init__.py", client.parent / "manifest" / "schema.py"
    package.write_text(PACKAGE)
    schema.parent.mkdir()
    schema.write_text(SCHEMA)
    rendered = render(Inputs.load(Layout(checkout)))
    assert set(rendered.doors) == {
        "docs/guides/reference/verbs.md",
        "runtime/fluent_ai/__init__.py",
        "runtime/fluent_ai/client/bound.py",
        "runtime/fluent_ai/client/verbs_async.py",
        "runtime/fluent_ai/client/verbs_sync.py",
        "runtime/fluent_ai/manifest/schema.py",
    }
    for path, data in rendered.doors.items():
        if path.startswith("runtime/fluent_ai/client"):
            assert data.startswith(b"# Generated from runtime/fluent_ai/verbs; do not edit. Run: fluent-ai generate\n")
        (checkout / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout / path).write_bytes(data)
    assert "    from fluent_ai.verbs.count import Count as Count\n" in package.read_text()
    assert '_WHERE = {\n    "verbs.count": ("Count",),\n}  # fmt: skip\n' in package.read_text()
    assert schema.read_text() == (
        'Capability = Literal[\n    "chat",\n]  # fmt: skip\n\nclass Manifest:\n'
        '    chat: tuple[Route, ...] = ()\n    """Routes of `count`."""\n    other: str = ""\n'
    )
    assert not [each for each in rendered.differences(Layout(checkout)) if each.path in rendered.doors]
    (client / "bound.py").unlink()
    (client / "verbs_sync.py").write_text("# by hand\n")
    found = {each.path: each.kind for each in rendered.differences(Layout(checkout)) if each.path in rendered.doors}
    assert found == {
        "runtime/fluent_ai/client/bound.py": "missing",
        "runtime/fluent_ai/client/verbs_sync.py": "changed",
    }


def test_routes_without_a_verb_and_a_schema_without_its_lines_are_refused(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "tests" / "golden", checkout)
    inputs = Inputs.load(Layout(checkout))
    with pytest.raises(ConfigError, match=r"specs/providers/\w+\.toml: \[\[chat\]\]: no verb has this capability"):
        render(replace(inputs, verbs=tuple(each for each in inputs.verbs if each.capability != "chat")))
    for text in ("", SCHEMA + SCHEMA):
        modules = {"runtime/fluent_ai/__init__.py": PACKAGE, "runtime/fluent_ai/manifest/schema.py": text}
        with pytest.raises(ConfigError, match=r"^runtime/fluent_ai/manifest/schema\.py: .* allowed: once"):
            render(replace(inputs, modules=modules))


def test_types_and_sentences_come_from_the_module(tmp_path: Path) -> None:
    (count,) = read_verbs(verb(tmp_path))
    assert (count.method, count.constant, count.methods_class, count.literal) == (
        "count", "COUNT", "CountMethods", "ChatModelName",
    )  # fmt: skip
    assert count.imports == {
        "Count": "fluent_ai.verbs.count",
        "Extras": "fluent_ai.verbs.base",
        "Note": "fluent_ai.content.results",
    }
    modules = door_modules((count,), environment())
    sync, bound = (modules[f"runtime/fluent_ai/client/{name}.py"] for name in ("verbs_sync", "bound"))
    assert "def count(self, model: ModelT | Route, text: str, **options: Unpack[Extras]) -> Count:" in sync
    assert (
        "def stream_count(self, text: str, **options: Unpack[Extras]) -> AsyncResultStream[int | Note, Count]" in bound
    )
    assert '"""How many words."""' in sync
    assert '"""As they are found."""' in bound


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"chat",', '"Chat",', "capability is 'Chat'; allowed: a word that is no other field of a manifest"),
        ('"chat",', '"options",', "capability is 'options'; allowed: a word that is no other field of a manifest"),
        ('kind="chat"', 'kind="chats"', "kind is 'chats'; allowed: None, chat"),
        ('"How many words."', "WORDS", "answer is WORDS; allowed: a literal"),
        ("Verb[str, Request, int | Note, Count]", "Verb[str]", "COUNT is annotated with str; allowed: four types"),
        ("    _build,", "    build,", "build is build; allowed: a function of this module"),
        ("class Count", "clas Count", "invalid syntax"),
        ("public=(Count,)", "public=Count", "public is Count; allowed: a tuple of classes"),
    ],
)
def test_a_wrong_declaration_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in VERB
    with pytest.raises(ConfigError, match=r"count\.py: .*" + reason.replace("|", r"\|")):
        read_verbs(verb(tmp_path, VERB.replace(old, new)))


def test_one_name_of_two_modules_is_refused(tmp_path: Path) -> None:
    verb(tmp_path)
    (tmp_path / "tell.py").write_text(VERB.replace("COUNT:", "TELL:"))
    with pytest.raises(ConfigError, match=r"Count is of fluent_ai\.verbs\.tell, and another verb's is of"):
        door_modules(read_verbs(tmp_path), environment())
