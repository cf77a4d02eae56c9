"""What other SDKs call an option, and what it is called here: hints for people who migrate their code.

Only unknown names are looked up, so a provider's own option takes precedence over a hint of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NoReturn, TypeAlias

from fluent_ai.arguments import did_you_mean
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Capability

Place: TypeAlias = Capability | Literal["client"]
"""Where an option was passed: to the verb of a capability, or to the constructor of a client."""

_SUBJECT = "input inputs text texts content contents prompt"

_HINTS: Mapping[Place, Mapping[str, str]] = {
    "chat": {
        "Call client.stream(...) for a stream and client.complete(...) for a whole reply": "stream",
        "Usage comes with every stream whose provider counts it": "stream_options include_usage",
        "Pass messages as the argument after the model": "messages message message_history history chat_history "
            f"user_prompt {_SUBJECT}",
        "Use system=": "instructions system_instruction systemInstruction system_prompt preamble developer",
        "Use max_tokens=": "max_completion_tokens max_output_tokens maxOutputTokens max_new_tokens maxTokens "
            "max_tokens_to_sample num_predict",
        "Use stop=, with a str or a list of them": "stop_sequences stopSequences stop_sequence",
        "Use top_p=": "topP p",
        "Use top_k=": "topK k",
        "Use seed=": "random_seed randomSeed",
        "Use logprobs=, with the number of alternatives": "top_logprobs response_logprobs responseLogprobs",
        "Use output=, with a type or a JSON schema": "response_format response_model response_schema responseSchema "
            "response_json_schema response_mime_type responseMimeType output_type output_format output_config "
            "result_type text_format json_schema json_mode format",
        "Use tools=, with typed functions, Tools or dicts": "functions function tool",
        "Use tool_choice=, with auto, none, required or the name of a tool": "function_call tool_config toolConfig",
        "Call the tools that a reply asks for with ai.call_tool": "automatic_function_calling",
        "Use reasoning=, with none, minimal, low, medium, high, xhigh or max": "thinking thinking_config "
            "thinkingConfig thinking_budget enable_thinking include_reasoning reasoning_effort reasoning_format "
            "budget_tokens effort think",
        "Pass its fields one by one, such as temperature= and max_tokens=": "generation_config generationConfig config "
            "model_settings inference_config inferenceConfig options parameters",
        "Mark the last message that will be sent again with cache=True": "cache_control cachePoint",
        "A reply is one answer: make one call for each": "n candidateCount candidate_count num_generations best_of",
    },
    "embeddings": {
        "Pass inputs as the argument after the model": f"{_SUBJECT} sentences",
        "Use dimensions=": "output_dimensionality outputDimensionality output_dimension output_dimensions",
        "Use input_type=, with query, document, classification or clustering": "task task_type taskType",
        "Use truncate=, with True or False": "truncation auto_truncate autoTruncate",
        "Vectors are of 32-bit floats, always": "encoding_format output_dtype embedding_types",
        "Call client.stream_embed(...)": "stream",
    },
    "rerank": {
        "Use top_n=": "top_k topK max_results",
        "Use truncate=, with True or False": "truncation",
        "The ranking holds the documents, always": "return_documents",
        "Call client.stream_rerank(...)": "stream",
    },
    "moderation": {
        "Pass inputs as the argument after the model": _SUBJECT,
        "Call client.stream_moderate(...)": "stream",
    },
    "transcription": {
        "Pass audio as the argument after the model": "file input audio audio_url content contents",
        "Use language=": "language_code",
        "Use timestamps=, with segment or word; the text comes always": "response_format timestamp_granularities",
        "Call client.stream_transcribe(...)": "stream",
    },
    "speech": {
        "Pass text as the argument after the model": _SUBJECT,
        "Use voice=, with its name": "voice_id voice_name",
        "Use format=": "response_format output_format audio_format",
        "Call client.stream_speak(...)": "stream stream_format",
    },
    "images": {
        "Pass the prompt as the argument after the model": _SUBJECT,
        "Use n=": "number_of_images numberOfImages num_images num_outputs samples",
        "Use size=, such as 1024x1024 or 16:9": "aspect_ratio aspectRatio width height resolution",
        "Use format=, such as png; bytes come wherever the provider gives them":
            "response_format output_format output_mime_type",
        "Use images=, with ImageParts": "image input_image reference_images init_image image_prompt",
        "Use steps=": "num_inference_steps num_steps inference_steps sampling_steps",
        "Use guidance=": "guidance_scale cfg_scale cfg cfgScale true_cfg_scale",
        "Use skip_layer_guidance=, with a SkipLayerGuidance":
            "skip_guidance_layers skip_layer_guidance_scale skip_layer_guidance_start skip_layer_guidance_stop",
        "Call client.stream_image(...)": "stream",
    },
    "pull": {"Call client.stream_pull(...)": "stream"},
    "client": {"Pass a model to each call, or bind it with client.model(...)": "model model_name model_id"},
}  # fmt: skip

_ANYWHERE = {
    "Give keys to the client: Client(keys={'openai': ...}), OpenAI(api_key=...) or client.set_key(...)":
        "api_key apiKey api_keys auth_token token credentials keys key",
    "Give addresses to the client: Client(base_urls={'openai': ...}) or OpenAI(base_url=...)":
        "api_base base_url base_urls baseURL api_host host endpoint azure_endpoint",
    "Give retries= to the client, or to the call": "max_retries num_retries retry retry_config",
    "Give timeout= to the client, or to the call: seconds, or Timeouts": "request_timeout timeouts",
    "Give headers= to the client, or extra_headers= to a call": "default_headers headers organization project",
    "Give transport= to the client": "http_client http_options transport session",
    "Use extra_body=": "extra_query extra_args extra_kwargs additional_kwargs model_kwargs",
    "Name the provider with the model: 'openai:gpt-5.1'": "custom_llm_provider model_provider llm_provider provider",
    "Pass the model as the first argument": "model model_name model_id deployment_id engine",
}  # fmt: skip


def refuse_option(name: str, place: Place, whose: str, known: Iterable[str]) -> NoReturn:
    """Raise ConfigError for an option that `whose` does not have; the message names the one that may be meant."""
    asked = f"option {name!r} is not known for {whose}."
    for rows in (_HINTS.get(place, {}), _ANYWHERE):
        for hint, names in rows.items():
            if name in names.split():
                raise ConfigError(f"{asked} {hint}")
    others = (
        [manifest.id for manifest in load_manifests().values() if name in manifest.options] if place == "chat" else []
    )
    hint = f" It is one of {', '.join(others)}." if others else did_you_mean(name, list(known))
    rest = f"Allowed: {', '.join(known)}" if place == "client" else "Other fields can be sent with extra_body="
    raise ConfigError(f"{asked}{hint} {rest}")
