"""Rules about who sends, handles and reads which contract."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "COMMAND_WITHOUT_HANDLER",
        "warning",
        "architecture",
        purpose="A service sends a command, and no service handles it.",
        why="""
            A command asks for something to be done. Where nobody listens, the sender sees no error: the broker takes
            the message, and the work is never done. It is found when a customer asks.
        """,
        fix="""
            Write the handler, in the service that owns the contract. If it is handled outside of this repository, say
            so in an exception from this rule. If the code that handles it cannot be followed, annotate the handler.
        """,
        example="""
            Before
            -- producers/portal/app.py
            await bus.publish(ChangeAddress(customer_id=customer_id, address=address))

            After
            -- consumers/customers/handlers.py
            @bus.subscriber(ChangeAddress)
            async def change_address(command: ChangeAddress) -> None: ...
        """,
    ),
    row(
        "COMMAND_WITH_TWO_HANDLERS",
        "error",
        "architecture",
        purpose="Two services handle the same command.",
        why="""
            A command is to be done once. With two handlers it is done twice, or each of them does a part and nobody
            knows which one failed. An event may have many readers; a command has exactly one.
        """,
        fix="""
            Leave the command to the service that owns it, and let the other handle the event that says it was done.
        """,
        example="""
            Before
            -- consumers/audit/handlers.py
            @bus.subscriber(ChangeAddress)
            async def note(command: ChangeAddress) -> None: ...

            After
            -- consumers/audit/handlers.py
            @bus.subscriber(AddressChanged)
            async def note(event: AddressChanged) -> None: ...
        """,
    ),
    row(
        "EVENT_NEVER_SENT",
        "warning",
        "architecture",
        purpose="A service handles an event, and no service sends or builds it.",
        why="""
            The handler waits for something that never comes. Its tests pass, since they build the event themselves.
            Mostly the sender was moved or renamed, or it sends another version of the event under another name.
        """,
        fix="""
            Send it, or remove the handler. If it comes from outside of this repository, say so in an exception from
            this rule. If avow does not know the function that sends it, list that as `sends` in [tool.avow].
        """,
        example="""
            Before
            -- consumers/quoting/handlers.py
            async def on_moved(event: CustomerMoved) -> None: ...

            After
            -- producers/customers/app.py
            await bus.publish(CustomerMoved(customer_number=number, occurred_at=now))
        """,
    ),
    row(
        "SENSITIVE_READ",
        "error",
        "architecture",
        purpose="A service reads a field that is marked sensitive, and is not among its readers.",
        why="""
            Whoever marked the field wrote down who may see such data. A service that reads it nonetheless copies it
            into its logs, tables and caches, where nobody looks for it when it has to be deleted.
        """,
        fix="""
            Do without the field, or ask the owner of the schema to add the service to the `readers` of its mark.
        """,
        example="""
            Before
            {"name": "date_of_birth", "type": "string", "sensitive": {"readers": ["quoting"]}}
            -- consumers/marketing/handlers.py
            greet(event.after.date_of_birth)

            After
            {"name": "date_of_birth", "type": "string", "sensitive": {"readers": ["marketing", "quoting"]}}
        """,
    ),
    row(
        "SENSITIVE_ESCAPE",
        "warning",
        "architecture",
        purpose="""
            A value with a sensitive field goes where it cannot be followed, in a service that is not among its
            readers.
        """,
        why="""
            What is dumped to JSON, handed to a template or to a library without types is out of sight: the field may
            end up in a log or a mail, and no check can tell. Nobody finds it there when a customer asks for the data
            to be deleted.
        """,
        fix="""
            Hand on the fields that are needed instead of the whole value. Or say in a comment which are read:
            `# avow: reads AddressChanged.customer_id`.
        """,
        example="""
            Before
            log.info("got %s", json.dumps(asdict(event)))

            After
            log.info("got %s", event.customer_id)
        """,
    ),
    row(
        "EVENT_LOOP",
        "warning",
        "architecture",
        purpose="Handling a contract leads, through one or several services, to sending it again.",
        why="""
            If no condition on the way ends it, one message becomes a stream that never stops, and it grows with each
            retry. It shows in production, since in a test each service is alone.
        """,
        fix="""
            Break the circle: let one of the handlers send another contract, or none. If a condition ends it, say in
            an exception from this rule which one.
        """,
        example="""
            Before
            CustomerUpdated -> customers -> CustomerUpdated

            After
            CustomerUpdated -> quoting -> QuoteGenerated
        """,
    ),
)
