"""What the codecs of reranking share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TypeVar

from fluent_ai.content.events import Warned
from fluent_ai.content.results import Note
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.verbs.rerank import Ranked, RerankRequest, best_first

AnswerT = TypeVar("AnswerT")


class RerankCodec(WholeResponseCodec[RerankRequest, Ranked | Note, AnswerT]):
    def ranking(self, request: RerankRequest, rows: Iterable[tuple[int | None, object]]) -> Iterator[Ranked | Note]:
        """The best documents by the scores of `rows`. Raises ProtocolError for a row that scores none, or no number.

        A provider that has no `top_n` scores all documents, so the best are taken here.
        """
        count = len(request.documents)
        asked = min(request.top_n or count, count)
        found: dict[int, Ranked] = {}
        for index, score in rows:
            if index is None or not 0 <= index < count:
                raise ProtocolError(f"result number {index} scores none of {count} documents")
            if index in found:
                raise ProtocolError(f"document number {index} is scored twice")
            if not isinstance(score, int | float) or isinstance(score, bool) or not math.isfinite(score):
                raise ProtocolError(f"the score of document number {index} is not a finite number")
            found[index] = Ranked(index, float(score), request.documents[index])
        if not found:
            raise ProtocolError(f"{count} documents were sent and no score came back")
        yield from best_first(found.values())[:asked]
        if len(found) < asked:
            yield Warned(f"{asked} documents were asked for and {len(found)} came back")
