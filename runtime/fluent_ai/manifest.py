"""What a provider's row may say. One TOML file in `specs/providers` is one provider.

Strict: an unknown key, a missing one or a wrong type is a ConfigError that names file and field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from fluent_ai.errors import ConfigError
from fluent_ai.vocabulary import InputType, ReasoningEffort

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
    header: str = "authorization"
    env: tuple[str, ...] = ()
    """The variables that may hold the key, the official one first."""
    service: str = ""
    """The name that requests are signed for (`aws_sigv4`)."""
    scope: str = ""
    """What tokens are asked for (`google`, `azure`)."""
    required: bool = True
    otherwise: tuple[Auth, ...] = ()
    """Other ways, in this order, for who has nothing for the first."""

    @property
    def ways(self) -> tuple[Auth, ...]:
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
    default: str = ""
    choices: dict[str, str] = {}
    public: bool = False
    """It says nothing of the caller, as a region, and may stand in a record that others read; choices always may."""
    of: str = ""
    """The variable that this one is made from: its text stands for `{}` in `default`, unless `choices` names it."""


class Timeout(_Strict, frozen=True, kw_only=True):
    """Seconds."""

    connect: float = 10.0
    first_byte: float = 120.0
    read: float = 120.0


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
    protocol: str
    path: str = ""
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
    timeout: Timeout | None = None
    """Where this capability needs more patience than the others."""
    requires: tuple[str, ...] = ()
    """Options of the verb that must be given here."""
    without: tuple[str, ...] = ()
    """Options of the verb that the endpoint has no word for."""
    media: Media = Media()


class ListCall(_Strict, frozen=True, kw_only=True):
    """One call that lists models, and the shape of its answer (a module in `fluent_ai.lists`)."""

    path: str
    shape: ListShape
    paging: Paging = "none"
    query: dict[str, str] = {}
    optional: bool = False
    """Not every account may make this call; where it is refused (403, 404) the list does without."""


class ModelList(ListCall, frozen=True, kw_only=True):
    """The provider's list of models: this call, and `more` where no single one names them all."""

    base_url: str = ""
    """Where the list is at another host than the models, with the same variables."""
    key_required: bool = True
    """False where the list is public although chat needs a key."""
    more: tuple[ListCall, ...] = ()

    @property
    def calls(self) -> tuple[ListCall, ...]:
        return (self, *self.more)


class Quirks(_Strict, frozen=True, kw_only=True):
    """Deviations from the protocol, from a closed vocabulary."""

    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    stream_usage: bool = True
    """Ask for usage with `stream_options`."""
    reasoning_field: ReasoningField = "reasoning_effort"
    """Where the common option `reasoning` goes. The last two only turn it on or off."""
    top_k: bool = False
    """The endpoint accepts `top_k`."""
    seed_field: Literal["seed", "random_seed", "none"] = "seed"
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
    name: str
    docs: str
    client: str = ""
    """Class name of the typed client; `name` where that is an identifier."""
    aliases: tuple[str, ...] = ()
    base_url: str = ""
    base_url_env: tuple[str, ...] = ()
    variables: dict[str, Variable] = {}
    headers: dict[str, str] = {}
    header_env: dict[str, tuple[str, ...]] = {}
    """Headers that are sent where one of these environment variables is set."""
    auth: Auth = Auth()
    model_list: ModelList | None = None
    chat: tuple[Route, ...] = ()
    embeddings: tuple[Route, ...] = ()
    rerank: tuple[Route, ...] = ()
    moderation: tuple[Route, ...] = ()
    transcription: tuple[Route, ...] = ()
    speech: tuple[Route, ...] = ()
    images: tuple[Route, ...] = ()
    pull: tuple[Route, ...] = ()
    options: dict[str, OptionType] = {}
    """Provider's own chat options: wire name -> JSON type."""
    quirks: Quirks = Quirks()
    timeout: Timeout | None = None
    """What holds for all capabilities here, whatever they need elsewhere."""
    member_names: dict[str, str] = {}
    """Reviewed enum member names for model ids whose derived names collide."""

    def routes(self, capability: Capability) -> tuple[Route, ...]:
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
        return self.client or self.name


def parse_manifest(text: str | bytes, source: str) -> Manifest:
    """Read a manifest in TOML. `source` stands in the message of a ConfigError."""
    import tomllib

    try:
        data: dict[str, Any] = tomllib.loads(text.decode() if isinstance(text, bytes) else text)
        return convert_manifest(data, source)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{source}: not valid TOML: {error}") from None


def convert_manifest(data: dict[str, Any], source: str) -> Manifest:
    """A manifest from plain data (TOML or JSON already decoded)."""
    try:
        manifest = msgspec.convert(data, Manifest)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {error}") from None
    check_manifest(manifest, source)
    return manifest


class _Rows(msgspec.Struct):
    providers: list[Manifest]


def data_folder() -> Path:
    """The folder of rendered rows and catalogs, found without importing the package that holds it."""
    from importlib.util import find_spec

    spec = find_spec("fluent_ai_providers")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError(
            "fluent_ai_providers is not installed; reinstall fluent-ai, or run `fluent-ai generate` first"
        )
    return Path(spec.submodule_search_locations[0]) / "data"


@cache
def load_manifests() -> dict[str, Manifest]:
    """The manifests of all providers by id, from the rows that codegen rendered and checked. Read once."""
    path = data_folder() / "providers.json"
    try:
        rows = msgspec.json.decode(path.read_bytes(), type=_Rows)
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{path}: {error}; reinstall fluent-ai, or run `fluent-ai generate`") from None
    return {manifest.id: manifest for manifest in rows.providers}


