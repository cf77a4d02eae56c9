"""Base URLs with variables: an account, a resource, a region; and addresses as people write them."""

from __future__ import annotations

import re
from typing import Any

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai.manifest.files import convert_manifest
from fluent_ai.manifest.schema import Auth, Manifest, ModelList, Route, Variable
from fluent_ai.providers.addresses import BaseUrl, list_template, own_url, public_list_url, resolve, resolve_at
from fluent_ai.providers.table import Credentials, ProviderTable
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, sse, stream, text_chunks

ACCOUNT = Manifest(
    id="acme",
    name="Acme",
    docs="https://acme.example",
    base_url="https://{region}/accounts/{account_id}/ai",
    base_url_env=("ACME_BASE_URL",),
    variables={
        "account_id": Variable(env=("ACME_ACCOUNT_ID", "ACME_ACCOUNT")),
        "region": Variable(env=("ACME_REGION",), default="us", choices={"us": "us.acme.example", "eu": "acme.eu"}),
    },
    auth=Auth(env=("ACME_API_KEY",)),
)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACME_BASE_URL", "ACME_ACCOUNT_ID", "ACME_ACCOUNT", "ACME_REGION", "ACME_API_KEY"):
        monkeypatch.delenv(name, raising=False)


ROUTE = Route(protocol="openai_chat")


def refusal(given: BaseUrl | None, manifest: Manifest = ACCOUNT) -> str:
    with pytest.raises(ai.ConfigError) as caught:
        resolve(manifest, given)
    return str(caught.value)


def test_the_caller_then_the_environment_then_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve(ACCOUNT, {"account_id": "a1"}) == "https://us.acme.example/accounts/a1/ai"
    monkeypatch.setenv("ACME_ACCOUNT", " b-2\n")
    monkeypatch.setenv("ACME_REGION", "eu")
    assert resolve(ACCOUNT, None) == "https://acme.eu/accounts/b-2/ai"
    monkeypatch.setenv("ACME_ACCOUNT_ID", "official")
    assert resolve(ACCOUNT, None) == "https://acme.eu/accounts/official/ai"
    assert resolve(ACCOUNT, {"region": "us"}) == "https://us.acme.example/accounts/official/ai"
    monkeypatch.setenv("ACME_BASE_URL", "http://127.0.0.1:9/")
    assert resolve(ACCOUNT, None) == "http://127.0.0.1:9"
    assert resolve(ACCOUNT, {"region": "us"}) == "https://us.acme.example/accounts/official/ai"
    assert resolve(ACCOUNT, "https://proxy.example/v1/") == "https://proxy.example/v1"


def test_what_is_missing_or_wrong_is_named() -> None:
    assert (
        refusal(None)
        == "acme: no account_id. Set ACME_ACCOUNT_ID or ACME_ACCOUNT, or pass base_urls={'acme': {'account_id': ...}}"
    )
    assert (
        refusal({"account_id": "a", "region": "mars"})
        == "acme: base_urls['acme']['region'] is 'mars'; allowed: us, eu."
    )
    assert refusal({"acount_id": "a"}) == "acme: base_urls has no variable 'acount_id'; allowed: account_id, region"
    assert "is of type int; allowed: str" in refusal({"account_id": 7})  # type: ignore[dict-item]  # wrong on purpose
    assert "is of type int; allowed: a URL, or a dict" in refusal(7)  # type: ignore[arg-type]  # wrong on purpose
    assert "allowed: none; it takes a URL" in refusal(
        {"region": "x"}, msgspec.structs.replace(ACCOUNT, base_url="https://x.example", variables={})
    )


