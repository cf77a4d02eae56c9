"""The tool that searches the web, against servers that answer as Brave and Tavily do."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Answer, Server, reply

from fluent_ai_toolkit.tools.web.searching import CACHE_LIMIT, Searcher, clean_query, tidy

KEY = "a-key-for-tests"
Result = ai.tools.SearchResult


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 6))
        self.now += seconds


class Service:
    """A service that says what it was made with, one after the other; the last answer is repeated."""

    def __init__(self, *answers: Sequence[ai.tools.SearchResult] | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    def search(self, query: str, count: int) -> Sequence[ai.tools.SearchResult]:
        self.asked.append((query, count))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def results(*urls: str) -> list[ai.tools.SearchResult]:
    return [Result(f"Title {number}", url, "text") for number, url in enumerate(urls)]


def searcher(service: Service, clock: Clock, **settings: float) -> Searcher:
    given: dict[str, Any] = {"interval": 1.0, "retries": 2, "keep_seconds": 60.0, **settings}
    return Searcher(service, **given, clock=clock, sleep=clock.sleep)


def brave(*rows: dict[str, Any]) -> Answer:
    return reply(200, {"type": "search", "web": {"type": "search", "results": list(rows)}})


def test_brave(server: Server) -> None:
    server.say(
        brave(
            {
                "title": "The <strong>robin</strong>",
                "url": "https://birds.example/robin",
                "description": "A &amp; <b>b",
            },
            {"title": "No address"},
        )
    )
    tool = ai.tools.web_search(ai.tools.BraveSearch(KEY, base_url=f"{server.url}/res/v1/"))
    assert list(tool("robin\n sings", 5)) == [Result("The robin", "https://birds.example/robin", "A & b")]
    sent = server.sent[0]
    assert (sent.method, urlsplit(sent.path).path) == ("GET", "/res/v1/web/search")
    assert parse_qs(urlsplit(sent.path).query) == {"q": ["robin sings"], "count": ["5"]}
    assert sent.headers["x-subscription-token"] == KEY


def test_tavily(server: Server) -> None:
    rows = [
        {"title": "Second", "url": "https://b.example/", "content": "b", "score": 0.2},
        {"title": "First", "url": "https://a.example/", "content": "a", "score": 0.9},
    ]
    server.say(reply(200, {"query": "x", "results": rows}))
    tool = ai.tools.web_search(ai.tools.TavilySearch(KEY, base_url=server.url))
    assert [found.title for found in tool("x")] == ["First", "Second"]
    sent = server.sent[0]
    assert (sent.method, sent.path, sent.json()) == ("POST", "/search", {"query": "x", "max_results": 10})
    assert sent.headers["authorization"] == f"Bearer {KEY}"


def test_duckduckgo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package asks the real service, so what stands here in its place has its interface (ddgs 9)."""

    class DDGS:
        def text(self, query: str, max_results: int | None = None) -> list[dict[str, str]]:
            if query == "nothing":
                raise RuntimeError("No results found.")
            if query == "trouble":
                raise RuntimeError("202 Ratelimit")
            return [{"title": query, "href": "https://a.example/", "body": "<b>a</b>"}] * (max_results or 0)

    module = ModuleType("ddgs")
    module.__spec__ = ModuleSpec("ddgs", None)
    module.DDGS = DDGS  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ddgs", module)
    monkeypatch.delenv("BRAVE_API_KEY", raising=False)
    monkeypatch.delenv("TAVILY_API_KEY", raising=False)
    tool = ai.tools.web_search(interval=0, retries=0)
    assert list(tool("birds")) == [Result("birds", "https://a.example/", "a")]
    assert list(tool("nothing")) == []
    with pytest.raises(ai.tools.SearchFailed) as caught:
        tool("trouble")
    assert caught.value.retryable


@pytest.mark.parametrize(
    ("answer", "retryable", "words"),
    [
        (reply(401, {"error": KEY}), False, "status 401"),
        (reply(429, {}, headers={"retry-after": "7"}), True, "status 429"),
        (reply(503, {}), True, "status 503"),
        (reply(200, b"<html>"), False, "not JSON"),
        (reply(200, b"\xff"), False, "not JSON"),
        (Answer([None]), True, "Brave"),
        (reply(200, b" " * 4_000_001), False, "4,000,000"),
    ],
)
def test_answers_that_are_no_results(server: Server, answer: Answer, retryable: bool, words: str) -> None:
    server.say(answer)
    with pytest.raises(ai.tools.SearchFailed, match=words) as caught:
        ai.tools.BraveSearch(KEY, base_url=server.url).search("a hidden query", 3)
    assert caught.value.retryable is retryable
    assert caught.value.retry_after == (7.0 if "429" in words else None)
    assert KEY not in str(caught.value)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "body", [[], {}, {"web": []}, {"web": {"results": {}}}, {"web": {"results": [1, {"url": 2}]}}, 5]
)
def test_answers_of_another_shape_hold_no_results(server: Server, body: object) -> None:
    server.say(reply(200, body))
    assert tidy(ai.tools.BraveSearch(KEY, base_url=server.url).search("x", 3)) == []


