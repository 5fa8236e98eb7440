"""The branch of a reader's union in which Apache Avro for Java reads a record.

Source: `Resolver.ReaderUnion` of Avro for Java 1.12. The branch of the record's full name is taken whether it can
be read or not, else the last one of its short name that matches at a glance: no field is missing, and no field's
type is refused outright. What is wrong further inside shows when it is read, and then no other branch is tried.
"""

from __future__ import annotations

from avow.runtime.resolution import Failure, names_match, resolve
from avow.runtime.schema import NO_DEFAULT, Enum, Fixed, Named, Record, Type, Union, branch_name


class JavaUnions:
    """Takes branches for records, and remembers at which pairs it has looked."""

    def __init__(self) -> None:
        self._matches: dict[tuple[Record, Record], bool] = {}

    def taken(self, writer: Type, union: Union) -> Record | None:
        """Return the branch, None where ``writer`` is no record or no branch matches."""
        if not isinstance(writer, Record):
            return None
        named = [branch for branch in union.branches if isinstance(branch, Record) and names_match(writer, branch)]
        for branch in named:
            if _is_named(writer, branch):
                return branch
        return next((branch for branch in reversed(named) if self._match(writer, branch)), None)

    def _match(self, writer: Record, reader: Record) -> bool:
        key = (writer, reader)
        if key not in self._matches:
            self._matches[key] = True  # where it leads back to itself, Java takes it for a match as well
            types = {field.name: field.type for field in writer.fields}
            pairs = [(types[field.name], field.type) for field in reader.fields if field.name in types]
            self._matches[key] = not (_lacks(writer, reader) or any(self._refused(*pair) for pair in pairs))
        return self._matches[key]

    def _refused(self, writer: Type, reader: Type) -> bool:
        if isinstance(writer, Record) and isinstance(reader, Union):  # Java looks at records of any name
            records = [branch for branch in reader.branches if isinstance(branch, Record)]
            return not any(_is_named(writer, record) or self._match(writer, record) for record in records)
        if isinstance(writer, Record) and isinstance(reader, Record):
            return _lacks(writer, reader)
        if isinstance(writer, (Enum, Fixed)) and isinstance(reader, Union):
            return not any(writer.kind == branch.kind and _is_named(writer, branch) for branch in reader.branches)
        plan = resolve(writer, reader)
        return isinstance(plan, Failure) and not plan.rule.startswith("DECIMAL")  # Java reads raw values


def _is_named(writer: Named, reader: Type) -> bool:
    return writer.name in (branch_name(reader), *getattr(reader, "aliases", ()))


def _lacks(writer: Record, reader: Record) -> bool:
    """Whether a field is missing; Java finds a field's aliases by the full name of its record."""
    written = {field.name for field in writer.fields}
    by_alias = _is_named(writer, reader)
    return any(
        field.default is NO_DEFAULT and written.isdisjoint((field.name, *(field.aliases if by_alias else ())))
        for field in reader.fields
    )
