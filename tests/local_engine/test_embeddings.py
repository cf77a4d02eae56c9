"""Embeddings: by an encoder as transformers computes them, and by a decoder."""

from __future__ import annotations

import json
import shutil

import pytest
import torch

pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")

import fluent_ai as ai
import tiny_models
import transformers
from fluent_ai.content.events import Progress, UsageUpdate
from fluent_ai.content.parts import Message, TextPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError, ContextTooLong, UnsupportedModel
from fluent_ai.verbs.embed import Embedding, EmbedRequest
from fluent_ai_local.provider import LocalProvider
from small_bert import WORDS, write_tokenizer

TEXTS = ("the cat", "a b c a b c", "cab", "The CAT", "é")


@pytest.fixture(scope="module")
def bert(tmp_path_factory):
    """A random BERT of transformers, and the folder that it is published as."""
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=24,
    )  # fmt: skip
    model = transformers.BertModel(config, add_pooling_layer=False).eval()
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, values in model.named_parameters():
            values.normal_(1 if name.endswith("LayerNorm.weight") else 0, 0.3, generator=generator)
    folder = tmp_path_factory.mktemp("bert")
    tiny_models.write_folder(model, folder)
    write_tokenizer(folder)
    return model, folder


def embed(model, *inputs, **options):
    seen = []
    LocalProvider().embedding_model(str(model)).run(
        EmbedRequest(model=str(model), inputs=inputs, **options), seen.append
    )
    vectors = {item.index: torch.tensor(item.vector) for item in seen if isinstance(item, Embedding)}
    return torch.stack([vectors[number] for number in sorted(vectors)]), seen


@torch.inference_mode()
def test_vectors_are_the_pooled_ones_of_transformers(bert):
    model, folder = bert
    found, seen = embed(folder, *TEXTS)
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    tokenizer.backend_tokenizer.no_padding()
    expected = []
    for text in TEXTS:
        ids = torch.tensor([tokenizer(text)["input_ids"]])
        expected.append(torch.nn.functional.normalize(model(ids).last_hidden_state.mean(1), dim=-1)[0])
    torch.testing.assert_close(found, torch.stack(expected), atol=1e-5, rtol=1e-4)
    counts = [item.usage.input_tokens for item in seen if isinstance(item, UsageUpdate)]
    assert counts == [sum(len(tokenizer(text)["input_ids"]) for text in TEXTS)]
    assert [item for item in seen if isinstance(item, Progress)][-1] == Progress("embed", 5, 5)


def test_batched_equals_single(bert):
    _, folder = bert
    together, _ = embed(folder, *TEXTS * 3)
    for number, text in enumerate(TEXTS * 3):
        torch.testing.assert_close(together[number], embed(folder, text)[0][0], atol=1e-5, rtol=1e-5)


def test_control_tokens_in_a_text_are_text(bert):
    _, folder = bert
    found, seen = embed(folder, "[SEP]")
    assert next(item.usage.input_tokens for item in seen if isinstance(item, UsageUpdate)) > 3
    assert not torch.equal(found, embed(folder, "")[0])


def test_too_long_a_text_is_refused_or_cut(bert):
    _, folder = bert
    with pytest.raises(ContextTooLong, match=r"inputs\[1\] has 32 tokens; .* takes 24\. truncate=True"):
        embed(folder, "a", "a " * 30)
    cut, _ = embed(folder, "a " * 30, truncate=True)
    torch.testing.assert_close(cut, embed(folder, "a " * 22)[0])


def test_fewer_dimensions_are_the_first_ones_scaled_anew(bert):
    _, folder = bert
    whole, short = embed(folder, "a")[0], embed(folder, "a", dimensions=8)[0]
    torch.testing.assert_close(short, torch.nn.functional.normalize(whole[:, :8], dim=-1))
    with pytest.raises(ConfigError, match="dimensions = 33; .* has 32"):
        embed(folder, "a", dimensions=33)


