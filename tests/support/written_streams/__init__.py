"""Streams of every chat protocol and dialect, written from the protocols' references, with what each must give.

`script` says what a reply is, a module for each protocol puts it on the wire, `odd` holds what no script can say.
"""

from __future__ import annotations

from written_streams import (
    anthropic_messages,
    bedrock_converse,
    cohere_v2,
    gemini,
    mistral_conversations,
    ollama_chat,
    openai_chat,
    openai_responses,
)
from written_streams.odd import ODD
from written_streams.script import SCRIPTS, Case

CASES: tuple[Case, ...] = (
    tuple(
        case
        for protocol in (
            openai_chat,
            openai_responses,
            anthropic_messages,
            gemini,
            cohere_v2,
            bedrock_converse,
            mistral_conversations,
            ollama_chat,
        )
        for case in protocol.cases(SCRIPTS)
    )
    + ODD
)
