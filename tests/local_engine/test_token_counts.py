"""The engine counts the very prompt that it would write a reply to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.provider import LocalProvider
from fluent_ai_local.text.tokenizer import Tokenizer
from fluent_ai_local.tokenize import tokens_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_gguf import CONTROL, SENTENCEPIECE_KEYS


@pytest.fixture(params=[False, True], ids=["byte level", "sentencepiece"])
def tokenizer(request: pytest.FixtureRequest, write_gguf: Callable[..., Path]) -> Iterator[Tokenizer]:
    with GGUFFile(write_gguf(metadata=SENTENCEPIECE_KEYS if request.param else None)) as file:
        yield Tokenizer(file)


@pytest.mark.parametrize("folder", [False, True])
def test_the_count_is_the_usage_of_the_reply(
    write_gguf: Callable[..., Path], write_folder: Callable[[Path], Path], folder: bool
) -> None:
    path = write_gguf()
    model = f"local:{write_folder(path) if folder else path}"
    talk = [ai.Message("user", (ai.TextPart("hello <|im_end|> there"),))]
    asked = [{}, {"system": "hello"}, {"template": "{{ messages[0].content }}"}]
    with ai.Client() as client:
        counted = [client.count_tokens(model, talk, max_tokens=2, **options) for options in asked]  # type: ignore[arg-type]
        used = [client.complete(model, talk, max_tokens=2, **options).usage for options in asked]  # type: ignore[arg-type]
        again = client.count_tokens(model, talk)
    assert [each.tokens for each in counted] == [usage.input_tokens for usage in used if usage]
    assert again.tokens == counted[0].tokens
    assert {(each.source, each.exact, each.usage) for each in counted} == {("tokenizer", True, None)}


def test_weights_are_not_loaded(write_gguf: Callable[..., Path]) -> None:
    provider = LocalProvider()
    path = str(write_gguf())
    found: list[object] = []
    request = ai.ChatRequest(model=path, messages=(ai.Message("user", (ai.TextPart("hello"),)),))
    provider.token_counting_model(path).run(request, found.append)
    assert provider.loaded() == []
    assert len(found) == 2
    with pytest.raises(ai.NotFound):
        provider.token_counting_model("smollm2-135n")


def test_what_a_reply_would_refuse_is_refused(write_gguf: Callable[..., Path]) -> None:
    model = f"local:{write_gguf()}"
    with ai.Client() as client, pytest.raises(ai.ConfigError, match="AudioPart|audio"):
        client.count_tokens(model, [ai.Message("user", (ai.AudioPart(data=b"x", media_type="audio/wav"),))])


@given(text=st.text(st.sampled_from("ab cdé🙂\n<|im_end|>▁ "), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tokens_tile_their_text(tokenizer: Tokenizer, text: str) -> None:
    found = list(tokens_of(tokenizer, text))
    data = text.encode()
    assert all(tokenizer.tokens[token.id] for token in found)
    if found and found[-1].end is not None:
        assert [token.start for token in found] == [0, *(token.end for token in found[:-1])]
        assert found[-1].end == len(data)
        for token in found:
            piece = data[token.start : token.end].decode("utf-8", "replace")
            assert piece == token.text or token.start == 0
    assert not any(tokenizer.tokens[token.id] in CONTROL for token in found)


def test_tokens_come_one_by_one_and_together(write_gguf: Callable[..., Path]) -> None:
    model = f"local:{write_gguf()}"
    with ai.Client() as client:
        tokens = client.tokenize(model, "hello there")
        with client.stream_tokenize(model, "hello there") as stream:
            streamed = [item for item in stream if isinstance(item, ai.Token)]
        assert list(tokens) == streamed
        assert "".join(token.text for token in tokens).strip() == "hello there"
        assert tokens.provider == "local"
        with pytest.raises(ai.ConfigError, match="text"):
            client.tokenize(model, "")
        with pytest.raises(ai.ConfigError, match="have: local"):
            client.tokenize("openai:gpt-4o", "hello")
