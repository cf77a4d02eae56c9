"""Requests signed for AWS, in front of somebody who checks signatures and rights: moto's server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import fluent_ai as ai
import pytest

botocore_session = pytest.importorskip("botocore.session", reason="the extra aws is not installed")
pytest.importorskip("moto", reason="moto is not installed")

MODEL = "bedrock:amazon.titan-embed-text-v2:0"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "*"}],
}
SETTING_UP = 5
"""Calls of the setup, which need no rights; all later ones are checked."""


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log: Path = tmp_path_factory.mktemp("moto") / "log"
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(SETTING_UP)}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-p", str(port)], env=environment, stdout=output, stderr=output
        )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, log.read_text()
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def users(cloud: str) -> dict[str, ai.AwsKeys]:
    """Keys of one who may ask models, and of one who may not."""
    iam = botocore_session.get_session().create_client(
        "iam", region_name="us-east-1", endpoint_url=cloud, aws_access_key_id="x", aws_secret_access_key="x"
    )
    keys = {}
    for name in ("allowed", "other"):
        iam.create_user(UserName=name)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        keys[name] = ai.AwsKeys(key["AccessKeyId"], key["SecretAccessKey"])
        if name == "allowed":
            iam.put_user_policy(UserName=name, PolicyName="ask", PolicyDocument=json.dumps(POLICY))
    iam.close()
    return keys


def ask(cloud: str, key: ai.AwsKeys) -> ai.Embeddings:
    with ai.Client(keys={"bedrock": key}, base_urls={"bedrock": cloud}, retries=0) as client:
        return client.embed(MODEL, "What is a fox?")


@pytest.fixture(autouse=True)
def region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "us-east-1")


def test_a_good_signature_is_let_in(cloud: str, users: dict[str, ai.AwsKeys]) -> None:
    """Moto asks no model: its answer is empty, which is no vector."""
    with pytest.raises(ai.ProtocolError, match="expected a list of numbers"):
        ask(cloud, users["allowed"])


def test_wrong_secrets_and_missing_rights_are_not(cloud: str, users: dict[str, ai.AwsKeys]) -> None:
    allowed = users["allowed"]
    forged = ai.AwsKeys(allowed.access_key_id, allowed.secret_access_key[::-1])
    for key in (forged, users["other"], ai.AwsKeys("AKIAIOSFODNN7EXAMPLE", "unknown")):
        with pytest.raises(ai.PermissionDenied) as caught:
            ask(cloud, key)
        assert key.secret_access_key not in str(caught.value)
