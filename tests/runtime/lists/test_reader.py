from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from fluent_ai.errors import ConfigError, NotFound, PermissionDenied, ProtocolError, ServerError
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import ListCall, Manifest, ModelList
from fluent_ai.providers.addresses import is_own_list, list_template, own_url, same_list
from fluent_ai.registry.lists.reader import MAX_PAGES, ModelListReader
from fluent_ai.registry.provenance import Attribution
from fluent_ai.streams.whole_answers import read_list
from hypothesis import given
from hypothesis import strategies as st

BY_ID = Manifest(
    id="acme",
    name="Acme",
    docs="https://docs.acme.example",
    base_url="https://api.acme.example",
    model_list=ModelList(path="/v1/models", shape="anthropic", paging="after_id", query={"limit": "2"}),
)
BY_TOKEN = msgspec.structs.replace(
    BY_ID, model_list=ModelList(path="/models", shape="gemini", paging="page_token", query={"pageSize": "2"})
)

BY_NEXT_TOKEN = msgspec.structs.replace(
    BY_ID, model_list=ModelList(path="/models", shape="cohere", paging="next_page_token")
)
BY_TOKEN_OF_AWS = msgspec.structs.replace(
    BY_ID, model_list=ModelList(path="/inference-profiles", shape="bedrock_profiles", paging="next_token")
)
SEVERAL = msgspec.structs.replace(
    BY_ID,
    model_list=ModelList(
        path="/google/models",
        shape="vertexai",
        paging="page_token",
        more=(ListCall(path="/lab/models", shape="vertexai"), ListCall(path="/more", shape="openai", optional=True)),
    ),
)
BY_NUMBER = msgspec.structs.replace(
    BY_ID, model_list=ModelList(path="/search", shape="cloudflare", paging="page", query={"page": "1", "per_page": "2"})
)


def page_by_id(ids: Sequence[str], url: str, size: int) -> bytes:
    after = parse_qs(urlsplit(url).query).get("after_id", [None])[0]
    start = ids.index(after) + 1 if after is not None else 0
    part = list(ids[start : start + size])
    more = start + size < len(ids)
    return json.dumps({"data": [{"id": name} for name in part], "has_more": more, "last_id": part[-1]}).encode()


def page_by_token(ids: Sequence[str], url: str, size: int) -> bytes:
    start = int(parse_qs(urlsplit(url).query).get("pageToken", ["0"])[0])
    answer: dict[str, object] = {"models": [{"name": f"models/{name}"} for name in ids[start : start + size]]}
    if start + size < len(ids):
        answer["nextPageToken"] = str(start + size)
    return json.dumps(answer).encode()


