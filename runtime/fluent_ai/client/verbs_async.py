# Generated from runtime/fluent_ai/verbs; do not edit. Run: fluent-ai generate
"""The verbs as methods, one class each: a client has those of what its provider can do.

`stream_<verb>` is the streaming form of each; the plain verb collects it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fluent_ai.client.verb_runner import AsyncToolRunner, AsyncVerbRunner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Note
    from fluent_ai.streams.stream import AsyncReplyStream, AsyncResultStream
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

ModelT = TypeVar("ModelT")


class AsyncChatMethods(AsyncToolRunner[ModelT]):
    async def complete(self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        async with self.stream(model, messages, **options) as stream:
            return await stream.collect()

    def stream(self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]) -> AsyncReplyStream:
        """The reply as events. Bad arguments raise ConfigError here, errors of the provider while iterating."""
        return self._stream(model, messages, options)


class AsyncEmbedMethods(AsyncVerbRunner[ModelT]):
    async def embed(
        self, model: ModelT | Route, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]
    ) -> Embeddings:
        """The vectors, in the order of the inputs. Inputs that are too many for one request are sent in several."""
        async with self.stream_embed(model, inputs, **options) as stream:
            return await stream.collect()

    def stream_embed(
        self, model: ModelT | Route, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]
    ) -> AsyncResultStream[Embedding | Note, Embeddings]:
        """The vectors as they arrive."""
        from fluent_ai.verbs.embed import EMBED

        return self._start(EMBED, model, inputs, options)


class AsyncRerankMethods(AsyncVerbRunner[ModelT]):
    async def rerank(
        self, model: ModelT | Route, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]
    ) -> Ranking:
        """The documents, ordered by how well they answer the query, best first."""
        async with self.stream_rerank(model, query, documents, **options) as stream:
            return await stream.collect()

    def stream_rerank(
        self, model: ModelT | Route, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]
    ) -> AsyncResultStream[Ranked | Note, Ranking]:
        """The ranked documents as they arrive."""
        from fluent_ai.verbs.rerank import RERANK, RerankSubject

        return self._start(RERANK, model, RerankSubject(query, documents), options)


class AsyncModerateMethods(AsyncVerbRunner[ModelT]):
    async def moderate(
        self,
        model: ModelT | Route,
        inputs: ModerationInput | Sequence[ModerationInput],
        **options: Unpack[ModerateOptions],
    ) -> Moderations:
        """The verdicts, in the order of the inputs."""
        async with self.stream_moderate(model, inputs, **options) as stream:
            return await stream.collect()

    def stream_moderate(
        self,
        model: ModelT | Route,
        inputs: ModerationInput | Sequence[ModerationInput],
        **options: Unpack[ModerateOptions],
    ) -> AsyncResultStream[Moderation | Note, Moderations]:
        """The verdicts as they arrive."""
        from fluent_ai.verbs.moderate import MODERATE

        return self._start(MODERATE, model, inputs, options)


class AsyncTranscribeMethods(AsyncVerbRunner[ModelT]):
    async def transcribe(
        self, model: ModelT | Route, audio: AudioInput, **options: Unpack[TranscribeOptions]
    ) -> Transcript:
        """The text of a recording: bytes, a path or an AudioPart."""
        async with self.stream_transcribe(model, audio, **options) as stream:
            return await stream.collect()

    def stream_transcribe(
        self, model: ModelT | Route, audio: AudioInput, **options: Unpack[TranscribeOptions]
    ) -> AsyncResultStream[TranscriptItem, Transcript]:
        """The text as the server writes it, in pieces or at once, then its segments and words."""
        from fluent_ai.verbs.transcribe import TRANSCRIBE

        return self._start(TRANSCRIBE, model, audio, options)


class AsyncSpeakMethods(AsyncVerbRunner[ModelT]):
    async def speak(self, model: ModelT | Route, text: str, **options: Unpack[SpeakOptions]) -> Speech:
        """The text as speech."""
        async with self.stream_speak(model, text, **options) as stream:
            return await stream.collect()

    def stream_speak(
        self, model: ModelT | Route, text: str, **options: Unpack[SpeakOptions]
    ) -> AsyncResultStream[AudioChunk | Note, Speech]:
        """The sound as it arrives."""
        from fluent_ai.verbs.speak import SPEAK

        return self._start(SPEAK, model, text, options)


class AsyncImageMethods(AsyncVerbRunner[ModelT]):
    async def image(self, model: ModelT | Route, prompt: str, **options: Unpack[ImageOptions]) -> Images:
        """Images of what the prompt describes, or changed versions of `images=`."""
        async with self.stream_image(model, prompt, **options) as stream:
            return await stream.collect()

    def stream_image(
        self, model: ModelT | Route, prompt: str, **options: Unpack[ImageOptions]
    ) -> AsyncResultStream[ImageItem, Images]:
        """Unfinished images, if the model shows them; the progress of a local model; and the finished images."""
        from fluent_ai.verbs.image import IMAGE

        return self._start(IMAGE, model, prompt, options)


class AsyncPullMethods(AsyncVerbRunner[ModelT]):
    async def pull(self, model: ModelT | Route, **options: Unpack[Extras]) -> Pulled:
        """Fetch the model to the machine that runs it. Does nothing if it is there already."""
        async with self.stream_pull(model, **options) as stream:
            return await stream.collect()

    def stream_pull(self, model: ModelT | Route, **options: Unpack[Extras]) -> AsyncResultStream[PullItem, Pulled]:
        """The progress, in bytes if they are known."""
        from fluent_ai.verbs.pull import PULL

        return self._start(PULL, model, None, options)


class AsyncCountTokensMethods(AsyncVerbRunner[ModelT]):
    async def count_tokens(
        self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]
    ) -> TokenCount:
        """How many tokens the request has that `complete` would send for the same arguments."""
        async with self.stream_count_tokens(model, messages, **options) as stream:
            return await stream.collect()

    def stream_count_tokens(
        self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]
    ) -> AsyncResultStream[CountItem, TokenCount]:
        """The number of tokens, after what has to happen before it is known, such as loading a tokenizer."""
        from fluent_ai.verbs.count_tokens import COUNT_TOKENS

        return self._start(COUNT_TOKENS, model, messages, options)


class AsyncTokenizeMethods(AsyncVerbRunner[ModelT]):
    async def tokenize(self, model: ModelT | Route, text: str, **options: Unpack[Extras]) -> Tokens:
        """The tokens of a text, for models whose tokenizer is here."""
        async with self.stream_tokenize(model, text, **options) as stream:
            return await stream.collect()

    def stream_tokenize(
        self, model: ModelT | Route, text: str, **options: Unpack[Extras]
    ) -> AsyncResultStream[Token | Note, Tokens]:
        """The tokens one by one."""
        from fluent_ai.verbs.tokenize import TOKENIZE

        return self._start(TOKENIZE, model, text, options)


class AsyncAllMethods(
    AsyncChatMethods[ModelT],
    AsyncEmbedMethods[ModelT],
    AsyncRerankMethods[ModelT],
    AsyncModerateMethods[ModelT],
    AsyncTranscribeMethods[ModelT],
    AsyncSpeakMethods[ModelT],
    AsyncImageMethods[ModelT],
    AsyncPullMethods[ModelT],
    AsyncCountTokensMethods[ModelT],
    AsyncTokenizeMethods[ModelT],
):
    """Every verb."""
