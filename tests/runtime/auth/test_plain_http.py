"""No key goes over plain http to a host that is not this machine's or its network's."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.auth.plain_http import is_local, refuse_plain_http
from fluent_ai.manifest.schema import Auth
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "localhost.", "api.localhost", "127.0.0.1", "127.8.9.1", "127.1", "2130706433",
     "0x7f000001", "::1", "::ffff:127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.20", "169.254.1.1", "fe80::1",
     "fd00::7", "ollama", "vllm-2", "printer.local", "gateway.internal"],
)  # fmt: skip
def test_this_machine_and_its_network(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    ["", ".", "api.openai.com", "8.8.8.8", "134744072", "0x08080808", "010.8.8.8", "172.32.0.1", "192.169.0.1",
     "2001:4860:4860::8888", "::ffff:8.8.8.8", "localhost.evil.com", "127.0.0.1.evil.com", "internal.evil.com",
     "10.evil.com"],
)  # fmt: skip
def test_everybody_elses(host: str) -> None:
    assert not is_local(host)


def test_a_key_is_refused_and_the_reason_told(monkeypatch: pytest.MonkeyPatch) -> None:
    client = ai.Client(keys={"openai": "sk-test-0123456789"}, base_urls={"openai": "http://proxy.example.com/v1"})
    with pytest.raises(ai.ConfigError, match=r"openai: the base URL http://proxy\.example\.com would send the key"):
        client.stream("openai:gpt-5", "hi")
    with pytest.raises(ai.ConfigError, match="would send the key"):
        client.models("openai")
    (status,) = (status for status in client.providers() if status.id == "openai")
    assert not status.ready
    assert "would send the key" in status.reason
    monkeypatch.setenv("OPENAI_BASE_URL", "http://proxy.example.com/v1")
    with pytest.raises(ai.ConfigError, match="would send the key"):
        ai.Client(keys={"openai": "sk-test-0123456789"}).stream("openai:gpt-5", "hi")


def test_without_a_key_there_is_nothing_to_show() -> None:
    row = manifest_for("http://public.example.com", auth=Auth(scheme="none"))
    ai.Client(manifests=[row]).stream("acme:m", "hi").close()
    optional = manifest_for("http://public.example.com", auth=Auth(env=("ACME_API_KEY",), required=False))
    ai.Client(manifests=[optional]).stream("acme:m", "hi").close()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_takes_a_key_along(server: Server, client: ai.Client, status: int) -> None:
    other = Server()
    other.say(stream(sse(*text_chunks("stolen"))))
    server.say(reply(status, b"", headers={"location": f"{other.url}/elsewhere"}))
    with pytest.raises(ai.ProtocolError, match=rf"redirects are not followed \({status}\)"):
        client.complete("acme:m", "hi")
    with pytest.raises(ai.FluentError):
        client.models("acme")
    assert other.sent == []
    other.close()


def test_a_name_is_looked_at_once() -> None:
    is_local.cache_clear()
    for _ in range(3):
        refuse_plain_http("acme", "http://127.0.0.1:8080/v1")
    assert is_local.cache_info().misses == 1
