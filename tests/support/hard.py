"""The suite's own hard schemas: what real corpora have too little of, each a small project of files.

`PROJECTS` maps a name to (path, JSON) pairs; every project is valid Avro. `VALUELESS` names the types that
have no finite value, so no data can be drawn for them.
"""

from __future__ import annotations

from tests.support.build import (
    Files,
    Json,
    array,
    decimal,
    enum,
    files,
    fixed,
    logical,
    map_,
    optional,
    record,
)
from tests.support.hard_spelling import names, namespaces, text


def _recursion() -> Files:
    product = record("Product", ("factors", array(["Sum", "Product", "double"])))
    return files(
        record("rec.Linked", ("value", "long"), ("next", optional("rec.Linked"), None)),
        record("rec.Tree", ("label", "string"), ("children", array("rec.Tree"), [])),
        record("rec.Trie", ("ends", "boolean", False), ("next", map_("Trie"))),
        record("rec.Forest", ("trees", array(optional(map_(array("Forest")))))),
        record(
            "rec.Sum",
            (
                "left",
                ["double", "rec.Sum", product],
            ),
            ("right", ["rec.Product", "double", "Sum"]),
        ),
        record("rec.Optional", ("Optional", optional("Optional"), None), ("rec", optional("rec.Linked"))),
    )


def _mutual() -> Files:
    return files(
        record("people.Person", ("name", "string"), ("employer", optional("firms.Firm"), None)),
        record("firms.Firm", ("name", "string"), ("staff", array("people.Person")), ("seat", "places.Place")),
        record("places.Place", ("firms", map_("firms.Firm")), ("mayor", ["people.Person", "null"])),
        record("Bare", ("other", optional("AlsoBare"), None)),
        record("AlsoBare", ("other", optional("Bare"), None), ("person", optional("people.Person"))),
        record("cycle.a.A", ("b", optional("cycle.b.B"))),
        record("cycle.b.B", ("c", optional("cycle.a.C")), ("above", optional("cycle.Root"))),
        record("cycle.a.C", ("a", optional("A"))),
        record("cycle.Root", ("a", "cycle.a.A"), ("d", "cycle.a.deep.D")),
        record("cycle.a.deep.D", ("root", array("cycle.Root"))),
    )


def _unions() -> Files:
    kinds = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"]
    everything = [*kinds, array("long"), map_("double")]
    named = [
        record("One", ("x", "int"), ("y", "int")),
        record("SameShape", ("x", "int"), ("y", "int")),
        record("Nothing"),
        enum("Colour", "RED", "GREEN"),
        enum("Paint", "RED", "GREEN"),
        fixed("Four", 4),
        fixed("AlsoFour", 4),
        fixed("Five", 5),
    ]
    every = record(
        "unions.Every",
        ("everything", everything),
        ("backwards", everything[::-1]),
        ("numbers", ["int", "long", "float", "double"]),
        ("floats", ["float", "double"]),
        ("only_float", ["null", "float"]),
        ("long_first", ["long", "int"]),
        ("alone", ["string"]),
        ("only_null", ["null"]),
        ("null_last", ["string", "null"]),
        ("named", ["null", *named]),
        ("text", ["unions.Colour", "string", "bytes", "Five", "Paint"]),
        ("items", array(["null", "One", "SameShape", "string"])),
        ("entries", map_(["null", array(["int", map_(["null", "Four", "string"])])])),
        ("list", ["null", array(optional("int"))]),
    )
    big = fixed("Big", 16, logicalType="decimal", precision=38, scale=9)
    times = record(
        "unions.Times",
        ("moments", ["null", logical("int", "date"), logical("long", "timestamp-millis")]),
        ("local", [logical("long", "local-timestamp-micros"), logical("int", "date"), "null"]),
        ("clock", [logical("int", "time-millis"), logical("long", "time-micros"), "string"]),
        ("nanos", [logical("long", "timestamp-nanos"), "int", "double"]),
        ("ids", [fixed("Id", 16, logicalType="uuid"), logical("string", "uuid"), "bytes", fixed("Raw", 16)]),
        (
            "money",
            [decimal(6, 2), big, "double", "long", "null"],
        ),
        ("span", ["null", fixed("Span", 12, logicalType="duration"), fixed("Twelve", 12)]),
        ("any", [logical("bytes", "big-decimal"), "Big", "string"]),
    )
    return files(every, times)


