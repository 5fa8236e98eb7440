"""What a contract should say about itself, and whether its shape keeps what it says."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "MISSING_OWNER",
        "warning",
        "contract",
        purpose="A contract names no `owner`.",
        why="""
            The owner is the service that sends the event or handles the command. When a message is wrong at
            night, or a field has to change, there is otherwise no one to ask but the author of the last
            commit.
        """,
        fix="Add the name of the service, as its folder under producers/ or consumers/ has it.",
        example="""
            Before
            {"kind": "event", "channel": "customers.address-changed"}

            After
            {"kind": "event", "owner": "customers", "channel": "customers.address-changed"}
        """,
    ),
    row(
        "MISSING_PATTERN",
        "warning",
        "contract",
        purpose="An event does not say which `pattern` it follows.",
        why="""
            A notification, a state transfer and a sourced event look alike and are used in different ways: on
            the first a reader asks for more, of the second it keeps a copy, from the third it rebuilds
            state. Where nobody has said which it is, each reader treats it as another, and the sender cannot
            tell what may be left out.
        """,
        fix="""
            Say `notification` for ids and what changed, `state-transfer` for the whole state, `sourced` for a
            fact in the history of an aggregate.
        """,
        example="""
            Before
            {"kind": "event", "owner": "customers"}

            After
            {"kind": "event", "pattern": "notification", "owner": "customers"}
        """,
    ),
    row(
        "MISSING_CHANNEL",
        "warning",
        "contract",
        purpose="A contract does not say on which `channel` it travels.",
        why="""
            Without it the name of the topic or subject stands in the code of every service, once for those
            who send and once for those who listen. A typing error in one of them is no error anywhere: the
            messages simply never arrive.
        """,
        fix="""
            Add the topic, subject or queue as `channel`. Senders and readers take it from the generated
            class.
        """,
        example="""
            Before
            {"kind": "event", "owner": "customers"}

            After
            {"kind": "event", "owner": "customers", "channel": "customers.address-changed"}
        """,
    ),
    row(
        "MISSING_KEY",
        "warning",
        "contract",
        purpose="A contract names no `key`.",
        why="""
            A broker keeps order only among messages of one key. Without a key two changes of one customer
            can be handled at the same time or in the wrong order, and the older address wins. This shows
            under load only, and not in a test.
        """,
        fix="""
            Name the field that says what the message is about, such as `customer_id`; a path with dots
            reaches into nested records.
        """,
        example="""
            Before
            {"kind": "event", "owner": "customers"}

            After
            {"kind": "event", "owner": "customers", "key": "customer_id"}
        """,
    ),
    row(
        "KEY_NOT_FOUND",
        "error",
        "contract",
        purpose="The `key` of a contract leads to no field of its record.",
        why="""
            The key is read from every message that is sent. With a path that leads nowhere, sending fails,
            or all messages get an empty key and lose their order. Mostly the field was renamed and the key
            forgotten.
        """,
        fix="Write the path as the fields are named now, from the contract's record down, joined by dots.",
        example="""
            Before
            {
              "type": "record", "name": "AddressChanged",
              "contract": {"kind": "event", "key": "customerId"},
              "fields": [{"name": "customer_id", "type": "string"}]
            }

            After
            {
              "type": "record", "name": "AddressChanged",
              "contract": {"kind": "event", "key": "customer_id"},
              "fields": [{"name": "customer_id", "type": "string"}]
            }
        """,
    ),
    row(
        "MISSING_PARTITIONS",
        "warning",
        "contract",
        purpose="A contract does not say into how many `partitions` its channel is divided.",
        why="""
            The number decides how many messages can be handled at once, and which partition a key falls
            into. Where it is left to the broker's default it differs between environments, and raising it
            later sends a key to another partition while its older messages still wait in the first: their
            order is lost.
        """,
        fix="Add the number, with room to grow: as many as there may one day be readers side by side.",
        example="""
            Before
            {"kind": "event", "owner": "customers", "key": "customer_id"}

            After
            {"kind": "event", "owner": "customers", "key": "customer_id", "partitions": 8}
        """,
    ),
    row(
        "MISSING_RETENTION",
        "warning",
        "contract",
        purpose="A contract does not say how long its messages are kept.",
        why="""
            The retention tells readers how long they may be down without losing anything, and the owner how
            long an old version can still be read, and so when it can be retired. Without it the broker
            decides. Sourced events are exempt: a history that ends is none.
        """,
        fix="Add an ISO 8601 duration: `P14D` for fourteen days.",
        example="""
            Before
            {"kind": "event", "owner": "customers"}

            After
            {"kind": "event", "owner": "customers", "retention": "P14D"}
        """,
    ),
    row(
        "EVENT_NOT_PAST",
        "warning",
        "contract",
        purpose="The name of an event is not in the past tense.",
        why="""
            An event says what has happened; nobody can refuse it any more. Called `ChangeAddress`, it reads
            as a request, so one team rejects it and another obeys it, and the rules that hold for commands
            (one handler, may fail) are expected of it.
        """,
        fix="""
            Name it after what has happened: AddressChanged, PolicyCancelled, InvoiceSent. If it asks for
            something, make it a command.
        """,
        example="""
            Before
            {"type": "record", "name": "ChangeAddress", "contract": {"kind": "event"}, "fields": []}

            After
            {"type": "record", "name": "AddressChanged", "contract": {"kind": "event"}, "fields": []}
        """,
    ),
    row(
        "COMMAND_NOT_IMPERATIVE",
        "warning",
        "contract",
        purpose="The name of a command is not in the imperative.",
        why="""
            A command asks one handler to do something, and may be refused. A name such as `EmailSent` says
            that it is done already: a service that listens to it believes in a mail that nobody has sent
            yet.
        """,
        fix="""
            Begin with the verb: SendEmail, ChangeAddress, CancelPolicy. If it tells what has happened, make
            it an event.
        """,
        example="""
            Before
            {"type": "record", "name": "EmailSending", "contract": {"kind": "command"}, "fields": []}

            After
            {"type": "record", "name": "SendEmail", "contract": {"kind": "command"}, "fields": []}
        """,
    ),
    row(
        "NOTIFICATION_FAT",
        "warning",
        "contract",
        purpose="A notification carries state: nested records, or more fields than ids and what changed.",
        why="""
            A notification tells that something happened, and who needs more asks its owner. As soon as
            state travels in it, readers use that state, which is out of date if another change came
            meanwhile and incomplete where the owner left fields out; and every change of the state becomes
            a change of the notification.
        """,
        fix="""
            Keep the ids, the time, and the names or values of what changed. If readers need the state, make
            it a state-transfer event.
        """,
        example="""
            Before
            {
              "type": "record", "name": "AddressChanged",
              "contract": {"kind": "event", "pattern": "notification"},
              "fields": [{"name": "customer", "type": "insurance.customers.Customer"}]
            }

            After
            {
              "type": "record", "name": "AddressChanged",
              "contract": {"kind": "event", "pattern": "notification"},
              "fields": [{"name": "customer_id", "type": "string"}]
            }
        """,
    ),
    row(
        "SOURCED_WITHOUT_KEY",
        "error",
        "contract",
        purpose="A sourced event does not name its aggregate through `key`.",
        why="""
            State is rebuilt from the sourced events of one aggregate, in their order. The key says which
            field holds the aggregate's id. Without it events cannot be stored in the right history nor be
            replayed, and without order among them the rebuilt state is wrong.
        """,
        fix="Name the field with the id of the aggregate as `key`. (It takes the place of MISSING_KEY here.)",
        example="""
            Before
            {"kind": "event", "pattern": "sourced", "owner": "policies"}

            After
            {"kind": "event", "pattern": "sourced", "owner": "policies", "key": "policy_id"}
        """,
    ),
)
