"""Where packages come from on this machine: what pip and uv are told in their variables and files.

The files and their order are those of pip's user guide ("Configuration") and of uv's reference ("Configuration files").
"""

from __future__ import annotations

import configparser
import importlib.util
import os
import sys
import sysconfig
import tomllib
import zipimport
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec
from fluent_ai.content.private import PrivateStruct
from fluent_ai.errors import ConfigError
from fluent_ai.user_folder import home_folder

_PIP_FILE: Final = "pip.ini" if sys.platform == "win32" else "pip.conf"
_SYSTEM: Final = Path("/etc")
_PIP_SECTIONS: Final = ("global", "install", "download")
_TRUE: Final = frozenset({"1", "true", "yes", "on", "y", "t"})


class Places(PrivateStruct, frozen=True):
    """`indexes` and `find_links` in the order to be tried: URLs, perhaps with credentials, or paths.

    The rest says how to reach them: a proxy, a file of certificates, hosts whose certificate is not checked.
    """

    indexes: tuple[str, ...] = ()
    find_links: tuple[str, ...] = ()
    proxy: str | None = None
    certificates: str | None = None
    trusted: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Places({len(self.indexes)} indexes, {len(self.find_links)} find-links)"


def configured_places() -> Places:
    """What uv is told, then what pip is told; pip's own default index when neither names one.

    All are asked, whichever tool made this environment: what is fetched is known by its SHA-256, so it does not matter
    who serves it. Raises ConfigError for a file that cannot be read, and when no index is known at all.
    """
    uv, pip = _uv(), _pip()
    places = Places(
        indexes=_unique(*uv.indexes, *pip.indexes),
        find_links=_unique(*uv.find_links, *pip.find_links),
        proxy=pip.proxy,
        certificates=pip.certificates,
        trusted=_unique(*uv.trusted, *pip.trusted),
    )
    named = any((uv.indexes and not uv.only_extra, pip.indexes and not pip.only_extra, uv.no_index, pip.no_index))
    if named:
        return places
    default = _default_index()
    if default is None and not places.indexes and not places.find_links:
        raise ConfigError(
            "no package index is known here: pip is not installed, and neither pip nor uv is configured; "
            "set UV_DEFAULT_INDEX or PIP_INDEX_URL to the URL of one",
            provider="local",
        )
    return msgspec.structs.replace(places, indexes=_unique(*places.indexes, *([default] if default else [])))


class _Told(Places, frozen=True):
    """What one tool is told; `only_extra` indexes stand beside the default one."""

    only_extra: bool = True
    no_index: bool = False


def _unique(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _home() -> Path:
    """The user's home, or a path that is not there."""
    return home_folder() or Path(os.devnull)


def _pip() -> _Told:
    options: dict[str, str] = {}
    for path in _pip_files():
        options |= _read_pip(path)
    options |= {name[4:].lower().replace("_", "-"): value for name, value in os.environ.items() if name[:4] == "PIP_"}
    options = {name: value.strip() for name, value in options.items() if value.strip()}
    no_index = _is_true(options.get("no-index", ""))
    indexes = (*options.get("index-url", "").split(), *options.get("extra-index-url", "").split())
    return _Told(
        indexes=() if no_index else indexes,
        find_links=tuple(options.get("find-links", "").split()),
        proxy=options.get("proxy"),
        certificates=options.get("cert"),
        trusted=tuple(options.get("trusted-host", "").split()),
        only_extra="index-url" not in options,
        no_index=no_index,
    )


def _pip_files() -> Iterator[Path]:
    """The least important first."""
    chosen = os.environ.get("PIP_CONFIG_FILE")
    if chosen == os.devnull:
        return
    home = _home()
    if sys.platform == "win32":
        yield Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "pip" / _PIP_FILE
        yield home / "pip" / _PIP_FILE
        yield Path(os.environ.get("APPDATA", home / "AppData/Roaming")) / "pip" / _PIP_FILE
    else:
        if sys.platform == "darwin":
            yield Path("/Library/Application Support/pip") / _PIP_FILE
        for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep):
            yield Path(folder) / "pip" / _PIP_FILE
        yield _SYSTEM / _PIP_FILE
        yield home / ".pip" / _PIP_FILE
        mac = home / "Library/Application Support/pip"
        if sys.platform == "darwin" and mac.is_dir():
            yield mac / _PIP_FILE
        else:
            yield Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / _PIP_FILE
    yield Path(sys.prefix) / _PIP_FILE
    if chosen:
        yield Path(chosen)


def _read_pip(path: Path) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except OSError:
        return {}  # pip passes over what is not there, or not for this user, as well
    except (configparser.Error, UnicodeDecodeError) as error:
        reason = type(error).__name__
    else:
        sections = [parser[name] for name in _PIP_SECTIONS if parser.has_section(name)]
        return {name.replace("_", "-"): value or "" for section in sections for name, value in section.items()}
    # Raised out here because the error above repeats lines of the file.
    raise ConfigError(f"pip's configuration {path} cannot be read ({reason})", provider="local")


