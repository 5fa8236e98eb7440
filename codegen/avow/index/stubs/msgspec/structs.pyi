from typing import Any, TypeVar

from . import Struct

_S = TypeVar("_S")

class StructConfig:
    frozen: bool
    tag: str | int | None
    tag_field: str | None

class FieldInfo:
    name: str
    encode_name: str
    type: Any
    default: Any
    default_factory: Any
    @property
    def required(self) -> bool: ...

def replace(struct: _S, /, **changes: Any) -> _S: ...
def asdict(struct: Struct) -> dict[str, Any]: ...
def astuple(struct: Struct) -> tuple[Any, ...]: ...
def fields(type_or_instance: Any) -> tuple[FieldInfo, ...]: ...
def force_setattr(struct: Struct, name: str, value: Any) -> None: ...