def _logical() -> Files:
    types = {
        "decimal": decimal(9, 2),
        "decimal_whole": decimal(5),
        "decimal_all_scale": decimal(4, 4),
        "decimal_long": decimal(100, 50),
        "decimal_fixed": fixed("Money", 8, logicalType="decimal", precision=18, scale=4),
        "decimal_one": fixed("Digit", 1, logicalType="decimal", precision=2),
        "big": logical("bytes", "big-decimal"),
        "uuid": logical("string", "uuid"),
        "uuid_fixed": fixed("Uuid", 16, logicalType="uuid"),
        "date": logical("int", "date"),
        "time_millis": logical("int", "time-millis"),
        "time_micros": logical("long", "time-micros"),
        **{
            f"{local}{unit}": logical("long", f"{local.replace('_', '-')}timestamp-{unit}")
            for local in ("", "local_")
            for unit in ("millis", "micros", "nanos")
        },
        "duration": fixed("Span", 12, logicalType="duration"),
    }
    later = {name: f"logical.{t['name']}" if t["type"] == "fixed" else t for name, t in types.items()}
    misfits = {
        "unknown": logical("string", "colour"),
        "on_wrong_type": logical("string", "date"),
        "uuid_bytes": logical("bytes", "uuid"),
        "no_precision": logical("bytes", "decimal"),
        "too_precise": fixed("TooSmall", 2, logicalType="decimal", precision=10),
        "short_duration": fixed("Eleven", 11, logicalType="duration"),
        "not_text": {"type": "int", "logicalType": 7},
    }
    on_field = {"name": "on_field", "type": "long", "logicalType": "date"}
    return files(
        record("logical.Plain", *types.items()),
        record("logical.Optional", *((name, optional(t), None) for name, t in later.items())),
        record("logical.Items", *((name, array(t), []) for name, t in later.items())),
        record("logical.Entries", *((name, map_(optional(t)), {}) for name, t in later.items())),
        record("logical.Misfits", *misfits.items(), on_field),
    )


def _defaults() -> Files:
    point = record("Point", ("x", "int"), ("y", "int", 7), ("label", "string", "here"))
    kinds = {
        "boolean": True,
        "int": -(2**31),
        "long": 2**63 - 1,
        "float": 1.5,
        "double": 0.1,
        "bytes": "\u00ff\u0000\"'\\",
        "string": '"\\\n',
    }
    every = [
        ("null", "null", None),
        *((name, name, value) for name, value in kinds.items()),
        ("whole_float", "float", 3),
        ("big_double", "double", 1e308),
        ("fixed", fixed("Two", 2), "\u00ff\u0000"),
        ("enum", enum("Level", "LOW", "None", "HIGH", default="LOW"), "None"),
        ("point", point, {"x": 1, "label": "there"}),
        ("points", array("defaults.Point"), [{"x": 1}, {"x": 2, "y": 3}]),
        ("levels", map_("Level"), {"a": "HIGH", "": "LOW", '"': "None"}),
        ("nested", map_(array(optional("int"))), {"k": [1, None], "l": []}),
        ("no_points", array("Point"), []),
        ("optional", optional("string"), None),
        ("other_branch", ["null", "string", "int"], 5),
        ("record_branch", ["null", "Level", "Point"], {"x": 4}),
        ("deep_branch", ["null", array(["string", "Point"])], ["s", {"x": 1}]),
        ("decimal", decimal(5, 2), "\u0001\u0000"),
        ("negative", decimal(5, 2), "\u00ff"),
        ("money", fixed("Money", 3, logicalType="decimal", precision=6, scale=3), "\u00ff\u00ff\u00fe"),
        ("big", logical("bytes", "big-decimal"), "\u0002\u0005\u0004"),
        ("uuid", logical("string", "uuid"), "12345678-1234-5678-1234-567812345678"),
        ("uuid_fixed", fixed("Id", 16, logicalType="uuid"), "\u0000" * 15 + "\u00ff"),
        ("duration", fixed("Span", 12, logicalType="duration"), "\u0001\u0000\u0000\u0000" * 3),
        ("date", logical("int", "date"), -719162),
        ("time", logical("int", "time-millis"), 86_399_999),
        ("micros", logical("long", "time-micros"), 1),
        ("moment", logical("long", "timestamp-millis"), -1),
        ("local", logical("long", "local-timestamp-micros"), 1_700_000_000_000_001),
        ("nanos", logical("long", "timestamp-nanos"), 2**63 - 1),
    ]
    # Their own names must not stand in the way of what the defaults of others are made of.
    hiding = [
        ("Hue", "int", 0),
        ("hue", enum("Hue", "RED", "BLUE"), "BLUE"),
        ("hues", array("Hue"), ["RED"]),
        ("Hidden", record("Hidden", ("x", "int", 1)), {}),
        ("hidden", "Hidden", {"x": 2}),
        ("list", "boolean", True),
        ("dict", "boolean", False),
        ("numbers", array("int"), []),
        ("rates", map_("int"), {}),
        ("either", [array("int"), map_("int")], []),
    ]
    mixed = [(f"f{at}", "int", at) if at % 2 else (f"f{at}", "string") for at in range(9)]
    return files(
        record("defaults.Every", *every),
        record("defaults.Hiding", *hiding),
        record("defaults.Mixed", *mixed),
        record("defaults.Nested", ("every", "defaults.Every", {}), ("mixed", array("Mixed"), [])),
    )


