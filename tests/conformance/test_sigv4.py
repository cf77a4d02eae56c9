"""AWS Signature Version 4 against the vectors of aws-c-auth, of botocore, and of OpenAI's SDKs for Bedrock.

Choosing between Bedrock's ways of proving who calls is in `test_credentials.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fluent_ai.auth.sigv4 import AwsKeys, Scope, Signed, presign, sign
from recordings import REASON, recorded

SUITE = recorded("suites", "sigv4")
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)

AWS_C = sorted((SUITE / "aws-c-auth" / "tests" / "aws-signing-test-suite" / "v4").glob("*/"))
BOTOCORE = sorted((SUITE / "botocore" / "tests" / "unit" / "auth" / "aws4_testsuite").rglob("*.req"))
BEDROCK = SUITE / "openai-bedrock"


class RawRequest:
    """A request as the suites write it: spaces and other characters stand in the target as they are."""

    def __init__(self, text: str) -> None:
        head, _, body = text.partition("\n\n")
        first, *lines = head.split("\n")
        self.method, _, rest = first.partition(" ")
        self.target = rest.rpartition(" ")[0]
        self.body = body.encode()
        self.headers: list[tuple[str, str]] = []
        for line in filter(None, lines):
            if line[0].isspace():
                name, value = self.headers.pop()
                self.headers.append((name, f"{value}\n{line}"))
            else:
                name, _, value = line.partition(":")
                self.headers.append((name, value))

    @property
    def url(self) -> str:
        return "https://example.amazonaws.com" + self.target


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def aws_c(folder: Path) -> tuple[Scope, RawRequest, dict[str, Any]]:
    context = json.loads(text(folder / "context.json"))
    given = context["credentials"]
    keys = AwsKeys(given["access_key_id"], given["secret_access_key"], given.get("token"))
    scope = Scope(keys, context["region"], context["service"], datetime.fromisoformat(context["timestamp"]))
    return scope, RawRequest(text(folder / "request.txt")), context


def check(folder: Path, form: str, signed: Signed) -> None:
    assert signed.canonical_request == text(folder / f"{form}-canonical-request.txt")
    assert signed.string_to_sign == text(folder / f"{form}-string-to-sign.txt")
    assert signed.signature == text(folder / f"{form}-signature.txt")


@pytest.mark.parametrize("folder", AWS_C, ids=lambda folder: folder.name)
def test_aws_c_auth_in_headers(folder: Path) -> None:
    scope, request, context = aws_c(folder)
    signed = sign(
        scope, request.method, request.url, request.headers, request.body,
        normalize=context["normalize"], sign_body=context["sign_body"],
        sign_token=not context.get("omit_session_token", False),
    )  # fmt: skip
    check(folder, "header", signed)
    expected = RawRequest(text(folder / "header-signed-request.txt"))
    sent = [(name.lower(), value) for name, value in (*request.headers, *signed.headers.items())]
    assert sorted(sent) == sorted((name.lower(), value) for name, value in expected.headers)


@pytest.mark.parametrize("folder", AWS_C, ids=lambda folder: folder.name)
def test_aws_c_auth_in_the_query(folder: Path) -> None:
    scope, request, context = aws_c(folder)
    signed = presign(
        scope, request.method, request.url, request.headers, request.body,
        expires=context["expiration_in_seconds"], normalize=context["normalize"],
        sign_token=not context.get("omit_session_token", False),
    )  # fmt: skip
    check(folder, "query", signed)
    expected = RawRequest(text(folder / "query-signed-request.txt"))
    path, _, query = signed.url.partition("?")
    wanted_path, _, wanted_query = expected.url.partition("?")
    assert path == wanted_path
    assert sorted(query.split("&")) == sorted(wanted_query.split("&"))


@pytest.mark.parametrize("file", BOTOCORE, ids=lambda file: file.stem)
def test_botocore(file: Path) -> None:
    request = RawRequest(text(file))
    keys = AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    scope = Scope(keys, "us-east-1", "service", datetime(2015, 8, 30, 12, 36, tzinfo=UTC))
    headers = [(name, value) for name, value in request.headers if name.lower() != "x-amz-date"]
    signed = sign(scope, request.method, request.url, headers, request.body, sign_body=False)
    assert signed.canonical_request == text(file.with_suffix(".creq"))
    assert signed.string_to_sign == text(file.with_suffix(".sts"))
    assert signed.headers["authorization"] == text(file.with_suffix(".authz"))


def test_a_whole_bedrock_request() -> None:
    case = json.loads(text(BEDROCK / "bedrock" / "v1" / "sigv4.json"))
    given, asked, expected = case["credentials"], case["request"], case["expected"]
    keys = AwsKeys(given["accessKeyId"], given["secretAccessKey"], given["sessionToken"])
    scope = Scope(keys, case["region"], case["service"], datetime.fromisoformat(case["signingDate"]))
    headers = [("content-type", asked["contentType"])]
    signed = sign(scope, asked["method"], asked["url"], headers, asked["body"].encode())
    assert signed.headers["x-amz-date"] == expected["date"]
    assert signed.headers["x-amz-content-sha256"] == expected["payloadHash"]
    assert hashlib.sha256(signed.canonical_request.encode()).hexdigest() == expected["canonicalRequestHash"]
    assert signed.headers["authorization"] == expected["authorization"]


def bedrock_cases(kind: str) -> list[Any]:
    file = BEDROCK / "bedrock_auth" / "v1" / "cases.json"
    cases = json.loads(text(file))["cases"] if file.exists() else []
    return [pytest.param(case, id=case["id"]) for case in cases if case["kind"] == kind]


@pytest.mark.parametrize("case", bedrock_cases("sigv4"))
def test_signatures_of_openais_sdks(case: dict[str, Any]) -> None:
    given, asked, expected = case["given"], case["given"]["request"], case["expected"]
    where = given["signing"]
    time = datetime.fromisoformat(where["timestamp"])
    scope = Scope(AwsKeys(**given["credentials"]), where["region"], where["service"], time)
    body = base64.b64decode(asked["body_base64"])
    signed = sign(scope, asked["method"], asked["url"], asked["headers"].items(), body)
    assert hashlib.sha256(signed.canonical_request.encode()).hexdigest() == expected["canonical_request_sha256"]
    assert signed.headers == expected["headers"]
