"""Results are data: each struct that a user meets goes through JSON and comes back as it was."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from array import array
from typing import Any, get_args

import fastapi
import fluent_ai as ai
import msgspec
import pydantic
import pytest
from fluent_ai.content.json_struct import JsonStruct, json_schema
from fluent_ai.content.results import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from struct_values import SCALARS, TEXTS, example, values

IS_NO_RESULT = {
    "AwsKeys": "holds secrets",
    "AwsProfile": "says where secrets are",
    "GoogleServiceAccount": "holds secrets",
    "ChatRequest": "goes to a provider, and may hold functions",
    "Tool": "may hold a function",
    "Manifest": "is written as TOML",
    "Timeouts": "is a setting",
    "Breaker": "is a setting",
    "Limits": "is a setting",
    "LocalSettings": "is a setting",
    "Call": "changes until it is over, and holds what its errors hold",
}
ERRORS = st.builds(
    lambda kind, message, status, provider: kind(message, status=status, provider=provider),
    st.sampled_from([ai.ConfigError, ai.RateLimited, ai.ConnectionFailed]),
    TEXTS,
    st.none() | st.integers(100, 599),
    st.none() | TEXTS,
)
SPECIAL = SCALARS | {ai.FluentError: ERRORS}


def _structs() -> list[type[msgspec.Struct]]:
    public = [getattr(ai, name) for name in ai.__all__] + [getattr(ai.models, name) for name in ai.models.__all__]
    return [value for value in public if inspect.isclass(value) and issubclass(value, msgspec.Struct)]


KINDS: list[type[JsonStruct]] = sorted(
    {kind for kind in _structs() if issubclass(kind, JsonStruct)}, key=lambda kind: kind.__name__
)


def below(kind: type) -> set[type]:
    return {kind}.union(*(below(each) for each in kind.__subclasses__()))


def holds_an_error(value: Any) -> bool:
    return isinstance(value, ai.CheckResult | ai.LegAttempt) or any(map(holds_an_error, getattr(value, "attempts", ())))


def test_every_public_struct_is_data_or_an_exception() -> None:
    assert {kind.__name__ for kind in _structs() if not issubclass(kind, JsonStruct)} == set(IS_NO_RESULT)
    assert set(get_args(ai.Event)) <= set(KINDS)
    own = {kind for kind in below(Result) if kind.__module__.startswith("fluent_ai.")}
    assert own - {Result} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_round_trip(kind: type[JsonStruct], data: st.DataObject) -> None:
    value = data.draw(values(kind, SPECIAL))
    plain, text = value.to_dict(), value.to_json()
    assert json.loads(text) == json.loads(json.dumps(plain)) == plain
    assert msgspec.json.encode(value, enc_hook=ai.to_jsonable).decode() == text
    assert json.loads(json.dumps([value], default=ai.to_jsonable)) == [plain]
    for back in (kind.from_dict(plain), kind.from_json(text), kind.from_json(text.encode())):
        assert type(back) is kind
        assert back.to_dict() == plain
        if not holds_an_error(value):  # exceptions are equal only to themselves
            assert back == value
    later = plain | {"a field of a later version": [1]}
    assert kind.from_dict(later).to_dict() == plain


def test_what_a_reply_holds_survives() -> None:
    """Media bytes, calls, signatures, what the provider counted, and seconds."""
    reply = ai.Reply(
        parts=(
            ai.ReasoningPart("hm", "sig", "encrypted", "p", "m"),
            ai.TextPart("Üb\u2028er"),
            ai.ToolCallPart(ai.ToolCall("1", "f", {"x": [1, None, 2.5], "big": 2**70})),
            ai.ToolCallPart(ai.ToolCall("2", "f", '{"x": ', valid=False)),
            ai.Media("image/png", bytes(range(256))),
        ),
        citations=(ai.Citation(1, url="https://a.example", start=0, end=2),),
        logprobs=(ai.TokenLogprob("Ü", -0.1, (("U", -2.0),)),),
        usage=ai.Usage(input_tokens=1, cost=1e-9, raw={"prompt_tokens": 1, "details": {"x": None}}),
        timing=ai.Timing(0.1, 0.2),
        warnings=("careful",),
    )
    back = ai.Reply.from_json(reply.to_json())
    assert back == reply
    assert back.message == reply.message
    assert ai.Message.from_json(back.message.to_json()) == reply.message


def test_events_and_parts_are_told_apart_by_their_type() -> None:
    for kind in get_args(ai.Event):
        event = kind(**{field.name: example(field.type) for field in msgspec.structs.fields(kind)})
        assert event.to_dict()["type"] == event.type
        assert ai.event_from_dict(event.to_dict()) == event == ai.event_from_json(event.to_json())
    for part in (
        ai.TextPart("a"),
        ai.Media("audio/wav", b"\0"),
        ai.ImagePart(data=b"\xff"),
        ai.ToolResultPart("1", "x"),
    ):
        assert ai.part_from_dict(part.to_dict()) == part == ai.part_from_json(part.to_json())


class Sky(pydantic.BaseModel):
    colour: str


def test_output_becomes_plain_and_can_be_read_again() -> None:
    reply = ai.Reply(parts=(ai.TextPart('{"colour": "blue"}'),), output=Sky(colour="blue"))
    back = ai.Reply.from_json(reply.to_json())
    assert back.output == {"colour": "blue"}
    assert back.output_as(Sky) == reply.output


def test_vectors_are_lists_of_numbers() -> None:
    found = ai.Embeddings(vectors=(array("f", [0.1, -2.0]),))
    assert found.to_dict()["vectors"] == [pytest.approx([0.1, -2.0])]
    assert ai.Embeddings.from_json(found.to_json())[0] == found[0]


def test_errors_are_told_without_what_was_said() -> None:
    error = ai.RateLimited("slow down", provider="p", status=429, retry_after=2.0, body=b"hunter22", partial=ai.Reply())
    told = error.to_dict()
    assert told == json.loads(json.dumps(error, default=ai.to_jsonable))
    assert (told["error"], told["fault"], told["retry_after"]) == ("RateLimited", "client", 2.0)
    assert "hunter22" not in repr(told)
    back = ai.CheckResult.from_dict(ai.CheckResult("p", False, 0.1, error=error).to_dict())
    assert type(back.error) is ai.RateLimited
    assert back.problem == "rate limit"
    assert type(ai.FluentError.from_dict({"error": "OfALaterVersion", "message": "m"})) is ai.FluentError


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (ai.Reply, "{", "Reply: not valid JSON"),
        (ai.Reply, b"\xff", "Reply: not valid JSON"),
        (ai.Reply, "[" * 20_000, "Reply: not valid JSON"),
        (ai.Reply, 7, "Reply is read from a int"),
        (ai.Reply, "[]", "Reply is read from a list; allowed: a JSON object"),
        (
            ai.Reply,
            '{"parts": [{"type": "text", "text": 3}]}',
            r"Reply: Expected `str`, got `int` - at `\$.parts\[0\].text`",
        ),
        (ai.ImagePart, "{}", "ImagePart: ImagePart takes exactly one"),
        (ai.Embeddings, '{"vectors": [["x"]]}', "Embeddings: must be real number"),
        (ai.TextDelta, '{"type": "text_end", "part": 0, "text": ""}', "TextDelta: Invalid value"),
        (ai.Media, '{"media_type": "image/png", "data": "?"}', r"Media: Invalid base64 encoded string - at `\$.data`"),
    ],
)
def test_wrong_input_is_a_typed_error(kind: type[JsonStruct], text: Any, message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        kind.from_json(text)


def test_events_without_a_type_and_of_another_kind_are_refused() -> None:
    with pytest.raises(ai.ConfigError, match="an event: Object missing required field `type`"):
        ai.event_from_dict({"part": 0})
    with pytest.raises(ai.ConfigError, match="an event: Invalid value 'later'"):
        ai.event_from_json('{"type": "later"}')


def test_what_has_no_json_is_refused() -> None:
    with pytest.raises(ai.ConfigError, match="this TextPart cannot be written as JSON: a text holds a lone surrogate"):
        ai.TextPart("\ud800").to_json()
    with pytest.raises(ai.ConfigError, match="a value of type object has no JSON"):
        ai.Reply(output=object()).to_dict()


class Answer(pydantic.BaseModel):
    reply: ai.Reply
    events: list[ai.Event]
    vectors: ai.Embeddings | None = None


def test_pydantic_models_hold_results() -> None:
    answer = Answer(reply=ai.Reply(parts=(ai.Media("a/b", b"\0"),)), events=[ai.TextDelta(0, "a"), ai.Finish("stop")])
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    assert Answer.model_validate(answer.model_dump()) == answer
    with pytest.raises(pydantic.ValidationError, match="Expected `str | null`, got `int`"):
        Answer.model_validate({"reply": {"id": 3}, "events": []})
    schema = Answer.model_json_schema()
    assert schema["properties"]["reply"]["properties"]["finish_reason"]["anyOf"][0]["enum"]
    vectors = json_schema(ai.Embeddings)["properties"]["vectors"]
    assert vectors["items"] == {"type": "array", "items": {"type": "number"}}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_has_a_schema_and_a_pydantic_type(kind: type[JsonStruct]) -> None:
    adapter = pydantic.TypeAdapter(kind)
    schema = adapter.json_schema()
    assert schema["type"] == "object"
    assert "$ref" not in json.dumps(schema)
    assert set(schema["properties"]) - {"type"} == set(kind.__struct_encode_fields__)
    assert adapter.json_schema(mode="serialization") == schema


def test_fastapi_answers_with_results() -> None:
    app = fastapi.FastAPI()
    app.get("/", response_model=ai.Reply)(lambda: ai.Reply())
    answers = app.openapi()["paths"]["/"]["get"]["responses"]["200"]["content"]["application/json"]
    assert set(answers["schema"]["properties"]) == set(ai.Reply.__struct_fields__)


def test_nothing_loads_pydantic_unasked() -> None:
    code = (
        "import sys, fluent_ai as ai\n"
        "assert ai.Reply.from_json(ai.Reply().to_json()) == ai.Reply()\n"
        "assert 'pydantic' not in sys.modules and 'pydantic_core' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
