"""Requests against what is known of their model, and models that retire, over a loopback server."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from catalogs import write_catalog
from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, Message, Part, TextPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.registry import ModelRetired, ModelRetiring, Registry
from fluent_ai.registry import retirement as ends
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.overlay_merge import lay
from fluent_ai.registry.provenance import Origin
from fluent_ai.registry.request_checks import check_request
from fluent_ai.verbs.embed import EmbedRequest
from fluent_ai_providers.openai import OpenAI
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, sse, stream, text_chunks

TODAY = datetime.now(UTC).date()
SAID = "says Acme API (2026-01-01)."
NARROW = ModelInfo(
    id="narrow",
    kind="chat",
    context_window=10,
    max_output_tokens=100,
    input_modalities=("text",),
    tools=False,
    structured_output=False,
    reasoning=False,
    vision=False,
    audio=False,
    pdf=False,
    temperature_fixed=True,
)
WIDE = ModelInfo(
    id="wide",
    context_window=1_000_000,
    max_output_tokens=100_000,
    input_modalities=("text", "image", "audio", "file"),
    tools=True,
    structured_output=True,
    reasoning=True,
    vision=True,
    audio=True,
    pdf=True,
)


def add(a: int, b: int) -> int:
    """Add."""
    return a + b


def catalog(folder: Path, **changes: Any) -> Registry:
    models = [
        NARROW,
        WIDE,
        ModelInfo(id="blank"),
        ModelInfo(id="late", retires_on=TODAY - timedelta(days=1), successor="wide"),
        ModelInfo(id="soon", retires_on=TODAY + timedelta(days=30)),
        ModelInfo(id="far", retires_on=TODAY + timedelta(days=365)),
        ModelInfo(id="old", deprecated_on=TODAY - timedelta(days=30)),
    ]
    write_catalog(folder, "acme", models, **changes)
    return Registry(folder, overlays=())


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return catalog(tmp_path)


@pytest.fixture
def checked(server: Server, registry: Registry) -> Iterator[ai.Client]:
    server.say(stream(sse(*text_chunks("{}"))))
    with ai.Client(keys={"acme": "k-secret-1"}, manifests=[manifest_for(server.url)], registry=registry) as client:
        yield client


@pytest.fixture(autouse=True)
def _nobody_was_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ends, "_warned", set())


def parts(*found: Part) -> list[Message]:
    return [Message("user", found)]


IMAGE = ImagePart(url="https://pictures.example/secret.png")
BAD: list[tuple[dict[str, Any], Any, str]] = [
    ({"max_tokens": 101}, "hi", "max_tokens is 101; allowed: at most 100"),
    ({"tools": [add]}, "hi", "tools holds 1; allowed: none"),
    ({"output": {"type": "object", "properties": {}}}, "hi", "output is given; allowed: no output schema"),
    ({"reasoning": "low"}, "hi", "reasoning is 'low'; allowed: none"),
    ({"temperature": 0.5}, "hi", "temperature is 0.5; allowed: no temperature"),
    ({}, parts(IMAGE), "messages holds ImagePart; allowed: text"),
    ({}, parts(AudioPart(data=b"x", media_type="audio/wav")), "messages holds AudioPart; allowed: text"),
    ({}, parts(DocumentPart(data=b"x", media_type="application/pdf")), "messages holds DocumentPart; allowed: text"),
    ({}, "secret " * 11, "messages holds at least 11 tokens; allowed: at most 10"),
    ({"system": "secret " * 9}, "two words", "messages holds at least 11 tokens; allowed: at most 10"),
]


@pytest.mark.parametrize(("options", "messages", "message"), BAD)
def test_what_the_providers_own_api_says_refuses(
    checked: ai.Client, server: Server, options: dict[str, Any], messages: Any, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        checked.stream("acme:narrow", messages, **options)
    text = str(caught.value)
    assert message in text
    assert "for acme:narrow, says Acme API (https://acme.example/models, 2026-01-01)" in text
    assert text.endswith("validate=False sends it anyway")
    assert "secret" not in text
    assert server.sent == []


@pytest.mark.parametrize(("options", "messages", "message"), BAD)
@pytest.mark.parametrize("changes", [{"kind": "source"}, {"kind": "stand_in"}, {"disputes": True}])
def test_what_others_say_or_dispute_warns(
    server: Server, tmp_path: Path, changes: dict[str, Any], options: dict[str, Any], messages: Any, message: str
) -> None:
    if "disputes" in changes:
        changes = {"disputes": dict.fromkeys(ModelInfo.__struct_fields__, "other")}
    server.say(stream(sse(*text_chunks("{}"))))
    own = catalog(tmp_path, **changes)
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], registry=own) as client:
        reply = client.complete("acme:narrow", messages, **options)
    assert any(message in warning for warning in reply.warnings)
    assert ("other sources disagree" in reply.warnings[0]) == ("disputes" in changes)
    assert len(server.sent) == 1


@pytest.mark.parametrize(("options", "messages", "message"), BAD)
def test_validation_can_be_switched_off(
    server: Server, registry: Registry, options: dict[str, Any], messages: Any, message: str
) -> None:
    server.say(stream(sse(*text_chunks("{}"))))
    manifests = [manifest_for(server.url)]
    with ai.Client(keys={"acme": "k"}, manifests=manifests, registry=registry) as client:
        assert client.complete("acme:narrow", messages, validate=False, **options).warnings == ()
        with client.stream("acme:narrow", messages, validate=False, **options) as one:
            assert not [event for event in one if isinstance(event, ai.Warned)]
    with ai.Client(keys={"acme": "k"}, manifests=manifests, registry=registry, validate=False) as client:
        assert client.complete("acme:narrow", messages, **options).warnings == ()
        assert client.complete("acme:unknown", messages, **options).warnings == ()
    assert message


@pytest.mark.parametrize(("options", "messages", "message"), BAD)
@pytest.mark.parametrize("model", ["acme:wide", "acme:blank"])
def test_what_fits_or_is_not_known_passes(
    checked: ai.Client, model: str, options: dict[str, Any], messages: Any, message: str
) -> None:
    assert checked.complete(model, messages, **options).warnings == ()
    assert message


def test_what_a_fixed_temperature_allows(checked: ai.Client) -> None:
    assert checked.complete("acme:narrow", "hi", temperature=1.0, reasoning="none", max_tokens=100).warnings == ()


def test_a_part_is_refused_once(tmp_path: Path) -> None:
    model = catalog(tmp_path, who="a list", kind="source").lookup("acme", "narrow")
    assert model is not None
    request = ChatRequest(model="narrow", messages=tuple(parts(IMAGE, IMAGE, TextPart("x"))))
    assert len(check_request(model, request)) == 1


@pytest.mark.parametrize("value", [0, "no", None])
def test_validate_is_a_bool(checked: ai.Client, value: object) -> None:
    with pytest.raises(ConfigError, match="validate is .*; allowed: True or False"):
        checked.stream("acme:wide", "hi", validate=value)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="validate is .*; allowed: True or False"):
        ai.Client(validate=value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("model", "category", "message"),
    [
        ("late", ModelRetired, f"was to be retired on {TODAY - timedelta(days=1)}, {SAID} Its successor is wide."),
        ("soon", ModelRetiring, f"will be retired on {TODAY + timedelta(days=30)}, {SAID}"),
        ("old", ModelRetiring, f"is deprecated since {TODAY - timedelta(days=30)}, {SAID}"),
    ],
)
def test_a_model_near_its_end_warns(
    checked: ai.Client, model: str, category: type[ModelRetiring], message: str
) -> None:
    message = f"acme:{model} {message}"
    with pytest.warns(category) as caught:
        reply = checked.complete(f"acme:{model}", "hi")
    assert [str(each.message) for each in caught] == [message]
    assert caught[0].category is category
    assert caught[0].filename == __file__
    assert reply.warnings == (message,)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert checked.complete(f"acme:{model}", "again").warnings == (message,)


def test_a_warning_made_an_error_sends_nothing(checked: ai.Client, server: Server) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", ModelRetired)
        with pytest.raises(ModelRetired):
            checked.complete("acme:late", "hi")
    assert server.sent == []


def test_a_model_far_from_its_end_says_nothing(checked: ai.Client) -> None:
    assert checked.complete("acme:far", "hi").warnings == ()


def test_the_categories_are_deprecations() -> None:
    assert issubclass(ModelRetired, ModelRetiring)
    assert issubclass(ModelRetiring, DeprecationWarning)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_end_of_a_model_by_its_dates(today: date, end: date) -> None:
    found = ends.ending(ModelInfo(id="m", provider="acme", retires_on=end), today)
    if end <= today:
        assert found is not None
        assert found[0] is ModelRetired
    elif end - today <= ends.SOON:
        assert found is not None
        assert found[0] is ModelRetiring
    else:
        assert found is None


def test_the_asynchronous_client_checks_alike(server: Server, registry: Registry) -> None:
    server.say(stream(sse(*text_chunks("{}"))))

    async def work() -> None:
        async with ai.AsyncClient(
            keys={"acme": "k"}, manifests=[manifest_for(server.url)], registry=registry
        ) as client:
            with pytest.raises(ConfigError, match="tools holds 1; allowed: none"):
                client.stream("acme:narrow", "hi", tools=[add])
            assert (await client.complete("acme:narrow", "hi", tools=[add], validate=False)).text == "{}"

    asyncio.run(work())


@given(st.lists(st.text(alphabet="ab \n\t", max_size=60), max_size=5))
def test_the_lower_bound_is_below_one_token_a_word(texts: list[str]) -> None:
    """Whatever the tokenizer, as long as no token spans two words."""
    words = sum(len(text.split()) for text in texts)
    model = ModelInfo(id="m", provider="acme", context_window=3)
    messages = tuple(Message("user", (TextPart(text),)) for text in texts)
    found = check_request(model, ChatRequest(model="m", messages=messages))
    assert bool(found) == (words > 3 and sum(map(len, texts)) > 6)
    assert words <= 3 or sum(map(len, texts)) >= 2 * words - len(texts)


def test_typed_clients_check_alike(tmp_path: Path) -> None:
    write_catalog(tmp_path, "openai", [NARROW], who="OpenAI API")
    own = Registry(tmp_path, overlays=())
    with OpenAI(api_key="k", registry=own) as client:
        with pytest.raises(ConfigError, match="tools holds 1; allowed: none for openai:narrow, says OpenAI API"):
            client.stream("narrow", "hi", tools=[add])
        assert client.stream("narrow", "hi", tools=[add], validate=False).partial.warnings == ()
    with OpenAI(api_key="k", registry=own, validate=False) as client:
        assert client.stream("narrow", "hi", tools=[add]).partial.warnings == ()


def test_nothing_is_said_of_models_of_which_nothing_is_known(server: Server, tmp_path: Path) -> None:
    server.say(stream(sse(*text_chunks("{}"))))
    nothing = Registry(tmp_path, overlays=())
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], registry=nothing) as client:
        assert client.complete("acme:narrow", "hi", max_tokens=10**9).warnings == ()


def test_what_the_user_says_warns(checked: ai.Client, registry: Registry) -> None:
    registry.define("acme:own", vision=False, tools=False)
    reply = checked.complete("acme:own", parts(IMAGE, TextPart("x")), tools=[add])
    assert [warning.partition(" for ")[0] for warning in reply.warnings] == [
        "tools holds 1; allowed: none",
        "messages holds ImagePart; allowed: no such part",
    ]
    assert all("says user" in warning for warning in reply.warnings)


def test_a_client_of_a_day(server: Server, registry: Registry) -> None:
    server.say(stream(sse(*text_chunks("{}"))))
    then = registry.as_of(TODAY + timedelta(days=365))
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], registry=then) as client:
        assert "'soon' of acme is not in the registry" in client.complete("acme:soon", "hi").warnings[0]


def embedder(**facts: Any) -> ModelInfo:
    return lay(None, "acme", "m", facts, Origin(who="LiteLLM", url="pkg:pypi/litellm", date=date(2026, 11, 1)))


def test_texts_to_embed_are_checked() -> None:
    model = embedder(kind="embedding", max_input_tokens=5, embedding_dimensions=8)
    texts = ("short", "one two three four five six", "one two three four five six seven")
    assert check_request(model, EmbedRequest(model="m", inputs=texts, offset=4, dimensions=9)) == (
        "dimensions is 9; allowed: at most 8 for acme:m, says LiteLLM (pkg:pypi/litellm, 2026-11-01)",
        "inputs[5] holds at least 6 tokens; allowed: at most 5 for acme:m, says LiteLLM (pkg:pypi/litellm, 2026-11-01)",
    )
    assert check_request(model, EmbedRequest(model="m", inputs=texts, truncate=True, dimensions=8)) == ()
    assert check_request(embedder(kind="embedding"), EmbedRequest(model="m", inputs=texts, dimensions=9)) == ()


def test_the_lower_of_two_limits_of_a_prompt_counts() -> None:
    model = embedder(kind="chat", context_window=9, max_input_tokens=5)
    words = (Message("user", (TextPart("one two three four five six"),)),)
    (said,) = check_request(model, ChatRequest(model="m", messages=words))
    assert said.startswith("messages holds at least 6 tokens; allowed: at most 5")


def test_a_model_that_left_its_list_is_named(server: Server, tmp_path: Path) -> None:
    models = Registry(tmp_path, overlays=())
    models.define("acme:old", context_window=1000, unlisted_on=date(2026, 1, 1))
    server.say(stream(sse(*text_chunks("hi"))))
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], registry=models) as client:
        reply = client.complete("acme:old", "hi")
    assert reply.warnings == ("acme:old is gone from its provider's list since 2026-01-01; it is called as it is",)
