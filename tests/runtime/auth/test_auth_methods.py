"""What a manifest may say of how callers prove who they are."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests, parse_manifest

HEAD = 'id = "acme"\nname = "Acme"\ndocs = "https://acme.example"\nbase_url = "https://acme.example"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "auth.env = (); allowed: at least one environment variable, as auth.scheme is 'bearer'"),
        ('[auth]\nscheme = "none"\nenv = ["KEY"]', "auth.env = ('KEY',); allowed: nothing, as auth.scheme is 'none'"),
        (
            '[auth]\nscheme = "azure"\nheader = "x-key"\nscope = "s"',
            "auth.header = 'x-key'; allowed: none, as auth.scheme is 'azure'",
        ),
        (
            '[auth]\nscheme = "aws_sigv4"\nheader = "x-key"\nservice = "s"',
            "auth.header = 'x-key'; allowed: none, as auth.scheme is 'aws_sigv4'",
        ),
        ('[auth]\nenv = ["key"]', "env = 'key'; allowed: names of environment variables"),
        ('[auth]\nscheme = "aws_sigv4"', "auth.service = ''; allowed: a text, as auth.scheme is 'aws_sigv4'"),
        ('[auth]\nscheme = "google"', "auth.scope = ''; allowed: a text, as auth.scheme is 'google'"),
        ('[auth]\nscheme = "google"\nscope = "s"\nenv = ["K"]', "auth.env = ('K',); allowed: nothing"),
        ('[auth]\nenv = ["KEY"]\nscope = "s"', "auth.scope = 's'; allowed: nothing, as auth.scheme is 'bearer'"),
        ('[auth]\nscheme = "kerberos"', "Invalid enum value 'kerberos' - at `$.auth.scheme`"),
        ('[auth]\nenv = ["KEY"]\n[[auth.otherwise]]\nscheme = "azure"', "auth.otherwise[0].scope = ''"),
        ('[auth]\nenv = ["KEY"]\n[[auth.otherwise]]\nenv = ["k"]', "env = 'k'"),
        ('[auth]\nenv = ["KEY"]\n[[auth.otherwise]]\nenv = ["OTHER"]', "auth.otherwise = ['bearer', 'bearer']"),
        (
            '[auth]\nenv = ["KEY"]\n[[auth.otherwise]]\nscheme = "none"',
            "auth.otherwise[0] = 'none'; allowed: a method with",
        ),
        (
            '[auth]\nenv = ["KEY"]\n[[auth.otherwise]]\nscheme = "header"\nenv = ["K"]\nrequired = false',
            "auth.otherwise[0] = 'header'; allowed: a method with a key",
        ),
        (
            '[auth]\nscheme = "none"\n[[auth.otherwise]]\nenv = ["K"]',
            "auth.otherwise = 1; allowed: none, as auth.scheme is 'none'",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(text: str, message: str) -> None:
    with pytest.raises(ai.ConfigError) as caught:
        parse_manifest(HEAD + text, "acme.toml")
    assert str(caught.value).startswith("acme.toml: ")
    assert message in str(caught.value)


def test_a_bearer_token_may_have_a_header_of_its_own() -> None:
    auth = parse_manifest(f'{HEAD}[auth]\nheader = "x-key"\nenv = ["KEY"]', "acme.toml").auth
    assert (auth.scheme, auth.header, auth.prefix) == ("bearer", "x-key", "Bearer ")


def test_methods_are_in_the_order_of_the_file() -> None:
    text = '[auth]\nscheme = "header"\nheader = "x-key"\nenv = ["KEY"]\n[[auth.otherwise]]\nenv = ["TOKEN"]'
    auth = parse_manifest(HEAD + text, "acme.toml").auth
    assert [(method.scheme, method.header, method.prefix, method.env) for method in auth.methods] == [
        ("header", "x-key", "", ("KEY",)),
        ("bearer", "authorization", "Bearer ", ("TOKEN",)),
    ]


def test_the_clouds_have_their_own_methods() -> None:
    rows = load_manifests()
    assert [method.scheme for method in rows["bedrock"].auth.methods] == ["bearer", "aws_sigv4"]
    assert [method.scheme for method in rows["azure"].auth.methods] == ["header", "bearer", "azure"]
    assert [method.scheme for method in rows["vertexai"].auth.methods] == ["google"]


@pytest.mark.parametrize("row", load_manifests().values(), ids=lambda row: row.id)
def test_every_provider_says_why_it_is_not_ready(row: ai.Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    for method in row.auth.methods:
        for name in method.env:
            monkeypatch.delenv(name, raising=False)
    (status,) = (status for status in ai.Client().providers() if status.id == row.id)
    assert set(status.env) == {name for method in row.auth.methods for name in method.env}
    if row.auth.scheme == "none" or not row.auth.required:
        return
    assert not status.ready
    assert status.reason.startswith("no key: ")
    for name in status.env:
        assert name in status.reason
