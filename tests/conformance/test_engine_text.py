"""llama.cpp's tokenizer vectors and Hugging Face's renderings of chat templates."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fluent_ai.errors import UnsupportedModel
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.text import _render
from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.tokenizer import Tokenizer
from recordings import REASON, recorded

SUITES = recorded("suites")
if not SUITES.is_dir():
    pytest.skip(REASON, allow_module_level=True)

VOCABULARIES = SUITES / "tokenizers" / "llama_cpp"
TEMPLATES = SUITES / "chat_templates"
RENDERED = json.loads((TEMPLATES / "hf_goldens.json").read_text())["cases"]
ATTACKS = json.loads((SUITES / "security" / "jinja_sandbox.json").read_text())
DATE = re.compile(r"\d\d \w\w\w \d{4}")


@pytest.mark.parametrize("name", ["gpt-2", "phi-3", "falcon", "mpt", "bert-bge"])
def test_ids_are_those_of_llama_cpp_and_give_back_the_text(name):
    path = VOCABULARIES / f"ggml-vocab-{name}.gguf"
    with GGUFFile(path) as file:
        tokenizer = Tokenizer(file)
    texts = Path(f"{path}.inp").read_bytes().decode().split("\n__ggml_vocab_test__\n")
    lines = Path(f"{path}.out").read_text().split("\n")
    assert len(texts) == 47
    for text, line in zip(texts, lines, strict=True):
        ids = tokenizer.encode(text)
        assert ids == [int(number) for number in line.split()]
        decoder = tokenizer.decoder()
        if name != "bert-bge":  # which drops what it does not need
            assert "".join(map(decoder.feed, ids)) + decoder.finish() == text


@pytest.mark.parametrize(
    "case", RENDERED, ids=lambda case: f"{Path(case['template']).stem}-{Path(case['context']).stem}"
)
def test_templates_render_as_hugging_face_renders_them(case):
    answer = _render.answer(
        (TEMPLATES / case["template"]).read_text(), json.loads((TEMPLATES / case["context"]).read_text())
    )
    if "error" in case:
        assert "text" not in answer
    else:  # some templates print today's date
        assert DATE.sub("<date>", answer["text"]) == DATE.sub("<date>", case["output"])


@pytest.mark.parametrize("case", ATTACKS["sandbox"], ids=lambda case: case["template"])
def test_the_sandbox_holds(case):
    answer = _render.answer(case["template"], case["context"])
    if case["expect"] in {"raise", "syntax"}:
        assert "text" not in answer
    else:
        assert answer.get("text", "") == case["expect"]


@pytest.mark.parametrize("case", ATTACKS["payloads"], ids=lambda case: case["template"][:60])
def test_no_payload_reaches_python(case):
    text = _render.answer(case["template"], {}).get("text", "")
    assert "uid=" not in text
    assert "<class " not in text
    if case["reference"][0] != "ok":
        assert text == ""


@pytest.mark.parametrize("source", ATTACKS["dos_not_covered_by_sandbox"])
def test_what_the_sandbox_does_not_stop_is_stopped(source):
    template = ChatTemplate(source, name="f.gguf", trusted=False, deadline=2.0)
    try:
        text = template.render([], bos_token="", eos_token="")
    except UnsupportedModel as error:
        assert "cannot be rendered" in str(error)  # noqa: PT017  # a harmless one may also render
    else:
        assert len(text) < 100
