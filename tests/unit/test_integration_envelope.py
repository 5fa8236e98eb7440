"""CloudEvents attributes in headers: what one side writes the other reads, and each value is legal on its broker."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avow.runtime.integrations.envelope import KAFKA, NATS, Binding, Envelope, now

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
envelopes = st.builds(Envelope, texts, texts, texts, texts, st.none() | texts)


def test_kafka_has_the_names_of_its_binding() -> None:
    envelope = Envelope("1", "a.B", "web", "2025-03-14T09:26:53Z", "k")
    assert KAFKA.write(envelope) == {
        "ce_specversion": "1.0",
        "ce_id": "1",
        "ce_type": "a.B",
        "ce_source": "web",
        "ce_time": "2025-03-14T09:26:53Z",
        "content-type": "application/avro",
        "ce_partitionkey": "k",
    }


def test_nats_has_the_names_of_its_binding_and_escapes_values() -> None:
    """The example is the specification's own."""
    assert NATS.write(Envelope("Euro € 😀", "a.B", "web", "t")) == {
        "ce-specversion": "1.0",
        "ce-id": "Euro%20%E2%82%AC%20%F0%9F%98%80",
        "ce-type": "a.B",
        "ce-source": "web",
        "ce-time": "t",
        "ce-datacontenttype": "application/avro",
    }


@given(envelopes, st.sampled_from([KAFKA, NATS]))
def test_what_is_written_is_read(envelope: Envelope, binding: Binding) -> None:
    assert binding.read(binding.write(envelope)) == envelope


@given(envelopes)
def test_no_value_can_end_a_line_on_nats(envelope: Envelope) -> None:
    assert all(re.fullmatch(r"[!#$&-~%]*", value) for value in NATS.write(envelope).values())


@pytest.mark.parametrize(
    ("said", "id_"),
    [("plain", "plain"), ("%e2%82%ac", "€"), ('"a b"', "a b"), (r'"a \"b\" %20"', 'a "b"  '), ("%41", "A")],
)
def test_other_spellings_of_nats_are_read(said: str, id_: str) -> None:
    assert NATS.read({"ce-id": said}).id == id_


def test_what_is_no_utf_8_is_refused_as_the_binding_says() -> None:
    with pytest.raises(UnicodeDecodeError):
        NATS.read({"ce-id": "%C0%A0"})


def test_a_message_without_attributes_has_an_empty_envelope() -> None:
    assert KAFKA.read({}) == NATS.read({}) == Envelope("", "", "", "", None)


def test_times_are_rfc_3339_in_utc() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", now())
    assert datetime.fromisoformat(now()).utcoffset() is not None
