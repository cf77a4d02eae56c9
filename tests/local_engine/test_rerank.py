"""Documents in their order: by a cross-encoder as transformers computes it, and by cosines of embeddings."""

from __future__ import annotations

import json
import shutil

import pytest
import torch

pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")

import tiny_models
import transformers
from fluent_ai.content.events import Progress, UsageUpdate
from fluent_ai.errors import ContextTooLong, UnsupportedModel
from fluent_ai.verbs.embed import Embedding, EmbedRequest
from fluent_ai.verbs.rerank import Ranked, RerankRequest
from fluent_ai_local.provider import LocalProvider
from fluent_ai_providers.local import Local
from small_bert import WORDS, write_tokenizer

QUERY = "the cat"
DOCUMENTS = ("a b c", "the cat the cat", "cab", "é", "a b c a b c a", "[SEP] a")


def make_folder(folder, labels: int = 1, config: dict | None = None):
    """A random cross-encoder of transformers, and the folder that it is published as."""
    settings = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=24, num_labels=labels,
    )  # fmt: skip
    model = transformers.BertForSequenceClassification(settings).eval()
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, values in model.named_parameters():
            values.normal_(1 if name.endswith("LayerNorm.weight") else 0, 0.3, generator=generator)
    tiny_models.write_folder(model, folder)
    write_tokenizer(folder)
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | (config or {})))
    return model


@pytest.fixture(scope="module")
def crossed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crossed")
    return make_folder(folder), folder


def rerank(model, query=QUERY, documents=DOCUMENTS, **options):
    seen: list[object] = []
    request = RerankRequest(model=str(model), query=query, documents=documents, **options)
    LocalProvider().rerank_model(str(model)).run(request, seen.append)
    return [item for item in seen if isinstance(item, Ranked)], seen


def expected_logits(model, folder) -> tuple[torch.Tensor, int]:
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    tokenizer.backend_tokenizer.no_padding()
    scores, count = [], 0
    for document in DOCUMENTS:
        encoded = [tokenizer(text, split_special_tokens=True)["input_ids"] for text in (QUERY, document)]
        ids = encoded[0] + encoded[1][1:]
        kinds = [0] * len(encoded[0]) + [1] * (len(encoded[1]) - 1)
        scores.append(model(torch.tensor([ids]), token_type_ids=torch.tensor([kinds])).logits[0, 0])
        count += len(ids)
    return torch.stack(scores), count


@torch.inference_mode()
def test_scores_are_those_of_transformers(crossed):
    model, folder = crossed
    found, seen = rerank(folder)
    logits, count = expected_logits(model, folder)
    scores = torch.tensor([ranked.score for ranked in sorted(found, key=lambda ranked: ranked.index)])
    torch.testing.assert_close(scores, logits.sigmoid(), atol=1e-5, rtol=1e-4)
    assert [ranked.document for ranked in found] == [DOCUMENTS[ranked.index] for ranked in found]
    assert [item for item in seen if isinstance(item, Progress)][-1] == Progress("rerank", 6, 6)
    assert [item.usage.input_tokens for item in seen if isinstance(item, UsageUpdate)] == [count]


@torch.inference_mode()
def test_scores_stay_logits_where_the_configuration_says_so(tmp_path):
    for named in ({"sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"}},
                  {"sbert_ce_default_activation_function": "torch.nn.modules.linear.Identity"}):  # fmt: skip
        folder = tmp_path / str(len(named)) / next(iter(named))
        folder.mkdir(parents=True)
        model = make_folder(folder, config=named)
        scores = torch.tensor([ranked.score for ranked in sorted(rerank(folder)[0], key=lambda ranked: ranked.index)])
        torch.testing.assert_close(scores, expected_logits(model, folder)[0], atol=1e-5, rtol=1e-4)


def test_the_best_come_first_and_top_n_keeps_so_many(crossed):
    _, folder = crossed
    with Local() as local:
        whole = local.rerank(str(folder), QUERY, DOCUMENTS)
        best = local.rerank(str(folder), QUERY, DOCUMENTS, top_n=2)
    scores = [ranked.score for ranked in whole]
    assert scores == sorted(scores, reverse=True)
    assert list(best) == list(whole)[:2]
    assert len(rerank(folder, top_n=2)[0]) == 2


def test_batched_equals_single(crossed):
    _, folder = crossed
    together = {ranked.index: ranked.score for ranked in rerank(folder, documents=DOCUMENTS * 3)[0]}
    for number, document in enumerate(DOCUMENTS * 3):
        (alone,), _ = rerank(folder, documents=(document,))
        assert together[number] == pytest.approx(alone.score, abs=1e-6)


def test_too_long_a_document_is_refused_or_cut(crossed):
    _, folder = crossed
    with pytest.raises(ContextTooLong, match=r"documents\[1\] is too long: 35 tokens; .* takes 24\. truncate=True"):
        rerank(folder, documents=("a", "a " * 30))
    (cut,), _ = rerank(folder, documents=("a " * 30,), truncate=True)
    (whole,), _ = rerank(folder, documents=("a " * 19,))
    assert cut.score == pytest.approx(whole.score, abs=1e-6)
    with pytest.raises(ContextTooLong, match="the query is too long"):
        rerank(folder, query="a " * 30, truncate=True)


def test_an_encoder_without_a_classifier_ranks_by_cosines(crossed, tmp_path):
    model, folder = crossed
    shutil.copytree(folder, tmp_path / "bert")
    tiny_models.write_folder(model.bert, tmp_path / "bert")
    found, _ = rerank(tmp_path / "bert")
    seen: list[object] = []
    request = EmbedRequest(model=str(tmp_path / "bert"), inputs=(QUERY, *DOCUMENTS))
    LocalProvider().embedding_model(str(tmp_path / "bert")).run(request, seen.append)
    vectors = {item.index: torch.tensor(item.vector) for item in seen if isinstance(item, Embedding)}
    for ranked in found:
        assert ranked.score == pytest.approx(float(vectors[0] @ vectors[ranked.index + 1]), abs=1e-5)


def test_models_that_cannot_rank_are_refused_by_name(crossed, tmp_path, tiny_path):
    with pytest.raises(UnsupportedModel, match="writes texts; rerank takes a cross-encoder, or an encoder that embeds"):
        rerank(tiny_path)
    make_folder(tmp_path, labels=3)
    with pytest.raises(UnsupportedModel, match="tells 3 labels apart; rerank takes a classifier of one"):
        rerank(tmp_path)
    _, folder = crossed
    with pytest.raises(UnsupportedModel, match="it scores pairs of texts \\(rerank\\), and embeds none"):
        LocalProvider().embedding_model(str(folder)).run(EmbedRequest(model=str(folder), inputs=("a",)), print)
    (tmp_path / "odd").mkdir()
    make_folder(
        tmp_path / "odd", config={"sentence_transformers": {"activation_fn": "torch.nn.modules.activation.Tanh"}}
    )
    with pytest.raises(UnsupportedModel, match="the activation of scores is .*Tanh'; supported: Sigmoid, Identity"):
        rerank(tmp_path / "odd")
