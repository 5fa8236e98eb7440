"""Types that are valid and do not mean what they seem to."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "LOGICAL_ON_FIELD",
        "error",
        "meaning",
        purpose="A `logicalType` stands on a field instead of on the field's type.",
        why="""
            Avro looks for a logical type on the type only. Put on the field it is an attribute like any
            other and has no effect: the field is a plain number, every service converts it by hand, and
            whoever trusts the schema takes seconds for milliseconds. It is the most frequent mistake in
            published schemas.
        """,
        fix="Move it into the type: `type` becomes an object that has both `type` and `logicalType`.",
        example="""
            Before
            {"name": "sent_at", "type": "long", "logicalType": "timestamp-millis"}

            After
            {"name": "sent_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}
        """,
    ),
    row(
        "LOGICAL_MISFIT",
        "error",
        "meaning",
        purpose="""
            A logical type stands on a type that it does not fit, or a decimal has an impossible precision
            or scale.
        """,
        why="""
            The specification tells readers to ignore such a logical type and to give the plain value
            instead. So the schema loads, and `timestamp-millis` on an int is a number that overflows a few
            weeks after 1970, while a decimal without precision arrives as raw bytes. Some libraries refuse
            the schema altogether.
        """,
        fix="""
            Use the type that it is made for: int for date and time-millis; long for time-micros and all
            timestamps; bytes or fixed for decimal; string or a fixed of 16 bytes for uuid; a fixed of 12
            bytes for duration; bytes for big-decimal. The precision of a decimal is at least 1 and, on a
            fixed, no more than its size can hold; its scale lies between 0 and the precision.
        """,
        example="""
            Before
            {"type": "int", "logicalType": "timestamp-millis"}
            {"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 4}

            After
            {"type": "long", "logicalType": "timestamp-millis"}
            {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 4}
        """,
    ),
    row(
        "LOGICAL_UNKNOWN",
        "error",
        "meaning",
        purpose="A logical type is not one that Avro defines.",
        why="""
            Readers ignore a logical type that they do not know, so `datetime` or `timestamp_millis` leaves
            a plain number behind, without a word. A library that has taught itself such a type converts it,
            the others do not, and two services see different values of one field.
        """,
        fix="""
            Take the one that the message suggests. If the value is of a kind that Avro has no logical type
            for, say so in `doc`, or make a record of it.
        """,
        example="""
            Before
            {"name": "sent_at", "type": {"type": "long", "logicalType": "timestamp_millis"}}

            After
            {"name": "sent_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}
        """,
    ),
    row(
        "INFINITE_RECORD",
        "error",
        "meaning",
        purpose="A record contains itself with no way to end.",
        why="""
            A record whose field has to hold the same record, which has to hold it again, has no finite
            value: nobody can ever build or send one. Libraries accept the schema and then overflow the
            stack when they make a default or a sample of it, or when they read hostile bytes.
        """,
        fix="""
            Let the recursion end: make the field a union with null, an array or a map, each of which may be
            empty.
        """,
        example="""
            Before
            {"type": "record", "name": "Node", "fields": [
              {"name": "next", "type": "Node"}
            ]}

            After
            {"type": "record", "name": "Node", "fields": [
              {"name": "next", "type": ["null", "Node"], "default": null}
            ]}
        """,
    ),
    row(
        "FLOAT_MONEY",
        "warning",
        "meaning",
        purpose="A float or double field has the name of an amount of money.",
        why="""
            Binary fractions cannot hold most decimal ones: 0.1 + 0.2 is not 0.3, and a float has no more
            than seven digits, so 123456.78 comes back as 123456.78125. Totals then differ by a cent between
            the service that sent an invoice and the one that books it, and nobody can say which is right.
        """,
        fix="""
            Use bytes with the logical type decimal, with the currency beside it; or a long that counts the
            smallest unit, and say so in its name.
        """,
        example="""
            Before
            {"name": "premium", "type": "double"}

            After
            {
              "name": "premium",
              "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}
            }
        """,
    ),
    row(
        "TIME_AS_PRIMITIVE",
        "warning",
        "meaning",
        purpose="A number or string has the name of a date or a time, and no logical type.",
        why="""
            `created_at: long` may count seconds, milliseconds or microseconds, and `date: string` may be in
            any order and any time zone. Each reader guesses by looking at a few messages. A guess of the
            wrong unit is off by a factor of a thousand and puts an event into January 1970 or thousands of
            years ahead.
        """,
        fix="""
            Use a logical type: timestamp-millis or timestamp-micros on long for an instant, date on int for
            a calendar day, local-timestamp-millis for wall-clock time. If it is none of these, rename the
            field.
        """,
        example="""
            Before
            {"name": "created_at", "type": "long"}

            After
            {"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}
        """,
    ),
    row(
        "SHORT_NAME_TWICE_IN_UNION",
        "warning",
        "meaning",
        purpose="Two branches of a union have one short name in different namespaces.",
        why="""
            When a reader resolves a union, a record also matches by its name without the namespace. Of two
            branches called `Address` some libraries take the first, whatever was written, so a value is
            read as the wrong type, or fails where only its shape tells the two apart. In code and in
            conversation they are one as well.
        """,
        fix="""
            Rename one of the types after what makes it different, or make a record of the two with an
            optional field for each.
        """,
        example="""
            Before
            {"name": "sent_to", "type": ["email.Address", "postal.Address"]}

            After
            {"name": "sent_to", "type": ["email.Mailbox", "postal.Address"]}
        """,
    ),
)
