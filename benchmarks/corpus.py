"""A tree of as many schemas as wanted, about 3.3 kB each, shaped like those of a real organisation.

Twenty namespaces; one file in twenty is a shared type, the rest are contracts with metadata, docs, records
and enums of their own, unions and references to shared types in other files. One count gives one tree.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from benchmarks.shapes import PRICE, TIMESTAMP, UUID_TYPE, Json, field, record


def _words(text: str) -> list[str]:
    return text.split()


SHARED_EVERY = 20
SHARED_NAMESPACE = "shared"
NAMESPACES = _words("""
    accounting agencies billing broking campaigns claims communications customers documents fleet
    identity invoicing ledger payments policies pricing quoting reinsurance risk underwriting
""")
NOUNS = _words("""
    Address Agent Appointment Assessment Beneficiary Bonus Broker Claim Clause Commission Consent
    Contact Contract Cover Customer Damage Deductible Discount Document Driver Excess Garage Household
    Incident Invoice Journey Letter Liability Mandate Offer Parcel Payment Penalty Policy Portfolio
    Premium Proposal Quote Rebate Receipt Refund Reminder Renewal Repair Reserve Schedule Surveyor
    Tariff Vehicle Voucher
""")
VERBS = _words("""
    Accepted Added Adjusted Approved Archived Assigned Cancelled Changed Closed Completed Confirmed
    Corrected Created Declined Escalated Expired Issued Linked Merged Moved Opened Paused Planned
    Received Rejected Released Removed Renewed Reopened Replaced Reported Requested Resumed Reversed
    Revised Scheduled Sent Settled Split Submitted Suspended Transferred Updated Validated Verified
    Voided Withdrawn
""")
CHANNELS = ["PORTAL", "BRANCH", "BROKER", "PHONE", "IMPORT"]


@dataclass(frozen=True, eq=False)
class Contract:
    """One contract of the tree: where its file is below schemas/, its full name's parts, its schema."""

    path: str
    namespace: str
    name: str
    schema: Json


@dataclass(frozen=True)
class Corpus:
    """The tree: shared types (path -> schema) and the contracts that refer to them."""

    shared: dict[str, Json]
    contracts: list[Contract]

    def files(self) -> dict[str, Json]:
        """Path below schemas/ -> schema, of every file."""
        return {**self.shared, **{each.path: each.schema for each in self.contracts}}


def corpus(count: int) -> Corpus:
    """A tree of `count` files, at most 2000."""
    rng = random.Random(count)
    shared = [_shared(name) for name in _shared_names(max(count // SHARED_EVERY, 3))]
    names = rng.sample(list(product(NOUNS, VERBS)), count - len(shared))
    contracts = [_contract(rng, i, noun, verb, shared) for i, (noun, verb) in enumerate(names)]
    return Corpus({f"{SHARED_NAMESPACE}/{each['name']}.avsc": each for each in shared}, contracts)


def _shared_names(count: int) -> list[str]:
    kinds = ["Details", "Reference", "Summary"]
    return [f"{noun}{kind}" for kind, noun in product(kinds, NOUNS)][:count]


def _shared(name: str) -> Json:
    fields = [
        _documented("id", UUID_TYPE, f"Which {name} is meant, the same over all its changes."),
        _documented("number", "long", "What people read out on the telephone, given by the owner."),
        _documented("label", "string", "How it is shown to people, in the language of the customer."),
        _documented("note", ["null", "string"], "Remark of the person who entered it, where there is one."),
        _documented("tags", {"type": "map", "values": "string"}, "Free marks of the owning team."),
    ]
    doc = f"{name} as every service may show it without asking the owner again."
    return {**record(name, fields), "namespace": SHARED_NAMESPACE, "doc": doc}


def _contract(rng: random.Random, index: int, noun: str, verb: str, shared: list[Json]) -> Contract:
    namespace, name = NAMESPACES[index % len(NAMESPACES)], f"{noun}{verb}"
    schema = {
        "type": "record",
        "name": name,
        "namespace": namespace,
        "doc": f"{noun} was {verb.lower()}. Sent once per change, after it is durable in {namespace}.",
        "contract": _metadata(namespace, rng.choice(["notification", "state-transfer"])),
        "fields": list(_fields(rng, noun, name, [f"{SHARED_NAMESPACE}.{each['name']}" for each in shared])),
    }
    return Contract(f"{namespace}/{name}.avsc", namespace, name, schema)


def _metadata(namespace: str, pattern: str) -> Json:
    return {
        "kind": "event",
        "pattern": pattern,
        "owner": namespace,
        "channel": f"{namespace}.events",
        "key": "subject_id",
        "partitions": 12,
        "compatibility": "FULL_TRANSITIVE",
    }


def _fields(rng: random.Random, noun: str, name: str, shared: list[str]) -> Iterator[Json]:
    before, after, other = rng.sample(shared, 3)
    yield _documented("event_id", UUID_TYPE, "Identifies this message; a repeat carries the same one.")
    yield _documented("occurred_at", TIMESTAMP, "When it happened, by the clock of the owning service.")
    yield _documented("subject_id", UUID_TYPE, f"The {noun.lower()} that this is about; orders the messages.")
    yield _documented("channel", _channel(name), "Through which way the change reached us.")
    yield _documented("premium", PRICE, "Yearly amount in EUR after the change, taxes included.")
    yield _documented("details", after, "As it is now.")
    previous = _documented("previous", ["null", before], "As it was before, where that is known.")
    yield {**previous, "default": None}
    yield _documented("cause", [_manual(name), _automatic(name), other], "Who or what brought it about.")
    positions = {"type": "array", "items": _position(name, before)}
    yield _documented("positions", positions, "Parts that it touches.")
    yield _documented("remark", ["null", "string"], "Free text of the clerk; not to be parsed.")


def _channel(name: str) -> Json:
    doc = "Ways by which a change comes in; an unknown one is read as IMPORT."
    return {"type": "enum", "name": f"{name}Channel", "symbols": CHANNELS, "default": "IMPORT", "doc": doc}


def _manual(name: str) -> Json:
    clerk = _documented("clerk", "string", "User name in the directory, without domain.")
    fields = [clerk, field("approved", "boolean")]
    return {**record(f"{name}Manual", fields), "doc": "A person did it by hand."}


def _automatic(name: str) -> Json:
    rule = _documented("rule", "string", "Name of the rule as it is shown in the rule editor.")
    return {**record(f"{name}Automatic", [rule, field("version", "int")]), "doc": "A business rule fired."}


def _position(name: str, shared: str) -> Json:
    share = _documented("share", "double", "Part of the whole, between 0 and 1; all positions add up to 1.")
    fields = [field("target", shared), share, field("amount", PRICE), field("valid_from", TIMESTAMP)]
    return {**record(f"{name}Position", fields), "doc": "One part and what falls to it."}


def _documented(name: str, of: Json, doc: str) -> Json:
    return {**field(name, of), "doc": doc}