def _sizes() -> Files:
    kinds = ("long", "string", "double", "boolean", ["null", "string"], "int", array("int"), map_("long"))
    branches = [fixed(f"F{at}", at % 5) if at % 2 else record(f"R{at}", ("x", "int")) for at in range(70)]
    deep: Json = "int"
    for _ in range(60):
        deep = array(deep)
    maps: Json = "string"
    for _ in range(60):
        maps = map_(maps)
    records: Json = "int"
    for at in range(60):
        records = record(f"Level{at}", ("inner", records))
    names = [branch["name"] for branch in branches]
    return files(
        record("sizes.Wide", *((f"field_{at}", kinds[at % len(kinds)]) for at in range(300))),
        record("sizes.None_"),
        record("sizes.OnlyEmpty", ("a", "sizes.None_"), ("b", array("sizes.None_"))),
        record("sizes.DeepArrays", ("deep", deep)),
        record("sizes.DeepMaps", ("deep", maps)),
        record("sizes.DeepRecords", ("deep", records)),
        enum("sizes.Symbols", *(f"S{at}" for at in range(300))),
        record("sizes.Branches", ("one", branches), ("many", array(["null", *names]))),
    )


def _corners() -> Files:
    renamed = {"name": "now", "type": "int", "aliases": ["then", "before"], "order": "descending"}
    return files(
        record("corners.Nulls", ("a", "null"), ("b", "null", None), ("c", array("null")), ("d", map_("null"))),
        record("corners.Zero", ("empty", fixed("Empty", 0)), ("many", array("Empty")), ("or", ["null", "Empty"])),
        record("corners.Failure", ("reason", "string", ""), type="error", aliases=["Problem", "old.Problem"]),
        record(
            "corners.Aliased",
            renamed,
            {"name": "kept", "type": "corners.Failure", "order": "ignore"},
            aliases=["Formerly", "other.place.Once"],
        ),
        record("corners.NoBranch", ("never", [])),
        record("corners.Endless", ("again", "corners.Endless")),
        record("corners.MaybeNoBranch", ("maybe", ["null", "corners.NoBranch"]), ("none", array("Endless"))),
        enum("corners.NoSymbols"),
    )


VALUELESS = frozenset({"corners.NoBranch", "corners.Endless", "corners.NoSymbols"})
PROJECTS: dict[str, Files] = {
    "recursion": _recursion(),
    "mutual": _mutual(),
    "unions": _unions(),
    "logical": _logical(),
    "names": names(),
    "namespaces": namespaces(),
    "defaults": _defaults(),
    "sizes": _sizes(),
    "text": text(),
    "corners": _corners(),
}
