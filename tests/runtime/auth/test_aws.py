"""Bedrock's ways of proving who calls, over loopback sockets; signatures are checked by botocore, which made none."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.auth.aws import Clock, CredentialChain, FixedKeys, SigV4Authenticator, region_of
from fluent_ai.auth.sigv4 import Scope, encode_path, host, sign
from fluent_ai.http.messages import HttpRequest
from fluent_ai.http.transports.aiohttp import AiohttpTransport
from fluent_ai.resilience.waiting import LoopWaiting
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Answer, Sent, Server, reply
from wire_answers import HELLO

KEYS = ai.AwsKeys("AKIDEXAMPLE", "a-secret-access-key", "a-session-token")
MODEL = "bedrock:us.anthropic.claude-sonnet-4-5-v1:0"
LISTED = reply(200, {"modelSummaries": [{"modelId": "m", "modelName": "M"}]})


@pytest.fixture(autouse=True)
def region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-3")


def client(server: Server, **options: Any) -> ai.Client:
    return ai.Client(base_urls={"bedrock": server.url}, **options)


def signed_by_botocore(sent: Sent, server: Server, keys: ai.AwsKeys = KEYS) -> str:
    """The `authorization` that botocore's own signer gives this request."""
    pytest.importorskip("botocore", reason="botocore, the extra aws, is the judge of signatures")
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    names = sent.headers["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
    headers = {name: sent.headers[name] for name in names}
    request = AWSRequest(sent.method, server.url + sent.path, headers, sent.body)
    request.context["timestamp"] = headers["x-amz-date"]
    _, region, service = sent.headers["authorization"].split("Credential=")[1].split("/")[1:4]
    signer = SigV4Auth(Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token), service, region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    signature = signer.signature(text, request)
    return (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, SignedHeaders={';'.join(names)}, Signature={signature}"
    )


@pytest.mark.parametrize("transport", [None, AiohttpTransport])
def test_a_signed_request_arrives_as_it_was_signed(server: Server, transport: Any) -> None:
    server.say(HELLO["bedrock_converse"])

    async def run() -> None:
        given = transport() if transport else None
        async with ai.AsyncClient(
            keys={"bedrock": KEYS}, base_urls={"bedrock": server.url}, transport=given, headers={"X-Own": " a  b "}
        ) as client:
            assert (await client.complete(MODEL, "hi")).text == "Hello"
        if given is not None:
            await given.close()

    asyncio.run(run())
    (sent,) = server.sent
    assert sent.path == "/model/us.anthropic.claude-sonnet-4-5-v1%3A0/converse-stream"
    assert sent.headers["x-amz-security-token"] == "a-session-token"
    assert "/eu-west-3/bedrock/aws4_request" in sent.headers["authorization"]
    assert sent.headers["authorization"] == signed_by_botocore(sent, server)


def test_the_model_list_is_signed_too(server: Server) -> None:
    server.say(lambda sent: LISTED if "foundation" in sent.path else reply(403, {"message": "no"}))
    with client(server, keys={"bedrock": KEYS}) as signing:
        assert [model.id for model in signing.models("bedrock")] == ["m"]
    assert server.sent[0].headers["authorization"] == signed_by_botocore(server.sent[0], server)


def test_an_arn_with_slashes_is_one_segment(server: Server) -> None:
    server.say(HELLO["bedrock_converse"])
    with client(server, keys={"bedrock": KEYS}) as signing:
        signing.complete("bedrock:arn:aws:bedrock:eu-west-3:123:inference-profile/x", "hi")
    assert server.sent[0].path == "/model/arn%3Aaws%3Abedrock%3Aeu-west-3%3A123%3Ainference-profile%2Fx/converse-stream"
    assert server.sent[0].headers["authorization"] == signed_by_botocore(server.sent[0], server)


def test_keys_of_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", " AKIDOTHER ")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "other-secret")
    server.say(HELLO["bedrock_converse"])
    with client(server) as signing:
        signing.complete(MODEL, "hi")
        assert next(status for status in signing.providers() if status.id == "bedrock").ready
    assert server.sent[0].headers["authorization"] == signed_by_botocore(
        server.sent[0], server, ai.AwsKeys("AKIDOTHER", "other-secret")
    )


def test_half_of_the_keys_is_an_error(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDOTHER")
    with pytest.raises(ai.ConfigError, match="AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not"):
        client(server).stream(MODEL, "hi")
    with pytest.raises(ai.ConfigError, match="incomplete"):
        client(server, keys={"bedrock": ai.AwsKeys("AKIDOTHER", "")})
    with pytest.raises(ai.ConfigError, match="malformed") as caught:
        client(server, keys={"bedrock": ai.AwsKeys("AKID\nOTHER", "secret")})
    assert "OTHER" not in str(caught.value)


def skewed(server_time: datetime, code: str = "InvalidSignatureException") -> Answer:
    message = {"message": "Signature expired: 20200101T000000Z is now earlier than 20200101T001500Z"}
    return reply(403, message, headers={"x-amzn-errortype": code, "date": format_datetime(server_time, usegmt=True)})


def amz_date(sent: Sent) -> datetime:
    return datetime.strptime(sent.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def test_a_clock_that_is_off_is_corrected_once_and_for_all_calls(server: Server) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=3)
    server.say(skewed(ahead), HELLO["bedrock_converse"])
    with client(server, keys={"bedrock": KEYS}, retries=0) as signing:
        signing.complete(MODEL, "hi")
        signing.complete(MODEL, "hi")
    assert [abs(amz_date(sent) - ahead) < timedelta(minutes=1) for sent in server.sent] == [False, True, True]


def test_a_server_that_is_never_content_gets_two_attempts(server: Server) -> None:
    server.say(skewed(datetime.now(UTC) + timedelta(hours=3)))
    with client(server, keys={"bedrock": KEYS}, retries=0) as signing, pytest.raises(ai.ApiError, match="expired"):
        signing.complete(MODEL, "hi")
    assert len(server.sent) == 2


@pytest.mark.parametrize("date", ["", "nonsense", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_clock_is_not_set_by_what_is_no_time(server: Server, date: str) -> None:
    server.say(reply(403, {"message": "Signature expired"}, headers={"date": date}))
    with client(server, keys={"bedrock": KEYS}, retries=0) as signing, pytest.raises(ai.ApiError):
        signing.complete(MODEL, "hi")
    assert len(server.sent) == 1


def test_each_attempt_is_signed_anew(server: Server) -> None:
    times = iter([1_780_317_296.0, 1_780_317_301.0])
    clock = Clock(lambda: next(times))
    keys = iter([ai.AwsKeys("FIRST", "s1"), ai.AwsKeys("SECOND", "s2")])

    class Changing(FixedKeys):
        def current(self) -> ai.AwsKeys:
            return next(keys)

    async def run() -> list[HttpRequest]:
        authenticator = SigV4Authenticator(Changing(KEYS), "us-east-1", "bedrock", clock)
        request = HttpRequest("POST", "https://bedrock.us-east-1.amazonaws.com/", {}, b"{}")
        return [await authenticator.authorize(request, LoopWaiting()) for _ in range(2)]

    first, second = asyncio.run(run())
    assert (first.headers["x-amz-date"], second.headers["x-amz-date"]) == ("20260601T123456Z", "20260601T123501Z")
    assert "Credential=FIRST/" in first.headers["authorization"]
    assert "Credential=SECOND/" in second.headers["authorization"]


def test_nothing_shows_the_keys() -> None:
    scope = Scope(KEYS, "r", "s", datetime.now(UTC))
    shown = repr(KEYS) + repr(scope) + repr(sign(scope, "GET", "https://x/", []))
    assert "secret" not in shown
    assert "session" not in shown
    assert "AKID" not in shown


def test_an_error_that_repeats_the_keys_does_not_show_them(server: Server) -> None:
    said = f"bad keys {KEYS.secret_access_key} {KEYS.session_token}"
    server.say(reply(403, {"message": said}))
    with client(server, keys={"bedrock": KEYS}) as signing, pytest.raises(ai.PermissionDenied) as caught:
        signing.complete(MODEL, "hi")
    assert "a-secret" not in str(caught.value)
    assert "a-session" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "region"),
    [
        ("https://bedrock-runtime.us-east-1.amazonaws.com/model", "us-east-1"),
        ("https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
        ("https://vpce-0a1b.bedrock-runtime.ap-southeast-2.vpce.amazonaws.com", "ap-southeast-2"),
        ("https://bedrock.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("https://bedrock-mantle.eu-central-1.api.aws/v1", "eu-central-1"),
        ("http://127.0.0.1:8000", ""),
        ("https://gateway.example.com", ""),
    ],
)
def test_the_region_stands_in_the_host(url: str, region: str) -> None:
    assert region_of(url) == region


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_path_is_encoded_once_however_often(segment: str) -> None:
    from urllib.parse import quote, urlsplit

    url = "https://h.example/model/" + quote(segment, safe="")
    assert encode_path(encode_path(url)) == encode_path(url)
    assert urlsplit(encode_path(url)).path.count("/") == 2


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://H.example:443/", "h.example"),
        ("http://h.example:80/", "h.example"),
        ("http://h.example:8080/", "h.example:8080"),
        ("http://[::1]:81/", "[::1]:81"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
    ],
)
def test_hosts_are_signed_as_they_are_sent(url: str, name: str) -> None:
    from urllib.parse import urlsplit

    assert host(urlsplit(url)) == name


class TestChain:
    """What botocore finds."""

    @pytest.fixture(autouse=True)
    def library(self) -> None:
        pytest.importorskip("botocore", reason="the extra aws is not installed")

    @pytest.fixture
    def profile(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        config = tmp_path / "config"
        config.write_text(
            "[default]\naws_access_key_id = AKIDDEFAULT\naws_secret_access_key = s\nregion = ap-south-1\n"
            "[profile work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = s\nregion = eu-north-1\n"
        )
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        monkeypatch.delenv("AWS_REGION")
        return config

    def credential(self, server: Server) -> str:
        return server.sent[-1].headers["authorization"].split("Credential=")[1].split(",")[0]

    def test_the_default_profile_and_its_region(self, server: Server, profile: Path) -> None:
        server.say(HELLO["bedrock_converse"])
        with client(server) as signing:
            signing.complete(MODEL, "hi")
            status = next(status for status in signing.providers() if status.id == "bedrock")
        assert self.credential(server).startswith("AKIDDEFAULT/")
        assert "/ap-south-1/bedrock" in self.credential(server)
        assert status.ready

    def test_a_profile_by_name(self, server: Server, profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "a-bearer-token")
        server.say(HELLO["bedrock_converse"])
        with client(server, keys={"bedrock": ai.AwsProfile("work")}) as signing:
            signing.complete(MODEL, "hi")
        assert self.credential(server).startswith("AKIDWORK/")
        assert "/eu-north-1/bedrock" in self.credential(server)

    def test_the_profiles_region_is_in_the_address(self, profile: Path) -> None:
        signing = ai.Client(keys={"bedrock": ai.AwsProfile("work")})
        url = signing._core.credentials.base_url(signing._core.providers.get("bedrock"))
        assert url == "https://bedrock-runtime.eu-north-1.amazonaws.com"

    def test_a_profile_that_is_not_there(self, server: Server, profile: Path) -> None:
        with pytest.raises(ai.ConfigError, match=r"AWS credentials: .*nobody.* could not be found"):
            client(server, keys={"bedrock": ai.AwsProfile("nobody")}).complete(MODEL, "hi")
        assert server.sent == []

    def test_nothing_anywhere(self, server: Server) -> None:
        with client(server) as signing:
            status = next(status for status in signing.providers() if status.id == "bedrock")
            assert not status.ready
            assert "AWS_BEARER_TOKEN_BEDROCK; set AWS_ACCESS_KEY_ID" in status.reason
            with pytest.raises(ai.ConfigError, match="no AWS credentials were found"):
                signing.complete(MODEL, "hi")
        assert server.sent == []

    def test_callers_that_come_together_wait_for_one_search(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys = {"AccessKeyId": "AKIDONCE", "SecretAccessKey": "s", "Token": "t", "Expiration": "2999-01-01T00:00:00Z"}
        issuer = Server()
        issuer.say(Answer([0.05, *reply(200, keys).pieces]))
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{issuer.url}/keys")
        chain, start, found = CredentialChain(), threading.Barrier(6), []

        def ask() -> None:
            start.wait()
            found.append(chain.get().access_key_id)

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        issuer.close()
        assert (found, len(issuer.sent)) == (["AKIDONCE"] * 6, 1)

    def test_a_container_gives_keys_that_are_refreshed(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """The endpoint of ECS and EKS, which botocore asks again when the keys are about to end."""
        lives = iter([timedelta(seconds=30), timedelta(hours=6)])
        issued: list[str] = []

        def issue(sent: Sent) -> Answer:
            issued.append(f"AKIDTEMP{len(issued)}")
            end = (datetime.now(UTC) + next(lives)).strftime("%Y-%m-%dT%H:%M:%SZ")
            keys = {"AccessKeyId": issued[-1], "SecretAccessKey": "s", "Token": "t", "Expiration": end}
            return reply(200, json.dumps(keys).encode())

        issuer = Server()
        issuer.say(issue)
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{issuer.url}/keys")
        server.say(HELLO["bedrock_converse"])

        async def run() -> None:
            async with ai.AsyncClient(base_urls={"bedrock": server.url}) as signing:
                for _ in range(3):
                    await signing.complete(MODEL, "hi")

        asyncio.run(run())
        used = [sent.headers["authorization"].split("Credential=")[1].split("/")[0] for sent in server.sent]
        assert used[1:] == ["AKIDTEMP1", "AKIDTEMP1"]
        assert len(issued) == 2
        issuer.close()

    def test_refused_keys_are_looked_up_once_more(self, server: Server, profile: Path) -> None:
        def judge(sent: Sent) -> Answer:
            if "AKIDDEFAULT" not in sent.headers["authorization"]:
                return HELLO["bedrock_converse"]
            profile.write_text("[default]\naws_access_key_id = AKIDNEW\naws_secret_access_key = s\nregion = us-east-1")
            return reply(403, {"message": "expired"}, headers={"x-amzn-errortype": "ExpiredTokenException"})

        server.say(judge)
        with client(server, retries=0) as signing:
            assert signing.complete(MODEL, "hi").text == "Hello"
        assert len(server.sent) == 2

    def test_single_sign_on_that_has_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        config = tmp_path / "config"
        config.write_text(
            "[profile sso]\nsso_start_url = https://x.example\nsso_region = eu-west-1\n"
            "sso_account_id = 1\nsso_role_name = r\n"
        )
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        with pytest.raises(ai.FluentError) as caught:
            CredentialChain("sso").get()
        assert isinstance(caught.value, ai.AuthError | ai.ConfigError)
        assert caught.value.__cause__ is None


def test_without_the_library_the_extra_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.partition(".")[0] == "botocore"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "botocore", None)
    with client(server) as signing:
        with pytest.raises(ai.ConfigError, match=r"bedrock: no key\. .*pip install 'fluent-ai\[aws\]'"):
            signing.complete(MODEL, "hi")
        signing.set_key("bedrock", ai.AwsProfile("work"))
        with pytest.raises(ai.ConfigError, match=r"pip install 'fluent-ai\[aws\]'"):
            signing.complete(MODEL, "hi")
