"""A checker's verdict on a pair of schemas, held against what Apache Avro for Java really decodes.

The witness of an error must fail in Java. A datum that we read Java must read, as the same value, and one that we
fail on Java must fail on; of a compatible pair we must read all. Java decodes twice, and each decoder is judged.
Where Java is no judge is the table of `tests.support.java_zones`, with the reasons. That an error has a witness at all
is not asked here: `tests.support.differential_judge` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Literal, NamedTuple

from tests.support import oracle
from tests.support.differential import Variant
from tests.support.java import Failed, Java, Named, Read

from avow.compat import check, compatible
from avow.compat.incompatibility import Incompatibility
from avow.compat.witness import Witness, witness
from avow.runtime import schema as model
from avow.runtime.errors import DecodeError
from avow.runtime.interpret import decode
from avow.runtime.resolution import resolve

Kind = Literal["java reads", "java fails", "values differ"]


class Case:
    """A pair of schemas, what is said of it, and the data that shall tell whether that is true."""

    def __init__(
        self,
        writer: Variant,
        reader: Variant,
        findings: Iterable[Incompatibility] | None = None,
        java_unions: bool = False,
    ) -> None:
        self.writer = writer
        self.reader = reader
        self.java_unions = java_unions
        said = check(reader.type, writer.type, java_unions=java_unions) if findings is None else findings
        self.findings = list(said)
        shown = [(found, witness(found)) for found in self.findings]
        self.errors: list[tuple[Incompatibility, Witness]] = [
            (found, made) for found, made in shown if made and found.severity == "error"
        ]
        warned = [made.data for found, made in shown if made and found.severity != "error"]
        self.data = [*warned, *writer.data]

    def read(self, java: Java) -> list[Read]:
        """Return what Java makes of the witnesses of the errors, then of all other data."""
        return java.read(self.writer.schema, self.reader.schema, [made.data for _, made in self.errors] + self.data)

    @cached_property
    def rules(self) -> frozenset[str]:
        """The rules of all that is said."""
        return frozenset(found.rule for found in self.findings)

    def ours(self, datum: bytes) -> Any:
        """Return what our interpreter reads, below logical types, or Failed."""
        try:
            return decode(self._plan, datum, 0, "value", self._shapes.__getitem__)
        except DecodeError as error:
            return Failed("DecodeError", str(error))

    @cached_property
    def _plan(self) -> Any:
        return resolve(self.writer.raw_type, self.reader.raw_type)

    @cached_property
    def _shapes(self) -> dict[str, Any]:
        return {name: _Shape(named) for name, named in model.named_types(self.reader.raw_type).items()}


class _Shape:
    """Stands in for a class: makes what Java's answer has for a record or an enum."""

    def __init__(self, named: model.Named) -> None:
        self._name = named.name
        self._is_record = isinstance(named, model.Record)
        fields = named.fields if isinstance(named, model.Record) else ()
        self.__struct_encode_fields__ = tuple([field.name for field in fields])

    def __call__(self, *values: Any) -> Named:
        made = dict(zip(self.__struct_encode_fields__, values, strict=True)) if self._is_record else values[0]
        return Named(self._name, made)


class Dispute(NamedTuple):
    """Where one of Java's decoders does not do what was said or what we do."""

    kind: Kind
    case: Case
    decoder: str
    datum: bytes
    java: Any
    ours: Any
    """What we read, or Failed."""
    found: Incompatibility | None = None
    """Whose witness the datum is."""

    def __str__(self) -> str:
        about = f"{self.found.rule} at {self.found.path!r}: " if self.found else ""
        return f"{about}{self.kind} {self.datum.hex()} ({self.decoder}): {self.java}; we: {self.ours}"


def disputes(case: Case, reads: list[Read]) -> Iterator[Dispute]:
    """Yield where Java's answers part from what is said or from what we read, in zones too."""
    count = len(case.errors)
    for (found, made), read in zip(case.errors, reads[:count], strict=True):
        for decoder, java in zip(read._fields, read, strict=True):
            if not isinstance(java, Failed):
                yield Dispute("java reads", case, decoder, made.data, java, Failed("", made.outcome), found)
    is_compatible = compatible(case.findings)
    for datum, read in zip(case.data, reads[count:], strict=True):
        ours = case.ours(datum)
        for decoder, java in zip(read._fields, read, strict=True):
            kind = _by_verdict(java, is_compatible) or (None if case.java_unions else _by_value(java, ours))
            if kind is not None:
                yield Dispute(kind, case, decoder, datum, java, ours)


def _by_verdict(java: Any, is_compatible: bool) -> Kind | None:
    return "java fails" if is_compatible and isinstance(java, Failed) else None


def _by_value(java: Any, ours: Any) -> Kind | None:
    if isinstance(java, Failed):
        return None if isinstance(ours, Failed) else "java fails"
    if isinstance(ours, Failed):
        return "java reads"
    return None if oracle.same(ours, java) else "values differ"
