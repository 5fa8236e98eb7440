"""Observe, infer, type again what that changes, until nothing changes any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mypy.checker import DeferredNode
from mypy.nodes import FuncDef, LambdaExpr, MypyFile, Node, SymbolNode, Var
from mypy.subtypes import is_same_type
from mypy.types import Type

from avow.index.infer.derived import derived, put
from avow.index.infer.inject import Injector
from avow.index.infer.slots import types_of
from avow.index.observe.notes import RESULT, Function, Notes, Slot
from avow.index.observe.target import Target, glance, lacks_types, observe
from avow.index.world import World

_ROUNDS = 12
"""Chains of calls without annotations are rarely half as long; what is not known by then stays unknown."""


class Fixpoint:
    """The targets of a world with what is noted of each; ``types`` are those that slots were given."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.notes: dict[Target, Notes] = {}
        """In the order in which targets were found; of one that waits, only what a glance tells."""
        self.types: dict[Slot, Type] = {}
        self._waiting: list[Target] = []
        self._touched: dict[Target, None] = {}
        self._home: dict[Function, Target] = {}
        self._injector = Injector(world)

    def run(self) -> None:
        """Observe everything, and again what learns from it."""
        self._observe(self._modules())
        for _ in range(_ROUNDS):
            changed, filled = self._learn()
            if not changed and not filled and not self._waiting:
                return
            dirty = self._inject(changed)
            self._touched.update(dict.fromkeys(dirty))
            self._type_again(dirty)
            waiting, self._waiting = self._waiting, []
            for target in dict.fromkeys([*dirty, *waiting, *self._calling(filled)]):
                self.notes[target], _ = observe(self.world, target)

    def _calling(self, nodes: set[Node]) -> list[Target]:
        """Return the targets that may call functions which were put somewhere."""
        own = {self._home[node] for node in nodes if isinstance(node, (FuncDef, LambdaExpr))}
        return [target for target, notes in self.notes.items() if target in own or not notes.uses.isdisjoint(nodes)]

    def forget(self, files: Collection[str]) -> None:
        """Let modules of other units too be as if this one had not been: with the types that are written there."""
        self._injector.undo()
        self._type_again([target for target in self._touched if target.file in files])
        for file in self.world.ids:
            self.world.state(file).free_state()

    def _modules(self) -> list[Target]:
        return [Target(file, self.world.tree(file), self.world.tree(file)) for file in self.world.ids]

    def _observe(self, modules: Iterable[Target]) -> None:
        """Observe modules and the functions in them, but for those that will be typed otherwise before long."""
        targets = list(modules)
        for target in targets:
            if lacks_types(target):
                self._waiting.append(target)
                self.notes[target] = glance(target)
            else:
                self.notes[target], found = observe(self.world, target)
                targets += found
            for function in self.notes[target].functions:
                self._home[function] = target

    # what is new

    def _learn(self) -> tuple[dict[Slot, Type], set[Node]]:
        """Return the slots with other types than before, and the nodes of those with more functions."""
        flows = [flow for notes in self.notes.values() for flow in notes.flows]
        flows += derived(self.notes.values())
        filled = put(self.world, flows, [held for notes in self.notes.values() for held in notes.held])
        now = types_of(self.world, flows, self.types)
        changed = {slot: type_ for slot, type_ in now.items() if _differ(self.types.get(slot), type_)}
        self.types.update(changed)
        return changed, filled

    def _inject(self, changed: dict[Slot, Type]) -> list[Target]:
        """Change the trees; return the targets whose types may be others now."""
        nodes: set[SymbolNode] = set()
        dirty: set[Target] = set()
        functions = {slot.node for slot in changed if isinstance(slot.node, (FuncDef, LambdaExpr))}
        for function in functions:
            own = {slot.index: type_ for slot, type_ in self.types.items() if slot.node is function}
            self._injector.function(function, own, self._home[function].node)
            dirty.add(self._home[function])
            if isinstance(function, FuncDef) and Slot(function, RESULT) in changed:
                nodes |= {function, *self._whole(function)}
                dirty.update(self._unseen(function))
        for slot, type_ in changed.items():
            if isinstance(slot.node, Var):
                self._injector.variable(slot, type_)
                nodes.add(slot.node)
        for target, notes in self.notes.items():
            for variable, place in notes.places:
                if variable in nodes:
                    self._injector.declare(place)
                    dirty.add(target)
            if not nodes.isdisjoint(notes.uses):
                dirty.add(target)
        dirty.update(self._waiting if nodes else ())  # what they use is not known yet
        return [target for target in self.notes if target in dirty]

    def _unseen(self, function: FuncDef) -> Iterable[Target]:
        """Return the targets that may call a function which nothing names, as `for` calls `__next__`."""
        if not function.name.startswith("__"):
            return []
        near = self.world.together[self._home[function].file]
        return [target for target in self.notes if target.file in near]

    def _whole(self, function: FuncDef) -> Iterable[SymbolNode]:
        whole = self._home[function].whole
        return [] if isinstance(whole, MypyFile) else [whole]

    # typing again

    def _type_again(self, targets: list[Target]) -> None:
        self.world.checked.result.manager.errors.reset()  # it takes none for a file that it has reported on
        by_file: dict[str, list[Target]] = {}
        for target in targets:
            by_file.setdefault(target.file, []).append(target)
        for file, own in by_file.items():
            self._check(file, own)

    def _forget_locals(self, target: Target) -> None:
        """Let variables have no types, as before: what they had would be expected of what they are set to."""
        for variable in self.notes[target].locals:
            if variable not in self.world.inferred:
                variable.type = None

    def _check(self, file: str, targets: list[Target]) -> None:
        state = self.world.state(file)
        for target in targets:
            self._forget_locals(target)
            checker = state.type_checker()
            checker.pass_num = -1
            checker.deferred_nodes = []
            is_module = isinstance(target.node, MypyFile)
            todo = [DeferredNode(target.whole, target.info)]  # type: ignore[arg-type]
            checker.check_second_pass(todo, recurse_into_functions=not is_module)
            while checker.deferred_nodes and checker.pass_num < checker.last_pass:
                checker.check_second_pass()
        self.world.learn(state.type_map())


def _differ(before: Type | None, now: Type) -> bool:
    """Whether a type tells something else; in which order the items of a union stand means nothing."""
    return before is not now and (before is None or not is_same_type(before, now))
