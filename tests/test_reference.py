"""The reference is whole: the built site shows each public name with all that it has, and says what each field is."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai import testing
from fluent_ai.client.settings import Settings
from fluent_ai.verbs import base as verbs
from fluent_ai.verbs import chat_options as options
from fluent_ai.verbs import embed as embeddings
from fluent_ai.verbs import image as images
from fluent_ai.verbs import moderate as moderation
from fluent_ai.verbs import rerank
from fluent_ai.verbs import speak as speech
from fluent_ai.verbs import transcribe as transcription

from fluent_ai_toolkit import chat, context
from fluent_ai_toolkit.chat.search import SearchOptions
from fluent_ai_toolkit.tools.options import RunOptions

pytest.importorskip("material", reason="the group docs is not installed")

ROOT = Path(__file__).parent.parent
OPTIONS = (
    options.ChatOptions,
    embeddings.EmbedOptions,
    rerank.RerankOptions,
    moderation.ModerateOptions,
    transcription.TranscribeOptions,
    speech.SpeakOptions,
    images.ImageOptions,
    RunOptions,
    SearchOptions,
    verbs.Extras,
    Settings,
)
ROW = re.compile(r'<tr id="([\w.]+)">(.*?)</tr>', re.DOTALL)
SAME_FOR_ALL = {"type"}
"""The literal by which events and parts are told apart, explained once."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    built = subprocess.run(
        [*command, "--config-file", str(ROOT / "docs" / "mkdocs.yml"), "--site-dir", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="session")
def reference(site: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((site / "reference").rglob("*.html")))


@pytest.fixture(scope="session")
def anchors(reference: str) -> set[str]:
    return set(re.findall(r'\bid="([\w.]+)"', reference))


def shown() -> Iterator[tuple[str, object]]:
    """Each name that the reference promises, and what it is. The functions of `models` are methods of `Registry`."""
    for name in ai.__all__:
        value = getattr(ai, name)
        if not isinstance(value, ModuleType):
            yield f"fluent_ai.{name}", value
    for name in ai.models.__all__:
        value = getattr(ai.models, name)
        if inspect.ismethod(value):
            yield f"fluent_ai.models.Registry.{name}", value
        elif name != "default":
            yield f"fluent_ai.models.{name}", value
    for name in ai.tools.__all__:
        yield f"fluent_ai_toolkit.tools.{name}", getattr(ai.tools, name)
    for name in ai.macros.__all__:
        if name != "Macro":  # which is `fluent_ai.Macro`
            yield f"fluent_ai_toolkit.macros.{name}", getattr(ai.macros, name)
    for name in context.__all__:
        if name != "context":  # which is `fluent_ai.context`
            yield f"fluent_ai_toolkit.context.{name}", getattr(context, name)
    for name in chat.__all__:
        if name not in ai.__all__ and name != "SearchOptions":
            yield f"fluent_ai_toolkit.chat.{name}", getattr(chat, name)
    for module in (ai.laws, testing):
        for name, value in vars(module).items():
            if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__:
                yield f"{module.__name__}.{name}", value
    for kind in OPTIONS:
        yield f"{kind.__module__}.{kind.__name__}", kind


NAMES = dict(shown())
CLASSES = [pytest.param(name, value, id=name) for name, value in NAMES.items() if isinstance(value, type)]


def fields(kind: type) -> set[str]:
    """What a value of this class has, or a caller may say, apart from methods; errors tell only what is their own."""
    if issubclass(kind, BaseException):
        found = {name for name in vars(kind) if not callable(getattr(kind, name))}
        if "__init__" in vars(kind):
            found |= set(re.findall(r"self\.(\w+)\b[^\n=]* = ", inspect.getsource(kind.__init__)))
            found -= {"args"}
    else:
        found = set(kind.__annotations__) if typing.is_typeddict(kind) else set()
        found |= set(kind.__struct_fields__) if issubclass(kind, msgspec.Struct) else set()
        found |= {name for name, value in inspect.getmembers(kind) if isinstance(value, property)}
    return {name for name in found if not name.startswith("_")}


def methods(kind: type) -> set[str]:
    members = vars(kind) if issubclass(kind, BaseException) else dict(inspect.getmembers(kind))
    ours = (name for name, value in members.items() if inspect.isfunction(value) and "fluent_ai" in value.__module__)
    return {name for name in ours if not name.startswith("_")}


def test_each_public_name_is_shown(anchors: set[str]) -> None:
    assert sorted(NAMES.keys() - anchors) == []


@pytest.mark.parametrize(("name", "kind"), CLASSES)
def test_a_class_is_shown_with_all_that_it_has(name: str, kind: type, anchors: set[str]) -> None:
    assert sorted(each for each in fields(kind) | methods(kind) if f"{name}.{each}" not in anchors) == []


def test_each_field_has_a_type_and_a_meaning(reference: str) -> None:
    rows = [(where, row.split("<td>")[2:]) for where, row in ROW.findall(reference)]
    assert len(rows) > 300
    silent = [
        where
        for where, (kind, meaning) in rows
        if "<code>" not in kind
        or (not re.sub(r"<[^>]+>|\s", "", meaning) and where.rpartition(".")[2] not in SAME_FOR_ALL)
    ]
    assert [where for where in silent if not where.startswith("fluent_ai.models.Facts.")] == []


def test_facts_that_a_user_may_state_are_those_of_a_model() -> None:
    assert set(ai.models.Facts.__annotations__) == set(ai.models.ModelInfo.__struct_fields__) - {
        "id",
        "provider",
        "evidence",
    }


def test_each_method_has_a_docstring() -> None:
    silent = [
        f"{name}.{each}"
        for name, kind in NAMES.items()
        if isinstance(kind, type)
        for each in methods(kind)
        if not inspect.getdoc(getattr(kind, each))
    ]
    assert silent == []


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    """A page is read, searched and highlighted without asking any other host."""
    loads = re.compile(r'<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(https?:)?//[^"]+"')
    found = {
        f"{path.relative_to(site)}: {match.group()}"
        for path in site.rglob("*.html")
        for match in loads.finditer(path.read_text("utf-8"))
        if 'rel="canonical"' not in match.group()
    }
    assert found == set()


def test_search_finds_fields_and_guides(site: Path) -> None:
    index = msgspec.json.decode((site / "search" / "search_index.json").read_bytes())
    texts = {entry["location"]: entry["text"] + entry["title"] for entry in index["docs"]}
    assert any("finish_reason" in text for where, text in texts.items() if where.startswith("reference/messages/"))
    assert any("OPENAI_API_KEY" in text for text in texts.values())
