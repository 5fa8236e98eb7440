"""What a generated package knows of itself: its classes and codecs by full name, each loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from .errors import EncodeError
from .lazy import load_module
from .record import Record, Symbol

if TYPE_CHECKING:
    from .reference import Reference
    from .versions import Versions

Encoder: TypeAlias = Callable[..., bytes]
Decoder: TypeAlias = Callable[[bytes, int], Any]


class Registry:
    """The types and codecs of one generated package.

    ``types`` gives for each full name the module and class, the codec's module, and the outermost definition
    around it; ``roots`` gives full names by fingerprint.
    """

    def __init__(self, package: str, types: dict[str, tuple[str, str, str, str]], roots: dict[int, str]) -> None:
        self.roots = roots
        self._package = package
        self._types = types
        self._classes: dict[str, Any] = {}

    @cached_property
    def reference(self) -> Reference:
        """The plain encoder and the interpreter, loaded when a message is the first to need them."""
        from .reference import Reference

        return Reference(self)

    @cached_property
    def versions(self) -> Versions:
        """The older versions of contracts, loaded when a message is the first to need them."""
        from .versions import Versions

        return Versions(self, self.load("_versions").VERSIONS)

    def has(self, name: str) -> bool:
        """Return whether the package has a type of this full name."""
        return name in self._types

    def class_of(self, name: str) -> Any:
        """Return the class of a record or an enum by full name; KeyError where the package has none."""
        found = self._classes.get(name)
        if found is None:
            module, class_name, _, _ = self._types[name]
            found = self._classes[name] = getattr(self.load(module), class_name)
        return found

    def name_of(self, class_: Any) -> str:
        """Return the full name of a generated class. Raises TypeError for anything else."""
        name = getattr(class_, "__avro__", "")
        if name not in self._types or self.class_of(name) is not class_:
            shown = class_.__qualname__ if isinstance(class_, type) else repr(class_)[:60]
            raise TypeError(f"{shown} is no class of {self._package}")
        return str(name)

    def name_of_value(self, value: Any) -> str:
        """Return the full name of a value's class. Raises EncodeError for what is no value of a generated class."""
        try:
            return self.name_of(type(value))
        except TypeError as error:
            raise EncodeError(type(value).__name__, "", str(error)) from None

    def codec(self, name: str) -> ModuleType:
        """Return the codec module of the outermost definition around a type."""
        return self.load(self._types[name][2])

    def header(self, name: str) -> bytes:
        """Return the header of a type's single-object messages. Raises EncodeError for one inside another."""
        if self._types[name][3] != name:
            raise EncodeError(name, "", "it is defined inside another type and has no fingerprint; use framing.bare")
        head: bytes = self.codec(name).HEAD
        return head

    def encoder(self, class_: type) -> Encoder:
        """Return the function that encodes instances of a class, with a header in front."""
        name = self.name_of(class_)
        if self._has_functions(name, class_):
            fast: Encoder = self.codec(name).encode
            return fast

        def plain(value: Record | Symbol, head: bytes | None = None) -> bytes:
            return (self.header(name) if head is None else head) + self.reference.write(value)

        return plain

    def decoder(self, class_: type) -> Decoder:
        """Return the function that decodes what today's schema of a class wrote, from a position on."""
        name = self.name_of(class_)
        if self._has_functions(name, class_):
            fast: Decoder = self.codec(name).decode
            return fast

        def plain(data: bytes, position: int = 0) -> Any:
            return self.reference.read(name, data, position)

        return plain

    def decoder_of(self, number: int) -> Decoder:
        """Return the function that decodes what the schema of a fingerprint wrote, from a position on.

        Raises KeyError where the package does not know it.
        """
        name = self.roots.get(number)
        return self.versions.decoder(number) if name is None else self.decoder(self.class_of(name))

    def _has_functions(self, name: str, class_: type) -> bool:
        return self._types[name][3] == name and issubclass(class_, Record)

    def load(self, module: str) -> ModuleType:
        """Return a module of the package by its name inside."""
        return load_module(f"{self._package}.{module}")