def _uv() -> _Told:
    table = _read_uv()
    get = os.environ.get
    default = get("UV_DEFAULT_INDEX") or get("UV_INDEX_URL") or ""
    extra = [*get("UV_INDEX", "").split(), *get("UV_EXTRA_INDEX_URL", "").split()]
    rows = [row for row in _list(table, "index") if isinstance(row, Mapping) and not row.get("explicit")]
    default = default or next((_uv_index(row) for row in rows if row.get("default")), "") or _text(table, "index-url")
    further = [_uv_index(row) for row in rows if not row.get("default")] + _texts(table, "extra-index-url")
    no_index = _is_true(get("UV_NO_INDEX", "")) or table.get("no-index") is True
    indexes = [_uv_named(text) for text in (*extra, *further, default) if text]
    links = get("UV_FIND_LINKS", "").replace(",", " ").split() or _texts(table, "find-links")
    trusted = get("UV_INSECURE_HOST", "").split() or _texts(table, "allow-insecure-host")
    return _Told(
        indexes=() if no_index else tuple(indexes),
        find_links=tuple(links),
        trusted=tuple(trusted),
        only_extra=not default,
        no_index=no_index,
    )


def _read_uv() -> dict[str, Any]:
    """Uv's tables: the project's lie over the user's, those over the machine's."""
    merged: dict[str, Any] = {}
    for path in _uv_files():
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError:
            continue
        except (ValueError, RecursionError):  # what tomllib and int raise, also for bytes that are not UTF-8
            table = None
        if table is None:  # raised out here because the error above may repeat what stands in the file
            raise ConfigError(f"uv's configuration {path} is not TOML", provider="local")
        if path.name == "pyproject.toml":
            table = table.get("tool", {}).get("uv", {})
        # What `uv pip` alone is told holds here too: it is what installs packages.
        for level in (table, table.get("pip", {})):
            lists = {name: [*value, *merged.get(name, [])] for name, value in level.items() if isinstance(value, list)}
            merged |= {**level, **lists}
    return merged


def _uv_files() -> Iterator[Path]:
    """The least important first."""
    if chosen := os.environ.get("UV_CONFIG_FILE"):
        yield Path(chosen)
        return
    if _is_true(os.environ.get("UV_NO_CONFIG", "")):
        return
    if sys.platform == "win32":
        yield Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "uv" / "uv.toml"
        yield Path(os.environ.get("APPDATA", _home() / "AppData/Roaming")) / "uv" / "uv.toml"
    else:
        yield _SYSTEM / "uv" / "uv.toml"
        for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep):
            yield Path(folder) / "uv" / "uv.toml"
        yield Path(os.environ.get("XDG_CONFIG_HOME") or _home() / ".config") / "uv" / "uv.toml"
    for above in (here := Path.cwd(), *here.parents):
        for name in ("uv.toml", "pyproject.toml"):
            if (above / name).is_file():
                yield above / name
                return


def _uv_index(row: Mapping[str, Any]) -> str:
    name, url = row.get("name"), str(row.get("url", ""))
    return f"{name}={url}" if name else url


def _uv_named(text: str) -> str:
    """The URL of `name=url`, with the credentials that uv's variables have for the name."""
    name, equals, url = text.partition("=")
    if not equals or "/" in name or ":" in name:
        return text
    variable = "".join(sign if sign.isalnum() else "_" for sign in name).upper()
    user, password = (os.environ.get(f"UV_INDEX_{variable}_{what}", "") for what in ("USERNAME", "PASSWORD"))
    if not user and not password:
        return url
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{host}"))


def _default_index() -> str | None:
    """The index that pip asks when it is told of none: that of the installed pip, else of the one Python brings."""
    try:
        from pip._internal.models.index import PyPI
    except ImportError:
        return _bundled_default()
    return str(PyPI.simple_url)


def _bundled_default() -> str | None:
    """The same, read from the wheel of pip from which `ensurepip` would install it."""
    spec = importlib.util.find_spec("ensurepip")
    folders = [Path(spec.origin).parent / "_bundled"] if spec is not None and spec.origin else []
    if shared := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        folders.append(Path(shared))
    for wheel in (wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))):
        found = zipimport.zipimporter(str(wheel / "pip/_internal/models")).find_spec("index")
        if found is not None and found.loader is not None:
            module = importlib.util.module_from_spec(found)
            found.loader.exec_module(module)
            return str(module.PyPI.simple_url)
    return None


def _is_true(text: str) -> bool:
    return text.strip().lower() in _TRUE


def _list(table: Mapping[str, Any], name: str) -> list[Any]:
    value = table.get(name, [])
    return value if isinstance(value, list) else []


def _texts(table: Mapping[str, Any], name: str) -> list[str]:
    return [value for value in _list(table, name) if isinstance(value, str)]


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""
