"""What was written is read, and may mean something else."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "DECIMAL_SCALE_CHANGED",
        "error",
        "compatibility",
        purpose="The digits after the point of a decimal are others than the writer's.",
        why="""
            A decimal is written as a whole number; where the point stands is in the schema only. A reader with
            another scale reads 12.50 as 125.0 or 1.250, and libraries differ in whether they say so. A big-decimal
            carries its scale in the message, so it and a decimal are not read as each other either.
        """,
        fix="Go back to the old scale, or add a new field beside the old one and deprecate that.",
        example="""
            Before
            -- released
            {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}
            -- changed
            {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 3}

            After
            {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}
        """,
    ),
    row(
        "DECIMAL_PRECISION_NARROWED",
        "error",
        "compatibility",
        purpose="The reader's decimal has room for fewer digits than the writer may write.",
        why="""
            The first number with more digits is refused, and with it the message that it is in. That may be long
            after the change, on the day of the largest payment of the year.
        """,
        fix="Keep at least the precision of those who write.",
        example="""
            Before
            -- released
            {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}
            -- changed
            {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}

            After
            {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}
        """,
    ),
    row(
        "DECIMAL_PRECISION_WIDENED",
        "warning",
        "compatibility",
        purpose="The reader's decimal has room for more digits than the writer may write.",
        why="""
            It reads all that was written. But the way back is closed: who still has the older schema refuses longer
            numbers, and databases or forms that were made for the old width may not take them.
        """,
        fix="Nothing, if the way back is not needed. Else keep the precision.",
        example="""
            Before
            -- released
            {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}
            -- changed
            {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}

            After
            {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}
        """,
    ),
    row(
        "UNIT_CHANGED",
        "error",
        "compatibility",
        purpose="A date or time is written in one unit and read in another.",
        why="""
            The message holds a number, and the schema says what it counts. Read in another unit it is another
            moment: milliseconds taken for microseconds land in January 1970, a local time taken for an instant is
            hours off. Nothing fails, so nobody notices until somebody looks at the values. fastavro converts by the
            writer's unit; Avro for Java and avow read in the reader's, as the specification has it.
        """,
        fix="""
            Add a new field in the new unit and deprecate the old one. Where all readers are known to convert, the
            rule can be made a warning by `severity` in `[tool.avow.check]`.
        """,
        example="""
            Before
            -- released
            {"type": "long", "logicalType": "timestamp-millis"}
            -- changed
            {"type": "long", "logicalType": "timestamp-micros"}

            After
            {"type": "long", "logicalType": "timestamp-millis"}
        """,
    ),
    row(
        "PROMOTION_LOSSY",
        "warning",
        "compatibility",
        purpose="Whole numbers are read as floating-point numbers that cannot hold all of them.",
        why="""
            Avro allows to read an int as a float and a long as a float or a double. Above 2^24 and 2^53 the nearest
            number that exists is taken, without a word: identifiers and amounts come out as others.
        """,
        fix="Keep the type, or take one that holds all of its values.",
        example="""
            Before
            -- released
            {"type": "record", "name": "claims.Closed", "fields": [
              {"name": "number", "type": "long"}
            ]}
            -- changed
            {"type": "record", "name": "claims.Closed", "fields": [
              {"name": "number", "type": "double"}
            ]}

            After
            {"type": "record", "name": "claims.Closed", "fields": [
              {"name": "number", "type": "long"}
            ]}
        """,
    ),
    row(
        "BYTES_AS_STRING",
        "warning",
        "compatibility",
        purpose="Bytes are read as a string.",
        why="""
            Avro allows it, and it works as long as all that is written is UTF-8. The first value that is not, a
            scanned page or a hash, cannot be read.
        """,
        fix="Keep bytes, unless all that was ever written is known to be UTF-8.",
        example="""
            Before
            -- released
            {"type": "record", "name": "documents.Stored", "fields": [
              {"name": "content", "type": "bytes"}
            ]}
            -- changed
            {"type": "record", "name": "documents.Stored", "fields": [
              {"name": "content", "type": "string"}
            ]}

            After
            {"type": "record", "name": "documents.Stored", "fields": [
              {"name": "content", "type": "bytes"}
            ]}
        """,
    ),
    row(
        "LOGICAL_CHANGED",
        "warning",
        "compatibility",
        purpose="A logical type was added, dropped, or changed to one of another kind.",
        why="""
            The bytes are read, as another Python type: an int where there was a datetime, a string where there was a
            UUID. Code that works with the one fails on the other, or compares the two and finds them different.
        """,
        fix="Keep the logical type, or see that all who read it expect the other Python type.",
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}
            ]}
            -- changed
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "at", "type": "long"}
            ]}

            After
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}
            ]}
        """,
    ),
)
