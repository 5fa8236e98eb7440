"""The files of the index: lines that are stable and merge, a page for people, and writing no more than differs."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from avow.index.catalogue import TypeRow
from avow.index.fact import KINDS, Edge, Fact
from avow.index.files import output
from avow.index.files.diagram import MOST, diagram
from avow.index.files.page import page
from avow.index.files.text import read, texts

SENT = Fact("shop.Sent", "*", "send", "depot", "producers/depot/app.py", "ship", line=7)
HANDLED = Fact("shop.Sent", "*", "handle", "mail", "consumers/mail/app.py", "on", line=3)
READ = Fact("shop.Sent", "parcel", "read", "mail", "consumers/mail/app.py", "on", "", "shop.Box.parcel", line=4)
UNREAD = Fact("*", "*", "escape", "old", "consumers/old/app.py", "<module>", "cannot be read: no Python", line=1)
EDGE = Edge("shop.Sent", "shop.Mailed", "mail", "consumers/mail/app.py", "on")
CATALOGUE = {"shop.Sent": TypeRow("record", "schemas/Sent.avsc", "It was sent.", {}, "event", "depot")}


def test_a_fact_is_a_line_of_the_file_of_its_type() -> None:
    assert texts([SENT, HANDLED, READ, UNREAD], [EDGE]) == {
        "index/shop.Sent.txt": (
            "*\thandle\tmail\tconsumers/mail/app.py\ton\n"
            "*\tsend\tdepot\tproducers/depot/app.py\tship\n"
            "parcel\tread\tmail\tconsumers/mail/app.py\ton\t\tshop.Box.parcel\n"
        ),
        "index/every-type.txt": "*\tescape\told\tconsumers/old/app.py\t<module>\tcannot be read: no Python\n",
        "index/flow-edges.txt": "shop.Sent\tshop.Mailed\tmail\tconsumers/mail/app.py\ton\n",
        "index/.gitattributes": "*.txt merge=union\n",
    }


def test_where_nothing_is_used_there_are_no_files() -> None:
    assert texts([], []) == {}


def facts_of(part: st.SearchStrategy[str]) -> st.SearchStrategy[Fact]:
    types, some = st.sampled_from(["*", "shop.Sent", "shop.Box"]), part.filter(bool)
    return st.builds(Fact, types, some, st.sampled_from(KINDS), part, some, some, part, part)


PRINTABLE = st.text(max_size=8).filter(str.isprintable)


@given(st.lists(facts_of(PRINTABLE)), st.lists(st.builds(Edge, *[PRINTABLE.filter(bool)] * 5)))
def test_what_is_written_is_read_again(facts: list[Fact], edges: list[Edge]) -> None:
    assert read(texts(facts, edges)) == (sorted(set(facts)), sorted(set(edges)))


@given(facts_of(st.text(max_size=8)))
def test_a_fact_is_one_line_whatever_names_hold(fact: Fact) -> None:
    ((found,), _) = read(texts([fact], []))
    assert (found.type, found.kind) == (fact.type, fact.kind)


def test_lines_of_a_merge_are_taken_and_its_marks_passed_over() -> None:
    mine, theirs = texts([SENT], [])["index/shop.Sent.txt"], texts([HANDLED], [])["index/shop.Sent.txt"]
    merged = f"<<<<<<< HEAD\n{mine}=======\n{theirs}>>>>>>> other\n"
    facts, _ = read({"index/shop.Sent.txt": merged})
    assert [(fact.kind, fact.service) for fact in facts] == [("handle", "mail"), ("send", "depot")]


# the page


def test_the_page_draws_the_flow_and_lists_what_cannot_be_followed() -> None:
    built = Fact("shop.Sent", "*", "construct", "portal", "producers/portal/app.py", "f")
    tested = Fact("shop.Sent", "*", "handle", "portal", "producers/portal/tests/test_app.py", "f")
    assert page(CATALOGUE, [SENT, HANDLED, READ, UNREAD, built, tested], "shop") == (
        """# Who uses what

Derived from the code of the services by `avow generate`; don't edit.

`avow who` and `avow flow` tell more of each contract, field and service.

## Flow

```mermaid
flowchart LR
    s_depot["depot"]
    s_mail["mail"]
    s_portal["portal"]
    c_shop_2e_Sent(["Sent"])
    s_depot --> c_shop_2e_Sent
    s_portal -.-> c_shop_2e_Sent
    c_shop_2e_Sent --> s_mail
```

A dotted arrow: it is built there, and nothing is known to send it.

## Contracts

| Contract | Kind | Sent by | Handled by | Read by |
| --- | --- | --- | --- | --- |
| Sent | event | depot | mail | mail |

## What cannot be followed

Each field of these may be read where they go, so nothing can be said about who needs it.

| Service | Contract | Goes |
| --- | --- | --- |
| old | every one | consumers/old/app.py: cannot be read: no Python |
"""
    )


def test_the_page_is_brief_where_nothing_is_used() -> None:
    assert page(CATALOGUE, [], "shop").endswith("\n\nNo code of a service uses a contract yet.\n")


def test_names_of_folders_break_neither_the_page_nor_the_diagram() -> None:
    odd = Fact("shop.Sent", "*", "handle", 'a"]|<b>\x1b[1m`', "consumers/x/app.py", "on")
    text = page(CATALOGUE, [odd, Fact("shop.Sent", "*", "escape", "a|b", "c", "on", "to <x>|*y*")], "shop")
    assert '["a#quot;]|<b>?[1m`"]' in text
    assert "| a\\|b | Sent | to \\<x\\>\\|\\*y\\* |" in text
    assert "\x1b" not in text


def test_a_diagram_that_no_host_would_draw_is_left_out() -> None:
    many = [Fact("shop.Sent", "*", "handle", f"s{n}", "f", "on") for n in range(MOST + 1)]
    assert diagram(many[:-1], CATALOGUE, "shop").count(" --> ") == MOST
    assert diagram(many, CATALOGUE, "shop") == (
        "There are 401 arrows, too many to draw; `avow flow NAME` shows the part around one contract.\n"
    )
    assert diagram([READ], CATALOGUE, "shop") == "No service sends or handles a contract.\n"


# writing


def test_only_what_differs_is_written_and_what_is_left_over_goes(tmp_path: Path) -> None:
    first = {"INDEX.md": "a", "index/shop.Sent.txt": "b", "index/shop.Box.txt": "c"}
    output.apply(tmp_path, first, output.compare(tmp_path, first))
    assert not output.compare(tmp_path, first)
    (tmp_path / "index/.shop.Old.txt.123").write_text("what a killed run left")
    before = (tmp_path / "INDEX.md").stat()
    second = {"INDEX.md": "a", "index/shop.Sent.txt": "B", "index/shop.New.txt": "d"}
    changes = output.compare(tmp_path, second)
    assert list(changes) == [
        ("index/shop.New.txt", "missing"),
        ("index/shop.Sent.txt", "differs"),
        ("index/.shop.Old.txt.123", "left over"),
        ("index/shop.Box.txt", "left over"),
    ]
    output.apply(tmp_path, second, changes)
    there = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert there == second
    assert (tmp_path / "INDEX.md").stat() == before
    output.apply(tmp_path, {"INDEX.md": "a"}, output.compare(tmp_path, {"INDEX.md": "a"}))
    assert [path.name for path in tmp_path.iterdir()] == ["INDEX.md"]
