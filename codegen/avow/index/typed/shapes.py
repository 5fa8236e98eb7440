"""What a type says of the values that it stands for: which contracts they may hold, and whether it is known at all."""

from __future__ import annotations

from collections.abc import Sequence

from mypy.nodes import TypeInfo, Var
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    TypeType,
    TypeVarType,
    UninhabitedType,
    UnionType,
    get_proper_type,
)

from avow.index.code.standard import is_standard
from avow.index.typed.contracts import Contracts

_SINGLE = (Instance, CallableType, AnyType, NoneType)
_DEPTH = 6
_HOLDERS = ("dataclass", "dataclass_tag", "dataclass_transform")


def parts(type_: Type | None) -> Sequence[ProperType]:
    """Return what a type is one of: the items of unions, the bound of a type variable; nothing for None."""
    if type_ is None:
        return ()
    if isinstance(type_, _SINGLE):  # most are, so this comes first
        return (type_,)
    proper = get_proper_type(type_)
    if isinstance(proper, UnionType):
        return [part for item in proper.items for part in parts(item)]
    if isinstance(proper, TypeVarType):
        return parts(UnionType(proper.values) if proper.values else proper.upper_bound)
    return (proper,)


def instances(type_: Type | None) -> list[Instance]:
    """Return the instances among what a type is one of."""
    if type(type_) is Instance:
        return [type_]
    found = []
    for part in parts(type_):
        if isinstance(part, Instance):
            found.append(part)
        elif isinstance(part, TupleType):
            found.append(part.partial_fallback)
        elif isinstance(part, (LiteralType, TypedDictType)):
            found.append(part.fallback)
    return found


def classes(type_: Type | None) -> list[TypeInfo]:
    """Return the classes that the value is, where it is a class itself."""
    found: list[TypeInfo] = []
    if type(type_) is Instance:
        return found
    for part in parts(type_):
        if isinstance(part, (CallableType, Overloaded)):
            if part.is_type_obj():
                found.append(part.type_object())
        elif isinstance(part, TypeType):
            found += [each.type for each in instances(part.item)]
    return found


def is_any(type_: Type | None) -> bool:
    """Return whether nothing is known of a value, or not of all that it may be; None stands for unchecked code."""
    return type_ is None or any(isinstance(part, AnyType) for part in parts(type_))


class Shapes:
    """Answers that depend on which classes are contracts."""

    def __init__(self, contracts: Contracts) -> None:
        self.contracts = contracts
        self._held: dict[TypeInfo, frozenset[str]] = {}
        self._plain: dict[TypeInfo, frozenset[str]] = {}
        """What values of classes without type arguments show."""
        self._full_names: dict[tuple[TypeInfo, str], list[str]] = {}

    def is_loose(self, type_: Type | None) -> bool:
        """Return whether a type tells nothing about the fields of its values, though they may be contracts.

        A type variable does: it is what it is in each call.
        """
        if type_ is None:
            return True
        return not isinstance(get_proper_type(type_), TypeVarType) and self.tells_nothing(type_)

    def tells_nothing(self, type_: Type) -> bool:
        """Return whether values of a type, or of the bound of a type variable, may have any attributes."""
        return any(map(self._is_loose, parts(type_)))

    def may_hold(self, type_: Type | None) -> bool:
        """Return whether contracts may be in values of a type though it shows none."""
        if self.is_loose(type_):
            return True
        return any(self.may_hold(each) for instance in instances(type_) for each in instance.args)

    def _is_loose(self, part: ProperType) -> bool:
        if isinstance(part, AnyType):
            return True
        if not isinstance(part, Instance):
            return False
        name = part.type.fullname
        if name in ("builtins.object", self.contracts.record):
            return True
        return part.type.is_protocol and not is_library(part.type) and not self.contracts.name(part.type)

    def carried(self, type_: Type | None, depth: int = 0) -> frozenset[str]:
        """Return the contracts that values of a type show: it, its type arguments, the fields of data classes.

        A type variable stands for what it will be: it is there as ``~`` and its full name.
        """
        if type_ is None or depth > _DEPTH:
            return frozenset()
        proper = get_proper_type(type_)
        if isinstance(proper, Instance):
            return self._carried_by(proper, depth) if proper.args else self._shown_by(proper, depth)
        if isinstance(proper, UnionType):
            return self._all(proper.items, depth)
        if isinstance(proper, TupleType):
            return self._all(proper.items, depth)
        if isinstance(proper, TypedDictType):
            return self._all(list(proper.items.values()), depth)
        if isinstance(proper, TypeVarType):
            return frozenset({f"~{proper.fullname}"}) | self.carried(proper.upper_bound, depth + 1)
        return frozenset()

    def _all(self, types: list[Type], depth: int) -> frozenset[str]:
        return frozenset().union(*(self.carried(each, depth + 1) for each in types))

    def _shown_by(self, instance: Instance, depth: int) -> frozenset[str]:
        found = self._plain.get(instance.type)
        if found is None:
            found = self._plain[instance.type] = self._carried_by(instance, depth)
        return found

    def _carried_by(self, instance: Instance, depth: int) -> frozenset[str]:
        name = self.contracts.name(instance.type)
        if name:
            return frozenset({name})
        found = self._all(list(instance.args), depth) if instance.args else frozenset[str]()
        return found | self._held_by(instance.type, depth) if _is_holder(instance.type) else found

    def _held_by(self, info: TypeInfo, depth: int) -> frozenset[str]:
        """What the fields of a data class hold: who gets it whole can read them."""
        if info not in self._held:
            self._held[info] = frozenset()  # for a class that holds itself
            fields = [each.node.type for each in info.names.values() if isinstance(each.node, Var) and each.node.type]
            held = self._all(fields, depth + 1)
            self._held[info] = frozenset(each for each in held if not each.startswith("~"))
        return self._held[info]

    def full_names(self, info: TypeInfo, attribute: str) -> list[str]:
        """Return the full names of an attribute in a class and in those above it that have it."""
        found = self._full_names.get((info, attribute))
        if found is None:
            found = [f"{base.fullname}.{attribute}" for base in info.mro if attribute in base.names]
            self._full_names[info, attribute] = found
        return found

    def lost(self, carried: frozenset[str], target: Type | None) -> frozenset[str]:
        """Return which of the contracts that a value carries a place of another type shows no more."""
        if not carried or target is None:
            return carried
        shown = self.carried(target)
        return frozenset() if any(each.startswith("~") for each in shown) else carried - shown


def _is_holder(info: TypeInfo) -> bool:
    return info.is_named_tuple or any(tag in info.metadata for tag in _HOLDERS)


def is_library(info: TypeInfo) -> bool:
    """Return whether a class is one of typeshed, which reads no fields of contracts."""
    return is_standard(info.module_name) or info.module_name.partition(".")[0] == "mypy_extensions"


def is_nothing(type_: Type | None) -> bool:
    """Return whether a type has no values but None."""
    return all(isinstance(part, (NoneType, UninhabitedType)) for part in parts(type_))
