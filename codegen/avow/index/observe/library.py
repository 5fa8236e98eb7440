"""What is known of functions outside of the services: which read fields unseen, and which read none.

Of all others the signature tells: a parameter that takes anything may do anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

OPAQUE = frozenset(
    """
    builtins.vars builtins.dir copy.copyreg dataclasses.asdict dataclasses.astuple dataclasses.fields inspect.getmembers
    inspect.signature msgspec.structs.asdict msgspec.structs.astuple msgspec.structs.fields msgspec.to_builtins
    msgspec.json.encode msgspec.json.schema msgspec.json.Encoder.encode msgspec.msgpack.encode
    msgspec.msgpack.Encoder.encode msgspec.inspect.type_info typing.get_type_hints
    """.split()
)
"""They take a contract for what it is and use the names of all its fields."""
_OPAQUE_HERE = ("_runtime.difference.difference",)

_HARMLESS = frozenset(
    """
    abc.abstractmethod asyncio.iscoroutine builtins.all builtins.any builtins.ascii builtins.bool builtins.callable
    builtins.format builtins.hash builtins.id builtins.isinstance builtins.issubclass builtins.len builtins.print
    builtins.repr builtins.str builtins.str.__new__ builtins.type builtins.type.__init__ builtins.bool.__new__
    builtins.BaseException.__init__ builtins.object.__eq__ builtins.object.__ne__ builtins.object.__hash__
    builtins.object.__repr__ builtins.object.__str__ gc.get_referrers inspect.isawaitable inspect.isclass
    inspect.iscoroutinefunction operator.eq operator.is_ operator.is_not operator.ne operator.not_ operator.truth
    pprint.pformat pprint.pp pprint.pprint reprlib.repr sys.getrefcount sys.getsizeof typing.assert_type
    typing.reveal_type unittest.mock.call warnings.warn weakref.finalize
    """.split()
)
_HARMLESS_MODULES = ("logging.", "pytest.", "warnings.", "weakref.", "unittest.case.")
_ASSERTIONS = frozenset(
    """
    assert_any_call assert_awaited_once_with assert_awaited_with assert_called_once_with assert_called_with
    assert_has_calls
    """.split()
)
"""Methods of mocks: they compare."""
_HARMLESS_HERE = (
    "_api.encode",
    "_runtime.framing.SingleObject.encode",
    "_runtime.framing.Confluent.encode",
    "_runtime.framing.Bare.encode",
)


def opaque(names: Iterable[str], package: str) -> str:
    """Return by which of its names a function uses all fields of what it takes, whatever its signature says; or ""."""
    return next((name for name in names if name in OPAQUE or _is_here(name, package, _OPAQUE_HERE)), "")


def is_harmless(names: Iterable[str], package: str) -> bool:
    """Return whether a function, by one of its names, gets values without looking at their fields.

    What encodes an event for the wire reads all of them, but by the schema and for the reader.
    """
    return any(_is_harmless(name, package) for name in names)


@cache
def _is_harmless(name: str, package: str) -> bool:
    return (
        name in _HARMLESS
        or name.rpartition(".")[2] in _ASSERTIONS
        or name.startswith(_HARMLESS_MODULES)
        or _is_here(name, package, _HARMLESS_HERE)
    )


def is_encoder(names: Iterable[str], package: str) -> bool:
    """Return whether a function, by one of its names, encodes an event of the generated package."""
    return any(_is_here(name, package, _HARMLESS_HERE) for name in names)


def _is_here(name: str, package: str, functions: Collection[str]) -> bool:
    """Return whether a name is that of one of some functions of the generated package."""
    return name.startswith(f"{package}.") and name[len(package) + 1 :] in functions
