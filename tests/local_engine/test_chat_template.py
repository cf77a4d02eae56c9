from __future__ import annotations

import gc

import pytest
from fluent_ai.errors import InvalidRequest, UnsupportedModel
from fluent_ai_local.text.chat_template import ChatTemplate

HI = [{"role": "user", "content": "hi there"}]


def render(source: str, *, trusted: bool = False, messages=HI, deadline: float = 20.0) -> str:
    template = ChatTemplate(source, name="f.gguf", trusted=trusted, deadline=deadline)
    return template.render(messages, bos_token="<s>", eos_token="</s>")


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "{{ bos_token }}{% for m in messages %}\n  {{- m.role }}: {{ m['content'] }}{% endfor %}",
            "<s>user: hi there",
        ),
        ("{% if add_generation_prompt %}\nA:\n  {% endif %}\n", "A:\n"),
        ("{{ {'ü': '<b>', 'a': [1]} | tojson }}", '{"ü": "<b>", "a": [1]}'),
        ("{{ [1] | tojson(indent=2) }}", "[\n  1\n]"),
        ("{% for i in range(9) %}{% if i > 2 %}{% break %}{% endif %}{{ i }}{% endfor %}", "012"),
        ("{% generation %}x{{ eos_token }}{% endgeneration %}", "x</s>"),
        ("{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}", "1"),
        ("{{ strftime_now('%%') }}", "%"),
    ],
)
def test_templates_render_as_hugging_face_renders_them(source, expected, trusted):
    assert render(source, trusted=trusted) == expected


def test_a_refusal_is_the_users_fault_and_shows_no_prompt():
    with pytest.raises(InvalidRequest, match=r"refuses the messages: no \.\.\. here"):
        render("{{ raise_exception('no ' + messages[0].content + ' here') }}")


def test_a_refusal_in_half_of_a_character_can_be_printed():
    with pytest.raises(InvalidRequest, match=r"refuses the messages: \?"):
        render("{{ raise_exception('\\ud800') }}")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{% if %}", "line 1: Expected an expression"),
        ("{{ a.b.c }}", "UndefinedError"),
        ("{{ messages.append(1) }}", "SecurityError"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "SecurityError"),
        ("{% set ns = namespace(__class__=1) %}", "SecurityError"),
        ("{{ lipsum() }}", "UndefinedError"),
        ("{{ 'x' * 10**12 }}", "MemoryError"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError"),
        ("{{ 'x' * 20000000 }}", "OverflowError"),
        ("{{ '\\ud800' }}", "UnicodeEncodeError"),
    ],
)
def test_a_broken_or_hostile_template_is_one_typed_error(source, reason):
    with pytest.raises(UnsupportedModel, match=r"f\.gguf: tokenizer\.chat_template cannot be rendered: ") as raised:
        render(source)
    assert reason in str(raised.value)
    assert "hi there" not in str(raised.value)


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% set n = namespace(l=[1]) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l }}",
    ],
)
def test_an_endless_template_is_ended(source):
    with pytest.raises(UnsupportedModel, match=r"not done after 0\.5 seconds"):
        render(source, deadline=0.5)


def test_a_template_cannot_change_the_callers_messages():
    messages = [{"role": "user", "content": "hi"}]
    with pytest.raises(UnsupportedModel, match="SecurityError"):
        render("{{ messages[0].update({'content': 'x'}) }}", trusted=True, messages=messages)
    assert messages == [{"role": "user", "content": "hi"}]


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% set _ = ns.l.append(1) %}{% set _ = ns.l.append(2) %}{{ ns.l.pop(0) }}{{ ns.l }}", "1[2]"),
        ("{% set ns.l = [7] %}{% set _ = ns.l.append(8) %}{{ ns.l | tojson }}", "[7, 8]"),
        ("{% set ns.l = messages %}{% set _ = ns.l.append(1) %}", None),
        ("{% set _ = ns.l.clear() %}", None),
    ],
)
def test_a_template_may_append_to_its_own_list_in_a_namespace(source, expected, trusted):
    """Kimi K2's keeps the ids of calls there."""
    source = f"{{% set ns = namespace(l=[]) %}}{source}"
    if expected is not None:
        assert render(source, trusted=trusted) == expected
    else:
        with pytest.raises(UnsupportedModel, match="SecurityError"):
            render(source, trusted=trusted)


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'(' + call.arguments + ')'", '({"city": "Zürich"})'),
        ("'(' ~ call.arguments ~ ')'", '({"city": "Zürich"})'),
        ("call.arguments | tojson", '{"city": "Zürich"}'),
        ("call.arguments['city']", "Zürich"),
        ("call.arguments is mapping and call.arguments is not string", "True"),
        ("messages[1].content is none and messages[1].content is string", "True"),
        ("'[' + messages[1].content + ']'", "[]"),
        ("messages[0].content is none", "False"),
    ],
)
def test_calls_are_what_each_template_expects_of_them(expression, expected, trusted):
    call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": {"city": "Zürich"}}}
    messages = [*HI, {"role": "assistant", "content": None, "tool_calls": [call]}]
    source = f"{{% set call = messages[1].tool_calls[0].function %}}{{{{ {expression} }}}}"
    assert render(source, trusted=trusted, messages=messages) == expected


def test_a_process_is_kept_for_the_next_rendering_and_ends_with_its_template():
    template = ChatTemplate("{{ messages[0].content }}", name="f.gguf", trusted=False, deadline=30.0)
    for text in ("one", "two\n\u2028"):
        assert template.render([{"role": "user", "content": text}], bos_token="", eos_token="") == text
    process = template._renderer._process
    assert process is not None
    assert process.poll() is None
    del template
    gc.collect()
    assert process.wait(30) != 0


def test_a_process_that_has_ended_meanwhile_is_replaced():
    template = ChatTemplate("{{ messages[0].content }}", name="f.gguf", trusted=False, deadline=30.0)
    assert template.render(HI, bos_token="", eos_token="") == "hi there"
    template._renderer._process.kill()
    assert template.render(HI, bos_token="", eos_token="") == "hi there"


def test_a_template_that_failed_leaves_no_process():
    template = ChatTemplate("{{ 'x' * 10**12 }}", name="f.gguf", trusted=False, deadline=30.0)
    with pytest.raises(UnsupportedModel, match="MemoryError"):
        template.render(HI, bos_token="", eos_token="")
    assert template._renderer._process is None
