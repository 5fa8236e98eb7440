"""Names that mean something to Python, msgspec, Enum, a type checker or to the generated package itself."""

from __future__ import annotations

import builtins
import keyword
from typing import Any

_KEYWORDS = (*keyword.kwlist, *keyword.softkwlist)
_BUILTINS = tuple(name for name in dir(builtins) if name.isidentifier() and name not in _KEYWORDS)
_DUNDERS = tuple(
    "__init__ __new__ __slots__ __dict__ __class__ __doc__ __module__ __annotations__ __hash__ __eq__"
    " __match_args__ __struct_fields__ __struct_config__ __struct_encode_fields__ __struct_defaults__"
    " __post_init__ __replace__ __init_subclass__ __class_getitem__ __getattr__ __copy__ __reduce__"
    " __avro__ __rich_repr__ __weakref__ __debug__ __all__ __name__ __path__ __x __ _ ___ __x__ _x_".split()
)
_ENUM = tuple("mro name value _name_ _value_ _missing_ _ignore_ _order_ _generate_next_value_ _member_map_".split())
_OTHERS = tuple(
    "self cls args kwargs data event position schema field fields encode decode framing testing"
    " confluent bare to_json from_json sample single_object msgspec datetime date time timedelta"
    " decimal Decimal UUID uuid Enum Symbol Record Duration Optional Union Any ClassVar Final"
    " Annotated TYPE_CHECKING annotations contracts _runtime _codecs root_ tag tag_field rename"
    " default default_factory frozen kw_only copy count index items keys values get".split()
)
NAMES = tuple(dict.fromkeys((*_KEYWORDS, *_DUNDERS, *_ENUM, *_OTHERS, *_BUILTINS)))
"""For fields and symbols."""

MODULES = tuple(
    "datetime Decimal UUID Enum Record Duration framing testing encode decode date time Any Optional"
    " Union Symbol ClassVar Final str bool list dict type object print property None True class def"
    " match self cls msgspec annotations contracts _runtime _codecs root_ integrations to_json"
    " from_json errors DecodeError EncodeError AvroError __init__ __all__ __getattr__ __name__"
    " _Private __x Generic TYPE_CHECKING".split()
)
"""For types: no primitive's name, which Avro keeps for itself, and no two that differ only in case."""

SEGMENTS = tuple(
    "_runtime _codecs root_ contracts integrations framing testing _framing encode class None import"
    " def print datetime typing msgspec enum decimal uuid avow sys __init__ __pycache__ __main__ _x"
    " self py".split()
)
"""For the segments of namespaces."""

VALUES: dict[str, Any] = {
    "int": "int",
    "str": "string",
    "float": "double",
    "bool": "boolean",
    "bytes": "bytes",
    "list": {"type": "array", "items": "string"},
    "dict": {"type": "map", "values": "long"},
    "None": "null",
    "object": {"type": "array", "items": {"type": "map", "values": "boolean"}},
    "Decimal": {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 1},
    "UUID": {"type": "string", "logicalType": "uuid"},
    "date": {"type": "int", "logicalType": "date"},
    "time": {"type": "long", "logicalType": "time-micros"},
    "datetime": {"type": "long", "logicalType": "timestamp-micros"},
    "dt": {"type": "long", "logicalType": "local-timestamp-millis"},
    "type": ["null", "string", "int"],
    "self": ["null", "names.Shadows"],
    "Shadows": {"type": "array", "items": "names.Shadows"},
}
"""A field of each Python type, named like that type: an annotation must not mean the field beside it."""
