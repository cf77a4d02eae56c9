"""HTML to text, and the URLs and addresses of the web in all the forms in which they are written."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fluent_ai_toolkit.tools.web.addresses import is_metadata, is_public
from fluent_ai_toolkit.tools.web.html_text import read_html
from fluent_ai_toolkit.tools.web.urls import read_url

PAGE = """<!DOCTYPE html><html><head><title>A &amp;
 title</title><style>p { color: red }</style><script>if (a < b) "</p>"</script></head>
<body><!-- <p>hidden</p> --><nav><a href="/home">Home</a> <a href="#top">Top</a></nav>
<h1>Birds</h1><p>The <b>robin</b> sings&nbsp;&mdash; see <a href='birds/robin.html?a=1&amp;b=2'>its
page</a>.<br>And <a href="javascript:alert(1)">this</a>.</p>
<ul><li>wren</li><li>owl</li></ul><table><tr><th>name<th>size</th></tr><tr><td>owl</td><td>40 cm</td></tr></table>
<pre>  a
    b &lt; c</pre><svg><text>drawn</text></svg><p>5 < 6<img src=x alt="a nest"></body></html>"""
TEXT = """[Home](https://example.org/home) Top

# Birds

The robin sings — see [its page](https://example.org/birds/robin.html?a=1&b=2).
And this.

- wren
- owl

name | size
owl | 40 cm

```
  a
    b < c
```

5 < 6 a nest"""


def test_a_page_is_read_as_its_reader_sees_it() -> None:
    found = read_html(PAGE, "https://example.org/")
    assert found.title == "A & title"
    assert found.text == TEXT


@given(st.text(alphabet="<>/!-?=\"' abpre&;#x\n", max_size=200))
def test_any_text_can_be_read(page: str) -> None:
    assert isinstance(read_html(page, "https://example.org/").text, str)


@given(st.text(alphabet="ab <>&", max_size=50))
def test_escaped_text_comes_back(text: str) -> None:
    page = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read_html(f"<p>{page}</p>", "https://example.org/").text == " ".join(text.split())


@pytest.mark.parametrize(
    "piece",
    [
        "<", "<a ", "<a b='", '<a b="', "<!--", "<!", "</", "<script>", "</script ", "<title>", "<svg>", "<![CDATA[",
        "&#", "<pre>", "<a href=x>", "</a>", "<li>", "\n ", "<p>", "<a href=x>y", "<a href=x>y</a>", "x<br>",
        "<pre>x</pre>", "<a b=c d='e' ", "a&", " <br>",
    ],
)  # fmt: skip
def test_time_is_linear_in_the_length(piece: str) -> None:
    """What is quadratic takes minutes at this length."""
    page = piece * (200_000 // len(piece))
    assert len(read_html(page, "https://example.org/").text) <= len(page) * 30


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://EXAMPLE.com./a b".replace(" ", "%20"), "https://example.com/a%20b"),
        ("http://example.com", "http://example.com/"),
        ("HTTP://example.com:8080/x?q=ä#part", "http://example.com:8080/x?q=%C3%A4"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://0177.0.0.1/", "http://127.0.0.1/"),
        ("http://[::FFFF:8.8.8.8]:80/", "http://[::ffff:808:808]:80/"),
    ],
)
def test_urls_have_one_form(url: str, sent: str) -> None:
    assert read_url(url).url == sent


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)", "data:text/plain,x", "//example.com/", "x",
        "http://", "http:///path", "http://user:word@example.com/", "http://@example.com/", "http://example.com:x/",
        "http://example.com:99999/", "http://exa mple.com/", "http://example.com\\@evil.com/", "http://a\x00b/",
        "http://[::1%25eth0]/", "http://[::1/", "http://1.2.3.4.5/", "http://0x/", "http://256.256.256.256/",
        "http://a..b/", "http://-/", "http://" + "a" * 64 + ".com/",
        "https://example.com/" + "x" * 9000, "http://exa%6dple.com/",
    ],
)  # fmt: skip
def test_urls_that_are_refused(url: str) -> None:
    with pytest.raises(ai.tools.FetchFailed) as caught:
        read_url(url)
    assert caught.value.reason == "url"


@given(st.ip_addresses(v=4))
def test_what_leads_to_an_address_is_judged_like_it(address: object) -> None:
    text = str(address)
    assert is_public(f"::ffff:{text}") == is_public(f"64:ff9b::{text}") == is_public(text)
    assert is_public(f"2606:4700::5efe:{text}") == is_public(text)
    assert is_metadata(f"::ffff:{text}") == is_metadata(text)
