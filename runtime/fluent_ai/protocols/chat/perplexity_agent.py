"""Perplexity's agent, the request side: Responses with fewer words. Source: https://docs.perplexity.ai/api-reference."""

from __future__ import annotations

from fluent_ai.arguments import unsupported
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses


class PerplexityAgent(OpenAIResponses):
    """Chat request to HTTP exchange. It knows neither sampling nor a choice of tools, and keeps nothing anyway."""

    def body(self, request: ChatRequest) -> JsonObject:
        for name in ("temperature", "top_p", "tool_choice", "logprobs"):
            if getattr(request, name) is not None:
                raise unsupported(name, f"{self.endpoint.manifest.id} for {request.model}")
        body = super().body(request)
        body.pop("store")
        body.pop("include", None)
        if request.output is not None:
            form = {name: value for name, value in body.pop("text")["format"].items() if name != "type"}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        for item in body["input"]:
            for part in item["content"] if isinstance(item.get("content"), list) else ():
                part.pop("detail", None)
        return body
