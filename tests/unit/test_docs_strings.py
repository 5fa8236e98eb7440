"""Docs of schemas as docstrings: whatever they hold, they are text, and nothing of them runs or hides."""

from __future__ import annotations

import ast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.hard_spelling import INJECTED

from avow.generate.docs import MAX_LENGTH, WIDTH, docstring, one_line

SETTINGS = settings(deadline=None)
NASTY = (
    *('"', '""', '"""', "'", "'''", "\\", "\\\\", '\\"', "\\N{DIGIT ONE}", "\\x41", "\\u0041", "{", "}", "{x!r}", "%s"),
    *("\0", "\n", "\r", "\r\n", "\t", "\f", "\v", "\x1a", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u2028"),
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\ufffe", "\ud800", "\udfff", "\U000e0041", "😀", "é", "中" * 60),
    *("# type: ignore", "# noqa", f'"""\nimport os; os.environ["{INJECTED}"] = "1"\n"""', ">>> 1", "x" * 200),
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=300),
    st.lists(st.sampled_from((*NASTY, " ", "word ", "more words. ")), max_size=30).map("".join),
)


def _literal(source: str, indent: int) -> str:
    """The text of a docstring, which must be the only thing that its source says."""
    pad = " " * indent
    tree = ast.parse(f"class Outer:\n{' ' * max(indent, 1)}{source}\n{pad or ' '}last = 1\n")
    (outer,) = tree.body
    assert isinstance(outer, ast.ClassDef)
    doc, last = outer.body
    assert isinstance(doc, ast.Expr) and isinstance(last, ast.Assign)
    found = ast.literal_eval(doc.value)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", ""),
        (" \n\t\n ", ""),
        ("Plain.", '"""Plain."""'),
        ("  Stripped. \n", '"""Stripped."""'),
        ("One.\n\nTwo.", '"""One.\n\n    Two.\n    """'),
        ("One.\r\nTwo.", '"""One.\n    Two.\n    """'),
        ('Says "hi"', '"""Says "hi" """'),
        ('"Hi" he says', '""""Hi" he says"""'),
        ('""" ends', '"""\\"\\"\\" ends"""'),
        ("ends in \\", '"""ends in \\\\"""'),
        ("a\\nb", '"""a\\\\nb"""'),
        ("tab\tstop", '"""tab stop"""'),
        ("right \u202eot left", '"""right <U+202E>ot left"""'),
        ("nul \0 bel \a", '"""nul <U+0000> bel <U+0007>"""'),
        ("half \ud800", '"""half <U+D800>"""'),
        ("no\u00a0break", '"""no<U+00A0>break"""'),
        ("{{ x }} {% raw %}", '"""{{ x }} {% raw %}"""'),
        ("Grüße, 中文 😀", '"""Grüße, 中文 😀"""'),
    ],
)
def test_a_doc_as_source(text: str, source: str) -> None:
    assert docstring(text, 4) == source


def test_long_lines_are_wrapped_at_words() -> None:
    lines = docstring("word " * 100, 4).split("\n")
    assert [len(line) <= WIDTH for line in lines] == [True] * len(lines)
    assert " ".join(" ".join(lines).replace('"""', "").split()) == ("word " * 100).strip()
    assert docstring("x" * 300, 4) == f'"""{"x" * 300}"""'


def test_endless_docs_are_cut() -> None:
    assert len(docstring("x" * 10 * MAX_LENGTH, 4)) == MAX_LENGTH + 6


@SETTINGS
@given(TEXTS, st.sampled_from([0, 4, 8]))
@example('"', 4)
@example('\\"', 4)
@example('a""', 4)
@example("\\" * 7 + '"""' * 3, 4)
def test_a_docstring_is_one_harmless_literal(text: str, indent: int) -> None:
    source = docstring(text, indent)
    assert source.encode().decode() == source
    assert all(char == "\n" or char.isprintable() for char in source)
    if not source:
        return
    found = _literal(source, indent)
    assert all(char == "\n" or char.isprintable() for char in found)


@SETTINGS
@given(st.lists(st.sampled_from((*(text for text in NASTY if text.isprintable()), "a b", "c  d", "\n", "\n\n"))))
def test_a_docstring_says_what_the_doc_says(parts: list[str]) -> None:
    text = " ".join(parts)
    source = docstring(text, 4)
    assert (_literal(source, 4) if source else "").split() == text.split()


@SETTINGS
@given(TEXTS)
@example("a\n\"'\\")
def test_one_line_stands_inside_a_docstring(text: str) -> None:
    source = f'"""Classes of {one_line(text)}, generated."""'
    assert "\n" not in source and source.isprintable()
    assert isinstance(_literal(source, 4), str)
