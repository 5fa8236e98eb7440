"""Names of types and paths of fields, as people and comments write them."""

from __future__ import annotations

from collections.abc import Collection

from avow.errors import AvowError
from avow.index.catalogue import Catalogue


def find(catalogue: Catalogue, name: str) -> list[str]:
    """Return the types that a name may mean: that of this full name, or all whose full names end so."""
    return [name] if name in catalogue else [full for full in catalogue if full.endswith(f".{name}")]


def owners(catalogue: Catalogue, name: str, path: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return where a path of field names leads, at each step: the type that declares the field, and the field.

    Where a field may hold several records, the one that has the next field is taken.

    Raises:
        AvowError: There is no such field.
    """
    found = []
    types: Collection[str] = (name,)
    for field in path:
        owner = next((each for each in types if field in (*catalogue[each].fields, *catalogue[each].lost)), None)
        if owner is None:
            raise _no_field(catalogue, types, field)
        found.append((owner, field))
        row = catalogue[owner].fields.get(field)
        types = row.records if row is not None else ()
    return found


def _no_field(catalogue: Catalogue, types: Collection[str], field: str) -> AvowError:
    from avow.runtime.names import nearest

    if not types:
        return AvowError(f"there is no field {field}: what is before it is no record", fix="Leave it out.")
    near = nearest(field, [each for name in types for each in catalogue[name].fields])
    first = next(iter(types))
    fix = f"Did you mean {near}?" if near else f"Its fields: {', '.join(catalogue[first].fields) or 'none'}."
    return AvowError(f"{first} has no field {field}", fix=fix)
