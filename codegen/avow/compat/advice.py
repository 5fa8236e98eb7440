"""What to do about each rule: first where the reader's schema can be changed, then where the writer's can."""

from __future__ import annotations

from typing import Final

_BACK: Final = "Go back to the old type, or add a new field beside the old one and deprecate that."
_ALIAS: Final = "Let each alias name one field or type only, and none that is still in use."

FIXES: Final[dict[str, tuple[str, str]]] = {
    "FIELD_MISSING": (
        "Give the field a default.",
        "Keep the field: remove it only once every version that readers run has a default for it.",
    ),
    "TYPE_CHANGED": (_BACK, _BACK),
    "NAME_CHANGED": (
        "Add the old full name to the aliases of the new one.",
        "Keep the name until every reader has the new one as an alias.",
    ),
    "FIXED_SIZE_CHANGED": (_BACK, _BACK),
    "ENUM_SYMBOL_REMOVED": (
        "Keep the symbol, or give the enum a default; the default of a field does not help.",
        "Write new symbols only once every reader has them, or an enum with a default.",
    ),
    "UNION_BRANCH_MISSING": (
        "Keep the branch, or make it a union with it again.",
        "Write the new branch only once every reader has it; a new field with a default is free of this.",
    ),
    "UNION_FIRST_MATCH": (
        "Give the branch that matches first what it lacks, or put the other one before it.",
        "Name the type as the branch that can read it.",
    ),
    "ALIAS_AMBIGUOUS": (_ALIAS, _ALIAS),
    "ALIAS_CROSSED": (_ALIAS, _ALIAS),
    "DECIMAL_SCALE_CHANGED": (_BACK, _BACK),
    "DECIMAL_PRECISION_NARROWED": ("Keep at least the old precision.", "Keep the precision that readers have."),
    "DECIMAL_PRECISION_WIDENED": (
        "Nothing, if the way back is not needed: older readers refuse longer numbers.",
        "Nothing, if the way back is not needed.",
    ),
    "UNIT_CHANGED": (
        "Add a new field in the new unit and deprecate the old one.",
        "Add a new field in the new unit and deprecate the old one.",
    ),
    "PROMOTION_LOSSY": (
        "Keep the type, or take one that holds all of its values.",
        "Keep the type that readers have.",
    ),
    "BYTES_AS_STRING": ("Keep bytes, unless all that was written is UTF-8.", "Write UTF-8 only."),
    "LOGICAL_CHANGED": (
        "Keep the logical type, or see that who reads it expects the other Python type.",
        "Keep the logical type, or see that readers expect the plain value.",
    ),
    "NAMESPACE_CHANGED": (
        "Add the old full name as an alias: some libraries compare full names.",
        "Keep the namespace: some libraries compare full names.",
    ),
}