def test_an_encoder_writes_nothing(bert):
    _, folder = bert
    request = ChatRequest(model=str(folder), messages=(Message("user", (TextPart("a"),)),))
    with pytest.raises(UnsupportedModel, match="is an encoder: it embeds texts, and writes none"):
        LocalProvider().chat_model(str(folder)).run(request, lambda event: None)


def test_a_decoder_embeds_too(tiny_path):
    found, _ = embed(tiny_path, "the the", "a")
    assert found.shape == (2, 32)
    torch.testing.assert_close(found.norm(dim=-1), torch.ones(2))
    torch.testing.assert_close(found[1], embed(tiny_path, "a")[0][0])


def test_a_purpose_is_what_the_model_wants_before_its_texts(bert, tmp_path):
    _, folder = bert
    told = shutil.copytree(folder, tmp_path / "told")
    with pytest.raises(ConfigError, match="input_type = 'query'; allowed with .*: none, as it states no prompts"):
        embed(folder, "a", input_type="query")
    prompts = {"query": "the cat ", "passage": "", "other": "b "}
    (told / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    assert torch.equal(embed(told, "a", input_type="query")[0], embed(folder, "the cat a")[0])
    assert torch.equal(embed(told, "a", input_type="document")[0], embed(folder, "a")[0])
    assert torch.equal(embed(told, "a")[0], embed(folder, "a")[0])
    with pytest.raises(ConfigError, match="input_type = 'clustering'; allowed with .*: 'query', 'document'$"):
        embed(told, "a", input_type="clustering")


def test_a_prompt_may_be_meant_for_all_texts(tiny_path, write_folder):
    folder = write_folder(tiny_path)
    config = {"prompts": {"other": "hello "}, "default_prompt_name": "other"}
    plain = embed(folder, "hello a")[0]
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config))
    assert torch.equal(embed(folder, "a")[0], plain)


def test_documents_are_ranked_by_its_vectors(bert):
    _, folder = bert
    texts = ["cab", "a b c a b c", "the cat", "é"]
    with ai.Client() as client:
        rank = ai.context.by_embedding(client, f"local:{folder}")
        quotes = ai.context(lambda: texts, rank=rank).collect("the cat")
    assert quotes.documents[0].text == "the cat"
    assert len(quotes.documents) == 4


@pytest.mark.slow  # fetches 83 MB
def test_minilm_finds_what_its_authors_publish():
    """The similarities in the README of sentence-transformers, version 3 and later."""
    texts = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
    vectors, _ = embed("all-minilm-l6-v2", *texts)
    expected = torch.tensor([[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]])
    torch.testing.assert_close(vectors @ vectors.T, expected, atol=1e-4, rtol=0)


@pytest.mark.parametrize(("mode", "place"), [("lasttoken", -1), ("cls_token", 0)])
def test_a_decoder_pools_as_its_folder_says(tiny_path, write_folder, mode, place):
    """As Qwen3-Embedding: the vector of the last token alone."""
    folder = write_folder(tiny_path)
    (folder / "1_Pooling").mkdir()
    modes = {"word_embedding_dimension": 32, "pooling_mode_mean_tokens": False, f"pooling_mode_{mode}": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(modes))
    found, seen = embed(folder, "hello")
    count = next(item.usage.input_tokens for item in seen if isinstance(item, UsageUpdate))
    loaded = LocalProvider().models().get(str(folder), lambda event: None)
    ids = loaded.tokenizer.encode_text("hello")
    assert len(ids) == count
    hidden = loaded.network.hidden(torch.tensor([ids]), loaded.network.new_cache(count))
    torch.testing.assert_close(found[0], torch.nn.functional.normalize(hidden[0, place], dim=-1), atol=1e-5, rtol=1e-4)


def test_other_ways_of_pooling_are_refused_by_name(tiny_path, write_folder):
    folder = write_folder(tiny_path)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_max_tokens": true}')
    with pytest.raises(UnsupportedModel, match="pooling by max_tokens; supported: one of mean_tokens"):
        embed(folder, "hello")