def _env_names(manifest: Manifest) -> Iterator[str]:
    yield from manifest.base_url_env
    for auth in manifest.auth.ways:
        yield from auth.env
    for names in (*manifest.header_env.values(), *(variable.env for variable in manifest.variables.values())):
        yield from names


def check_manifest(manifest: Manifest, source: str) -> None:
    """Raises ConfigError for what types alone do not tell; `source` stands in its message."""

    def refuse(field: str, value: object, allowed: str) -> ConfigError:
        return ConfigError(f"{source}: {field} = {value!r}; allowed: {allowed}")

    if not manifest.id.replace("_", "").isalnum() or not manifest.id.islower():
        raise refuse("id", manifest.id, "lower-case letters, digits and _")
    if manifest.docs and not re.fullmatch(r"https?://[^\s\"\\]+", manifest.docs):
        raise refuse("docs", manifest.docs, "an http(s) URL")
    for variable in _env_names(manifest):
        if not re.fullmatch(r"[A-Z_][A-Z0-9_]*", variable):
            raise refuse("env", variable, "names of environment variables: capitals, digits and _")
    if manifest.base_url and not BASE_URL.fullmatch(manifest.base_url):
        raise refuse("base_url", manifest.base_url.rpartition("@")[2], URL_RULE)
    if manifest.base_url.endswith("/"):
        raise refuse("base_url", manifest.base_url, "no slash at the end")
    others = {"model_list": manifest.model_list.base_url} if manifest.model_list else {}
    for capability in CAPABILITIES:
        for number, route in enumerate(manifest.routes(capability)):
            where = f"{capability}[{number}]"
            others[where] = route.base_url
            if route.path and not route.path.startswith("/"):
                raise refuse(f"{where}.path", route.path, "a path that starts with /")
            if route.media.other_path and not route.media.other_path.startswith("/"):
                raise refuse(f"{where}.media.other_path", route.media.other_path, "a path that starts with /")
            if route.batch is not None and route.batch < 1:
                raise refuse(f"{where}.batch", route.batch, "a whole number from 1")
    for where, url in others.items():
        if url and (not BASE_URL.fullmatch(url) or not url.startswith("https://") or url.endswith("/")):
            raise refuse(f"{where}.base_url", url, "an https URL without a slash at the end")
    paths = (route.path for capability in CAPABILITIES for route in manifest.routes(capability))
    named = set(PLACEHOLDER.findall(" ".join((manifest.base_url, *others.values(), *paths)))) - {"model"}
    if named != set(manifest.variables):
        raise refuse("variables", sorted(manifest.variables), f"those of base_url and paths: {sorted(named)}")
    for name, each in manifest.variables.items():
        if each.of:
            if each.of not in manifest.variables or manifest.variables[each.of].of or each.env:
                raise refuse(f"variables.{name}.of", each.of, "another variable, which has its own text; and no env")
            texts: Iterable[str] = (*each.choices.values(), each.default.replace("{}", "x"))
        else:
            texts = each.choices.values() if each.choices else filter(None, (each.default,))
        for text in texts:
            if not URL_TEXT.fullmatch(text):
                raise refuse(f"variables.{name}", text, "a host or a segment of a path")
        if each.choices and not each.of and each.default not in each.choices:
            raise refuse(f"variables.{name}.default", each.default, f"one of its choices: {', '.join(each.choices)}")
        if not each.env and not each.of:
            raise refuse(f"variables.{name}.env", [], "at least one environment variable")
    _check_auth(manifest.auth, refuse)


_AUTH_FIELDS: dict[AuthScheme, tuple[str, ...]] = {
    "none": (), "bearer": ("env",), "header": ("env",),
    "aws_sigv4": ("service",), "google": ("scope",), "azure": ("scope",),
}  # fmt: skip
"""What each scheme needs; the other fields say nothing to it."""


def _check_auth(auth: Auth, refuse: Callable[[str, object, str], ConfigError]) -> None:
    """Each way has what its scheme needs and no more, and no way hides one that comes after it."""
    for number, way in enumerate(auth.ways):
        where = f"auth.otherwise[{number - 1}]" if number else "auth"
        needed = _AUTH_FIELDS[way.scheme]
        for field in ("env", "service", "scope"):
            value = getattr(way, field)
            if field in needed and not value:
                several = "at least one environment variable" if field == "env" else "a text"
                raise refuse(f"{where}.{field}", value, f"{several}, as auth.scheme is {way.scheme!r}")
            if field not in needed and value:
                raise refuse(f"{where}.{field}", value, f"nothing, as auth.scheme is {way.scheme!r}")
        if way.header != "authorization" and way.scheme != "header":
            raise refuse(f"{where}.header", way.header, f"none, as auth.scheme is {way.scheme!r}")
        if number and (way.otherwise or not way.required or way.scheme == "none"):
            raise refuse(where, way.scheme, "a way with a key, and without `required` and `otherwise` of its own")
    if auth.otherwise and auth.scheme == "none":
        raise refuse("auth.otherwise", len(auth.otherwise), "none, as auth.scheme is 'none'")
    if len(set(schemes := [way.scheme for way in auth.ways])) < len(schemes):
        raise refuse("auth.otherwise", schemes, "each scheme once")
