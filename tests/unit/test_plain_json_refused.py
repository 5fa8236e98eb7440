"""Plain JSON that is no value of its type: what is said of it, and of which place."""

from __future__ import annotations

from typing import Any

import pytest
from json_cases import (
    CARD,
    CODE,
    COLOUR,
    DECIMAL,
    NODE,
    ORDER,
    SPAN,
    logical,
    read,
)

from avow.runtime.errors import DecodeError

REFUSED: dict[str, tuple[Any, str | bytes, str]] = {
    "nothing": ("int", "", "int: not JSON: Expecting value at line 1, column 1"),
    "no JSON": (ORDER, '{"lines":\n oops}', "shop.Order: not JSON: Expecting value at line 2, column 2"),
    "two values": ("int", "1 2", "int: not JSON: Extra data at line 1, column 3"),
    "NaN": ("double", "NaN", 'double: NaN is not JSON; write it as the string "NaN"'),
    "no UTF-8": ("string", b'"\xff"', "string (byte 1): not UTF-8: invalid start byte"),
    "null": ("null", "0", "null: 0 is a number, not null"),
    "boolean": ("boolean", "0", "boolean: 0 is a number, not a boolean"),
    "boolean for int": ("int", "true", "int: true is a boolean, not an int"),
    "fraction": ("int", "1.0", "int: 1.0 is a fraction, not an int"),
    "int range": ("int", "2147483648", "int: 2147483648 does not fit int (-2147483648 to 2147483647)"),
    "very long int": ("long", "9" * 5000, "long: the number does not fit long"),
    "infinite int": ("int", "1e999", "int: the number does not fit int"),
    "nanos": (logical("long", "timestamp-nanos"), '"1"', 'long: "1" is a string, not a long'),
    "float range": ("float", "1e39", "float: 1e+39 does not fit float"),
    "double range": ("double", "1e999", "double: the number does not fit double"),
    "very long double": ("double", "9" * 5000, "double: the number does not fit double"),
    "word for a double": (
        "double",
        '"nan"',
        'double: "nan" is a string, not a double; only "NaN", "Infinity" and "-Infinity" stand so',
    ),
    "boolean for a double": ("double", "true", "double: true is a boolean, not a double"),
    "string": ("string", "5", "string: 5 is a number, not a string"),
    "half a surrogate pair": (
        "string",
        '"a\\ud800"',
        "string: character 1 is half of a surrogate pair, which UTF-8 cannot hold",
    ),
    "base64 with a blank": ("bytes", '"/w A="', 'bytes: "/w A=" is not base64, padded and without blanks'),
    "base64 without padding": ("bytes", '"/wA"', 'bytes: "/wA" is not base64, padded and without blanks'),
    "base64 of letters that are none": (
        "bytes",
        '"ü"',
        'bytes: "ü" is not base64, padded and without blanks',
    ),
    "number for bytes": ("bytes", "5", "bytes: 5 is a number, not a string of base64"),
    "size of a fixed": (CODE, '"/w=="', "shop.Code: shop.Code has 2 bytes, got 1"),
    "symbol": (COLOUR, '"GREN"', 'shop.Colour: "GREN" is not a symbol of shop.Colour; did you mean "GREEN"?'),
    "symbol like no other": (COLOUR, '"x"', 'shop.Colour: "x" is not a symbol of shop.Colour'),
    "number for a symbol": (COLOUR, "0", "shop.Colour: 0 is a number, not a symbol of shop.Colour"),
    "decimal's digits": (DECIMAL, '"1.234"', "bytes: 1.234 has more than 2 digits after the point"),
    "decimal as a number": (DECIMAL, "1.5", 'bytes: 1.5 is a number, not a decimal such as "12.34"'),
    "decimal with an underscore": (DECIMAL, '"1_0"', 'bytes: "1_0" is not a decimal such as "12.34"'),
    "decimal with a huge exponent": (
        DECIMAL,
        '"1e99999999999999999999"',
        'bytes: "1e99999999999999999999" is not a decimal such as "12.34"',
    ),
    "very long decimal": (
        logical("bytes", "big-decimal"),
        f'"{"9" * 30000}"',
        "bytes: a decimal of 30000 characters; at most 24576 are read",
    ),
    "uuid": (
        logical("string", "uuid"),
        '"123e4567"',
        'string: "123e4567" is not a UUID such as "123e4567-e89b-12d3-a456-426614174000"',
    ),
    "date": (logical("int", "date"), '"2024-02-30"', 'int: "2024-02-30" is not a date such as "2024-05-17"'),
    "date as a number": (logical("int", "date"), "5", 'int: 5 is a number, not a date such as "2024-05-17"'),
    "week date": (
        logical("int", "date"),
        '"2024-W01-1"',
        'int: "2024-W01-1" is not a date such as "2024-05-17"',
    ),
    "time": (
        logical("int", "time-millis"),
        '"24:00:00"',
        'int: "24:00:00" is not a time of day such as "09:30:00"',
    ),
    "time with a zone": (
        logical("int", "time-millis"),
        '"09:30:00Z"',
        "int: 09:30:00+00:00 has a time zone; a time of day has none",
    ),
    "timestamp without a zone": (
        logical("long", "timestamp-millis"),
        '"2024-05-17T09:30:00"',
        "long: 2024-05-17 09:30:00 has no time zone; a timestamp needs one",
    ),
    "timestamp finer than microseconds": (
        logical("long", "timestamp-micros"),
        '"2024-05-17T09:30:00.1234567Z"',
        'long: "2024-05-17T09:30:00.1234567Z" is not a timestamp such as "2024-05-17T09:30:00Z"',
    ),
    "timestamp in the year 0": (
        logical("long", "timestamp-micros"),
        '"0001-01-01T00:00:00+01:00"',
        "long: 0001-01-01 00:00:00+01:00 lies outside the years 1 to 9999 in UTC",
    ),
    "local timestamp with a zone": (
        logical("long", "local-timestamp-micros"),
        '"2024-05-17T09:30:00Z"',
        "long: 2024-05-17 09:30:00+00:00 has a time zone; a local timestamp has none",
    ),
    "count of a duration": (
        SPAN,
        '{"months": -1, "days": 2, "millis": 3}',
        "shop.Span: Duration(months=-1, days=2, millis=3) has a count that is not a whole number from 0 to 4294967295",
    ),
    "part of a duration": (
        SPAN,
        '{"months": 1, "days": 2.5, "millis": 3}',
        "shop.Span.days: 2.5 is a fraction, not a long",
    ),
    "key of a duration": (
        SPAN,
        '{"months": 1, "day": 2}',
        'shop.Span: a duration has no field "day"; did you mean "days"?',
    ),
    "array": ({"type": "array", "items": "int"}, "{}", "array: {} is an object, not an array"),
    "item": ({"type": "array", "items": "int"}, '[1, "a"]', 'array[1]: "a" is a string, not an int'),
    "map": ({"type": "map", "values": "int"}, "[]", "map: [] is an array, not an object for a map"),
    "entry": ({"type": "map", "values": "int"}, '{"a": null}', "map['a']: null is not an int"),
    "key that UTF-8 cannot hold": (
        {"type": "map", "values": "int"},
        '{"\\ud800": 1}',
        "map['\\ud800']: character 0 is half of a surrogate pair, which UTF-8 cannot hold",
    ),
    "key that stands twice in a map": (
        {"type": "map", "values": "int"},
        '{"a": 1, "b": 2, "a": 1}',
        'map: the key "a" stands twice in an object',
    ),
    "key that stands twice in a record": (
        ORDER,
        '{"lines": [{"amount": "1"}, {"amount": "1", "amount": "2"}]}',
        'shop.Order.lines[1]: the key "amount" stands twice in an object',
    ),
    "key that stands twice in a union": (
        ORDER,
        '{"lines": [], "paid": {"number": "1", "number": "2"}}',
        'shop.Order.paid: the key "number" stands twice in an object',
    ),
    "no object": (ORDER, "[]", "shop.Order: [] is an array, not an object for shop.Order"),
    "unknown key": (
        ORDER,
        '{"lines": [{"amuont": "1"}]}',
        'shop.Order.lines[0]: shop.Line has no field "amuont"; did you mean "amount"?',
    ),
    "unknown key like no field": (
        ORDER,
        '{"lines": [], "x": 1}',
        'shop.Order: shop.Order has no field "x"',
    ),
    "unknown key that UTF-8 cannot hold": (
        ORDER,
        '{"lines": [], "\\ud800": 1}',
        'shop.Order: shop.Order has no field "\\ud800"',
    ),
    "missing key": (ORDER, '{"lines": [{}]}', 'shop.Order.lines[0]: "amount" is missing and has no default'),
    "deep path": (
        ORDER,
        '{"lines": [{"amount": "1"}, {"amount": 1}]}',
        'shop.Order.lines[1].amount: 1 is a number, not a decimal such as "12.34"',
    ),
    "$type where none belongs": (
        CARD,
        '{"$type": "shop.Card", "number": "1"}',
        'shop.Card: "$type" stands only where a union has several kinds of objects; remove it',
    ),
    "no $type": (
        ORDER,
        '{"lines": [], "paid": {"number": "1"}}',
        'shop.Order.paid: {"number": "1"} names no branch of its union; write an object with "$type":'
        ' "shop.Card" or "shop.Cash"',
    ),
    "unknown $type": (
        ORDER,
        '{"lines": [], "paid": {"$type": "shop.Cahs"}}',
        'shop.Order.paid: "$type" is "shop.Cahs", not one of shop.Card, shop.Cash; did you mean "shop.Cash"?',
    ),
    "number as $type": (
        ORDER,
        '{"lines": [], "paid": {"$type": 1}}',
        'shop.Order.paid: "$type" is 1, not one of shop.Card, shop.Cash',
    ),
    "unknown wrapper": (
        ["string", "bytes"],
        '{"strin": "a"}',
        'union: {"strin": "a"} names no branch of its union; write {"string": …} or {"bytes": …};'
        ' did you mean "string"?',
    ),
    "empty wrapper": (
        [CARD, "string", "bytes"],
        "{}",
        'union: {} names no branch of its union; write an object with "$type": "shop.Card" or {"string": …}'
        ' or {"bytes": …}',
    ),
    "value that needs a wrapper": (
        ["int", "double"],
        "5",
        'union: 5 may be of several branches of the union (int, double); write {"int": …} or {"double": …}',
    ),
    "wrapper where none belongs": (
        ["null", "int"],
        '{"int": 5}',
        'union: {"int": 5} is an object, which fits no branch of the union (null, int)',
    ),
    "wrapped value": (
        ["int", "long"],
        '{"int": 1099511627776}',
        "union: 1099511627776 does not fit int (-2147483648 to 2147483647)",
    ),
    "shape of no branch": (
        ["null", "string"],
        "true",
        "union: true is a boolean, which fits no branch of the union (null, string)",
    ),
    "brackets without end": (
        "int",
        "[" * 100_000,
        "int: the value is nested too deeply for the stack that is left",
    ),
    "objects without end": (
        NODE,
        '{"next":' * 100_000,
        "shop.Node: the value is nested too deeply for the stack that is left",
    ),
}


@pytest.mark.parametrize(("schema", "text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_value_is_refused_with_its_place(schema: Any, text: str | bytes, message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        read(schema, text)
    assert str(caught.value) == message
