"""XLM-R, which most multilingual models that embed or rerank are, as transformers computes it."""

from __future__ import annotations

import pytest
import torch

pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")

import tiny_models
import transformers
from fluent_ai.errors import ContextTooLong
from fluent_ai.verbs.embed import Embedding, EmbedRequest
from fluent_ai.verbs.rerank import Ranked, RerankRequest
from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.provider import LocalProvider
from fluent_ai_local.text.hf_vocabulary import read_folder
from fluent_ai_local.text.tokenizer import Tokenizer
from small_roberta import PIECES, write_tokenizer

TEXTS = ("the cat", "ab c a", "\u00e9", "", "The caf\u00e9  ab")
CONTEXT = 24


def make(kind: str, folder):
    """A random model of transformers, its tokenizer, and the folder that they are published as."""
    config = transformers.XLMRobertaConfig(
        vocab_size=len(PIECES), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=CONTEXT + 2, type_vocab_size=1, pad_token_id=1, num_labels=1,
    )  # fmt: skip
    model = getattr(transformers, kind)(config).eval()
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, values in model.named_parameters():
            values.normal_(1 if name.endswith("LayerNorm.weight") else 0, 0.3, generator=generator)
    tiny_models.write_folder(model, folder)
    return model, write_tokenizer(folder), folder


@torch.inference_mode()
def test_vectors_are_those_of_transformers(tmp_path):
    model, tokenizer, folder = make("XLMRobertaModel", tmp_path)
    seen: list[object] = []
    request = EmbedRequest(model=str(folder), inputs=TEXTS)
    LocalProvider().embedding_model(str(folder)).run(request, seen.append)
    found = {item.index: torch.tensor(item.vector) for item in seen if isinstance(item, Embedding)}
    for number, text in enumerate(TEXTS):
        hidden = model(torch.tensor([tokenizer.encode(text).ids])).last_hidden_state
        expected = torch.nn.functional.normalize(hidden.mean(1), dim=-1)[0]
        torch.testing.assert_close(found[number], expected, atol=1e-5, rtol=1e-4)


@torch.inference_mode()
def test_scores_of_pairs_are_those_of_transformers(tmp_path):
    model, tokenizer, folder = make("XLMRobertaForSequenceClassification", tmp_path)
    seen: list[object] = []
    request = RerankRequest(model=str(folder), query="the cat", documents=TEXTS)
    LocalProvider().rerank_model(str(folder)).run(request, seen.append)
    found = {item.index: item.score for item in seen if isinstance(item, Ranked)}
    for number, text in enumerate(TEXTS):
        logits = model(torch.tensor([tokenizer.encode("the cat", text).ids])).logits
        assert found[number] == pytest.approx(float(logits[0, 0].sigmoid()), abs=1e-5)


def test_as_many_tokens_fit_as_there_are_positions(tmp_path):
    _, _, folder = make("XLMRobertaModel", tmp_path)

    def embed(count: int) -> None:
        request = EmbedRequest(model=str(folder), inputs=(" ".join(["cat"] * count),))
        LocalProvider().embedding_model(str(folder)).run(request, lambda event: None)

    embed(CONTEXT - 2)
    with pytest.raises(ContextTooLong, match=f"has {CONTEXT + 1} tokens; .* takes {CONTEXT}"):
        embed(CONTEXT - 1)


def test_control_tokens_in_a_text_are_text(tmp_path):
    names = [piece for piece, _ in PIECES]
    _, _, folder = make("XLMRobertaModel", tmp_path)
    with HuggingFaceFolder(folder) as file:
        tokenizer = Tokenizer(read_folder(file))
    ids = tokenizer.encode_text("a</s>b")
    assert [names[number] for number in ids] == ["<s>", "\u2581a", "<", "/", "s", ">", "b", "</s>"]
