"""The versions of the corpora that are refused, by the first rule that each breaks: 48 of 930.

12 are not JSON and 18 are refused by fastavro too. The other 18 it lets pass: the bare primitives, the field
name with a space, and thirteen of the bad defaults with the files that refer to them.
"""

from __future__ import annotations

REFUSED: dict[str, tuple[str, ...]] = {
    # fastavro lets pass strings that float() takes ("0.0", "NaN", "+Infinity") and a symbol that is none;
    # the others it refuses as well.
    "BAD_DEFAULT": (
        "RADAR-base__RADAR-Schemas/history/REST-API/Heart Rate/heart_rate.avsc@0",
        "RADAR-base__RADAR-Schemas/history/REST-API/Heart Rate/heart_rate_dataset.avsc@1",
        "RADAR-base__RADAR-Schemas/history/REST-API/Heart Rate/heart_rate_item.avsc@2",
        "RADAR-base__RADAR-Schemas/history/REST-API/Heart Rate/heart_rate_value.avsc@3",
        "RADAR-base__RADAR-Schemas/history/common/aggregator/double_aggregator.avsc@51",
        "RADAR-base__RADAR-Schemas/history/common/aggregator/double_aggregator.avsc@52",
        "RADAR-base__RADAR-Schemas/history/common/phone/phone_call.avsc@166",
        "RADAR-base__RADAR-Schemas/history/common/phone/phone_call.avsc@167",
        "RADAR-base__RADAR-Schemas/history/common/phone/phone_relative_location.avsc@169",
        "RADAR-base__RADAR-Schemas/history/common/application/application_external_time.avsc@177",
        "RADAR-base__RADAR-Schemas/history/commons/phone/phone_usage_event.avsc@186",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjon.avsc@10",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjonMedKontaktInfo.avsc@30",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjonMedKontaktInfo.avsc@31",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjonMedKontaktInfo.avsc@32",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjonMedKontaktInfo.avsc@33",
    ),
    # A field name with a space behind it, which fastavro lets pass.
    "BAD_NAME": (
        "DRIVER-EU__avro-schemas/history/core/time/timing-value.avsc@78",
        "DRIVER-EU__avro-schemas/history/core/time/timing-value.avsc@79",
    ),
    # A MIME type as a symbol; fastavro refuses it as well.
    "BAD_SYMBOL": ("DRIVER-EU__avro-schemas/history/core/large-data/connect-status-large-data-update-value.avsc@104",),
    # Not JSON: trailing and missing commas, raw tabs, an open string.
    "MALFORMED_JSON": (
        "DRIVER-EU__avro-schemas/history/core/topic/topic-create-request-value.avsc@59",
        "DRIVER-EU__avro-schemas/history/core/time/timing-value.avsc@83",
        "DRIVER-EU__avro-schemas/history/core/large-data/connect-status-large-data-update-value.avsc@103",
        "DRIVER-EU__avro-schemas/history/sim/request/simulation_request_changeitemstate-value.avsc@118",
        "DRIVER-EU__avro-schemas/history/sim/request/simulation_request_changeitemstate-value.avsc@119",
        "DRIVER-EU__avro-schemas/history/sim/request/simulation_request_changeitemstate-value.avsc@120",
        "DRIVER-EU__avro-schemas/history/core/trial-mgmt/role-player-value.avsc@150",
        "DRIVER-EU__avro-schemas/history/sim/entity/simulation_entity_poi-value.avsc@176",
        "DRIVER-EU__avro-schemas/history/sim/support/aggregation/simulation_aggr_area-value.avsc@190",
        "DRIVER-EU__avro-schemas/history/sim/support/aggregation/simulation_aggr_poi-value.avsc@199",
        "DRIVER-EU__avro-schemas/history/sim/entity/simulation_entity_featurecollection-value.avsc@222",
        "DRIVER-EU__avro-schemas/history/sim/support/simulation_entity_aggregation-value.avsc@228",
    ),
    # Types without a name or without a type; fastavro refuses them as well.
    "MISSING_ATTRIBUTE": (
        "DRIVER-EU__avro-schemas/history/core/_configuration/_configuration-value.avsc@2",
        "DRIVER-EU__avro-schemas/history/other/geojson/geojson-value.avsc@41",
        "DRIVER-EU__avro-schemas/history/other/geojson/geojson.avsc@45",
        "DRIVER-EU__avro-schemas/history/data/geojson/linestring.avsc@55",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjon.avsc@6",
    ),
    # A bare primitive: nothing that a class could be made of.
    "NO_DEFINITION": (
        "DRIVER-EU__avro-schemas/history/core/_configuration/_configuration-key.avsc@0",
        "DRIVER-EU__avro-schemas/history/core/_heartbeat/_hearbeat-key.avsc@5",
        "DRIVER-EU__avro-schemas/history/core/_log/_log-key.avsc@9",
        "DRIVER-EU__avro-schemas/history/other/cap/cap-key.avsc@17",
        "DRIVER-EU__avro-schemas/history/other/geojson/geojson-key.avsc@40",
    ),
    # `String`, and `array` where an object is meant; fastavro refuses them as well.
    "UNKNOWN_TYPE": (
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjon.avsc@0",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjon.avsc@5",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjon.avsc@7",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjon.avsc@8",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjonEpost.avsc@15",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjonSms.avsc@20",
        "navikt__teamdokumenthandtering-avro-schemas/history/src/main/avro/notifikasjonStatus.avsc@25",
    ),
}
