"""Sending: calls of functions that publish what they are given, as it is or encoded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from fnmatch import translate
from functools import cache

from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, MemberExpr, NameExpr, Var
from mypy.types import CallableType

from avow.index.fact import WHOLE
from avow.index.observe.library import is_encoder
from avow.index.observe.notes import Slot
from avow.index.observe.scene import Scene, names_of, written
from avow.index.observe.values import carried, keep, parameter
from avow.index.observe.walk import chain
from avow.index.typed.shapes import is_any

BROKERS = frozenset(
    """
    aio_pika aioboto3 aiobotocore aiokafka aiomqtt aiormq asyncio_nats azure boto3 celery confluent_kafka dramatiq
    faststream google gmqtt kafka kombu nats paho pika propan pulsar redis rocketmq rq stomp taskiq zmq
    """.split()
)
"""Libraries that talk to brokers, by the name that is imported."""

METHODS = frozenset(
    """
    apply_async basic_publish delay emit enqueue kiq produce publish put_events request send send_and_wait
    send_message send_messages send_task xadd
    """.split()
)
"""What sends in those libraries."""

_HERE = frozenset({"add", "ask", "emit", "publish", "put", "send"})
"""What sends in the integrations of the generated package."""
_ANSWERING = frozenset({"handler"})
"""What decorates functions there whose results are sent."""


def sent(scene: Scene, call: CallExpr, names: Iterable[str]) -> bool:
    """Note what a call sends; return whether it is a call of a function that sends."""
    listed = _is_listed(scene, [*names, *_by_its_looks(scene, call)])
    if not (listed or _is_ours(scene, names, _HERE) or _is_broker(scene, call)):
        return False
    for each in call.args:
        for value in _values(scene, each):
            _send(scene, call, value)
        keep(scene, each)
    return True


def _by_its_looks(scene: Scene, call: CallExpr) -> Iterator[str]:
    """Yield the name of a method as it is written, where nothing else is known of it."""
    if isinstance(call.callee, MemberExpr) and is_any(scene.type(call.callee.expr)):
        yield written(call.callee)


def _is_listed(scene: Scene, names: Iterable[str]) -> bool:
    pattern = _pattern(scene.world.project.settings.sends)
    return pattern is not None and any(pattern.match(name) for name in names)


@cache
def _pattern(globs: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(translate(each) for each in globs)) if globs else None


def _is_ours(scene: Scene, names: Iterable[str], which: Collection[str]) -> bool:
    """Whether one of some functions of the package's integrations is named, as it is imported or where it is."""
    package = scene.contracts.package
    starts = (f"{package}.integrations.", f"{package}._runtime.integrations.")
    return any(name.startswith(starts) and name.rpartition(".")[2] in which for name in names)


def _is_broker(scene: Scene, call: CallExpr) -> bool:
    """Whether a method of that name is called on something of a library, where a broker's library is in use."""
    callee = call.callee
    if not isinstance(callee, MemberExpr) or callee.name not in METHODS:
        return False
    return is_any(scene.type(callee.expr)) and _has_broker(scene)


def _has_broker(scene: Scene) -> bool:
    return not BROKERS.isdisjoint(scene.world.libraries(scene.file))


def _values(scene: Scene, node: Expression) -> Iterator[Expression]:
    """Yield what is sent: the value, or what was encoded to it, here or in a variable before."""
    yield node
    if isinstance(node, CallExpr) and is_encoder(names_of(scene, node.callee), scene.contracts.package):
        yield from node.args[:1]
    elif isinstance(node, CallExpr):
        for each in node.args:
            yield from _values(scene, each)
    elif isinstance(node, NameExpr) and isinstance(node.node, Var):
        yield from scene.encoded.get(node.node, ())


def _send(scene: Scene, call: CallExpr, value: Expression) -> None:
    shown = carried(scene, value)
    for name in sorted(shown):
        row = scene.contracts.catalogue.get(name)
        if row is not None and row.kind:
            scene.note("send", name, WHOLE, call.line)
    slot = parameter(scene, value) or _plain_parameter(scene, value)
    if slot is not None:
        scene.notes.sent.append(slot)


def _plain_parameter(scene: Scene, node: Expression) -> Slot | None:
    """The parameter that a name is, whatever its type: of all contracts it may only show the base."""
    if not isinstance(node, NameExpr):
        return None
    for function in scene.functions:
        for index, each in enumerate(function.arguments):
            if each.variable is node.node:
                return Slot(function, index)
    return None


def remember_encoded(scene: Scene, target: Expression, value: Expression) -> None:
    """Note a variable that holds an encoded event."""
    if not isinstance(target, NameExpr) or not isinstance(target.node, Var):
        return
    for each in chain(value):
        if isinstance(each, CallExpr) and is_encoder(names_of(scene, each.callee), scene.contracts.package):
            scene.encoded.setdefault(target.node, []).extend(each.args[:1])


def on_decorator(scene: Scene, node: Decorator) -> None:
    """`@broker.publisher("quotes")`, `@answers.handler(GetCustomer)`: what the handler returns is sent."""
    for each in node.original_decorators:
        callee = each.callee if isinstance(each, CallExpr) else each
        if _is_publisher(scene, callee) or _is_ours(scene, names_of(scene, callee), _ANSWERING):
            _send_result(scene, node.func)


def _is_publisher(scene: Scene, callee: Expression) -> bool:
    if not isinstance(callee, MemberExpr) or callee.name != "publisher":
        return False
    return is_any(scene.type(callee.expr)) and _has_broker(scene)


def _send_result(scene: Scene, function: FuncDef) -> None:
    if isinstance(function.type, CallableType):
        scene.names.append(function.name)
        for name in sorted(scene.shapes.carried(function.type.ret_type)):
            scene.note("send", name, WHOLE, function.line)
        scene.names.pop()


ON = {Decorator: on_decorator}
