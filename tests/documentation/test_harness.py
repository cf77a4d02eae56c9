"""What the check of the documentation lets pass, and what it must not."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from pages import PageRun, Untrue, python_of, unfenced_code


def fenced(language: str, code: str) -> str:
    return f"```{language}\n{code}\n```\n"


PRINTS = fenced("python", "import sys\nprint(6 * 7)")
MANIFEST = fenced(
    "toml",
    'id = "acme"\nname = "Acme"\ndocs = "https://acme.example"\n[auth]\nenv = ["ACME_API_KEY"]',
)

Run = Callable[[str], PageRun]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.chdir(tmp_path)

    def run(text: str) -> PageRun:
        page = tmp_path / "page.md"
        page.write_text(text)
        done = PageRun(page)
        done.run()
        return done

    return run


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (PRINTS + fenced("text", "43"), "page.md:5 says\n43\n\nand the block before it prints\n42\n"),
        (PRINTS + fenced("text", "42\n42"), "page.md:5 says"),
        (fenced("text", "42"), "page.md:1: no block that runs stands before this output"),
        (PRINTS + fenced("text", "42") + fenced("text", "42"), "page.md:8: no block that runs stands before"),
        (fenced("bash", "echo there; false"), "page.md:1 ends with 1:\nthere"),
        (fenced("bash", "false | true"), "page.md:1 ends with 1"),
        (fenced("toml", "a = 1"), "page.md:1: a comment before it must say <!-- file: ... -->"),
        (fenced("ruby", "puts 1"), "page.md:1: a block of 'ruby'; allowed: python, bash, toml, text, json"),
        (fenced("", "1"), "page.md:1: a block of ''"),
        ("<!-- skip: next -->\n" + PRINTS, "page.md:2 is skipped without a reason"),
        ("<!-- given: riches -->\n", "page.md:1: given: riches; allowed: checkout"),
    ],
)
def test_what_is_not_true_fails(run: Run, page: str, message: str) -> None:
    with pytest.raises(Untrue) as caught:
        run(page)
    assert message in str(caught.value)


def test_an_exception_names_the_line_of_the_page(run: Run) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        run(f"# A page\n\n{PRINTS}\n{fenced('python', 'one = 1' + chr(10) + 'one / 0')}")
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (Path(last.filename).name, last.lineno, last.line) == ("page.md", 10, "one / 0")


def test_blocks_share_a_program_and_a_folder_and_are_counted(run: Run, tmp_path: Path) -> None:
    done = run(
        "<!-- file: acme.toml -->\n"
        + MANIFEST
        + fenced("python", "class Acme: ...\nfrom pathlib import Path\nmanifest = Path('acme.toml').read_text()")
        + fenced("python", "import sys\nprint(sys.modules[Acme.__module__].manifest[:4])")
        + fenced("text", "id =")
        + fenced("bash", "printf 'a \\n%s\\nc\\n\\n' $RANDOM")
        + "It prints\n\n"
        + fenced("text", "a\n...\nc")
        + '<!-- skip: next "it takes a year" -->\n'
        + fenced("bash", "sleep 31536000")
    )
    assert done.ran == {"toml": 1, "python": 2, "bash": 1}
    assert done.compared == 2
    assert done.skipped == ["page.md:32: it takes a year"]
    assert (tmp_path / "acme.toml").read_text().startswith('id = "acme"\n')


def test_a_part_of_a_manifest_is_checked_with_the_rest(run: Run) -> None:
    whole = "<!-- file: acme.toml -->\n" + MANIFEST + "<!-- part: acme.toml -->\n"
    assert run(whole + fenced("toml", "[auth]\nrequired = false")).ran == {"toml": 2}
    with pytest.raises(ai.ConfigError, match=r"page\.md:10: auth.otherwise = \['bearer', 'bearer'\]"):
        run(whole + fenced("toml", '[[auth.otherwise]]\nenv = ["ACME_TOKEN"]'))


def test_type_checkers_see_each_line_where_it_stands(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{PRINTS}\n{fenced('bash', 'true')}\n- in a list\n\n  ```python\n  x = 1\n  ```\n")
    assert python_of(page) == "\n\n\nimport sys\nprint(6 * 7)\n" + "\n" * 9 + "x = 1\n"
    page.write_text(fenced("bash", "true"))
    assert python_of(page) == ""


def test_code_without_a_fence_is_found() -> None:
    page = "Text\n\n    nox -l\n    more\n\n- item\n\n    of the list\n\n" + fenced("text", "a\n\n    b")
    assert unfenced_code(page) == ["nox -l"]
