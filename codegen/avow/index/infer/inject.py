"""Give a function or a variable the type that was inferred, as if it had been written there."""

from __future__ import annotations

from collections.abc import Mapping

from mypy.nodes import CallExpr, Expression, FuncDef, LambdaExpr, MemberExpr, NameExpr, Node, TypeInfo, Var
from mypy.typeops import callable_type
from mypy.types import AnyType, CallableType, FunctionLike, Instance, Type, TypeOfAny

from avow.index.infer.slots import filled
from avow.index.infer.wrap import give, unwrap, wrap
from avow.index.observe.notes import LIST, RESULT, Function, Slot
from avow.index.world import World


class Injector:
    """Changes nodes of mypy's trees; what they were is kept, to start each change from there and to go back."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._written: dict[FuncDef, CallableType] = {}
        self._before: dict[FuncDef, FunctionLike | None] = {}
        self._places: list[NameExpr | MemberExpr] = []
        self._wrappers: dict[LambdaExpr, CallExpr] = {}
        self._roots: dict[LambdaExpr, Node] = {}
        self._declared: dict[Var, Type | None] = {}

    def function(self, function: Function, types: Mapping[int, Type], root: Node) -> None:
        """Give parameters, and the result, of a function types; it is somewhere below the ``root``."""
        if isinstance(function, LambdaExpr):
            if function not in self._wrappers:
                self._wrappers[function] = wrap(root, function)
                self._roots[function] = root
                function.unanalyzed_type = self._signature(function, {})
            give(self._wrappers[function], self._signature(function, types))
            return
        base = self._base(function)
        arguments = [types.get(index, type_) for index, type_ in enumerate(base.arg_types)]
        result = self._result(function, types[RESULT]) if RESULT in types else base.ret_type
        function.type = base.copy_modified(arg_types=arguments, ret_type=result)

    def _base(self, function: FuncDef) -> CallableType:
        if function not in self._written:
            self._before[function] = function.type if isinstance(function.type, FunctionLike) else None
            known = function.type if isinstance(function.type, CallableType) else None
            self._written[function] = known or callable_type(function, self._instance("builtins", "function"))
        return self._written[function]

    def _signature(self, function: LambdaExpr, types: Mapping[int, Type]) -> CallableType:
        any_ = AnyType(TypeOfAny.unannotated)
        known = [types.get(index, any_) for index in range(len(function.arguments))]
        fallback = self._instance("builtins", "function")
        return CallableType(known, function.arg_kinds, function.arg_names, any_, fallback)

    def _result(self, function: FuncDef, type_: Type) -> Type:
        any_ = AnyType(TypeOfAny.special_form)  # as mypy has it: any other could mean any overload
        if function.is_async_generator:
            return self._instance("typing", "AsyncGenerator", type_, any_)
        if function.is_generator:
            return self._instance("typing", "Generator", type_, any_, any_)
        if function.is_coroutine:
            return self._instance("typing", "Coroutine", any_, any_, type_)
        return type_

    def variable(self, slot: Slot, type_: Type) -> None:
        """Give a variable a type, or the container in it one of what it holds."""
        variable = slot.node
        assert isinstance(variable, Var)
        before = self._declared.setdefault(variable, variable.type)
        after = filled(before, slot.depth, type_, lambda item: self._container(slot, item)) if slot.depth else type_
        if after is not None:
            variable.type = after
            variable.is_inferred = False
            variable.is_ready = True
            self._world.inferred.add(variable)

    def _container(self, slot: Slot, item: Type) -> Type:
        if slot.index == LIST:
            return self._instance("builtins", "list", item)
        return self._instance("builtins", "dict", AnyType(TypeOfAny.special_form), item)

    def declare(self, place: Expression) -> None:
        """Let a place where a variable is set no longer be where its type comes from."""
        if isinstance(place, (NameExpr, MemberExpr)) and place.is_inferred_def:
            place.is_inferred_def = False
            self._places.append(place)

    def undo(self) -> None:
        """Put everything back to what is written in the code."""
        for function, type_ in self._before.items():
            function.type = type_
        for variable, declared in self._declared.items():
            variable.type, variable.is_inferred = declared, True
        for place in self._places:
            place.is_inferred_def = True
        for lambda_, wrapper in self._wrappers.items():
            unwrap(self._roots[lambda_], wrapper)
            lambda_.unanalyzed_type = None

    def _instance(self, module: str, name: str, *args: Type) -> Instance:
        info = self._world.library(module).names[name].node
        assert isinstance(info, TypeInfo)
        return Instance(info, list(args))
