"""The schema of manifests. Each TOML file in `specs/providers` describes one provider.

It is strict: an unknown key, a missing key or a wrong type raises ConfigError, which names the file and the field.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import ClassVar, Literal, get_args

import msgspec

from fluent_ai.content.parts import HostedKind
from fluent_ai.content.requests import InputType, ReasoningEffort
from fluent_ai.manifest.pictures import Pictures
from fluent_ai.type_info import prepare

AuthScheme = Literal["none", "bearer", "header", "aws_sigv4", "google", "azure"]
ListShape = Literal[
    "openai", "anthropic", "gemini", "mistral", "groq", "openrouter", "together", "ollama", "cloudflare", "cohere",
    "github", "huggingface", "moonshot", "perplexity", "xai", "bedrock", "bedrock_profiles", "azure", "ai21",
    "deepinfra", "jina", "vertexai",
]  # fmt: skip
Paging = Literal["none", "after_id", "page_token", "next_page_token", "next_token", "page"]
ReasoningField = Literal["reasoning_effort", "reasoning", "thinking", "enable_thinking", "none"]
OptionType = Literal["string", "integer", "number", "boolean", "object", "array"]

Capability = Literal[
    "chat", "embeddings", "rerank", "moderation", "transcription", "speech", "images", "pull", "token_counting",
    "tokenization",
]  # fmt: skip
"""What a model can be asked for. Rendered from the verbs, as are the routes in `Manifest`: `fluent-ai generate`."""
CAPABILITIES: tuple[Capability, ...] = get_args(Capability)
DiffusionOption = Literal["steps", "guidance", "strength"]
WireField = Literal["dimensions", "input_type", "truncate", "top_n"]
"""Options whose names differ between the providers of one protocol."""

PLACEHOLDER = re.compile(r"\{(\w*)\}")
"""A variable in a base URL."""
BASE_URL = re.compile(r"https?://[^/@?#\\\s][^@?#\\\s]*", re.ASCII | re.IGNORECASE)
"""A base URL may hold no user and password, which would replace the key, and no query, because paths are appended."""
URL_RULE = "an http(s) URL without user, password, query and fragment"
URL_TEXT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
"""What may replace a placeholder: a host or one path segment, so that no value can lead to another place."""


def shown_url(url: str) -> str:
    """A URL for messages, without user, password, query and fragment, which may be secret.

    So may be what follows white space, or a port that is none: a key that was pasted in the wrong place.
    """
    text = re.split(r"[?#\s\x00-\x1f]", url.strip().rpartition("@")[2])[0]
    wrong_port = re.match(r"([^/]*//)?(\[[^]/]*\]|[^/:[]*):(?!\d{1,5}(/|$))(?!//)", text)
    return text if wrong_port is None or _BARE_ADDRESS.fullmatch(text) else f"{wrong_port[0]}..."


_BARE_ADDRESS = re.compile(r"[0-9a-fA-F:.]*")
"""Of IPv6, whose colons begin no port."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Auth(_Strict, frozen=True, kw_only=True):
    """How requests are authenticated: a key in a header, a signature, or a token of a cloud's identity service."""

    scheme: AuthScheme = "bearer"
    """How the key or signature is sent."""
    header: str = "authorization"
    """The header that holds the key."""
    env: tuple[str, ...] = ()
    """The environment variables that may hold the key, the official one first."""
    service: str = ""
    """The service name that requests are signed for (`aws_sigv4`)."""
    scope: str = ""
    """The scope of the tokens (`google`, `azure`)."""
    required: bool = True
    """False where requests without a key are allowed."""
    fallbacks: tuple[Auth, ...] = msgspec.field(default=(), name="otherwise")
    """Methods to try, in this order, if there are no credentials for this one. Manifests call it `otherwise`."""

    @property
    def methods(self) -> tuple[Auth, ...]:
        """This method and its fallbacks, in the order in which they are tried."""
        return (self, *self.fallbacks)

    @property
    def prefix(self) -> str:
        """The text before the key in its header."""
        return "Bearer " if self.scheme == "bearer" else ""


class Variable(_Strict, frozen=True, kw_only=True):
    """The value of `{name}` in the base URL: an account, a resource, a region.

    It comes from the caller, else from the first of `env` that is set, else it is `default`. If there are `choices`,
    it is the name of one of them.
    """

    env: tuple[str, ...] = ()
    """The environment variables that may hold the value."""
    default: str = ""
    """The value if neither the caller nor the environment sets it."""
    choices: dict[str, str] = {}
    """The allowed texts, by name."""
    known: tuple[str, ...] = ()
    """The allowed values, if they stand in the URL as they are."""
    public: bool = False
    """True if the value does not identify the caller, such as a region, so that records that others read may show it.
    Choices may always be shown.
    """
    priced: bool = False
    """True if prices differ between its values, such as regions."""
    of: str = ""
    """The variable from which this one is derived: its text replaces `{}` in `default`, unless `choices` has an entry
    for it.
    """


class Timeout(_Strict, frozen=True, kw_only=True):
    """Seconds."""

    connect: float = 10.0
    """Seconds to open a connection."""
    first_byte: float = 120.0
    """Seconds until the head of the response."""
    read: float = 120.0
    """Seconds between two chunks of the body."""


