"""What is noted of a piece of code: facts that stand by themselves, and what only all of the code can settle."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from mypy.nodes import Expression, FuncDef, LambdaExpr, SymbolNode, TypeInfo, Var
from mypy.types import Type

from avow.index.fact import Fact

Function: TypeAlias = FuncDef | LambdaExpr


class Slot(Struct, frozen=True, eq=True):
    """A place whose type the code does not say, and that takes values: it has the type of what flows there.

    ``node`` is a function for its parameter number ``index`` (or for its result, at RESULT), else a variable. Of a
    container in a variable, ``depth`` says how many containers deep the values go, and ``index`` whether the
    innermost is a LIST or a DICT.
    """

    node: SymbolNode | LambdaExpr
    index: int = 0
    depth: int = 0

    @property
    def is_parameter(self) -> bool:
        """Whether it is a parameter, and neither a result nor a variable."""
        return isinstance(self.node, (FuncDef, LambdaExpr)) and self.index != RESULT

    @property
    def key(self) -> tuple[int, int]:
        """What makes it another place; of a variable it is all one whatever containers are in it."""
        return (id(self.node), 0 if isinstance(self.node, Var) else self.index)

    def __hash__(self) -> int:
        return hash((id(self.node), self.index, self.depth))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Slot)
            and self.node is other.node
            and (self.index, self.depth) == (other.index, other.depth)
        )


RESULT = -1
LIST, DICT = 0, 1


class Flow(Struct, frozen=True):
    """A value that goes to a slot. It is ``certain`` where no other function could be meant."""

    slot: Slot
    type: Type
    certain: bool = True
    bound: bool = False
    """Whether a registration says so, which is then the last word on the slot."""
    origin: FuncDef | None = None
    """The function in which it is."""


class Meant(Struct, frozen=True):
    """A function that an expression stands for; the first ``skip`` parameters are filled already."""

    function: Function
    skip: int = 0
    is_around: bool = False
    """Whether it is one that stands around the function that is named, put there by a decorator."""


class Held(Struct, frozen=True):
    """A function that is put into a slot, or into a container there."""

    slot: Slot
    meant: Meant


class Leak(Struct, frozen=True):
    """Contracts that go to a parameter which takes anything: an escape if the function does not keep it to itself."""

    slot: Slot
    carried: frozenset[str]
    fact: Fact


class Access(Struct, frozen=True):
    """An attribute of something whose type is not known; the attribute WHOLE stands for all that it has.

    ``slots`` are those that it was taken from, by the attributes of ``path``; None where it may be from anywhere.
    """

    attribute: str
    fact: Fact
    slots: frozenset[Slot] | None
    path: tuple[str, ...] = ()


class Call(Struct, frozen=True):
    """A function refers to another: it calls it or hands it on. ``target`` is a name where it is not resolved."""

    caller: tuple[str, str]
    target: Function | str


class Passed(Struct, frozen=True):
    """A value goes to a parameter, which may turn out to be sent; ``source`` is the parameter that it came from."""

    slot: Slot
    carried: frozenset[str]
    fact: Fact
    source: Slot | None = None
    is_unknown: bool = False
    """Whether nothing is known of the value."""
    is_loose: bool = False
    """Whether the parameter takes anything."""


class Notes:
    """All that is noted of one target."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.flows: list[Flow] = []
        self.held: list[Held] = []
        """Functions that are put into slots."""
        self.leaks: list[Leak] = []
        self.leaking_types: set[tuple[FuncDef | None, str]] = set()
        """Type variables of functions whose values go where they cannot be followed."""
        self.leaking: set[Slot] = set()
        """Parameters that take anything and are not kept."""
        self.links: list[tuple[Slot, Slot]] = []
        """A parameter that takes anything is handed to another such."""
        self.accesses: list[Access] = []
        self.calls: list[Call] = []
        self.sent: list[Slot] = []
        """Parameters that are sent."""
        self.passed: list[Passed] = []
        self.mentions: set[str] = set()
        """Types that are named, other than to build them."""
        self.imported: set[str] = set()
        """Types whose classes are imported."""
        self.named: set[str] = set()
        """Types whose classes are named anywhere but in imports."""
        self.is_open = False
        """Whether an event of any type may come in here."""
        self.handled: list[tuple[Fact, FuncDef, int]] = []
        """Handle facts of parameters, which fall where the function is only called from within."""
        self.returned: list[tuple[FuncDef, Fact, frozenset[str]]] = []
        """Contracts that a function gives back as something that says nothing of them."""
        self.uses: set[SymbolNode] = set()
        """What the types in it depend on."""
        self.registered: list[Function] = []
        """Functions that are registered for something."""
        self.generic: list[tuple[Function, frozenset[str], frozenset[str], Fact]] = []
        """What goes to parameters whose type has type variables: these, the contracts, and the escape it may be."""
        self.implements: set[tuple[TypeInfo, TypeInfo]] = set()
        """Classes and protocols that their values stand for."""
        self.places: list[tuple[Var, Expression]] = []
        """Where variables without annotation are set."""
        self.locals: list[Var] = []
        """Variables whose types are those of what they are set to."""
        self.functions: list[Function] = []
        """The functions inside of the target, itself included."""
