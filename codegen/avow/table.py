"""Read a table of pyproject.toml into a struct; what cannot be read is an error with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar, get_args, get_origin

import msgspec

from avow.errors import ConfigError

FILE = "pyproject.toml"

_Struct = TypeVar("_Struct", bound=msgspec.Struct)


class Table(msgspec.Struct, frozen=True):
    """A table of the file by its dotted name, with the file's text to find lines in."""

    text: str
    name: str

    def read(self, kind: type[_Struct], raw: object) -> _Struct:
        """Return a struct made of the table. A field that is itself a struct is a table inside.

        Args:
            kind: The struct; a field without default is a key that must be there and not empty.
            raw: The table as tomllib gives it.

        Raises:
            ConfigError: A key is unknown or lacking, or a value is of another type.
        """
        if not isinstance(raw, dict):
            raise self.error("", f"[{self.name}] is not a table", "Write one key a line below the header.")
        fields = {field.name: field for field in msgspec.structs.fields(kind)}
        for key in raw:
            if key not in fields:
                raise self._unknown(key, fields)
        for name, field in fields.items():
            if field.required and not raw.get(name):
                raise self.error(name, f"[{self.name}] lacks `{name}`", f'Add `{name} = "..."`.')
        return kind(**{key: self._value(fields[key].type, key, value) for key, value in raw.items()})

    def _value(self, kind: object, key: str, value: object) -> object:
        inside = Table(self.text, f"{self.name}.{key}")
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return inside.read(kind, value)
        if (row := _row(kind)) and isinstance(value, list):
            return tuple(inside.read(row, item) for item in value)
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError:
            shown = repr(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"
            wanted = _WANTED.get(kind, "a list of tables")
            raise self.error(key, f"`{key}` must be {wanted}, found {shown}", "Change the value.") from None

    def _unknown(self, key: str, known: Iterable[str]) -> ConfigError:
        from avow.runtime.names import nearest

        near = nearest(key, known)
        fix = f"Write `{near}`." if near else f"Its keys are: {', '.join(known)}."
        return self.error(key, f"[{self.name}] has no key `{key}`", fix)

    def error(self, key: str, what: str, fix: str) -> ConfigError:
        """Return the error about a key, or about the table itself where the key is empty."""
        return ConfigError(what, fix=fix, file=FILE, line=_line(self.text, self.name, key))


_WANTED: dict[object, str] = {
    str: "a string",
    tuple[str, ...]: "a list of strings",
    date | None: "a date such as 2030-12-31",
}


def _row(kind: object) -> type[msgspec.Struct] | None:
    """Return the struct of an array of tables, or None for every other kind."""
    inner = get_args(kind)[0] if get_origin(kind) is tuple else None
    return inner if isinstance(inner, type) and issubclass(inner, msgspec.Struct) else None


def _line(text: str, table: str, key: str) -> int:
    """Return the line of a key, else of its table; 0 where neither is written in the common way."""
    found, current = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        word = line.strip()
        if word.startswith("["):
            current = word.split("#")[0].strip(" []")
            if current == f"{table}.{key}":
                return number
            found = found or (number if current == table else 0)
        elif current == table and key and word.split("=")[0].strip(" \"'") == key:
            return number
    return found
