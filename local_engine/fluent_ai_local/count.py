"""A chat request as the number of tokens of its prompt, by the very tokenizer and chat template of the model."""

from __future__ import annotations

from fluent_ai.content.events import StreamStart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.interfaces import Emit
from fluent_ai.verbs.count_tokens import Counted, CountItem

from fluent_ai_local.catalog.attend import until_open
from fluent_ai_local.catalog.loaded_models import ModelCache
from fluent_ai_local.text.prompt import make_prompt, template_for
from fluent_ai_local.text.template_messages import to_template_messages, to_template_tools


def run_count(request: ChatRequest, models: ModelCache, emit: Emit[CountItem]) -> None:
    """Emit the count. The model is pulled if need be, and its weights are not loaded.

    Raises ConfigError, InvalidRequest, the errors of opening a model, and what `emit` raises.
    """
    messages, tools = to_template_messages(request), to_template_tools(request)
    text = models.text(request.model, until_open(emit))
    template = template_for(request, text.template)
    prompt = make_prompt(request, messages, tools, template, text.tokenizer, architecture=text.architecture)
    emit(StreamStart(model=request.model, provider="local"))
    emit(Counted(len(prompt.ids), "tokenizer"))
