"""Hard schemas whose difficulty is in spelling: names, namespaces, and text that tries to become code."""

from __future__ import annotations

from tests.support.build import Files, array, enum, field, files, fixed, map_, optional, record
from tests.support.hard_names import MODULES, NAMES, SEGMENTS, VALUES

INJECTED = "AVOW_TEST_INJECTED"
"""An environment variable that is set where text of a schema has run as code: no test may find it."""

NASTY = (
    f'"""\nimport os; os.environ["{INJECTED}"] = "yes"\n"""',
    f"'''\nimport os; os.environ['{INJECTED}'] = 'yes'\n'''",
    f'"); __import__("os").environ.update({INJECTED}="yes") #',
    "ends in a backslash \\",
    'ends in a quote "',
    '""""',
    "\\N{BULLET} \\x41 \\u0041 \\",
    "{{ 7 * 7 }} {% for x in y %} {# comment #} {{ ''.__class__ }}",
    "{field!r} {0} %s %(name)s $x ${x}",
    "# not a comment",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200b\ufeff",
    "NUL \x00 bell \x07 escape \x1b[31m vertical \x0b form \x0c next \x85 separators \u2028 \u2029",
    "carriage\r\nreturn\rand\nnewline\n",
    "long " + "x" * 3000,
    "long words " + "and so on " * 300,
    "   indented\n       more\n\n\n    less   ",
    "type: ignore[misc]  # noqa  # fmt: off",
    "->>> print('doctest')\n>>> 1 / 0\n",
    "</script><b>markup</b> `code` ```\nfence\n``` | table | [link](x)",
    "",
)


def names() -> Files:
    alike = ("class", "class_", "class__", "_class", "__class")
    mangled = [("_Named__x", "int"), ("__x", "int")]
    maybe = {name: type_ for name, type_ in VALUES.items() if type_ != "null" and not isinstance(type_, list)}
    modules = [(f"f{at}", optional(f"modules.{name}")) for at, name in enumerate(MODULES)]
    kinds = [(f"f{at}", array(f"{name}.Kind")) for at, name in enumerate(SEGMENTS)]
    return [
        *files(
            record("names.Fields", *((name, "string", f"the {name}") for name in NAMES)),
            record("names.Shadows", *VALUES.items()),
            record("names.Maybe", *((name, optional(type_), None) for name, type_ in maybe.items())),
            record("names.Cases", *((name, "int") for name in ("value", "Value", "VALUE", "vAlue"))),
            record(
                "names.Clash",
                *((name, "int", 1) for name in alike),
            ),
            record("names.Fields_", ("Fields_", "names.Fields"), ("names", "names.Symbols")),
            enum("names.Symbols", *NAMES),
            enum("names.Defaulted", "None", "None_", "name", "value", "mro", default="None_"),
            record("names.Named", ("Named", optional("names.Named"), None), *mangled),
            record("names.names", ("names", "string")),
        ),
        *files(*(record(f"modules.{name}", ("value", "int"), (name, "string")) for name in MODULES)),
        *files(
            record(
                "modules.all.All",
                *modules,
            )
        ),
        *files(*(record(f"{segment}.inner.{segment}.In", ("value", "int")) for segment in SEGMENTS)),
        *files(*(enum(f"{segment}.Kind", "A", segment) for segment in SEGMENTS)),
        *files(
            record("segments.All", *kinds),
            record("ns.record", ("array", "int")),
            enum("ns.array", "map", "union"),
            record("ns.map", ("one", ["null", "ns.record", "ns.array"]), ("two", array("ns.array"))),
        ),
    ]


def namespaces() -> Files:
    return [
        *files(
            record("left.Item", ("x", "int")),
            record("right.Item", ("x", "int")),
            record("right.sub.Item", ("x", "int"), ("up", "right.Item"), ("self", optional("Item"))),
            record("Item", ("x", "int"), ("others", ["left.Item", "right.Item", "right.sub.Item", "Item"])),
            enum("left.Kind", "A", "B"),
            enum("right.Kind", "A", "B"),
            fixed("left.Hash", 4),
            fixed("right.Hash", 4),
            record(
                "both.Both",
                ("items", ["null", "left.Item", "right.Item", "right.sub.Item"]),
                ("kinds", ["right.Kind", "left.Kind"]),
                ("hashes", array(["left.Hash", "right.Hash"])),
            ),
        ),
        (
            "outer/Outer.avsc",
            {
                **record(
                    "Outer",
                    ("inherited", record("Inherited", ("inner", enum("Inner", "A")))),
                    ("explicit", record("Explicit", ("near", "elsewhere.Near"), namespace="outer.sub")),
                    ("dotted", record("another.place.Dotted", ("again", optional("Dotted")))),
                    ("bare", record("BareInside", ("again", optional("BareInside"), None), namespace="")),
                    ("back", "Inherited"),
                    ("ignored", fixed("third.place.Fixed", 2, namespace="not.this")),
                ),
                "namespace": "outer",
            },
        ),
        (
            "several.avsc",
            [
                record("elsewhere.User", ("near", "elsewhere.Near"), ("later", {"type": "Later"})),
                record("elsewhere.Near", ("x", {"type": {"type": "string"}})),
                enum("elsewhere.Later", "A", aliases=["Old", "past.Older"]),
            ],
        ),
    ]


def text() -> Files:
    strings = [(f"s{at}", "string", text) for at, text in enumerate(NASTY)]
    documented = [{**field(each), "doc": NASTY[-1 - at], NASTY[at]: NASTY[at]} for at, each in enumerate(strings)]
    docs = [record(f"text.Doc{at}", ("x", "int"), doc=text) for at, text in enumerate(NASTY)]
    enums = [enum(f"text.Kind{at}", "A", doc=text) for at, text in enumerate(NASTY)]
    maps = [("map", map_("string"), {text: text for text in NASTY}), ("list", array("string"), list(NASTY))]
    raw = [("raw", "bytes", "".join(map(chr, range(256)))), ("fixed", fixed("Raw", 3, doc=NASTY[0]), "\"'\\")]
    extra = {"x-note": {text: [text] for text in NASTY}}
    more = record("text.More", *maps, *raw)
    return files(record("text.Strings", *documented, **extra), *docs, *enums, more)
