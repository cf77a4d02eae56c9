"""A call of a model or of a route, as the source of its result."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from fluent_ai.arguments import as_flag, as_mapping
from fluent_ai.client.read_settings import read_media
from fluent_ai.client.route import Route

if TYPE_CHECKING:
    from fluent_ai.client.core import Core
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result
    from fluent_ai.streams.stream import Source
    from fluent_ai.verbs.base import Verb

SubjectT = TypeVar("SubjectT")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")


def open_call(
    core: Core,
    verb: Verb[SubjectT, Any, ItemT, ResultT],
    model: ModelName | Route,
    subject: SubjectT,
    options: object,
    *,
    recovers: bool = True,
) -> tuple[Source[ItemT, ResultT], tuple[str, ...]]:
    """The source of the result, and warnings; nothing is sent before it is opened. Raises ConfigError.

    `recovers` says whether errors are dealt with by the client's table.
    """
    given = as_mapping(options, "options")
    if core.config is not None and type(model) is str:  # members of enums are names already
        model, configured = core.config.apply(model, verb.capability, given, core)
        given = as_mapping(configured, "options")
    if verb.writes_reply and "documents" in given:
        from fluent_ai.interfaces import CollectsDocuments

        if isinstance(collects := given["documents"], CollectsDocuments):
            from fluent_ai.client.collecting_calls import open_collecting

            again = partial(open_call, core, verb, model, subject, recovers=recovers)
            return open_collecting(core, collects, model, subject, given, again), ()
    if recovers and core.terms.policy.table and verb.writes_reply:
        from fluent_ai.client.recovering_calls import open_recovering

        return open_recovering(core, partial(open_call, core, verb, model, options=given, recovers=False), subject)
    validate = as_flag(given.pop("validate", True), "validate")
    terms = core.terms
    if "timeout" in given or "retries" in given:
        terms = terms.with_own(given.pop("timeout", None), given.pop("retries", None))
    if "cache" in given and not as_flag(given.pop("cache"), "cache"):
        terms = terms._replace(cache=None)
    if "media" in given and verb.capability in ("chat", "token_counting"):
        terms = terms._replace(media=read_media(given.pop("media")))
    if isinstance(model, Route):
        from fluent_ai.client.route_calls import open_route

        return open_route(core, verb, model, subject, given, terms, validate=validate)
    return core.open_verb(verb, model, subject, given, terms, validate=validate)
