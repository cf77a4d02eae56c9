"""The engine counts the very prompt that it would write a reply to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai_local.provider import LocalProvider


def weather(city: str) -> str:
    """The weather of a city."""
    return city


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
