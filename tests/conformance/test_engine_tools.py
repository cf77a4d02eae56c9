"""Tools, calls and results in the prompts of published chat templates."""

from __future__ import annotations

import pytest
from fluent_ai.errors import UnsupportedModel
from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.reasoning import reasoning_in
from fluent_ai_local.text.tool_formats import FORMATS, format_of
from fluent_ai_local.text.tool_history import adapt
from recordings import REASON, recorded

SUITES = recorded("suites")
if not SUITES.is_dir():
    pytest.skip(REASON, allow_module_level=True)

FOLDER = SUITES / "chat_templates" / "llama_cpp_templates"
QWEN_CODER = SUITES / "chat_templates" / "minja" / "tests_files" / "Qwen-Qwen3-Coder-30B-A3B-Instruct.jinja"
ROWS = {
    "NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use": "hermes",
    "NousResearch-Hermes-3-Llama-3.1-8B-tool_use": "hermes",
    "Qwen-Qwen2.5-7B-Instruct": "hermes",
    "Qwen-Qwen3-Coder": "qwen3-coder",
    "deepseek-ai-DeepSeek-R1-Distill-Llama-8B": "deepseek-v3",
    "deepseek-ai-DeepSeek-R1-Distill-Qwen-32B": "deepseek-v3",
    "google-gemma-2-2b-it": "gemma",
    "llama-cpp-deepseek-r1": "deepseek-v3",
    "meta-llama-Llama-3.1-8B-Instruct": "llama3",
    "meta-llama-Llama-3.2-3B-Instruct": "llama3",
    "meta-llama-Llama-3.3-70B-Instruct": "llama3",
    "microsoft-Phi-3.5-mini-instruct": "hermes",
    "mistralai-Mistral-Nemo-Instruct-2407": "mistral",
}


def called(name: str, number: int) -> dict[str, object]:
    return {
        "id": f"call_{number}", "type": "function",
        "function": {"name": name, "arguments": {"city": f"town {number}"}},
    }  # fmt: skip


def result(number: int) -> dict[str, object]:
    return {"role": "tool", "tool_call_id": f"call_{number}", "content": f"sunny {number}"}


TOOLS = [
    {
        "type": "function",
        "function": {
            "name": name,
            "description": "The weather in a city.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "A city."}}},
        },
    }
    for name in ("weather", "climate")
]
HISTORY = [
    {"role": "user", "content": "How is the weather?"},
    {"role": "assistant", "content": "I look.", "tool_calls": [called("weather", 1), called("climate", 2)]},
    result(1),
    result(2),
    {"role": "assistant", "content": "Sunny."},
    {"role": "user", "content": "And there?"},
    {"role": "assistant", "content": None, "tool_calls": [called("weather", 3)]},
    result(3),
]


def templates() -> dict[str, str]:
    found = {name: (FOLDER / f"{name}.jinja").read_text() for name in ROWS if name != "Qwen-Qwen3-Coder"}
    return found | {"Qwen-Qwen3-Coder": QWEN_CODER.read_text()}


TEMPLATES = templates()


def architecture(name: str) -> str:
    return "gemma2" if "gemma" in name else "llama"


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("name", ROWS)
def test_a_history_with_calls_is_in_the_prompt_in_its_order(name, trusted):
    source = TEMPLATES[name]
    template = ChatTemplate(source, name=name, trusted=trusted, deadline=30.0)
    row = format_of(source, architecture(name), shows_tools=template.takes_tools)
    assert row is FORMATS[ROWS[name]]
    messages = adapt(HISTORY, TOOLS, template, row)
    prompt = template.render(messages, bos_token="<s>", eos_token="</s>", tools=TOOLS if template.takes_tools else ())
    assert "A city." in prompt
    said = ["How is the weather?", "I look.", "town 1", "town 2", "Sunny.", "And there?", "town 3", "sunny 3"]
    if name.startswith("mistralai"):
        said.remove("I look.")  # a turn is either text or calls, and no two of the assistant's follow each other
    at = [prompt.rindex(text) for text in said]
    assert at == sorted(at)
    assert prompt.count("sunny 1") == prompt.count("sunny 2") == 1
    assert prompt.rindex("town 1") < prompt.rindex("sunny 1") < prompt.rindex("sunny 2")


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_reasoning_is_that_of_the_template(path):
    source = path.read_text()
    template = ChatTemplate(source, name=path.stem, trusted=True)
    try:
        prompt = template.render([{"role": "user", "content": "hi"}], bos_token="", eos_token="")
    except UnsupportedModel:
        prompt = ""  # those that need tools
    found = reasoning_in(source, prompt)
    if "deepseek" in path.stem.lower():
        assert found is not None
        assert found.opened
    else:
        assert found is None
