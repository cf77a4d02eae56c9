"""Where packages come from, by pip's and uv's variables and files."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai_local.catalog import index_config
from fluent_ai_local.catalog.index_config import configured_places

DEFAULT = "https://default.invalid/simple"


@pytest.fixture(autouse=True)
def alone(package_settings, tmp_path, monkeypatch):
    """Neither variables nor files, but in a home of the test's own."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "PROGRAMDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "xdg"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(index_config, "_default_index", lambda: DEFAULT)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Write pip's and uv's files, which are read now."""
    monkeypatch.delenv("PIP_CONFIG_FILE")
    monkeypatch.delenv("UV_NO_CONFIG")
    monkeypatch.setattr(index_config, "_SYSTEM", tmp_path / "etc")

    def write(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


@pytest.mark.parametrize(
    ("variables", "indexes"),
    [
        ({}, [DEFAULT]),
        ({"PIP_INDEX_URL": "https://a"}, ["https://a"]),
        ({"PIP_EXTRA_INDEX_URL": "https://a https://b"}, ["https://a", "https://b", DEFAULT]),
        ({"PIP_INDEX_URL": "https://a", "PIP_EXTRA_INDEX_URL": "https://b\nhttps://c"}, ["https://a", "https://b", "https://c"]),
        ({"PIP_NO_INDEX": "1", "PIP_INDEX_URL": "https://a"}, []),
        ({"PIP_INDEX_URL": ""}, [DEFAULT]),
        ({"UV_DEFAULT_INDEX": "https://a"}, ["https://a"]),
        ({"UV_INDEX_URL": "https://a", "UV_EXTRA_INDEX_URL": "https://b"}, ["https://b", "https://a"]),
        ({"UV_DEFAULT_INDEX": "https://a", "UV_INDEX_URL": "https://b"}, ["https://a"]),
        ({"UV_INDEX": "own=https://a https://b"}, ["https://a", "https://b", DEFAULT]),
        (
            {"UV_INDEX": "my-own=https://a/x", "UV_INDEX_MY_OWN_USERNAME": "me", "UV_INDEX_MY_OWN_PASSWORD": "p@ss"},
            ["https://me:p%40ss@a/x", DEFAULT],
        ),
        ({"UV_NO_INDEX": "true"}, []),
        ({"UV_DEFAULT_INDEX": "https://a", "PIP_INDEX_URL": "https://b"}, ["https://a", "https://b"]),
    ],
)  # fmt: skip
def test_variables(package_settings, variables, indexes):
    package_settings(**variables)
    assert list(configured_places().indexes) == indexes


def test_the_other_variables(package_settings):
    package_settings(
        PIP_FIND_LINKS="/a /b", UV_FIND_LINKS="/c,/d", PIP_PROXY="http://p", PIP_CERT="/x.pem", PIP_TRUSTED_HOST="h:1"
    )
    places = configured_places()
    assert places.find_links == ("/c", "/d", "/a", "/b")
    assert (places.proxy, places.certificates, places.trusted) == ("http://p", "/x.pem", ("h:1",))
    assert "/a" not in repr(places)


def test_pips_files_lie_over_one_another(files, package_settings, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    files("xdg/pip/pip.conf", "[global]\nindex-url = https://global\nproxy = http://p\ncert = /c.pem\n")
    assert configured_places().indexes == ("https://global",)
    files(
        ".config/pip/pip.conf", "[global]\nindex_url = https://user\nextra-index-url =\n    https://b\n    https://c\n"
    )
    assert configured_places().indexes == ("https://user", "https://b", "https://c")
    files("venv/pip.conf", "[install]\nindex-url = https://venv\n[global]\nindex-url = https://less\n")
    assert configured_places().indexes == ("https://venv", "https://b", "https://c")
    files("chosen.conf", "[global]\nextra-index-url = https://d\nfind-links = /links\n")
    package_settings(PIP_CONFIG_FILE=str(tmp_path / "chosen.conf"))
    places = configured_places()
    assert places.indexes == ("https://venv", "https://d")
    assert (places.find_links, places.proxy, places.certificates) == (("/links",), "http://p", "/c.pem")
    package_settings(PIP_INDEX_URL="https://variable")
    assert configured_places().indexes == ("https://variable", "https://d")


def test_uvs_files_lie_over_one_another(files, package_settings, tmp_path, monkeypatch):
    files("xdg/uv/uv.toml", 'index-url = "https://machine"\nfind-links = ["/links"]\n')
    assert configured_places().indexes == ("https://machine",)
    files(".config/uv/uv.toml", '[[index]]\nname = "a"\nurl = "https://user"\ndefault = true\n')
    assert configured_places().indexes == ("https://user",)
    files("project/sub/x", "")
    files(
        "project/pyproject.toml",
        '[tool.uv]\nallow-insecure-host = ["h"]\n[[tool.uv.index]]\nname = "b"\nurl = "https://project"\n'
        '[[tool.uv.index]]\nname = "torch"\nurl = "https://explicit"\nexplicit = true\n',
    )
    monkeypatch.chdir(tmp_path / "project/sub")
    places = configured_places()
    assert places.indexes == ("https://project", "https://user")
    assert (places.find_links, places.trusted) == (("/links",), ("h",))
    files("only.toml", '[pip]\nextra-index-url = ["https://only"]\n')
    package_settings(UV_CONFIG_FILE=str(tmp_path / "only.toml"))
    assert configured_places().indexes == ("https://only", DEFAULT)
    package_settings(UV_CONFIG_FILE="", UV_NO_CONFIG="1")
    assert configured_places().indexes == (DEFAULT,)


@pytest.mark.parametrize(
    ("name", "text"),
    [(".config/pip/pip.conf", "index-url = https://me:s3cr3t@a"), (".config/uv/uv.toml", "index-url = https://me:s3cr3t@a")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_and_not_quoted(files, name, text):
    files(name, text)
    with pytest.raises(ConfigError, match=name) as raised:
        configured_places()
    assert "s3cr3t" not in str(raised.value)
    assert raised.value.__context__ is None


def test_without_any_index_the_error_names_the_settings(monkeypatch):
    monkeypatch.setattr(index_config, "_default_index", lambda: None)
    with pytest.raises(ConfigError, match="set UV_DEFAULT_INDEX or PIP_INDEX_URL to the URL of one"):
        configured_places()


def ask(program: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}"],
        env={**kept, "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_pips_default_is_known_with_pip_and_without():
    look = "from fluent_ai_local.catalog.index_config import configured_places\nprint(configured_places().indexes)"
    without = ask(f"sys.modules['pip'] = None\n{look}")
    assert without.startswith("('https://")
    assert ask(look) in (without, "()")
