"""Format Avro schemas: `avow fmt`."""

from avow.fmt.layout import format_text

__all__ = ["format_text"]
