"""What ran, held against what was derived."""

from __future__ import annotations

from pathlib import Path

from examples.story.collector import Span
from examples.story.edges import TYPE
from examples.trial.flow import Edge, derived, never_ran, not_derived, ran


def span(id_: str, parent: str, service: str, kind: str, contract: str = "") -> Span:
    return Span("t", id_, parent, service, kind, kind, 0, 1, {TYPE: contract} if contract else {})


SPANS = [
    span("1", "", "portal", "server"),
    span("2", "1", "portal", "internal", "a.Ask"),
    span("3", "2", "portal", "producer", "a.Ask"),
    span("4", "3", "office", "consumer", "a.Ask"),
    span("5", "4", "office", "client"),
    span("6", "4", "office", "internal", "a.Done"),
    span("7", "6", "office", "producer", "a.Done"),
    span("8", "lost", "office", "producer", "a.Other"),
    span("9", "4", "office", "client", "a.Get"),
    span("10", "9", "store", "server", "a.Get"),
]


def test_what_spans_show() -> None:
    assert ran(SPANS) == {
        Edge("portal", sends="a.Ask"),
        Edge("office", handles="a.Ask"),
        Edge("office", sends="a.Done"),
        Edge("office", "a.Ask", "a.Done"),
        Edge("office", sends="a.Other"),
        Edge("office", sends="a.Get"),
        Edge("office", "a.Ask", "a.Get"),
        Edge("store", handles="a.Get"),
    }


def test_what_the_index_knows_and_what_differs(tmp_path: Path) -> None:
    facts = "*\thandle\toffice\tf.py\thandle\n*\tsend\tportal\tf.py\tsend\nname\tread\toffice\tf.py\thandle\n"
    (tmp_path / "a.Ask.txt").write_text(facts, encoding="utf-8")
    (tmp_path / "flow-edges.txt").write_text("a.Ask\ta.Done\toffice\tf.py\thandle\n", encoding="utf-8")
    known = derived(tmp_path)
    assert known == {Edge("office", handles="a.Ask"), Edge("portal", sends="a.Ask"), Edge("office", "a.Ask", "a.Done")}
    assert not_derived(ran(SPANS), known) == [
        Edge("office", sends="a.Done"),
        Edge("office", sends="a.Get"),
        Edge("office", sends="a.Other"),
        Edge("office", "a.Ask", "a.Get"),
        Edge("store", handles="a.Get"),
    ]
    assert never_ran(set(), known) == sorted(known)
    assert str(Edge("office", "a.Ask", "a.Done")) == "office handles a.Ask, so sends a.Done"
