"""What a provider's row may say. One TOML file in `specs/providers` is one provider.

Strict: an unknown key, a missing one or a wrong type is a ConfigError that names file and field.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

import msgspec

from fluent_ai.content.requests import InputType, ReasoningEffort
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

Capability = Literal["chat", "embeddings", "rerank", "moderation", "transcription", "speech", "images", "pull"]
CAPABILITIES: tuple[Capability, ...] = get_args(Capability)
WireField = Literal["dimensions", "input_type", "truncate", "top_n"]
"""Options that providers of one protocol call by different names."""

PLACEHOLDER = re.compile(r"\{(\w*)\}")
"""A variable in a base URL."""
BASE_URL = re.compile(r"https?://[^/@?#\\\s][^@?#\\\s]*", re.ASCII | re.IGNORECASE)
"""Neither user and password, which would take the key's place, nor a query: paths are put behind it."""
URL_RULE = "an http(s) URL without user, password, query and fragment"
URL_TEXT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
"""What may take a placeholder's place: a host or a segment of a path, and nothing that leads elsewhere."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Auth(_Strict, frozen=True, kw_only=True):
    """How a caller proves who it is: a key in a header, a signature, or a token of a cloud's identity service."""

    scheme: AuthScheme = "bearer"
    """How the key or signature is sent."""
    header: str = "authorization"
    """The header that holds the key."""
    env: tuple[str, ...] = ()
    """The variables that may hold the key, the official one first."""
    service: str = ""
    """The name that requests are signed for (`aws_sigv4`)."""
    scope: str = ""
    """What tokens are asked for (`google`, `azure`)."""
    required: bool = True
    """False where requests without a key are allowed."""
    otherwise: tuple[Auth, ...] = ()
    """Other ways, in this order, for who has nothing for the first."""

    @property
    def ways(self) -> tuple[Auth, ...]:
        """This way and the others, in the order in which they are tried."""
        return (self, *self.otherwise)

    @property
    def prefix(self) -> str:
        """What stands before the key in its header."""
        return "Bearer " if self.scheme == "bearer" else ""


class Variable(_Strict, frozen=True, kw_only=True):
    """What `{name}` in the base URL stands for: an account, a resource, a region.

    The caller or the first of `env` says it, else it is `default`; with `choices`, names of the only texts that there
    are, by their name.
    """

    env: tuple[str, ...] = ()
    """The environment variables that may hold it."""
    default: str = ""
    """What it is where nobody says it."""
    choices: dict[str, str] = {}
    """The only texts that there are, by their names."""
    public: bool = False
    """It says nothing of the caller, as a region, and may stand in a record that others read; choices always may."""
    of: str = ""
    """The variable that this one is made from: its text stands for `{}` in `default`, unless `choices` names it."""


class Timeout(_Strict, frozen=True, kw_only=True):
    """Seconds."""

    connect: float = 10.0
    """To open a connection."""
    first_byte: float = 120.0
    """To the head of the answer."""
    read: float = 120.0
    """Between two chunks of the body."""


PATIENCE: dict[Capability, Timeout] = {
    "images": Timeout(first_byte=300.0, read=300.0),
    "transcription": Timeout(first_byte=300.0, read=300.0),
}
"""A whole file is made, or listened to, before the first byte comes."""


class Media(_Strict, frozen=True, kw_only=True):
    """How an endpoint for sound or images deviates from its protocol."""

    formats: tuple[str, ...] = ()
    """The files that it takes (transcription, editing) or makes (speech; the first is the default). Empty is any."""
    max_bytes: int | None = None
    """The largest file that it takes."""
    streams: bool = False
    """It answers in pieces where it is asked to."""
    url_field: str = ""
    """Where the URL of a file goes, if the server fetches it."""
    other_path: str = ""
    """Where it translates (transcription) or edits (images), if that is not at `path`."""
    size: Literal["size", "width_height", "aspect_ratio"] = "size"
    """How the size of an image is written."""
    references: Literal["form", "images", "input_references", "reference_images"] = "form"
    """Where images to work from go: files of a form, or one of these fields of a JSON body."""


class Route(_Strict, frozen=True, kw_only=True):
    """Models whose id matches `models` (shell pattern) are served by `protocol` at `path`; the first match wins."""

    models: str = "*"
    """A shell pattern of model ids."""
    protocol: str
    """The module that speaks it."""
    path: str = ""
    """What follows the base URL; may hold `{model}`."""
    base_url: str = ""
    """Where this capability is at another host or path than the others, with the same variables."""
    body: dict[str, str | int | bool | tuple[str, ...]] = {}
    """Fields that every request's body has here."""
    fields: dict[WireField, str] = {}
    """Options that go by another name here than the protocol's."""
    input_types: dict[InputType, str] = {}
    """The words for what texts are embedded for, where the protocol has none of its own."""
    vectors: Literal["float32", "int8"] = "float32"
    """The numbers of a vector in base64."""
    image_inputs: bool = False
    """Inputs may be images."""
    model_in_body: bool = True
    """False where the path names the model and the body must not."""
    batch: int | None = None
    """How many inputs one request may hold; more are sent in several, but for a ranking, which cannot be parted."""
    reasoning_field: ReasoningField | None = None
    """Where these models differ from the provider's others (`Quirks`), and so `efforts`."""
    efforts: tuple[ReasoningEffort, ...] = ()
    """The only efforts that these models know."""
    timeout: Timeout | None = None
    """Where this capability needs more patience than the others."""
    requires: tuple[str, ...] = ()
    """Options of the verb that must be given here."""
    without: tuple[str, ...] = ()
    """Options of the verb that the endpoint has no word for."""
    media: Media = Media()
    """How the endpoint treats files."""


