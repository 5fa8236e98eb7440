"""Classes that are registered: their methods that handle get what the class is registered for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mypy.nodes import AssignmentStmt, ClassDef, Expression, NameExpr, TypeInfo

from avow.index.observe.notes import Meant
from avow.index.observe.registry import bind, expect, handle, inside, named_as_text, named_in
from avow.index.observe.scene import Scene
from avow.index.observe.wrappers import function_of

_METHODS = frozenset(
    """
    __call__ apply consume execute handle handle_command handle_event handle_message on on_event on_message process
    process_event receive when
    """.split()
)
"""What the method that handles is called; else it has a parameter of one of these names."""
_PARAMETERS = frozenset({"command", "event", "message", "msg"})
_ATTRIBUTE = re.compile("command|consum|contract|event|handle|input|listen|message|query|schema|subscri|type")
_OUTPUT = re.compile("answer|emit|output|produc|publish|repl|respon|result|return|send|sent")


def on_class(scene: Scene, node: ClassDef) -> None:
    """Note what a class is registered for.

    By a decorator, `@handles(AddressChanged)`, a keyword, `class Quote(Handler, event=AddressChanged)`, or an
    attribute, `event = AddressChanged`.
    """
    methods = list(_methods(node.info))
    nodes = [each for decorator in node.decorators for each in inside(decorator)]
    nodes += [each for base in node.removed_base_type_exprs for each in inside(base)]
    nodes += [*node.keywords.values(), *_attributes(node)]
    infos = [found for each in nodes for found in named_in(scene, each)]
    expect(scene, methods, named_as_text(scene, nodes))
    if infos and bind(scene, methods, [info for info, _ in infos]):
        handle(scene, infos)


def _methods(info: TypeInfo) -> Iterator[Meant]:
    functions = {name: function_of(symbol.node) for name, symbol in info.names.items()}
    known = {name: each for name, each in functions.items() if each is not None}
    named = [each for name, each in known.items() if name in _METHODS]
    telling = [each for each in known.values() if not _PARAMETERS.isdisjoint(each.arg_names)]
    for function in named or telling:
        yield Meant(function, 0 if function.is_static else 1)


def _attributes(node: ClassDef) -> Iterator[Expression]:
    """Yield what attributes are set to that say what comes in."""
    for statement in node.defs.body:
        if isinstance(statement, AssignmentStmt):
            names = [each.name for each in statement.lvalues if isinstance(each, NameExpr)]
            if any(_ATTRIBUTE.search(name.lower()) and not _OUTPUT.search(name.lower()) for name in names):
                yield statement.rvalue


ON = {ClassDef: on_class}