PATIENCE: dict[Capability, Timeout] = {
    "images": Timeout(first_byte=300.0, read=300.0),
    "transcription": Timeout(first_byte=300.0, read=300.0),
}
"""A whole file is generated, or processed, before the first byte of the response."""


class Media(_Strict, frozen=True, kw_only=True):
    """How an audio or image endpoint deviates from its protocol."""

    formats: tuple[str, ...] = ()
    """The formats that it accepts (transcription, editing) or produces (speech; the first is the default).
    Empty means any.
    """
    max_bytes: int | None = None
    """The largest file that it accepts, in bytes."""
    streams: bool = False
    """True if it can stream its response."""
    url_field: str = ""
    """The field for the URL of a file, if the server fetches it."""
    other_path: str = ""
    """The path for translation (transcription) or editing (images), if it is not `path`."""
    size: Literal["size", "width_height", "aspect_ratio"] = "size"
    """How the size of an image is specified."""
    references: Literal["form", "images", "input_references", "reference_images"] = "form"
    """How input images are sent: as files of a form, or in one of these fields of a JSON body."""
    diffusion: dict[DiffusionOption, str] = {}
    """Options of diffusion models that it accepts, with their wire names. The others are refused."""


class Route(_Strict, frozen=True, kw_only=True):
    """`protocol` at `path` serves the models whose ids match `models`, a shell pattern; the first match wins."""

    models: str = "*"
    """A shell pattern of model ids."""
    protocol: str
    """The protocol's name."""
    path: str = ""
    """The path after the base URL; may hold `{model}`."""
    base_url: str = ""
    """The base URL, if this capability has another one than the rest; it may use the same variables."""
    body: dict[str, str | int | bool | tuple[str, ...]] = {}
    """Fields that every request body has."""
    fields: dict[WireField, str] = {}
    """Options whose wire names differ from the protocol's."""
    input_types: dict[InputType, str] = {}
    """The wire values of `purpose`, if the protocol defines none."""
    vectors: Literal["float32", "int8"] = "float32"
    """The number type of vectors in base64."""
    image_inputs: bool = False
    """True if inputs may be images."""
    model_in_body: bool = True
    """False if the path names the model and the body must not."""
    batch: int | None = None
    """How many inputs one request may hold. More are split into several requests, except for rerank, which cannot be
    split.
    """
    batch_tokens: dict[str, int] = {}
    """Pattern of models -> the most tokens of all texts of one request together; the first that matches counts."""
    reasoning_field: ReasoningField | None = None
    """Quirks in which these models differ from the provider's others; see `Quirks`."""
    efforts: tuple[ReasoningEffort, ...] = ()
    """The reasoning efforts that these models accept."""
    timeout: Timeout | None = None
    """Timeouts of this capability, if it needs longer ones than the others."""
    hosted_tools: tuple[HostedKind, ...] = ()
    """The tools that the provider runs itself on this route. One of the routes further down is taken, if that has those
    that a request wants.
    """
    hosted_dialect: Literal["", "groq", "openrouter", "sonar", "xai"] = ""
    """Whose words ask for them, where these are not the protocol's."""
    documents: bool = False
    """True if the provider takes `documents` as such and cites them itself; others get them as quotes in a message."""
    requires: tuple[str, ...] = ()
    """Options of the verb that this endpoint requires."""
    without: tuple[str, ...] = ()
    """Options of the verb that this endpoint does not support."""
    media: Media = Media()
    """How the endpoint handles files."""


ESTIMATE = Route(protocol="estimate")
"""The route of token counts that no endpoint and no tokenizer makes."""


class ListCall(_Strict, frozen=True, kw_only=True):
    """One call that lists models, and the shape of its response (a module in `fluent_ai.registry.lists`)."""

    path: str
    """The path after the base URL."""
    shape: ListShape
    """The shape of the response."""
    paging: Paging = "none"
    """How the next page is requested."""
    query: dict[str, str] = {}
    """Query parameters of the URL."""
    optional: bool = False
    """True if not every account may make this call; if it is refused (403, 404), the list goes without it."""


class ModelList(ListCall, frozen=True, kw_only=True):
    """The provider's list of models: this call, and `more` if no single call names them all."""

    base_url: str = ""
    """The base URL of the list, if it is not that of the models; it may use the same variables."""
    shared: bool = True
    """False for a server that each user runs for themselves: nothing is fetched from it for the catalog."""
    key_required: bool = True
    """False if the list is public although chat needs a key."""
    created_is_release: bool = False
    """The time that each entry was created is the model's release; elsewhere it is when the entry was made."""
    more: tuple[ListCall, ...] = ()
    """Further calls whose results complete the list."""

    @property
    def calls(self) -> tuple[ListCall, ...]:
        """This call and `more`."""
        return (self, *self.more)


