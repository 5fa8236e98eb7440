# What services use of msgspec, as far as types of values matter: facts must not depend on what is installed.
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final, TypeVar, dataclass_transform, overload

from . import inspect as inspect
from . import json as json
from . import msgpack as msgpack
from . import structs as structs
from . import toml as toml
from . import yaml as yaml

_T = TypeVar("_T")

class UnsetType: ...

UNSET: Final[UnsetType]

class _NoDefault: ...

NODEFAULT: Final[_NoDefault]

@overload
def field(*, default: _T, name: str | None = ...) -> _T: ...
@overload
def field(*, default_factory: Callable[[], _T], name: str | None = ...) -> _T: ...
@overload
def field(*, name: str | None = ...) -> Any: ...

@dataclass_transform(field_specifiers=(field,))
class StructMeta(type): ...

class Struct(metaclass=StructMeta):
    __struct_fields__: ClassVar[tuple[str, ...]]
    __struct_defaults__: ClassVar[tuple[Any, ...]]
    __struct_encode_fields__: ClassVar[tuple[str, ...]]
    __struct_config__: ClassVar[structs.StructConfig]
    def __init_subclass__(
        cls,
        tag: Any = ...,
        tag_field: str | None = ...,
        rename: Any = ...,
        omit_defaults: bool = ...,
        forbid_unknown_fields: bool = ...,
        frozen: bool = ...,
        eq: bool = ...,
        order: bool = ...,
        kw_only: bool = ...,
        repr_omit_defaults: bool = ...,
        array_like: bool = ...,
        gc: bool = ...,
        weakref: bool = ...,
        dict: bool = ...,
        cache_hash: bool = ...,
    ) -> None: ...

class Meta:
    def __init__(self, **settings: Any) -> None: ...

class Raw:
    def __init__(self, msg: bytes | str = ...) -> None: ...
    def copy(self) -> Raw: ...

class MsgspecError(Exception): ...
class EncodeError(MsgspecError): ...
class DecodeError(MsgspecError): ...
class ValidationError(DecodeError): ...

@overload
def convert(
    obj: Any,
    type: type[_T],
    *,
    strict: bool = ...,
    from_attributes: bool = ...,
    dec_hook: Callable[[Any, Any], Any] | None = ...,
    builtin_types: Iterable[Any] | None = ...,
    str_keys: bool = ...,
) -> _T: ...
@overload
def convert(obj: Any, type: Any, **settings: Any) -> Any: ...
def to_builtins(obj: Any, **settings: Any) -> Any: ...
def defstruct(name: str, fields: Iterable[Any], **settings: Any) -> type[Struct]: ...
