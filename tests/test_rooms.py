"""The runtime is a house: a folder is one idea, and imports only rooms below it (docs/guides/house.md)."""

from __future__ import annotations

import re

import pytest
from import_graph import ROOT, arrows, circles, imports, module_name, modules

ROOMS = (
    "testing", "models", "cli", "config", "client", "streams", "media", "protocols", "registry", "verbs", "providers",
    "interfaces", "resilience", "auth", "observe", "cache", "manifest", "schema", "http", "framing", "laws", "content",
    "sqlite_file", "threads", "type_info", "same", "kept_files", "user_folder", "arguments", "errors", "lazy_names",
    "imports_at_fork",
)  # fmt: skip
"""From the top floor down."""
UPWARDS = {
    ("content", "schema"): "Reply.output_as reads the text of a reply as a type of the caller's",
    ("errors", "content"): "an error carries the reply so far; for type checkers only",
}
"""The arrows that point upwards, and why."""
HOUSE = ROOT / "docs" / "guides" / "house.md"


def test_every_room_has_its_floor() -> None:
    found = {module_name(path).split(".")[1] for path in modules("fluent_ai") if module_name(path) != "fluent_ai"}
    assert found == set(ROOMS)


def test_rooms_import_only_rooms_below_them() -> None:
    floor = {name: number for number, name in enumerate(ROOMS)}
    upwards = {
        (here, there): places
        for (here, there), places in arrows("fluent_ai").items()
        if here and floor[there] < floor[here]  # the package's own front names everything, lazily
    }
    assert {arrow: places for arrow, places in upwards.items() if arrow not in UPWARDS} == {}
    assert upwards.keys() == UPWARDS.keys(), "an exception that nobody needs any more"


def test_the_modules_of_a_room_stand_in_an_order_too() -> None:
    """Also of what is imported in functions and for type checkers: who reads one module need not read all."""
    assert circles("fluent_ai") == []


@pytest.mark.parametrize("package", ["fluent_ai", "fluent_ai_local"])
def test_a_folder_can_be_read_at_a_glance(package: str) -> None:
    sizes: dict[str, int] = {}
    for path in modules(package):
        sizes[str(path.parent)] = sizes.get(str(path.parent), 0) + (path.name != "__init__.py")
    # One module a provider, or a protocol, is as many as there are.
    assert {folder: size for folder, size in sizes.items() if size > 20 and not folder.endswith("/lists")} == {}


def test_the_guide_shows_the_rooms_in_their_order() -> None:
    shown = re.findall(r"^(\w+)[/ ]", HOUSE.read_text("utf-8"), re.MULTILINE)
    assert [name for name in shown if name in ROOMS] == list(ROOMS)


def test_the_walks_of_the_guide_go_through_modules_that_know_each_other() -> None:
    walks = [re.findall(r"`(fluent_ai\.[\w.]+)`", part) for part in HOUSE.read_text("utf-8").split("\n## A ")[1:]]
    assert [len(walk) > 4 for walk in walks] == [True, True]
    named = {name for walk in walks for name in walk}
    assert named <= {module_name(path) for path in modules("fluent_ai")}
    joined = {
        frozenset((module_name(path), there))
        for path in modules("fluent_ai")
        for there in imports(path)
        if there in named
    }
    for walk in walks:
        strangers = [name for name in walk if not any({name, other} in joined for other in walk if other != name)]
        assert strangers == []
