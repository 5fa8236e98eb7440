"""In which order the encoder of a union tries what: avow.runtime.choose as conditions in code."""

from __future__ import annotations

from avow.generate.shape import Module
from avow.runtime.schema import Array, Fixed, Map, Type, Union

_RANGES = {
    "int": "-2147483648 <= {value} <= 2147483647",
    "long": "-9223372036854775808 <= {value} <= 9223372036854775807",
}


def branch_tests(union: Union, value: str, module: Module) -> list[tuple[str, int]]:
    """Return conditions on a variable, in order, with the index of the branch that each leads to.

    They hold for values of exact classes; a branch still checks what it is given.
    """
    groups: dict[str, list[tuple[int, Type]]] = {}
    for index, branch in enumerate(union.branches):
        groups.setdefault(_class(branch, module), []).append((index, branch))
    tests: list[tuple[str, int]] = []
    for class_, members in groups.items():
        is_class = f"{value} is None" if class_ == "None" else f"type({value}) is {class_}"
        others = groups.get("float", []) if class_ == "int" else []
        for condition, index in _order(members, others, value, module):
            tests.append((f"{is_class} and {condition}" if condition else is_class, index))
    if "float" in groups and "int" not in groups:
        for condition, index in _for_ints(groups["float"], value, module):
            is_int = f"type({value}) is int"
            tests.append((f"{is_int} and {condition}" if condition else is_int, index))
    return tests


def _order(
    members: list[tuple[int, Type]], others: list[tuple[int, Type]], value: str, module: Module
) -> list[tuple[str, int]]:
    """The branches of one class: those that keep the value, those that lose a little, those of another class."""
    if len(members) == 1 and not others:
        return [("", members[0][0])]
    exact = [(_keeps(branch, value, module), index) for index, branch in members]
    floored = [(_zone(branch, value), index) for index, branch in members if _is_millis(branch)]
    rounded = [("", index) for index, branch in members if branch.kind == "float"]
    rows = [*exact, *floored, *rounded, *_for_ints(others, value, module)]
    end = next((place for place, row in enumerate(rows) if not row[0]), len(rows) - 1)
    return rows[: end + 1]


def _for_ints(floats: list[tuple[int, Type]], value: str, module: Module) -> list[tuple[str, int]]:
    """Branches of float or double for an int: the first that keeps it, else the double."""
    if len(floats) < 2:
        return [("", index) for index, _ in floats]
    return [("" if branch.kind == "double" else _keeps(branch, value, module), index) for index, branch in floats]


def _keeps(type_: Type, value: str, module: Module) -> str:
    """The condition under which a value of the type's class decodes back equal; empty where it always does."""
    logical = getattr(type_, "logical", None)
    if logical is not None:
        if logical.name == "decimal":
            return f"{module.use('fits_decimal')}({value}, {module.power(logical.scale)}, {logical.precision})"
        if logical.name.endswith("-nanos"):
            return _RANGES["long"].format(value=value)
        whole = f"{value}.microsecond % 1000 == 0" if _is_millis(type_) else ""
        return " and ".join(part for part in (_zone(type_, value), whole) if part)
    if isinstance(type_, Fixed):
        return f"len({value}) == {type_.size}"
    if type_.kind == "float":
        return f"{module.use('is_float32')}({value})"
    return _RANGES[type_.kind].format(value=value) if type_.kind in _RANGES else ""


def _is_millis(type_: Type) -> bool:
    logical = getattr(type_, "logical", None)
    return logical is not None and logical.name.endswith("-millis")


def _zone(type_: Type, value: str) -> str:
    """The condition that parts timestamps from local ones; both are datetimes."""
    logical = getattr(type_, "logical", None)
    if logical is None or "timestamp" not in logical.name:
        return ""
    return f"{value}.tzinfo is None" if logical.name.startswith("local") else f"{value}.tzinfo is not None"


def _class(type_: Type, module: Module) -> str:
    """The exact class of a branch's values, as the module writes it."""
    if isinstance(type_, (Array, Map)):
        return "list" if isinstance(type_, Array) else "dict"
    return module.scope.annotation(type_)