def test_a_model_calls_it(server: Server) -> None:
    server.say(brave({"title": "T", "url": "https://a.example/", "description": "d"}))
    tool = ai.tools.web_search(ai.tools.BraveSearch(KEY, base_url=server.url), interval=0)
    found = ai.call_tool(ai.ToolCall("1", "web_search", {"query": "x", "count": 3}), [tool])
    assert not found.is_error
    assert "https://a.example/" in found.content
    wrong = ai.call_tool(ai.ToolCall("2", "web_search", {"query": " \n"}), [tool])
    assert (wrong.is_error, wrong.content) == (True, "the query is empty; allowed: some words")


def test_results_are_those_of_the_public_web_and_there_once() -> None:
    found = tidy(
        results(
            "https://www.a.example/x/?utm_source=y&b=1",
            "http://a.example/x?b=1#part",
            "https://a.example/x?b=2",
            "javascript:alert(1)",
            "http://127.0.0.1/",
            "http://localhost/",
            "http://router/",
            "https://user:word@b.example/",
            "",
        )
    )
    assert [each.url for each in found] == ["https://www.a.example/x/?utm_source=y&b=1", "https://a.example/x?b=2"]


def test_texts_of_results_are_short_and_plain() -> None:
    (found,) = tidy([Result("<script>alert(1)</script>A\n<i>b</i>", "https://a.example", "x" * 10**6)])
    assert found.title == "A b"
    assert len(found.snippet) == 500


@given(st.text(max_size=50))
def test_queries_are_clean(query: str) -> None:
    try:
        words = clean_query(query)
    except ai.ToolError:
        return
    assert words == " ".join(words.split())
    assert words.isprintable()
    assert words.encode()


def test_searches_take_turns() -> None:
    clock, service = Clock(), Service(results("https://a.example/"))
    search = searcher(service, clock).web_search
    for query in "abc":
        search(query)
    assert clock.waits == [1.0, 1.0]


def test_what_was_found_is_kept_for_a_while() -> None:
    clock, service = Clock(), Service(results("https://a.example/"))
    search = searcher(service, clock, interval=0.0).web_search
    assert search("a") == search("  a ")
    assert len(service.asked) == 1
    clock.now += 60.0
    search("a")
    assert len(service.asked) == 2
    search("a", 3)
    for number in range(CACHE_LIMIT):
        search(str(number))
    before = len(service.asked)
    search("a")
    assert len(service.asked) == before + 1


def test_a_service_that_refuses_for_the_moment_is_asked_again() -> None:
    def refusal(**facts: Any) -> ai.tools.SearchFailed:
        return ai.tools.SearchFailed("busy", **facts)

    clock = Clock()
    busy = Service(refusal(retryable=True), refusal(retryable=True, retry_after=5.0), results("https://a.example/"))
    assert len(searcher(busy, clock, interval=0.0).web_search("a")) == 1
    first, second = (wait for wait in clock.waits if wait > 0)
    assert 0 < first <= 1.0
    assert 5.0 <= second <= 6.25

    for failure, asked in (
        (refusal(retryable=True), 3),
        (refusal(retryable=False), 1),
        (refusal(retryable=True, retry_after=600.0), 1),
    ):
        service = Service(failure)
        with pytest.raises(ai.tools.SearchFailed):
            searcher(service, Clock()).web_search("a")
        assert len(service.asked) == asked


def test_threads_take_turns_too() -> None:
    clock, service = Clock(), Service(results("https://a.example/"))
    one = searcher(service, clock, interval=2.0)
    threads = [threading.Thread(target=one.web_search, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(service.asked) == 8
    assert one._next >= 100.0 + 8 * 2.0


@pytest.mark.parametrize(
    "make",
    [
        lambda: ai.tools.web_search(),
        lambda: ai.tools.web_search(5),  # type: ignore[arg-type]
        lambda: ai.tools.web_search(Service([]), interval=-1),
        lambda: ai.tools.web_search(Service([]), retries=11),
        lambda: ai.tools.BraveSearch(),
        lambda: ai.tools.BraveSearch(""),
        lambda: ai.tools.TavilySearch("ä"),
        lambda: ai.tools.DuckDuckGoSearch(),
    ],
)
def test_settings_that_are_refused(make: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRAVE_API_KEY", raising=False)
    monkeypatch.delenv("TAVILY_API_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "ddgs", None)  # as if it were not installed
    with pytest.raises(ai.ConfigError):
        make()


def test_the_key_in_the_environment_chooses_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAVILY_API_KEY", KEY)
    monkeypatch.delenv("BRAVE_API_KEY", raising=False)
    tool: Any = ai.tools.web_search()
    assert isinstance(tool.__self__._provider, ai.tools.TavilySearch)
    monkeypatch.setenv("BRAVE_API_KEY", KEY)
    tool = ai.tools.web_search()
    assert isinstance(tool.__self__._provider, ai.tools.BraveSearch)
    assert KEY not in repr(tool.__self__._provider)