class ListCall(_Strict, frozen=True, kw_only=True):
    """One call that lists models, and the shape of its answer (a module in `fluent_ai.registry.lists`)."""

    path: str
    """What follows the base URL."""
    shape: ListShape
    """How the answer is built."""
    paging: Paging = "none"
    """How the next page is asked for."""
    query: dict[str, str] = {}
    """Parameters of the URL."""
    optional: bool = False
    """Not every account may make this call; where it is refused (403, 404) the list does without."""


class ModelList(ListCall, frozen=True, kw_only=True):
    """The provider's list of models: this call, and `more` where no single one names them all."""

    base_url: str = ""
    """Where the list is at another host than the models, with the same variables."""
    key_required: bool = True
    """False where the list is public although chat needs a key."""
    more: tuple[ListCall, ...] = ()
    """Further calls that make up the list."""

    @property
    def calls(self) -> tuple[ListCall, ...]:
        """This call and `more`."""
        return (self, *self.more)


class Quirks(_Strict, frozen=True, kw_only=True):
    """Deviations from the protocol, from a closed vocabulary."""

    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """Where the common option `max_tokens` goes."""
    stream_usage: bool = True
    """Ask for usage with `stream_options`."""
    reasoning_field: ReasoningField = "reasoning_effort"
    """Where the common option `reasoning` goes. The last two only turn it on or off."""
    top_k: bool = False
    """The endpoint accepts `top_k`."""
    seed_field: Literal["seed", "random_seed", "none"] = "seed"
    """Where the common option `seed` goes."""
    efforts: tuple[ReasoningEffort, ...] = ()
    """The only efforts that there are, where the model does not decide."""
    tools: Literal["any", "auto", "none"] = "any"
    """Whether tools can be forced on the model (tool_choice `required`, or a name), only offered, or not even that."""
    output: Literal["json_schema", "json_object"] = "json_schema"
    """`json_object` is JSON of any shape: the schema is told to the model and not enforced."""
    logprobs: Literal["top_logprobs", "count", "flag", "none"] = "top_logprobs"
    """How many alternatives are wanted: in a field of its own, as `logprobs` itself, or that cannot be said."""
    audio: Literal["object", "base64"] = "object"
    """Whether sound to hear stands in an object with its format, or is all that there is."""
    echo_reasoning: bool = False
    """Reasoning of the model's own earlier replies goes back to it, as `reasoning_content`."""


class Manifest(_Strict, frozen=True, kw_only=True):
    """One provider: who they are, never how they speak."""

    id: str
    """The name before the colon in `provider:model`."""
    name: str
    """The name for people."""
    docs: str
    """Where the provider documents its API."""
    client: str = ""
    """Class name of the typed client; `name` where that is an identifier."""
    aliases: tuple[str, ...] = ()
    """Other names before the colon."""
    base_url: str = ""
    """The address; `{name}` stands for a variable."""
    base_url_env: tuple[str, ...] = ()
    """Environment variables that replace the address."""
    variables: dict[str, Variable] = {}
    """What the placeholders of the address stand for."""
    headers: dict[str, str] = {}
    """Headers of every request."""
    header_env: dict[str, tuple[str, ...]] = {}
    """Headers that are sent where one of these environment variables is set."""
    auth: Auth = Auth()
    """How a caller proves who it is."""
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
    options: dict[str, OptionType] = {}
    """Provider's own chat options: wire name -> JSON type."""
    quirks: Quirks = Quirks()
    """How it deviates from its protocols."""
    timeout: Timeout | None = None
    """What holds for all capabilities here, whatever they need elsewhere."""
    member_names: dict[str, str] = {}
    """Reviewed enum member names for model ids whose derived names collide."""

    def routes(self, capability: Capability) -> tuple[Route, ...]:
        """The routes of a capability, in their order."""
        found: tuple[Route, ...] = getattr(self, capability)
        return found

    def timeout_for(self, capability: Capability, route: Route) -> Timeout:
        """That of the route, else of the provider, else what the capability needs everywhere."""
        return route.timeout or self.timeout or PATIENCE.get(capability) or Timeout()

    @property
    def list_timeout(self) -> Timeout:
        """That of the call that lists models."""
        return self.timeout or Timeout()

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        """What this provider can do, in a fixed order."""
        return tuple(capability for capability in CAPABILITIES if self.routes(capability))

    @property
    def client_name(self) -> str:
        """Class name of the typed client."""
        return self.client or self.name


prepare(Manifest)
