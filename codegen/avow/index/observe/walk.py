"""The children of each node of mypy's tree: parents come before children, in the order of the text.

mypy's own visitors are compiled and cannot tell a function's end from the next one's start; this walk can.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from mypy.nodes import (
    AssertStmt,
    AssertTypeExpr,
    AssignmentExpr,
    AssignmentStmt,
    AwaitExpr,
    Block,
    CallExpr,
    CastExpr,
    ClassDef,
    ComparisonExpr,
    ConditionalExpr,
    Decorator,
    DelStmt,
    DictExpr,
    DictionaryComprehension,
    ExpressionStmt,
    ForStmt,
    FuncDef,
    GeneratorExpr,
    IfStmt,
    IndexExpr,
    LambdaExpr,
    ListComprehension,
    ListExpr,
    MatchStmt,
    MemberExpr,
    MypyFile,
    Node,
    OperatorAssignmentStmt,
    OpExpr,
    OverloadedFuncDef,
    RaiseStmt,
    ReturnStmt,
    RevealExpr,
    SetComprehension,
    SetExpr,
    SliceExpr,
    StarExpr,
    SuperExpr,
    TemplateStrExpr,
    TryStmt,
    TupleExpr,
    TypeApplication,
    UnaryExpr,
    WhileStmt,
    WithStmt,
    YieldExpr,
    YieldFromExpr,
)
from mypy.patterns import (
    AsPattern,
    ClassPattern,
    MappingPattern,
    OrPattern,
    SequencePattern,
    StarredPattern,
    ValuePattern,
)

CHILDREN: dict[type[Node], tuple[str, ...]] = {
    MypyFile: ("defs",),
    Block: ("body",),
    ExpressionStmt: ("expr",),
    AssignmentStmt: ("lvalues", "rvalue"),
    OperatorAssignmentStmt: ("lvalue", "rvalue"),
    WhileStmt: ("expr", "body", "else_body"),
    ForStmt: ("expr", "index", "body", "else_body"),
    ReturnStmt: ("expr",),
    AssertStmt: ("expr", "msg"),
    DelStmt: ("expr",),
    IfStmt: ("expr", "body", "else_body"),
    RaiseStmt: ("expr", "from_expr"),
    TryStmt: ("body", "types", "vars", "handlers", "else_body", "finally_body"),
    WithStmt: ("expr", "target", "body"),
    MatchStmt: ("subject", "patterns", "guards", "bodies"),
    ClassDef: ("decorators", "base_type_exprs", "removed_base_type_exprs", "metaclass", "keywords", "defs"),
    Decorator: ("original_decorators", "func"),
    OverloadedFuncDef: ("unanalyzed_items",),
    MemberExpr: ("expr",),
    CallExpr: ("callee", "args"),
    YieldExpr: ("expr",),
    YieldFromExpr: ("expr",),
    AwaitExpr: ("expr",),
    OpExpr: ("left", "right"),
    ComparisonExpr: ("operands",),
    IndexExpr: ("base", "index"),
    UnaryExpr: ("expr",),
    AssignmentExpr: ("target", "value"),
    ListExpr: ("items",),
    TupleExpr: ("items",),
    SetExpr: ("items",),
    DictExpr: ("items",),
    SliceExpr: ("begin_index", "end_index", "stride"),
    StarExpr: ("expr",),
    ConditionalExpr: ("cond", "if_expr", "else_expr"),
    GeneratorExpr: ("sequences", "indices", "condlists", "left_expr"),
    ListComprehension: ("generator",),
    SetComprehension: ("generator",),
    DictionaryComprehension: ("sequences", "indices", "condlists", "key", "value"),
    CastExpr: ("expr",),
    AssertTypeExpr: ("expr",),
    RevealExpr: ("expr",),
    TypeApplication: ("expr",),
    SuperExpr: ("call",),
    TemplateStrExpr: ("items",),
    AsPattern: ("pattern",),
    OrPattern: ("patterns",),
    ValuePattern: ("expr",),
    SequencePattern: ("patterns",),
    StarredPattern: (),
    MappingPattern: ("keys", "values"),
    ClassPattern: ("class_ref", "positionals", "keyword_values"),
}
"""Attributes that hold the children of a node, in the order in which they are evaluated."""


def children(node: Node) -> list[Node]:
    """Return the nodes directly inside of a node. Functions and lambdas have their defaults and their body."""
    found: list[Node] = []
    if isinstance(node, (FuncDef, LambdaExpr)):
        found += [each.initializer for each in node.arguments if each.initializer]
        found += bodies(node)
        return found
    for attribute in CHILDREN.get(type(node), ()):
        value = getattr(node, attribute)
        if value is not None:
            _flatten(value, found)
    return found


def bodies(function: FuncDef | LambdaExpr) -> list[Node]:
    """Return the bodies that were checked: where type variables stand for several types, one for each."""
    if isinstance(function, FuncDef) and len(set(map(id, function.expanded))) > 1:
        return [each.body for each in dict.fromkeys(function.expanded) if isinstance(each, FuncDef)]
    return [function.body]


def _flatten(value: object, found: list[Node]) -> None:
    if isinstance(value, Node):
        found.append(value)
    elif isinstance(value, (list, tuple, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            _flatten(each, found)


def walk(
    roots: Iterable[Node], enter: Callable[[Node], bool], leave: Callable[[Node], None], scopes: Collection[type]
) -> None:
    """Go through nodes and all that is inside of them.

    Args:
        roots: Where to begin.
        enter: Called with each node; what is inside of it is left out where this returns False.
        leave: Called with each node of one of the ``scopes`` after what is inside of it.
        scopes: Classes of nodes whose end matters.
    """
    waiting: list[Node | None] = []
    waiting.extend(reversed(list(roots)))
    open_: list[Node] = []
    while waiting:
        node = waiting.pop()
        if node is None:
            leave(open_.pop())
        elif enter(node):
            if type(node) in scopes:
                open_.append(node)
                waiting.append(None)
            waiting.extend(reversed(children(node)))


def chain(node: Node) -> Iterator[Node]:
    """Yield an expression and what it is taken from: `a.b[c].d()` yields it, `a.b[c].d`, `a.b[c]`, `a.b`, `a`."""
    while True:
        yield node
        if isinstance(node, MemberExpr):
            node = node.expr
        elif isinstance(node, CallExpr):
            node = node.callee
        elif isinstance(node, IndexExpr):
            node = node.base
        elif isinstance(node, AwaitExpr):
            node = node.expr
        else:
            return
