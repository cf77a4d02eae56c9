# Generated from runtime/fluent_ai/verbs; do not edit. Run: fluent-ai generate
"""One model of a client, with the same verbs without the first argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from fluent_ai.client.route import ModelOrRoute
    from fluent_ai.client.verb_runner import AsyncRun, Run, RunOptions
    from fluent_ai.client.verbs_async import AsyncAllMethods
    from fluent_ai.client.verbs_sync import AllMethods
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Note
    from fluent_ai.streams.stream import AsyncReplyStream, AsyncResultStream, ReplyStream, ResultStream
    from fluent_ai.verbs.base import Extras
    from fluent_ai.verbs.chat_options import ChatOptions
    from fluent_ai.verbs.count_tokens import CountItem, TokenCount
    from fluent_ai.verbs.embed import Embedding, Embeddings, EmbedInput, EmbedOptions
    from fluent_ai.verbs.image import ImageItem, ImageOptions, Images
    from fluent_ai.verbs.moderate import ModerateOptions, Moderation, ModerationInput, Moderations
    from fluent_ai.verbs.pull import Pulled, PullItem
    from fluent_ai.verbs.rerank import Ranked, Ranking, RerankOptions
    from fluent_ai.verbs.speak import AudioChunk, SpeakOptions, Speech
    from fluent_ai.verbs.tokenize import Token, Tokens
    from fluent_ai.verbs.transcribe import AudioInput, TranscribeOptions, Transcript, TranscriptItem


class BoundModel:
    """One model of a `Client`, made by its `model()`."""

    def __init__(self, client: AllMethods[ModelName], model: ModelOrRoute) -> None:
        self._client = client
        self._model = model

    def complete(self, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        return self._client.complete(self._model, messages, **options)

    def stream(self, messages: Messages, **options: Unpack[ChatOptions]) -> ReplyStream:
        """The reply as events. Bad arguments raise ConfigError here, errors of the provider while iterating."""
        return self._client.stream(self._model, messages, **options)

    def embed(self, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]) -> Embeddings:
        """The vectors, in the order of the inputs. Inputs that are too many for one request are sent in several."""
        return self._client.embed(self._model, inputs, **options)

    def stream_embed(
        self, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]
    ) -> ResultStream[Embedding | Note, Embeddings]:
        """The vectors as they arrive."""
        return self._client.stream_embed(self._model, inputs, **options)

    def rerank(self, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]) -> Ranking:
        """The documents, ordered by how well they answer the query, best first."""
        return self._client.rerank(self._model, query, documents, **options)

    def stream_rerank(
        self, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]
    ) -> ResultStream[Ranked | Note, Ranking]:
        """The ranked documents as they arrive."""
        return self._client.stream_rerank(self._model, query, documents, **options)

    def moderate(
        self, inputs: ModerationInput | Sequence[ModerationInput], **options: Unpack[ModerateOptions]
    ) -> Moderations:
        """The verdicts, in the order of the inputs."""
        return self._client.moderate(self._model, inputs, **options)

    def stream_moderate(
        self, inputs: ModerationInput | Sequence[ModerationInput], **options: Unpack[ModerateOptions]
    ) -> ResultStream[Moderation | Note, Moderations]:
        """The verdicts as they arrive."""
        return self._client.stream_moderate(self._model, inputs, **options)

    def transcribe(self, audio: AudioInput, **options: Unpack[TranscribeOptions]) -> Transcript:
        """The text of a recording: bytes, a path or an AudioPart."""
        return self._client.transcribe(self._model, audio, **options)

    def stream_transcribe(
        self, audio: AudioInput, **options: Unpack[TranscribeOptions]
    ) -> ResultStream[TranscriptItem, Transcript]:
        """The text as the server writes it, in pieces or at once, then its segments and words."""
        return self._client.stream_transcribe(self._model, audio, **options)

    def speak(self, text: str, **options: Unpack[SpeakOptions]) -> Speech:
        """The text as speech."""
        return self._client.speak(self._model, text, **options)

    def stream_speak(self, text: str, **options: Unpack[SpeakOptions]) -> ResultStream[AudioChunk | Note, Speech]:
        """The sound as it arrives."""
        return self._client.stream_speak(self._model, text, **options)

    def image(self, prompt: str, **options: Unpack[ImageOptions]) -> Images:
        """Images of what the prompt describes, or changed versions of `images=`."""
        return self._client.image(self._model, prompt, **options)

    def stream_image(self, prompt: str, **options: Unpack[ImageOptions]) -> ResultStream[ImageItem, Images]:
        """Unfinished images, if the model shows them; the progress of a local model; and the finished images."""
        return self._client.stream_image(self._model, prompt, **options)

    def pull(self, **options: Unpack[Extras]) -> Pulled:
        """Fetch the model to the machine that runs it. Does nothing if it is there already."""
        return self._client.pull(self._model, **options)

    def stream_pull(self, **options: Unpack[Extras]) -> ResultStream[PullItem, Pulled]:
        """The progress, in bytes if they are known."""
        return self._client.stream_pull(self._model, **options)

    def count_tokens(self, messages: Messages, **options: Unpack[ChatOptions]) -> TokenCount:
        """How many tokens the request has that `complete` would send for the same arguments."""
        return self._client.count_tokens(self._model, messages, **options)

    def stream_count_tokens(
        self, messages: Messages, **options: Unpack[ChatOptions]
    ) -> ResultStream[CountItem, TokenCount]:
        """The number of tokens, after what has to happen before it is known, such as loading a tokenizer."""
        return self._client.stream_count_tokens(self._model, messages, **options)

    def tokenize(self, text: str, **options: Unpack[Extras]) -> Tokens:
        """The tokens of a text, for models whose tokenizer is here."""
        return self._client.tokenize(self._model, text, **options)

    def stream_tokenize(self, text: str, **options: Unpack[Extras]) -> ResultStream[Token | Note, Tokens]:
        """The tokens one by one."""
        return self._client.stream_tokenize(self._model, text, **options)

    def run(self, messages: Messages, **options: Unpack[RunOptions]) -> Run:
        """Let the model call `tools` until it has its answer."""
        return self._client.run(self._model, messages, **options)


class AsyncBoundModel:
    """One model of an `AsyncClient`, made by its `model()`."""

    def __init__(self, client: AsyncAllMethods[ModelName], model: ModelOrRoute) -> None:
        self._client = client
        self._model = model

    async def complete(self, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        return await self._client.complete(self._model, messages, **options)

    def stream(self, messages: Messages, **options: Unpack[ChatOptions]) -> AsyncReplyStream:
        """The reply as events. Bad arguments raise ConfigError here, errors of the provider while iterating."""
        return self._client.stream(self._model, messages, **options)

    async def embed(self, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]) -> Embeddings:
        """The vectors, in the order of the inputs. Inputs that are too many for one request are sent in several."""
        return await self._client.embed(self._model, inputs, **options)

    def stream_embed(
        self, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]
    ) -> AsyncResultStream[Embedding | Note, Embeddings]:
        """The vectors as they arrive."""
        return self._client.stream_embed(self._model, inputs, **options)

    async def rerank(self, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]) -> Ranking:
        """The documents, ordered by how well they answer the query, best first."""
        return await self._client.rerank(self._model, query, documents, **options)

    def stream_rerank(
        self, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]
    ) -> AsyncResultStream[Ranked | Note, Ranking]:
        """The ranked documents as they arrive."""
        return self._client.stream_rerank(self._model, query, documents, **options)

    async def moderate(
        self, inputs: ModerationInput | Sequence[ModerationInput], **options: Unpack[ModerateOptions]
    ) -> Moderations:
        """The verdicts, in the order of the inputs."""
        return await self._client.moderate(self._model, inputs, **options)

    def stream_moderate(
        self, inputs: ModerationInput | Sequence[ModerationInput], **options: Unpack[ModerateOptions]
    ) -> AsyncResultStream[Moderation | Note, Moderations]:
        """The verdicts as they arrive."""
        return self._client.stream_moderate(self._model, inputs, **options)

    async def transcribe(self, audio: AudioInput, **options: Unpack[TranscribeOptions]) -> Transcript:
        """The text of a recording: bytes, a path or an AudioPart."""
        return await self._client.transcribe(self._model, audio, **options)

    def stream_transcribe(
        self, audio: AudioInput, **options: Unpack[TranscribeOptions]
    ) -> AsyncResultStream[TranscriptItem, Transcript]:
        """The text as the server writes it, in pieces or at once, then its segments and words."""
        return self._client.stream_transcribe(self._model, audio, **options)

    async def speak(self, text: str, **options: Unpack[SpeakOptions]) -> Speech:
        """The text as speech."""
        return await self._client.speak(self._model, text, **options)

    def stream_speak(self, text: str, **options: Unpack[SpeakOptions]) -> AsyncResultStream[AudioChunk | Note, Speech]:
        """The sound as it arrives."""
        return self._client.stream_speak(self._model, text, **options)

    async def image(self, prompt: str, **options: Unpack[ImageOptions]) -> Images:
        """Images of what the prompt describes, or changed versions of `images=`."""
        return await self._client.image(self._model, prompt, **options)

    def stream_image(self, prompt: str, **options: Unpack[ImageOptions]) -> AsyncResultStream[ImageItem, Images]:
        """Unfinished images, if the model shows them; the progress of a local model; and the finished images."""
        return self._client.stream_image(self._model, prompt, **options)

    async def pull(self, **options: Unpack[Extras]) -> Pulled:
        """Fetch the model to the machine that runs it. Does nothing if it is there already."""
        return await self._client.pull(self._model, **options)

    def stream_pull(self, **options: Unpack[Extras]) -> AsyncResultStream[PullItem, Pulled]:
        """The progress, in bytes if they are known."""
        return self._client.stream_pull(self._model, **options)

    async def count_tokens(self, messages: Messages, **options: Unpack[ChatOptions]) -> TokenCount:
        """How many tokens the request has that `complete` would send for the same arguments."""
        return await self._client.count_tokens(self._model, messages, **options)

    def stream_count_tokens(
        self, messages: Messages, **options: Unpack[ChatOptions]
    ) -> AsyncResultStream[CountItem, TokenCount]:
        """The number of tokens, after what has to happen before it is known, such as loading a tokenizer."""
        return self._client.stream_count_tokens(self._model, messages, **options)

    async def tokenize(self, text: str, **options: Unpack[Extras]) -> Tokens:
        """The tokens of a text, for models whose tokenizer is here."""
        return await self._client.tokenize(self._model, text, **options)

    def stream_tokenize(self, text: str, **options: Unpack[Extras]) -> AsyncResultStream[Token | Note, Tokens]:
        """The tokens one by one."""
        return self._client.stream_tokenize(self._model, text, **options)

    def run(self, messages: Messages, **options: Unpack[RunOptions]) -> AsyncRun:
        """Let the model call `tools` until it has its answer."""
        return self._client.run(self._model, messages, **options)
