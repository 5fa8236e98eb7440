"""A change of address is one trace; what such traces show was derived from the code."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from examples.story.collector import Span
from examples.story.counts import insured, quotes
from examples.story.edges import Derived, Edge, edges
from examples.story.person import LONDON
from examples.story.processes import until
from examples.story.story import Story
from msgspec.structs import replace
from tests.support.project import REPOSITORY

InStyle = Callable[..., Story]

SERVICES = ("portal", "customers", "quoting", "communications")
STEPS = """
portal POST /customers/{customer_id}/address
 portal transaction portal.db
 portal outbox customers.change-address
  portal send customers.change-address
   customers process customers.change-address
    customers transaction customers.db
    customers outbox customers.address-changed
     customers send customers.address-changed
      quoting process customers.address-changed
       quoting POST /customers.get-customer
        customers POST /customers.get-customer
         customers transaction customers.db
       quoting transaction quoting.db
       quoting outbox quoting.quote-generated
        quoting send quoting.quote-generated
         communications process quoting.quote-generated
          communications transaction communications.db
          communications outbox communications.send-email
           communications send communications.send-email
            communications process communications.send-email
             communications transaction communications.db
             communications smtp send
             communications transaction communications.db
             communications outbox communications.email-sent
              communications send communications.email-sent
    customers outbox customers.change-address-answers
     customers send customers.change-address-answers
      portal process customers.change-address-answers
       portal transaction portal.db
    customers outbox customers.customer-updated
     customers send customers.customer-updated
"""


def moved(story: Story) -> Sequence[Span]:
    """The spans of one change of address, from the form to the email."""
    [ada] = insured(story, 1)
    trace, made = secrets.token_hex(16), quotes(story)
    ada.move(LONDON, trace=trace)
    until(lambda: quotes(story) == made + 1, 20, "the house was not quoted")
    until(lambda: len(told(story, trace)) >= STEPS.strip().count("\n") + 1, 20, "steps are missing")
    return told(story, trace)


def told(story: Story, trace: str) -> Sequence[Span]:
    """What the services of the story tell, whoever else listens, with channels by their names."""
    found, prefix = story.collector.of(trace), story.told["CHANNEL_PREFIX"]
    return [replace(span, name=span.name.replace(prefix, "")) for span in found if span.service in SERVICES]


def tree(spans: Sequence[Span], parent: str, depth: int = 0) -> list[str]:
    """Return steps as lines, indented; siblings by their names where they run side by side."""
    below = sorted((span for span in spans if span.parent == parent), key=order)
    lines = []
    for span in below:
        lines += [f"{' ' * depth}{span.service} {span.name}", *tree(spans, span.id, depth + 1)]
    return lines


def order(span: Span) -> tuple[bool, str, int]:
    """What waits in an outbox comes last."""
    is_outbox = span.name.startswith("outbox")
    return is_outbox, span.name if is_outbox else "", span.start


def test_a_change_of_address_is_one_trace_over_all_hops(in_style: InStyle) -> None:
    spans = moved(in_style("notification"))
    ids = {span.id for span in spans}
    [root] = [span for span in spans if span.parent not in ids]
    assert "\n".join(tree(spans, root.parent)) == STEPS.strip()


def test_what_ran_was_derived_from_the_code(in_style: InStyle) -> None:
    """Of all that this session has shown, in both styles."""
    moved(in_style("notification"))
    story = in_style("state-transfer")
    [ada] = insured(story, 1)
    made = quotes(story)
    ada.move(LONDON)
    until(lambda: quotes(story) == made + 1, 20, "the house was not quoted")
    until(lambda: STATE_TRANSFER in edges(story.collector.spans), 20, "no trace shows it")
    derived = Derived.read(REPOSITORY / "generated/index")
    ran = edges(story.collector.spans)
    assert [edge for edge in ran if not derived.has(edge)] == []


STATE_TRANSFER = Edge(
    "quoting",
    "insurance.quoting.QuoteGenerated",
    "communications",
    "insurance.customers.CustomerUpdated",
)


def test_an_edge_that_was_not_derived_would_be_noticed() -> None:
    derived = Derived.read(REPOSITORY / "generated/index")
    assert derived.has(STATE_TRANSFER)
    for wrong in (
        Edge("portal", STATE_TRANSFER.contract, STATE_TRANSFER.handled_by, STATE_TRANSFER.because_of),
        Edge("quoting", "insurance.customers.ChangeAddress", STATE_TRANSFER.handled_by, STATE_TRANSFER.because_of),
        Edge("quoting", STATE_TRANSFER.contract, "portal", STATE_TRANSFER.because_of),
        Edge("quoting", STATE_TRANSFER.contract, STATE_TRANSFER.handled_by, "insurance.customers.ChangeAddress"),
        Edge("communications", STATE_TRANSFER.contract, "communications", None),
    ):
        assert not derived.has(wrong)