@pytest.mark.parametrize("value", ["a/b", "a b", "evil.example/", "x@evil", "a#", "a?b", "..", "-", "é", "a\nb", "{b}"])
def test_a_value_never_leads_elsewhere(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "allowed: letters, digits and . _ - between them" in refusal({"account_id": value})
    monkeypatch.setenv("ACME_ACCOUNT_ID", value)
    assert "ACME_ACCOUNT_ID is " in refusal(None)


@given(st.text(min_size=1))
def test_any_value_is_one_segment_of_the_url_or_refused(value: str) -> None:
    try:
        url = resolve(ACCOUNT, {"account_id": value})
    except ai.ConfigError:
        return
    assert url == f"https://us.acme.example/accounts/{value}/ai"
    assert url.count("/") == 5


def test_a_public_url_names_the_region_and_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_ACCOUNT_ID", "mine")
    assert public_list_url(ACCOUNT) == "https://us.acme.example/accounts/{account_id}/ai"
    assert own_url(ACCOUNT, {}) == "https://us.acme.example/accounts/mine/ai"


def test_a_list_may_be_at_a_host_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    row = msgspec.structs.replace(
        ACCOUNT,
        base_url="https://runtime.{place}.acme.example",
        variables={"place": Variable(env=("ACME_PLACE",), public=True)},
        model_list=ModelList(path="/models", shape="openai", base_url="https://lists.{place}.acme.example"),
    )
    assert resolve_at(row, {"place": "north"}, list_template(row)) == "https://lists.north.acme.example"
    assert resolve(row, {"place": "north"}) == "https://runtime.north.acme.example"
    assert resolve_at(row, "http://127.0.0.1:9", list_template(row)) == "http://127.0.0.1:9"
    monkeypatch.setenv("ACME_PLACE", "south")
    monkeypatch.setenv("ACME_BASE_URL", "http://127.0.0.1:9")
    assert resolve_at(row, None, list_template(row)) == public_list_url(row) == "https://lists.south.acme.example"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("localhost", "http://localhost:11434"),
        ("[::1]:11435", "http://[::1]:11435"),
        ("gpu.example/ollama/", "http://gpu.example:11434/ollama"),
        ("https://ollama.example", "https://ollama.example"),
    ],
)
def test_an_address_without_a_scheme_has_that_of_the_provider(given: str, url: str, monkeypatch: Any) -> None:
    ollama = ProviderTable().get("ollama")
    monkeypatch.setenv("OLLAMA_HOST", given)
    assert Credentials().base_url(ollama) == url
    assert Credentials(base_urls={"ollama": given}).base_url(ollama) == url


@pytest.mark.parametrize("given", ["ftp://x", "https:/x", "//x", "two words", "x:port", ""])
def test_what_is_no_address_is_refused(given: str) -> None:
    assert "allowed: an http(s) URL" in refusal(given)


def test_a_provider_is_ready_only_with_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_API_KEY", "k")
    assert Credentials().status(ACCOUNT).reason.startswith("acme: no account_id. Set ACME_ACCOUNT_ID")
    monkeypatch.setenv("ACME_ACCOUNT_ID", "a")
    assert Credentials().status(ACCOUNT).ready


def test_headers_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    row = msgspec.structs.replace(ACCOUNT, header_env={"X-Title": ("ACME_APP", "APP")}, headers={"X-Version": "1"})
    credentials = Credentials(keys=None, base_urls=None, headers={"X-VERSION": "2"})
    monkeypatch.setenv("ACME_API_KEY", "k")
    monkeypatch.setenv("ACME_ACCOUNT_ID", "a")
    monkeypatch.delenv("ACME_APP", raising=False)
    assert credentials.endpoint(row, ROUTE).headers == {"x-version": "2"}
    assert tuple(credentials.endpoint(row, ROUTE).secrets) == ("k",)
    monkeypatch.setenv("APP", " my app ")
    assert credentials.endpoint(row, ROUTE).headers["x-title"] == "my app"
    monkeypatch.setenv("ACME_APP", "line\nbreak")
    with pytest.raises(ai.ConfigError, match="acme: ACME_APP cannot stand in a header; allowed: printable ASCII"):
        credentials.endpoint(row, ROUTE)