class Quirks(_Strict, frozen=True, kw_only=True):
    """Deviations from the protocol, from a closed vocabulary."""

    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """The wire name of the common option `max_tokens`."""
    stream_usage: bool = True
    """Request usage with `stream_options`."""
    reasoning_field: ReasoningField = "reasoning_effort"
    """The wire field of the common option `reasoning`. The last two only turn it on or off."""
    top_k: bool = False
    """The endpoint accepts `top_k`."""
    seed_field: Literal["seed", "random_seed", "none"] = "seed"
    """The wire name of the common option `seed`."""
    efforts: tuple[ReasoningEffort, ...] = ()
    """The reasoning efforts that the provider accepts, if this does not depend on the model."""
    tools: Literal["any", "auto", "none"] = "any"
    """Whether tools can be forced (tool_choice `required` or a name), only offered, or neither."""
    output: Literal["json_schema", "json_object"] = "json_schema"
    """`json_object` means JSON of any shape: the schema is put into the prompt and is not enforced."""
    logprobs: Literal["top_logprobs", "count", "flag", "none"] = "top_logprobs"
    """How the number of alternatives is sent: in a field of its own, as the value of `logprobs`, or not at all."""
    audio: Literal["object", "base64"] = "object"
    """How audio input is sent: in an object with its format, or as the bare data."""
    history: Literal[
        "", "azure", "deepseek", "litellm", "mistral", "moonshot", "openai", "openrouter", "perplexity", "siliconflow"
    ] = ""  # fmt: skip
    """What the provider demands of a conversation beyond its protocol: a dialect of `protocols.chat.history.rules`."""
    echo_reasoning: bool = False
    """Send the reasoning of the model's earlier replies back to it as `reasoning_content`."""


class Manifest(_Strict, frozen=True, kw_only=True):
    """One provider: who they are, never how their protocol works."""

    known: ClassVar[tuple[Capability, ...]] = CAPABILITIES
    """The capabilities that have a field of routes."""

    id: str
    """The name before the colon in `provider:model`."""
    name: str
    """The display name."""
    docs: str
    """The URL of the provider's API documentation."""
    client: str = ""
    """Class name of the typed client; defaults to `name` if that is an identifier."""
    aliases: tuple[str, ...] = ()
    """Other names that may stand before the colon."""
    base_url: str = ""
    """The base URL; `{name}` stands for a variable."""
    base_url_env: tuple[str, ...] = ()
    """Environment variables that override the base URL."""
    host_env: tuple[str, ...] = ()
    """Environment variables that override the base URL up to its path, which is added to them."""
    variables: dict[str, Variable] = {}
    """The variables of the base URL."""
    headers: dict[str, str] = {}
    """Headers of every request."""
    header_env: dict[str, tuple[str, ...]] = {}
    """Headers that are sent if one of these environment variables is set."""
    auth: Auth = Auth()
    """How requests are authenticated."""
    model_list: ModelList | None = None
    """How the models are listed."""
    chat: tuple[Route, ...] = ()
    """Routes of `stream` and `complete`."""
    embeddings: tuple[Route, ...] = ()
    """Routes of `embed`."""
    rerank: tuple[Route, ...] = ()
    """Routes of `rerank`."""
    moderation: tuple[Route, ...] = ()
    """Routes of `moderate`."""
    transcription: tuple[Route, ...] = ()
    """Routes of `transcribe`."""
    speech: tuple[Route, ...] = ()
    """Routes of `speak`."""
    images: tuple[Route, ...] = ()
    """Routes of `image`."""
    pull: tuple[Route, ...] = ()
    """Routes of `pull`."""
    token_counting: tuple[Route, ...] = ()
    """Routes of `count_tokens`."""
    tokenization: tuple[Route, ...] = ()
    """Routes of `tokenize`."""
    pictures: tuple[Pictures, ...] = ()
    """What the models make of pictures in chat."""
    options: dict[str, OptionType] = {}
    """The provider's own chat options: wire name -> JSON type."""
    quirks: Quirks = Quirks()
    """How the provider deviates from its protocols."""
    timeout: Timeout | None = None
    """Timeouts of all capabilities of this provider; they replace the defaults of each capability."""
    member_names: dict[str, str] = {}
    """Reviewed enum member names for model ids whose derived names collide."""

    def routes(self, capability: Capability) -> tuple[Route, ...]:
        """The routes of a capability, in their order. Where there is chat, its tokens can at least be estimated."""
        found: tuple[Route, ...] = getattr(self, capability)
        return (*found, ESTIMATE) if capability == "token_counting" and self.chat else found

    def pictures_for(self, model: str) -> Pictures | None:
        """What a model makes of pictures; None where that is not known."""
        return next((rule for rule in self.pictures if any(fnmatchcase(model, each) for each in rule.models)), None)

    def timeout_for(self, capability: Capability, route: Route) -> Timeout:
        """The timeout of the route, else of the provider, else the default of the capability."""
        return route.timeout or self.timeout or PATIENCE.get(capability) or Timeout()

    @property
    def list_timeout(self) -> Timeout:
        """The timeout of the call that lists models."""
        return self.timeout or Timeout()

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        """The capabilities that this provider has, in a fixed order."""
        return tuple(capability for capability in self.known if self.routes(capability))

    @property
    def client_name(self) -> str:
        """Class name of the typed client."""
        return self.client or self.name


prepare(Manifest)