@given(
    st.sampled_from([(BY_ID, page_by_id), (BY_TOKEN, page_by_token)]),
    st.lists(st.text(min_size=1), min_size=1, max_size=12, unique=True),
    st.integers(1, 5),
)
def test_a_paged_list_is_the_whole_list_in_its_order(case: tuple[Manifest, object], ids: list[str], size: int) -> None:
    manifest, page = case
    ids = [name for name in dict.fromkeys(name.removeprefix("models/") for name in ids) if name]
    if not ids:
        return
    reader = ModelListReader(manifest)
    while reader.url is not None:
        reader.feed(page(ids, reader.url, size))  # type: ignore[operator]
    assert [model.id for model in reader.models] == ids
    assert reader.pages == -(-len(ids) // size)


def page_by_next_token(ids: Sequence[str], url: str, size: int) -> bytes:
    start = int(parse_qs(urlsplit(url).query).get("page_token", ["0"])[0])
    answer: dict[str, object] = {"models": [{"name": name} for name in ids[start : start + size]]}
    if start + size < len(ids):
        answer["next_page_token"] = str(start + size)
    return json.dumps(answer).encode()


def page_by_token_of_aws(ids: Sequence[str], url: str, size: int) -> bytes:
    start = int(parse_qs(urlsplit(url).query).get("nextToken", ["0"])[0])
    rows = [{"inferenceProfileId": name} for name in ids[start : start + size]]
    answer: dict[str, object] = {"inferenceProfileSummaries": rows}
    if start + size < len(ids):
        answer["nextToken"] = str(start + size)
    return json.dumps(answer).encode()


def page_by_number(ids: Sequence[str], url: str, size: int) -> bytes:
    page = int(parse_qs(urlsplit(url).query)["page"][0])
    part = ids[(page - 1) * size : page * size]
    # Its counts are of models that no page has.
    return json.dumps({"result": [{"name": name} for name in part], "result_info": {"total_count": 291}}).encode()


@given(
    st.sampled_from(
        [
            (BY_NEXT_TOKEN, page_by_next_token, 0),
            (BY_TOKEN_OF_AWS, page_by_token_of_aws, 0),
            (BY_NUMBER, page_by_number, 1),
        ]
    ),
    st.lists(st.text(min_size=1), min_size=1, max_size=12, unique=True),
    st.integers(1, 5),
)
def test_page_tokens_and_numbers_lead_to_the_end(
    case: tuple[Manifest, Callable[[Sequence[str], str, int], bytes], int], ids: list[str], size: int
) -> None:
    """Numbered pages end with an empty one, whatever their counts say."""
    manifest, page, empty = case
    reader = ModelListReader(manifest)
    while reader.url is not None:
        reader.feed(page(ids, reader.url, size))
    assert [model.id for model in reader.models] == ids
    assert reader.pages == -(-len(ids) // size) + empty


def test_the_first_url_and_another_address() -> None:
    assert ModelListReader(BY_ID).url == "https://api.acme.example/v1/models?limit=2"
    assert ModelListReader(BY_ID, "http://127.0.0.1:9/x/").url == "http://127.0.0.1:9/x/v1/models?limit=2"


def test_every_fact_has_this_list_as_its_source() -> None:
    reader = ModelListReader(BY_ID)
    reader.feed(b'{"data":[{"id":"a","max_tokens":5}],"has_more":false}')
    (info,) = reader.infos(date(2026, 1, 2))
    assert (info.full_name, info.max_output_tokens) == ("acme:a", 5)
    assert set(info.sources) == {"id", "kind", "max_output_tokens"}
    assert info.sources["max_output_tokens"] == Attribution(
        who="Acme API",
        url="https://api.acme.example/v1/models",
        date=date(2026, 1, 2),
        kind="provider",
        field="max_tokens",
    )


@pytest.mark.parametrize(
    ("provider", "url", "own"),
    [
        ("openai", "https://api.openai.com/v1", True),
        ("openai", "https://API.openai.com/v1", True),
        ("openai", "https://eu.api.openai.com/v1", True),
        ("openai", "https://api.openai.com", False),
        ("openai", "http://127.0.0.1:8000/v1", False),
        ("azure", "https://mine.openai.azure.com", True),
        ("azure", "https://evil.example/mine.openai.azure.com", False),
        ("bedrock", "https://bedrock.eu-west-1.amazonaws.com", True),
        ("bedrock", "https://bedrock.evil.example/x.amazonaws.com", False),
        ("cloudflare", "https://api.cloudflare.com/client/v4/accounts/abc/ai", True),
    ],
)
def test_an_address_is_the_providers_own_whatever_its_variables_say(provider: str, url: str, own: bool) -> None:
    assert is_own_list(load_manifests()[provider], url) == own


@pytest.mark.parametrize("manifest", load_manifests().values(), ids=lambda each: each.id)
def test_what_a_manifest_makes_of_its_variables_is_its_own(manifest: Manifest) -> None:
    free = {name: each for name, each in manifest.variables.items() if not (each.of or each.choices or each.default)}
    given = {name: each.known[0] if each.known else "x1" for name, each in free.items()}
    assert is_own_list(manifest, own_url(manifest, given, list_template(manifest)))


@pytest.mark.parametrize(
    ("recorded", "url", "same"),
    [
        ("https://a.example/models?page=1", "https://a.example/models", True),
        ("https://a.example/{account}/models", "https://a.example/me/models?page=2", True),
        ("https://a.example/{account}/models", "https://a.example/me/you/models", False),
        ("https://us.a.example/models", "https://eu.a.example/models", False),
        ("https://a.example/models", "https://a.example/models/more", False),
    ],
)
def test_the_same_list_is_told_by_its_url(recorded: str, url: str, same: bool) -> None:
    assert same_list(recorded, url) == same


def test_a_server_in_the_providers_place_is_named_by_its_address() -> None:
    reader = ModelListReader(BY_ID, "http://127.0.0.1:9/x")
    reader.feed(b'{"data":[{"id":"a","max_tokens":5}],"has_more":false}')
    (info,) = reader.infos(date(2026, 1, 2))
    source = info.sources["id"]
    assert (source.kind, source.who, source.url) == (
        "stand_in", "127.0.0.1:9, in place of Acme", "http://127.0.0.1:9/x/v1/models",
    )  # fmt: skip


def test_several_lists_are_read_one_after_the_other_each_with_its_own_paging() -> None:
    reader = ModelListReader(SEVERAL)
    asked = []
    for body in (
        b'{"publisherModels":[{"name":"p/a"}],"nextPageToken":"2"}',
        b'{"publisherModels":[{"name":"p/b"}]}',
        b'{"publisherModels":[{"name":"p/c"}],"nextPageToken":"ignored"}',
    ):
        assert (reader.optional, reader.url is None) == (False, False)
        asked.append(reader.url)
        reader.feed(body)
    assert asked == [
        "https://api.acme.example/google/models",
        "https://api.acme.example/google/models?pageToken=2",
        "https://api.acme.example/lab/models",
    ]
    assert (reader.url, reader.optional) == ("https://api.acme.example/more", True)
    reader.feed(b'{"data":[{"id":"d","created":1},{"id":"e","created":100000}]}')
    assert (reader.url, reader.pages) == (None, 4)
    infos = reader.infos(date(2026, 1, 2))
    assert [(info.id, info.sources["id"].url, info.sources["id"].field) for info in infos] == [
        ("a", "https://api.acme.example/google/models", "name"),
        ("b", "https://api.acme.example/google/models", "name"),
        ("c", "https://api.acme.example/lab/models", "name"),
        ("d", "https://api.acme.example/more", "id"),
        ("e", "https://api.acme.example/more", "id"),
    ]


def test_a_model_on_two_lists_is_refused() -> None:
    reader = ModelListReader(SEVERAL)
    reader.feed(b'{"publisherModels":[{"name":"p/a"}]}')
    with pytest.raises(ProtocolError, match="distinct model ids, got 'a' twice"):
        reader.feed(b'{"publisherModels":[{"name":"lab/a"}]}')


def test_only_an_optional_list_is_done_without_and_only_where_it_is_refused() -> None:
    async def read(*answers: bytes | Exception) -> list[str]:
        reader, waiting = ModelListReader(SEVERAL), list(answers)

        async def body(url: str) -> bytes:
            answer = waiting.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        await read_list(reader, body)
        return [model.id for model in reader.models]

    one, two = b'{"publisherModels":[{"name":"p/a"}]}', b'{"publisherModels":[{"name":"p/b"}]}'
    assert asyncio.run(read(one, two, PermissionDenied("no"))) == ["a", "b"]
    assert asyncio.run(read(one, two, NotFound("no"))) == ["a", "b"]
    with pytest.raises(ServerError):
        asyncio.run(read(one, two, ServerError("no")))
    with pytest.raises(NotFound):
        asyncio.run(read(one, NotFound("no")))


def test_a_provider_without_a_list_is_refused() -> None:
    with pytest.raises(ConfigError, match="provider 'house' has no endpoint that lists models"):
        ModelListReader(Manifest(id="house", name="House", docs="https://house.example"))


def test_a_model_on_two_pages_is_refused() -> None:
    reader = ModelListReader(BY_TOKEN)
    reader.feed(b'{"models":[{"name":"models/a"}],"nextPageToken":"1"}')
    with pytest.raises(ProtocolError, match="distinct model ids, got 'a' twice"):
        reader.feed(b'{"models":[{"name":"models/a"}],"nextPageToken":"2"}')


def test_a_cursor_that_comes_again_is_refused() -> None:
    reader = ModelListReader(BY_TOKEN)
    reader.feed(b'{"models":[{"name":"models/a"}],"nextPageToken":"1"}')
    with pytest.raises(ProtocolError, match="expected a model list that ends"):
        reader.feed(b'{"models":[{"name":"models/b"}],"nextPageToken":"1"}')


def test_an_empty_page_that_leads_on_is_refused() -> None:
    with pytest.raises(ProtocolError, match="expected a model list that ends"):
        ModelListReader(BY_TOKEN).feed(b'{"models":[],"nextPageToken":"1"}')


def test_a_list_ends_after_a_hundred_pages() -> None:
    reader = ModelListReader(BY_TOKEN)
    pages = [
        f'{{"models":[{{"name":"m{number}"}}],"nextPageToken":"{number}"}}'.encode() for number in range(MAX_PAGES)
    ]
    for page in pages[:-1]:
        reader.feed(page)
    with pytest.raises(ProtocolError, match="more than 100 pages"):
        reader.feed(pages[-1])


@pytest.mark.parametrize("body", [b'{"data":[{"id":"a"}],"has_more":"yes"}', b'{"data":[{"id":"a"}],"last_id":7}'])
def test_a_cursor_of_another_type_is_a_protocol_error(body: bytes) -> None:
    with pytest.raises(ProtocolError, match="acme: expected"):
        ModelListReader(BY_ID).feed(body)


def test_an_empty_list_is_a_list() -> None:
    reader = ModelListReader(BY_TOKEN)
    reader.feed(b'{"models":[]}')
    assert (reader.models, reader.url) == ([], None)