def test_a_public_list_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_ACCOUNT_ID", "a")
    public = msgspec.structs.replace(ACCOUNT, model_list=ModelList(path="/models", shape="openai", key_required=False))
    assert tuple(Credentials().list_endpoint(public).secrets) == ()
    assert Credentials(headers={"a": "b"}).list_endpoint(public).headers["a"] == "b"
    with pytest.raises(ai.ConfigError, match="acme: no key"):
        Credentials().endpoint(public, ROUTE)
    closed = msgspec.structs.replace(public, model_list=ModelList(path="/models", shape="openai"))
    with pytest.raises(ai.ConfigError, match="acme: no key"):
        Credentials().list_endpoint(closed)
    monkeypatch.setenv("ACME_API_KEY", "k")
    assert tuple(Credentials().list_endpoint(public).secrets) == ("k",)


ROW: dict[str, Any] = {
    "id": "acme",
    "name": "Acme",
    "docs": "https://acme.example",
    "base_url": "https://{region}/v1",
    "auth": {"env": ["ACME_KEY"]},
    "variables": {"region": {"env": ["ACME_REGION"], "default": "eu", "choices": {"eu": "acme.eu"}}},
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"variables": {}}, "variables = []; allowed: those of base_url and paths: ['region']"),
        ({"base_url": "https://acme.example"}, "variables = ['region']; allowed: those of base_url and paths: []"),
        ({"variables": {"region": {"env": ["E"], "choices": {"eu": "a.eu/x"}, "default": "eu"}}},
         "variables.region = 'a.eu/x'; allowed: a host or a segment of a path"),
        ({"variables": {"region": {"env": ["E"], "default": "a b"}}}, "variables.region = 'a b'"),
        ({"variables": {"region": {"env": ["E"], "choices": {"eu": "a"}, "default": "us"}}},
         "variables.region.default = 'us'; allowed: one of its choices: eu"),
        ({"base_url": "https://acme.example", "chat": [{"protocol": "openai_chat", "path": "/{region}/x"}],
          "variables": {"region": {"env": ["E"], "priced": True}}},
         "variables.region.priced = True; allowed: only for a variable of base_url"),
        ({"variables": {"region": {}}}, "variables.region.env = []; allowed: at least one environment variable"),
        ({"variables": {"region": {"env": ["a b"]}}}, "env = 'a b'; allowed: names of environment variables"),
        ({"model_list": {"path": "/m", "shape": "openai", "base_url": "http://x"}},
         "model_list.base_url = 'http://x'; allowed: an https URL without a trailing slash"),
        ({"header_env": {"x-title": ["app"]}}, "env = 'app'; allowed: names of environment variables"),
    ],
)  # fmt: skip
def test_a_manifest_with_wrong_variables_is_refused(changes: dict[str, Any], message: str) -> None:
    convert_manifest(ROW, "acme.toml")
    with pytest.raises(ai.ConfigError) as caught:
        convert_manifest(ROW | changes, "acme.toml")
    assert str(caught.value).startswith("acme.toml: ")
    assert message in str(caught.value)


def test_a_host_is_made_from_the_name_of_its_region() -> None:
    row = ProviderTable().get("vertexai")
    path = "/v1/projects/p/locations"
    assert own_url(row, {"project": "p", "location": "global"}) == f"https://aiplatform.googleapis.com{path}/global"
    regional = own_url(row, {"project": "p", "location": "us-east5"})
    assert regional == f"https://us-east5-aiplatform.googleapis.com{path}/us-east5"
    with pytest.raises(ai.ConfigError, match="base_urls has no variable 'host'; allowed: location, project"):
        own_url(row, {"host": "evil.example"})
    with pytest.raises(ai.ConfigError, match="allowed: letters, digits and"):
        own_url(row, {"project": "p?", "location": "global"})
    with pytest.raises(ai.ConfigError, match="which is not known"):
        own_url(row, {"project": "p", "location": "evil.example/x?"})
    of_nothing = {**PLAIN, "variables": {"region": {"of": "zone", "default": "{}.acme.example"}}}
    with pytest.raises(ai.ConfigError, match=r"variables.region.of = 'zone'; allowed: another variable"):
        convert_manifest(of_nothing, "acme.toml")


