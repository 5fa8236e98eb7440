"""The text of a new contract: metadata, docs and fields that fit its kind, ready to be edited."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, get_args

import msgspec

from avow import tense
from avow.fmt import format_text

Pattern = Literal["notification", "state-transfer", "sourced"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)

_PARTITIONS = 8
_RETENTION = {"notification": "P14D", "state-transfer": "P90D", "command": "P14D", "snapshot": "P1Y"}
_UUID = {"type": "string", "logicalType": "uuid"}
_MICROS = {"type": "long", "logicalType": "timestamp-micros"}

Json = dict[str, Any]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided about a contract before it is written."""

    name: str
    """Full name."""
    kind: tense.Kind
    pattern: Pattern | None = None
    """For events only."""
    owner: str = ""
    """Service that answers for it; empty leaves it out."""
    doc: str = ""
    """Empty for a sentence made of the name."""

    @property
    def namespace(self) -> str:
        """The full name less the last segment."""
        return self.name.rpartition(".")[0]

    @property
    def short(self) -> str:
        """The last segment of the full name."""
        return self.name.rpartition(".")[2]


def text(draft: Draft) -> str:
    """Return the .avsc text of a contract, formatted."""
    schema: Json = {
        "type": "record",
        "name": draft.short,
        "namespace": draft.namespace,
        "doc": draft.doc or _doc(draft),
        "contract": _metadata(draft),
        "fields": _fields(draft),
    }
    return format_text(json.dumps(schema))


def subject(draft: Draft) -> str:
    """Return what the contract is about, in snake case: `customers.AddressChanged` is about a customer."""
    home = _singular(draft.namespace.rpartition(".")[2])
    spelt = tense.words(draft.short)
    at = tense.participle_at(spelt)
    if draft.kind == "event":
        rest = spelt[:at]
    else:
        rest = [word for word in spelt[1:] if word != draft.kind] if draft.kind != "snapshot" else spelt[:-1]
    return home or "_".join(rest) or "_".join(spelt)


def _singular(word: str) -> str:
    """Return the singular of an English plural in snake case, or nothing where the word is no plural."""
    if re.search(r"(ss|us|is)$|[^s]$", word):
        return ""
    singular = re.sub(r"ies$", "y", word)
    singular = singular if singular != word else re.sub(r"(?<=ss|ch|sh)es$|(?<=x)es$|s$", "", word)
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", singular).lower()


def _doc(draft: Draft) -> str:
    spelt = tense.words(draft.short)
    at = tense.participle_at(spelt)
    phrase = " ".join(spelt)
    if draft.kind == "event" and at is not None:
        return f"{' '.join(['the', *spelt[:at]]) if at else 'it'} has been {' '.join(spelt[at:])}.".capitalize()
    if draft.kind in ("command", "query") and len(spelt) > 1:
        return f"Asks to {spelt[0]} the {' '.join(spelt[1:])}."
    if draft.kind == "snapshot":
        return f"The {subject(draft).replace('_', ' ')} at one point of its history."
    if draft.kind == "answer":
        return f"Answers {re.sub(r'(Answer|Reply|Response)$', '', draft.short)}."
    return f"{phrase.capitalize()}."


def _metadata(draft: Draft) -> Json:
    found: Json = {"kind": draft.kind}
    if draft.pattern:
        found["pattern"] = draft.pattern
    if draft.owner:
        found["owner"] = draft.owner
        if draft.kind != "answer":
            found["channel"] = f"{draft.owner}.{'-'.join(tense.words(draft.short))}"
    if draft.kind in ("event", "command", "snapshot"):
        found |= {"key": _key(draft), "partitions": _PARTITIONS}
        retention = _RETENTION.get(draft.pattern or draft.kind)
        found |= {"retention": retention} if retention else {}
    return found


def _key(draft: Draft) -> str:
    name = f"{subject(draft)}_id"
    return f"after.{name}" if draft.pattern == "state-transfer" else name


def _fields(draft: Draft) -> list[Json]:
    if draft.kind == "event":
        return _event_fields(draft)
    about = subject(draft)
    which = _field(f"{about}_id", _UUID, f"Which {about.replace('_', ' ')}.")
    by_kind = {
        "command": [
            _field(
                "command_id",
                _UUID,
                "Identifies this request. Sent again with the same id, it has no second effect.",
            ),
            which,
            _field("requested_at", _MICROS, "When it was asked for, by the clock of the service that asks."),
        ],
        "query": [which],
        "answer": [which, _field("as_of", _MICROS, "When the answer was read.")],
        "snapshot": [
            which,
            _field("version", "long", "Number of the last event taken in."),
            _field("taken_at", _MICROS, "When the snapshot was taken."),
        ],
    }
    return by_kind.get(draft.kind, [which])


def _event_fields(draft: Draft) -> list[Json]:
    about = subject(draft)
    spoken = about.replace("_", " ")
    which = _field(f"{about}_id", _UUID, f"Which {spoken}.")
    if draft.pattern == "state-transfer":
        state = f"{draft.short}State"
        record = {"type": "record", "name": state, "doc": f"The whole {spoken}.", "fields": [which]}
        content = [
            _field("before", ["null", record], f"The {spoken} before the change, null for a new one.", None),
            _field("after", state, f"The {spoken} after the change."),
        ]
    elif draft.pattern == "sourced":
        content = [
            which,
            _field("version", "long", f"Number of this event in the history of the {spoken}, from 1."),
        ]
    else:
        content = [which]
    clock = "When it happened, by the clock of the service that owns the event."
    return [
        _field("event_id", _UUID, "Identifies this event; a repeat has the same."),
        *content,
        _field("occurred_at", _MICROS, clock),
    ]


_NO_DEFAULT = object()


def _field(name: str, kind: object, doc: str, default: object = _NO_DEFAULT) -> Json:
    found: Json = {"name": name, "type": kind, "doc": doc}
    return found if default is _NO_DEFAULT else found | {"default": default}
