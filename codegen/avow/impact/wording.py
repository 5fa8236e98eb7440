"""What code does, and who goes first, in words."""

from __future__ import annotations

from avow.index.fact import UNREAD, WHOLE, Fact
from avow.index.questions.impact import Step
from avow.words import listed

_VERBS = {"construct": "builds", "send": "sends", "handle": "handles", "read": "reads", "write": "writes"}


def what(fact: Fact) -> str:
    """Return what a line of code does with what changes: `reads reason`."""
    short = fact.type.rpartition(".")[2]
    if fact.kind == "escape":
        return fact.reason if fact.reason.startswith(UNREAD) else f"lets {short} out of sight: {fact.reason}"
    subject = short if fact.field == WHOLE else fact.field
    if fact.kind == "maybe":
        return f"may use {subject}: {fact.reason}"
    verb = "names" if fact.kind == "read" and fact.field == WHOLE else _VERBS[fact.kind]
    return f"{verb} {subject}" + (f", {fact.reason}" if fact.reason else "")


def step(each: Step) -> str:
    """Return one step of a rollout: `letters and quoting: they read it, ...`."""
    known, perhaps = listed(each.services), listed(each.perhaps)
    who = f"{known}, perhaps {perhaps}" if known and perhaps else known or f"perhaps {perhaps}"
    return f"{who}: {each.why}"
