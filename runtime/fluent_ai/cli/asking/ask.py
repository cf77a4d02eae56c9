"""`fluent-ai ask`: one prompt, one reply."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fluent_ai.cli import replies, terminal
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai.config.config import Config

Many = list[str] | None


def ask(
    prompt: Annotated[str | None, typer.Argument(help="What is asked. What is piped in comes before it.")] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", help="A model, alias or route; by default the configured one.")
    ] = None,
    query: Annotated[
        Many, typer.Option("--query", "-q", help="Words of a model's name instead; the best match is asked.")
    ] = None,
    system: Annotated[str | None, typer.Option("--system", "-s", help="The system prompt.")] = None,
    attach: replies.Attach = None,
    context: Annotated[
        Many, typer.Option("--context", "-f", help="Documents to quote: a path, a folder, a glob or a URL.")
    ] = None,
    schema: Annotated[
        str | None, typer.Option(help="The answer's JSON schema: a file, or fields such as 'name, age int'.")
    ] = None,
    schema_multi: Annotated[str | None, typer.Option(help="The same for a list of such objects.")] = None,
    tool: Annotated[
        Many,
        typer.Option(
            "--tool", "-T", help="calculator, web_search, web_fetch, files:PATH, mcp:COMMAND, mcp:URL, python:FILE."
        ),
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Be asked before each call of a tool.")] = False,
    go_on: replies.GoOn = False,
    chat: replies.ChatId = None,
    save: Annotated[
        bool | None, typer.Option("--save/--no-save", help="Keep prompt and reply as a chat; --no-save by default.")
    ] = None,
    template: Annotated[str | None, typer.Option("--template", "-t", help="A template: its name or path.")] = None,
    param: Annotated[Many, typer.Option("--param", "-p", help="What a template is filled in with: name=text.")] = None,
    option: Annotated[Many, typer.Option("--option", "-o", help="Any option of the model: name=value.")] = None,
    temperature: replies.Temperature = None,
    top_p: replies.TopP = None,
    max_tokens: replies.MaxTokens = None,
    stop: replies.Stop = None,
    seed: replies.Seed = None,
    base_url: replies.BaseUrl = None,
    manifest: replies.Manifests = None,
    timeout: replies.Timeout = None,
    retries: replies.Retries = 2,
    extract: Annotated[bool, typer.Option("--extract", "-x", help="Print only the first block of code.")] = False,
    extract_last: Annotated[bool, typer.Option("--xl", help="Print only the last block of code.")] = False,
    stream: Annotated[bool, typer.Option("--stream/--no-stream", help="Print the text as it arrives.")] = True,
    hide_reasoning: Annotated[bool, typer.Option("--hide-reasoning", "-R", help="Do not show reasoning.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Print Markdown as it is written.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the whole reply as one JSON document.")] = False,
    events: Annotated[
        bool, typer.Option("--events", help="Print every event as it arrives, as one line of JSON.")
    ] = False,
    usage: Annotated[bool, typer.Option("--usage", "-u", help="Report tokens, cost and seconds on stderr.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Say on stderr which model is asked, and what chose it.")] = False,
) -> None:
    """Ask a model. Without a terminal for input, what is piped in is a part of the prompt."""
    from fluent_ai.cli.asking.answers import Form, cost_of, show_answer, summary
    from fluent_ai.cli.asking.asked import Given, approved, read_asked
    from fluent_ai.cli.asking.keeping import chat_of, open_answer
    from fluent_ai.config.config import Config, Known

    form = Form(json, events, extract, extract_last, stream, raw, not hide_reasoning)
    form.check()
    config = Config()
    given = Given(
        prompt, attach or (), context or (), schema, schema_multi, tool or (), template, param or (), option or ()
    )
    asked = read_asked(given, replies.chat_options(system, temperature, top_p, max_tokens, stop, seed), config)
    form = form._replace(extract=extract or (asked.extract and not (json or events or extract_last)))
    form = form._replace(raw=raw or "output" in asked.options)
    kept = chat_of(config, go_on=go_on, chat=chat, save=save)
    name = _model(config, model, query, asked.model or (kept and kept.model), manifest)
    if why:
        found = config.resolve(name, known=Known(manifest or ()))
        terminal.note(f"{found.name}, because of {' > '.join(found.why)}")
    rules: dict[str, Any] = {"approve": approved} if approve else {}
    with (
        replies.make_client(
            name, base_url=base_url, manifests=manifest, timeout=timeout, retries=retries, config=config
        ) as client,
        open_answer(client, name, asked, rules, kept) as answer,
    ):
        result = show_answer(answer, form, config.values.theme)
    if usage:
        terminal.note(summary(result, cost_of(result)))


def _model(
    config: Config, model: str | None, query: list[str] | None, of_template: str | None, manifests: list[Path] | None
) -> str:
    """The name that was given, else the best match of the query, else that of the template, else the configured one."""
    if model is not None and query:
        raise ConfigError("-m and -q exclude each other")
    if query:
        from fluent_ai.config.config import Known

        found = config.best_match(query, known=Known(manifests or ()))
        terminal.note(f"asking {found.name}")
        return found.name
    return model or of_template or config.model()
