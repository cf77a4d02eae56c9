"""What a conversation must look like for the provider that it is sent to, and how it comes to look like it."""

from fluent_ai.protocols.chat.history.normalise import normalise as normalise
from fluent_ai.protocols.chat.history.rules import Rules as Rules
from fluent_ai.protocols.chat.history.rules import rules_for as rules_for
