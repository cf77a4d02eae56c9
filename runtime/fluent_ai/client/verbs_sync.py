# Generated from runtime/fluent_ai/verbs; do not edit. Run: fluent-ai generate
"""The verbs as methods, one class each: a client has those of what its provider can do.

`stream_<verb>` is the streaming form of each; the plain verb collects it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fluent_ai.client.verb_runner import ToolRunner, VerbRunner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Note
    from fluent_ai.streams.stream import ReplyStream, ResultStream
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


class ChatMethods(ToolRunner[ModelT]):
    def complete(self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        with self.stream(model, messages, **options) as stream:
            return stream.collect()

    def stream(self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]) -> ReplyStream:
        """The reply as events. Bad arguments raise ConfigError here, errors of the provider while iterating."""
        return self._stream(model, messages, options)


class EmbedMethods(VerbRunner[ModelT]):
    def embed(
        self, model: ModelT | Route, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]
    ) -> Embeddings:
        """The vectors, in the order of the inputs. Inputs that are too many for one request are sent in several."""
        with self.stream_embed(model, inputs, **options) as stream:
            return stream.collect()

    def stream_embed(
        self, model: ModelT | Route, inputs: EmbedInput | Sequence[EmbedInput], **options: Unpack[EmbedOptions]
    ) -> ResultStream[Embedding | Note, Embeddings]:
        """The vectors as they arrive."""
        from fluent_ai.verbs.embed import EMBED

        return self._start(EMBED, model, inputs, options)


class RerankMethods(VerbRunner[ModelT]):
    def rerank(
        self, model: ModelT | Route, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]
    ) -> Ranking:
        """The documents, ordered by how well they answer the query, best first."""
        with self.stream_rerank(model, query, documents, **options) as stream:
            return stream.collect()

    def stream_rerank(
        self, model: ModelT | Route, query: str, documents: Sequence[str], **options: Unpack[RerankOptions]
    ) -> ResultStream[Ranked | Note, Ranking]:
        """The ranked documents as they arrive."""
        from fluent_ai.verbs.rerank import RERANK, RerankSubject

        return self._start(RERANK, model, RerankSubject(query, documents), options)


class ModerateMethods(VerbRunner[ModelT]):
    def moderate(
        self,
        model: ModelT | Route,
        inputs: ModerationInput | Sequence[ModerationInput],
        **options: Unpack[ModerateOptions],
    ) -> Moderations:
        """The verdicts, in the order of the inputs."""
        with self.stream_moderate(model, inputs, **options) as stream:
            return stream.collect()

    def stream_moderate(
        self,
        model: ModelT | Route,
        inputs: ModerationInput | Sequence[ModerationInput],
        **options: Unpack[ModerateOptions],
    ) -> ResultStream[Moderation | Note, Moderations]:
        """The verdicts as they arrive."""
        from fluent_ai.verbs.moderate import MODERATE

        return self._start(MODERATE, model, inputs, options)


class TranscribeMethods(VerbRunner[ModelT]):
    def transcribe(self, model: ModelT | Route, audio: AudioInput, **options: Unpack[TranscribeOptions]) -> Transcript:
        """The text of a recording: bytes, a path or an AudioPart."""
        with self.stream_transcribe(model, audio, **options) as stream:
            return stream.collect()

    def stream_transcribe(
        self, model: ModelT | Route, audio: AudioInput, **options: Unpack[TranscribeOptions]
    ) -> ResultStream[TranscriptItem, Transcript]:
        """The text as the server writes it, in pieces or at once, then its segments and words."""
        from fluent_ai.verbs.transcribe import TRANSCRIBE

        return self._start(TRANSCRIBE, model, audio, options)


class SpeakMethods(VerbRunner[ModelT]):
    def speak(self, model: ModelT | Route, text: str, **options: Unpack[SpeakOptions]) -> Speech:
        """The text as speech."""
        with self.stream_speak(model, text, **options) as stream:
            return stream.collect()

    def stream_speak(
        self, model: ModelT | Route, text: str, **options: Unpack[SpeakOptions]
    ) -> ResultStream[AudioChunk | Note, Speech]:
        """The sound as it arrives."""
        from fluent_ai.verbs.speak import SPEAK

        return self._start(SPEAK, model, text, options)


class ImageMethods(VerbRunner[ModelT]):
    def image(self, model: ModelT | Route, prompt: str, **options: Unpack[ImageOptions]) -> Images:
        """Images of what the prompt describes, or changed versions of `images=`."""
        with self.stream_image(model, prompt, **options) as stream:
            return stream.collect()

    def stream_image(
        self, model: ModelT | Route, prompt: str, **options: Unpack[ImageOptions]
    ) -> ResultStream[ImageItem, Images]:
        """Unfinished images, if the model shows them; the progress of a local model; and the finished images."""
        from fluent_ai.verbs.image import IMAGE

        return self._start(IMAGE, model, prompt, options)


class PullMethods(VerbRunner[ModelT]):
    def pull(self, model: ModelT | Route, **options: Unpack[Extras]) -> Pulled:
        """Fetch the model to the machine that runs it. Does nothing if it is there already."""
        with self.stream_pull(model, **options) as stream:
            return stream.collect()

    def stream_pull(self, model: ModelT | Route, **options: Unpack[Extras]) -> ResultStream[PullItem, Pulled]:
        """The progress, in bytes if they are known."""
        from fluent_ai.verbs.pull import PULL

        return self._start(PULL, model, None, options)


class CountTokensMethods(VerbRunner[ModelT]):
    def count_tokens(self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]) -> TokenCount:
        """How many tokens the request has that `complete` would send for the same arguments."""
        with self.stream_count_tokens(model, messages, **options) as stream:
            return stream.collect()

    def stream_count_tokens(
        self, model: ModelT | Route, messages: Messages, **options: Unpack[ChatOptions]
    ) -> ResultStream[CountItem, TokenCount]:
        """The number of tokens, after what has to happen before it is known, such as loading a tokenizer."""
        from fluent_ai.verbs.count_tokens import COUNT_TOKENS

        return self._start(COUNT_TOKENS, model, messages, options)


class TokenizeMethods(VerbRunner[ModelT]):
    def tokenize(self, model: ModelT | Route, text: str, **options: Unpack[Extras]) -> Tokens:
        """The tokens of a text, for models whose tokenizer is here."""
        with self.stream_tokenize(model, text, **options) as stream:
            return stream.collect()

    def stream_tokenize(
        self, model: ModelT | Route, text: str, **options: Unpack[Extras]
    ) -> ResultStream[Token | Note, Tokens]:
        """The tokens one by one."""
        from fluent_ai.verbs.tokenize import TOKENIZE

        return self._start(TOKENIZE, model, text, options)


class AllMethods(
    ChatMethods[ModelT],
    EmbedMethods[ModelT],
    RerankMethods[ModelT],
    ModerateMethods[ModelT],
    TranscribeMethods[ModelT],
    SpeakMethods[ModelT],
    ImageMethods[ModelT],
    PullMethods[ModelT],
    CountTokensMethods[ModelT],
    TokenizeMethods[ModelT],
):
    """Every verb."""
