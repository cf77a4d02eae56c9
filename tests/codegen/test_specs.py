from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Auth, Manifest, Quirks, Route
from fluent_ai_codegen.files.specs import check_manifests, load_specs, parse_corrections

ROOT = Path(__file__).parents[2]
ALL_QUIRKS = Quirks(
    max_tokens_field="max_completion_tokens",
    stream_usage=False,
    reasoning_field="reasoning",
    top_k=True,
    seed_field="random_seed",
    tools="auto",
    history="openai",
    echo_reasoning=True,
    efforts=("low", "high"),
    output="json_object",
    logprobs="count",
    audio="base64",
)
ACME = Manifest(
    id="acme",
    name="Acme",
    docs="https://docs.acme.example",
    base_url="https://api.acme.example",
    auth=Auth(env=("ACME_KEY",)),
    chat=(Route(protocol="openai_chat", path="/chat"),),
    quirks=ALL_QUIRKS,
)


def refused(*manifests: Manifest) -> str:
    with pytest.raises(ConfigError) as caught:
        check_manifests(manifests)
    return str(caught.value)


def variant(**changes: object) -> Manifest:
    return msgspec.structs.replace(ACME, **changes)


def test_the_specs_of_the_repository_hold() -> None:
    specs = load_specs(ROOT / "specs")
    ids = [manifest.id for manifest in specs.manifests]
    assert ids == sorted(ids)
    assert {"openai", "anthropic", "gemini", "mistral", "groq", "openrouter", "together", "ollama", "local"} <= set(ids)


def test_sound_manifests_pass() -> None:
    check_manifests([ACME])


@pytest.mark.parametrize("flag", Quirks.__struct_fields__)
def test_a_quirk_that_no_manifest_uses_is_refused(flag: str) -> None:
    quirks = msgspec.structs.replace(ALL_QUIRKS, **{flag: getattr(Quirks(), flag)})
    expected = f"no manifest uses the quirk {flag!r}; remove it from fluent_ai/manifest/schema.py"
    assert refused(variant(quirks=quirks)) == expected


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"chat": (Route(protocol="gemini"),)}, "no chat route speaks openai_chat, the protocol that they bend"),
        ({"options": {"temperature": "number"}}, "option 'temperature' contradicts the common option"),
        ({"options": {"random_seed": "integer"}}, "option 'random_seed' contradicts the common option or the quirk"),
        ({"name": "Acme AI"}, "client = 'Acme AI'; allowed: a class name; set it where `name` is none"),
        ({"client": "class"}, "client = 'class'; allowed: a class name"),
        ({"client": "Acme", "name": 'Acme"""'}, 'name = \'Acme"""\'; allowed: letters, digits, spaces'),
        ({"options": {"timeout": "number"}}, "option 'timeout' contradicts the common option"),
        ({"options": {"self": "string"}}, "option 'self' contradicts the common option"),
        ({"options": {"__secret": "string"}}, "option '__secret'; allowed: names that can be a Python argument"),
        ({"options": {"a-b": "string"}}, "option 'a-b'; allowed: names that can be a Python argument"),
        ({"options": {"class": "string"}}, "option 'class'; allowed: names"),
        ({"member_names": {"m": "lower"}}, "member_names['m'] = 'lower'; allowed: capitals, digits and _"),
        ({"chat": (Route(protocol="openai_chat"), Route(models="x", protocol="gemini"))}, "are never used"),
    ],
)
def test_contradictions_and_names_that_python_lacks_are_refused(changes: dict[str, object], message: str) -> None:
    found = refused(variant(**changes))
    assert found.startswith("specs/providers/acme.toml: ")
    assert message in found


@pytest.mark.parametrize("aliases", [("acme",), ("other",)])
def test_names_that_clash_are_refused(aliases: tuple[str, ...]) -> None:
    assert "is taken by specs/providers/" in refused(ACME, variant(id="other", aliases=aliases))


def write_specs(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".toml").write_text(text)
    return folder


def test_a_file_is_named_after_its_provider(tmp_path: Path) -> None:
    text = 'id = "b"\nname = "B"\ndocs = "https://b.example"\n[auth]\nscheme = "none"\n'
    with pytest.raises(ConfigError, match=r"specs/providers/a.toml: id = 'b'; allowed: 'a', as the file"):
        load_specs(write_specs(tmp_path, providers__a=text))


def test_corrections_belong_to_a_provider(tmp_path: Path) -> None:
    golden = ROOT / "tests" / "golden" / "specs" / "providers" / "acme.toml"
    folder = write_specs(tmp_path, providers__acme=golden.read_text(), models__other="model = []")
    with pytest.raises(ConfigError, match=r"specs/models/other.toml: there is no specs/providers/other.toml"):
        load_specs(folder)


CORRECTION = '[[model]]\nid = "m"\nreason = "r"\nsource = "https://x.example"\ndate = 2026-01-01\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"\xff", "m.toml: not valid TOML"),
        (b"[", "m.toml: not valid TOML"),
        (b"[[model]]\n", "m.toml: Object missing required field `id`"),
        (CORRECTION + "facts = { size = 1 }", "m.toml: Object contains unknown field `size`"),
        (CORRECTION + 'facts = { context_window = "8k" }', "m.toml: Expected `int | null`, got `str`"),
        (CORRECTION.replace('"r"', '" "') + "facts = {}", "m.toml: m: a correction needs a reason"),
        (CORRECTION.replace("https:", "http:") + "facts = {}", "m.toml: m: a correction needs a reason, and a source"),
    ],
)
def test_bad_corrections_are_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_corrections(text if isinstance(text, bytes) else text.encode(), "m.toml")
    assert str(caught.value).startswith(message)
