"""Each rule by itself, as the next provider sees it."""

from __future__ import annotations

import base64
import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.schema import Quirks
from fluent_ai.protocols.chat.anthropic_messages import AnthropicMessages
from fluent_ai.protocols.chat.bedrock_converse import BedrockConverse
from fluent_ai.protocols.chat.gemini import FOREIGN_CALL, Gemini
from fluent_ai.protocols.chat.ollama_chat import OllamaChat
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses
from fluent_ai.registry.request_checks import limits
from protocol_checks import body_of
from scripted_server import Server
from wire_answers import HELLO

PNG = b"\x89PNG\r\n\x1a\n the bytes of a picture"
CALL = ai.ToolCallPart(ai.ToolCall("toolu_01/AbC", "look", {"x": 1}))
RESULT = ai.ToolResultPart("toolu_01/AbC", "42")
MISTRAL = Quirks(history="mistral")


def user(text: str) -> ai.Message:
    return ai.Message("user", text)


def chat(*messages: ai.Message, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = body_of(OpenAIChat, messages, **options)["messages"]
    return found


def test_results_follow_their_calls_whatever_was_said_between() -> None:
    first, second = (ai.ToolCallPart(ai.ToolCall(name, "look", {})) for name in "ab")
    sent = chat(
        user("q"),
        ai.Message("assistant", [first, second]),
        user("hurry"),
        ai.Message("tool", ai.ToolResultPart("b", "two")),
        ai.Message("user", [ai.ToolResultPart("a", "one"), "thanks"]),
    )
    assert [wire["role"] for wire in sent] == ["user", "assistant", "tool", "tool", "user", "user"]
    assert [wire["content"] for wire in sent[2:]] == ["one", "two", "hurry", "thanks"]


def test_ids_that_come_again_are_told_apart() -> None:
    turn = (ai.Message("assistant", CALL), ai.Message("tool", RESULT))
    sent = chat(user("q"), *turn, user("q"), *turn)
    calls = [call["id"] for wire in sent for call in wire.get("tool_calls", ())]
    assert calls == [wire["tool_call_id"] for wire in sent if wire["role"] == "tool"]
    assert calls[0] == "toolu_01/AbC"
    assert calls[1] != calls[0]
    assert chat(user("q"), *turn) == sent[:3]


def test_two_calls_of_one_id_keep_their_own_results() -> None:
    calls = [ai.ToolCallPart(ai.ToolCall("same", "look", {"n": n})) for n in range(2)]
    results = [ai.ToolResultPart("same", str(n)) for n in range(2)]
    sent = chat(user("q"), ai.Message("assistant", calls), ai.Message("tool", results))
    by_id = {call["id"]: call["function"]["arguments"] for call in sent[1]["tool_calls"]}
    assert {by_id[wire["tool_call_id"]]: wire["content"] for wire in sent[2:]} == {'{"n":0}': "0", '{"n":1}': "1"}


def test_mistral_has_ids_of_its_own_and_an_assistant_between_tool_and_user() -> None:
    sent = chat(user("q"), ai.Message("assistant", CALL), ai.Message("tool", RESULT), user("stop"), quirks=MISTRAL)
    assert [wire["role"] for wire in sent] == ["user", "assistant", "tool", "assistant", "user"]
    assert sent[3]["content"].strip()
    call_id = sent[1]["tool_calls"][0]["id"]
    assert (len(call_id), call_id.isalnum(), sent[2]["tool_call_id"]) == (9, True, call_id)
    own = ai.ToolCallPart(ai.ToolCall("abcDEF123", "look", {}))
    again = chat(user("q"), ai.Message("assistant", own), ai.Message("tool", ai.ToolResultPart("abcDEF123", "1")),
                 quirks=MISTRAL)  # fmt: skip
    assert again[1]["tool_calls"][0]["id"] == "abcDEF123"


def test_files_of_tools_stand_in_the_result_or_in_the_turn_after_it() -> None:
    picture = base64.b64encode(PNG).decode()
    history = [
        user("q"),
        ai.Message("assistant", CALL),
        ai.Message("tool", ai.ToolResultPart(RESULT.call_id, "see", files=(ai.ImagePart(data=PNG),))),
        user("well?"),
    ]
    assert body_of(AnthropicMessages, history)["messages"][2]["content"][0]["content"] == [
        {"type": "text", "text": "see"},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": picture}},
    ]
    assert body_of(BedrockConverse, history)["messages"][2]["content"][0]["toolResult"]["content"] == [
        {"text": "see"},
        {"image": {"format": "png", "source": {"bytes": picture}}},
    ]
    assert [part["type"] for part in body_of(OpenAIResponses, history)["input"][2]["output"]] == [
        "input_text", "input_image",
    ]  # fmt: skip
    assert [part["type"] for part in chat(*history, quirks=MISTRAL)[2]["content"]] == ["text", "image_url"]
    sent = chat(*history)
    assert (sent[2]["role"], sent[2]["content"]) == ("tool", "see")
    assert [part["type"] for part in sent[3]["content"]] == ["text", "image_url", "text"]
    parts = body_of(Gemini, history)["contents"][2]["parts"]
    assert [next(iter(part)) for part in parts] == ["functionResponse", "text", "inlineData", "text"]
    assert body_of(OllamaChat, history)["messages"][3]["images"] == [picture]


def test_pictures_that_a_model_made_go_back_as_the_users_where_they_cannot_be_its_own() -> None:
    made = ai.Reply(parts=(ai.TextPart("Here:"), ai.Media("image/png", PNG))).message
    history = [user("a fox"), made, user("make it blue")]
    parts = body_of(Gemini, history)["contents"][1]["parts"]
    assert [next(iter(part)) for part in parts] == ["text", "inlineData"]
    sent = chat(*history)
    assert [wire["role"] for wire in sent] == ["user", "assistant", "user"]
    assert [part["type"] for part in sent[2]["content"]] == ["text", "image_url", "text"]
    own = chat(*history, quirks=Quirks(history="openrouter"))
    assert own[1]["images"][0]["image_url"]["url"].startswith("data:image/png;base64,")


def test_errors_have_words_and_blank_blocks_are_left_out() -> None:
    history = [
        ai.Message("system", "\n"),
        user("q"),
        ai.Message("assistant", ["  ", CALL]),
        ai.Message("tool", ai.ToolResultPart(RESULT.call_id, " ", is_error=True)),
    ]
    body = body_of(AnthropicMessages, history, system=" ")
    assert "system" not in body
    assert [block["type"] for block in body["messages"][1]["content"]] == ["tool_use"]
    assert body["messages"][2]["content"][0]["content"] == "error without a message"


def test_a_reply_that_was_cut_while_thinking_is_no_turn() -> None:
    thought = ai.ReasoningPart("hm", "c2Vh", provider="acme", model="m")
    for codec, key in ((AnthropicMessages, "messages"), (OpenAIChat, "messages"), (OpenAIResponses, "input")):
        sent = body_of(codec, [user("q"), ai.Message("assistant", thought), user("go on")])[key]
        assert "assistant" not in [turn["role"] for turn in sent]
    last = [user("q"), ai.Message("assistant", ["So ", thought])]
    assert body_of(AnthropicMessages, last)["messages"][1]["content"] == [{"type": "text", "text": "So"}]


def test_an_assistant_who_speaks_first_is_answered() -> None:
    for codec in (AnthropicMessages, BedrockConverse):
        turns = body_of(codec, [ai.Message("assistant", "Hello!"), user("hi")])["messages"]
        assert [turn["role"] for turn in turns] == ["user", "assistant", "user"]


def test_no_more_than_four_marks_for_the_cache() -> None:
    history = [ai.Message("user" if n % 2 == 0 else "assistant", str(n), cache=True) for n in range(7)]
    assert json.dumps(body_of(AnthropicMessages, history)).count("cache_control") == 4
    assert json.dumps(body_of(BedrockConverse, history)).count("cachePoint") == 4


def test_reasoning_stands_in_every_turn_where_the_server_demands_it() -> None:
    quirks = Quirks(history="deepseek", echo_reasoning=True)
    own = ai.ReasoningPart("hm", provider="acme", model="m")
    history = [user("q"), ai.Message("assistant", [own, CALL]), ai.Message("tool", RESULT),
               ai.Message("assistant", "42"), user("sure?")]  # fmt: skip
    sent = chat(*history, quirks=quirks, model="m")
    assert [wire.get("reasoning_content") for wire in sent] == [None, "hm", None, " ", None]
    assert chat(*history, quirks=quirks, model="m", reasoning="none")[3].get("reasoning_content") is None


def test_claude_is_not_asked_to_think_through_calls_that_another_model_made() -> None:
    history = [user("q"), ai.Message("assistant", CALL), ai.Message("tool", RESULT)]
    model = "claude-sonnet-4-5"
    assert "thinking" not in body_of(AnthropicMessages, history, model=model, reasoning="low")
    assert "thinking" in body_of(AnthropicMessages, history, model="claude-opus-5", reasoning="low")
    own = ai.ReasoningPart("hm", "c2Vh", provider="acme", model=model)
    history[1] = ai.Message("assistant", [own, CALL])
    assert "thinking" in body_of(AnthropicMessages, history, model=model, reasoning="low")
    assert "thinking" in body_of(AnthropicMessages, [user("q")], model=model, reasoning="low")


@pytest.mark.parametrize(("model", "seal"), [("gemini-3-pro-preview", FOREIGN_CALL), ("gemini-2.5-flash", None)])
def test_calls_of_others_carry_the_value_that_google_gives_for_them(model: str, seal: str | None) -> None:
    calls = [CALL, ai.ToolCallPart(ai.ToolCall("b", "look", {}))]
    results = [RESULT, ai.ToolResultPart("b", "1")]
    history = [user("q"), ai.Message("assistant", calls), ai.Message("tool", results)]
    parts = body_of(Gemini, history, model=model)["contents"][1]["parts"]
    assert [part.get("thoughtSignature") for part in parts] == [seal, None]


def test_a_call_that_is_left_out_takes_its_seal_along() -> None:
    seal = ai.ReasoningPart("", "c2Vh", provider="acme", model="gemini-3-pro")
    history = [user("q"), ai.Message("assistant", ["Wait.", seal, CALL]), user("well?")]
    parts = body_of(Gemini, history, model="gemini-3-pro")["contents"][1]["parts"]
    assert parts == [{"text": "Wait."}]


def test_what_bedrock_called_before_is_still_declared() -> None:
    history = [user("q"), ai.Message("assistant", CALL), ai.Message("tool", RESULT), user("thanks")]
    (tool,) = body_of(BedrockConverse, history)["toolConfig"]["tools"]
    assert tool["toolSpec"]["name"] == "look"


def test_sealed_calls_of_googles_other_endpoint_go_back_sealed() -> None:
    seal = ai.ReasoningPart("", "c2Vh", provider="acme", model="google/gemini-3-flash")
    history = [user("q"), ai.Message("assistant", [seal, CALL]), ai.Message("tool", RESULT)]
    call = chat(*history, model="google/gemini-3-pro")[1]["tool_calls"][0]
    assert call["extra_content"] == {"google": {"thought_signature": "c2Vh"}}
    assert "extra_content" not in chat(*history, model="gpt-4.1")[1]["tool_calls"][0]


def test_details_of_reasoning_name_their_call_by_the_name_that_it_has_now() -> None:
    raw = {"type": "reasoning.encrypted", "format": "google-gemini-v1", "id": "tool_0"}
    detail = ai.ReasoningPart("", redacted="c2Vh", provider="acme", model="m", raw=raw)
    turn = (
        ai.Message("assistant", [ai.ToolCallPart(ai.ToolCall("tool_0", "look", {})), detail]),
        ai.Message("tool", ai.ToolResultPart("tool_0", "1")),
    )
    sent = chat(user("q"), *turn, user("q"), *turn, model="m")
    for place in (1, 4):
        (found,) = sent[place]["reasoning_details"]
        assert found == {**raw, "id": sent[place]["tool_calls"][0]["id"], "data": "c2Vh"}


def test_what_is_left_out_is_told(server: Server) -> None:
    history = [
        ai.Message("user", [ai.AudioPart(data=b"RIFF....WAVE", media_type="audio/wav"), "what is this?"]),
        ai.Message("assistant", [
            ai.ReasoningPart("hm", "c2Vh", provider="gemini", model="gemini-3-pro"),
            ai.ToolCallPart(ai.ToolCall("srv", "web_search", {}, hosted=True)),
            ai.HostedToolResultPart("srv", "found"),
            ai.UnknownPart("odd"),
            ai.Media("audio/wav", b"RIFF....WAVE"),
            CALL,
            "A bell.",
        ]),
        ai.Message("tool", ai.ToolResultPart("nobody", "?")),
        ai.Message("user", [ai.ImagePart(data=PNG, detail="low"), "and this?"]),
    ]  # fmt: skip
    server.say(HELLO["anthropic_messages"])
    with ai.Client(keys={"anthropic": "k"}, base_urls={"anthropic": server.url}) as client:
        answer = client.complete("anthropic:claude-opus-5", history)
    for what in (
        "reasoning of another model", "a call of web_search, which the provider ran itself",
        "the result of a tool that the provider ran itself", "a piece of the kind 'odd'", "a sound of the assistant",
        "a sound of an earlier turn", "a tool call without a result", "a tool result without its call",
        "the detail of an image",
    ):  # fmt: skip
        assert f"messages hold {what}, which was left out for anthropic" in answer.warnings
    assert "(A sound was here.)" in json.dumps(server.sent[0].json())


def test_pictures_of_earlier_turns_stay_behind_where_the_model_reads_none(server: Server) -> None:
    talk = [ai.Message("user", [ai.ImagePart(data=PNG), "what?"]), ai.Message("assistant", "A fox."), user("sure?")]
    server.say(HELLO["openai_chat"])
    unread = (each for each in ai.models.find(provider="groq", kind="chat") if "image" in limits(each).unread)
    model = next(unread).full_name
    with ai.Client(keys={"groq": "k"}, base_urls={"groq": server.url}) as client:
        told = client.complete(model, talk).warnings
    assert any("an image of an earlier turn" in note for note in told)
    assert "image_url" not in json.dumps(server.sent[0].json())