PLAIN: dict[str, Any] = {"id": "acme", "name": "Acme", "docs": "https://acme.example", "base_url": "https://{region}"}


@pytest.mark.parametrize(
    "given",
    [
        "https://user:hunter22@acme.example", "https://hunter22@acme.example", "user:hunter22@acme.example",
        "ftp://user:hunter22@acme.example", "https://acme.example/v1?key=hunter22", "https://acme.example/v1#hunter22",
        "https://acme.example\\@evil.example", "https://[::1", "https://acme.example:99999", "https:///v1",
        "https://acme.example/v 1", "https://acme.example/\nv1",
    ],
)  # fmt: skip
def test_an_address_holds_neither_credentials_nor_a_query(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = refusal(given)
    assert "allowed: an http(s) URL without user, password, query and fragment" in message
    assert "hunter22" not in message
    monkeypatch.setenv("OLLAMA_HOST", given)
    with pytest.raises(ai.ConfigError, match="base URL .* of OLLAMA_HOST"):
        ai.Client().stream("ollama:m", "hi")


def test_a_manifest_made_in_python_is_checked_too() -> None:
    with pytest.raises(ai.ConfigError, match="the manifest of 'acme': base_url = 'acme.example'") as caught:
        ai.Client(manifests=[manifest_for("https://user:hunter22@acme.example")])
    assert "hunter22" not in str(caught.value)


def test_the_scheme_may_be_in_capitals() -> None:
    assert Credentials(base_urls={"openai": "HTTPS://Acme.example/V1/"}).base_url(ProviderTable().get("openai")) == (
        "https://Acme.example/V1"
    )


@pytest.mark.parametrize("path", ["/v1/{model}/chat", "/v1/{+model}/chat", "/v1/{+model}", "/v1/models/{model}:go"])
@pytest.mark.parametrize("model", ["..", ".", "../../x?y#z", "a/../../b", "%2e%2e", "//evil.example", "@evil", "a b"])
def test_a_model_never_leads_elsewhere(server: Server, path: str, model: str) -> None:
    server.say(stream(sse(*text_chunks("hi"))))
    row = manifest_for(server.url, chat=(Route(protocol="openai_chat", path=path),))
    with ai.Client(keys={"acme": "k"}, manifests=[row]) as client:
        try:
            client.complete(f"acme:{model}", "hi")
        except ai.ConfigError as error:
            refused = error.message
        else:
            refused = ""
    if server.sent:
        before, after = re.split(r"\{\+?model\}", path)
        assert server.sent[0].path.startswith(before)
        assert server.sent[0].path.endswith(after)
    else:
        assert "allowed: ids without the segments . and .. of a path" in refused


@pytest.mark.parametrize("model", ["a\nb", "a\x00", "\ud800", "a\r\nhost: evil"])
def test_a_model_is_one_line_of_text(model: str) -> None:
    with pytest.raises(ai.ConfigError, match="allowed: 'provider:model'"):
        ai.Client().stream(f"ollama:{model}", "hi")


@pytest.mark.parametrize(
    "url",
    [
        "https://sk-secret@host/v1",
        "https://u:sk-secret@host",
        "https://host/?key=sk-secret",
        "https://host:sk-secret/v1",
        "host:sk-secret",
        "https://[::1]:sk-secret/v1",
        "https://host/v1\nsk-secret",
        "https://host/v1 sk-secret",
    ],
)
def test_a_key_in_an_address_is_not_repeated(url: str) -> None:
    assert "sk-secret" not in refusal(url)
