"""Tell from a contract's name what kind of message it is: English grammar, as far as names need it.

An event says what has happened (`AddressChanged`), a command what is to be done (`ChangeAddress`), a query
asks (`GetPolicy`). The linter holds names against their kind, and `avow new` guesses the kind from them.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["event", "command", "query", "answer", "snapshot", "document"]
"""What a contract may be, as contract.schema.json has it."""

# A name may end in the kind itself, in a version, or in both.
_TAIL = re.compile(r"(?:V?\d+)$")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Past participles without -ed.
_IRREGULAR = frozenset(
    """
    arisen awoken backed beaten become begun bent bitten bled blown born bound bought bred broken brought
    built caught chosen clung come dealt done drawn driven dug eaten fallen fed felt fled flown forbidden
    forgiven forgotten fought found frozen given gone grown heard held hidden hung kept known laid lain
    learnt led left lent lit lost made meant met mistaken overdrawn overridden overrun overtaken
    overthrown paid prepaid proven rebuilt redone redrawn repaid resent resold retaken rewritten ridden
    risen rung said sat seen sent sewn shaken shown shrunk slept sold sought spent spoken sped spun stolen
    stood struck stuck stung sunk sworn swept swum sung taken taught thought thrown told torn undergone
    understood undertaken undone unfrozen unpaid upheld uploaded withdrawn withheld won worn woken wound
    written
    """.split()
)
# Base forms that are also their own participles: `PriceSet` is past, `SetPrice` is not.
_SAME_FORM = frozenset(
    """
    bet bid broadcast burst cast cost cut forecast hit hurt input let offset output put quit read rerun
    reset run set shed shut split spread typeset upset
    """.split()
)
# Words in -ed that are no participles. Those in -eed are none either, but for the few below.
_NO_PARTICIPLE = frozenset(
    "bed bobsled embed hatred hundred infrared kindred naked red sacred shed shred sled wed wicked".split()
)
_EED_PARTICIPLE = frozenset("agreed decreed disagreed freed guaranteed preagreed refereed".split())
# What may follow a participle: `PolicyTakenOut`, `EmailSentToCustomer`.
_PARTICLES = frozenset(
    """
    about across after again against ahead along apart around as at away back before by down for forward
    from in into of off on onto out over through to together under up upon with within without
    """.split()
)

_QUERY_VERBS = frozenset("browse count describe fetch find get list lookup query search show".split())
# The first of these are always verbs in a name, also before a word that ends in -ed.
_ALWAYS_QUERY = frozenset("describe fetch find get".split())
# Base forms that are hardly ever nouns where they begin a name.
_VERBS = frozenset(
    """
    abandon accept accrue acknowledge acquire activate adapt add adjust advance advise aggregate align
    allocate allow amend analyse analyze announce anonymise anonymize append apply appoint approve archive
    arrange ask assess assign assume attach attempt authenticate authorise authorize award begin bill bind
    block book bring build buy calculate call cancel capture cease certify change charge check choose
    clean clear close collect combine commence commit communicate compare compensate compile complete
    compute conclude confirm connect consent consolidate consume contact continue convert copy correct
    create deactivate debit decide declare decline decrease decrypt defer define delegate delete deliver
    deny deploy deposit derive detach detect determine disable discard disconnect dismiss dispatch display
    dispose dissolve distribute divide download draw drop earn edit elect eliminate email enable encrypt
    end endorse enforce engage enqueue enrich enrol enroll ensure enter erase escalate establish evaluate
    examine exchange exclude execute exempt expand expire export extend extract fail fill finalise
    finalize finish fix flag forget forgive forward freeze fulfil fulfill generate give grant handle hide
    hold identify ignore import include increase increment indemnify index inform initialise initialize
    initiate insert inspect install instruct insure integrate investigate invite invoke issue join keep
    launch leave lend link load locate lock log lower maintain make manage mark match merge migrate modify
    monitor move notify obtain offer open order pause pay perform permit persist pick place plan postpone
    prepare present prevent price print prioritise prioritize proceed process produce promote propose
    protect provide provision publish purchase purge push queue quote raise rate reach reconcile record
    recover redeem redirect reduce refer refresh refund refuse register reinstate reject release reload
    relocate remind remove rename renew reopen replace reply report request require reschedule reserve
    resolve respond restart restore restrict resubmit resume retain retire retrieve retry return reveal
    reverse revert review revise revoke ring rotate route save scan schedule secure select sell send serve
    settle share ship show sign simulate skip solve sort specify start stop store submit subscribe
    substitute suggest supply suspend switch synchronise synchronize take tell terminate test track
    transfer transform translate trigger try unassign unblock underwrite unlock unregister unsubscribe
    update upgrade upload upsert use validate value verify void waive warn watch withdraw withhold write
    """.split()
)
# Base forms that as often begin the name of a thing: `ClaimForm`, `OrderLine`. Good for a command, no proof.
_NOUNS_TOO = frozenset(
    """
    address amount answer bill book call charge check claim contact copy cover credit debit deposit design
    draft email estimate exchange export file flag form fund group import index invoice label lead link
    list load lock log mail map match message model name note number object offer order package page
    permit phone plan post present price process profile program project purchase query queue question
    quote rate record refund release rent report return review risk route sample scale schedule
    score search service share sort stage state store supply switch target task tax test text ticket time
    title total track trade transfer trigger trust use value view visit watch work
    """.split()
)
# A last word that says the kind outright.
_LAST_WORDS: dict[str, Kind] = {
    "event": "event",
    "command": "command",
    "query": "query",
    "answer": "answer",
    "reply": "answer",
    "response": "answer",
    "snapshot": "snapshot",
    "document": "document",
}
_PREFIXES = ("re", "de", "un", "dis", "pre", "pro", "co", "auto", "over")
_VERB_ENDINGS = ("ify", "ise", "ize")


def words(name: str) -> list[str]:
    """Return the words of a name in lower case, less its version: ``AddressChangedV2``: address, changed."""
    found = _WORD.findall(_TAIL.sub("", name.rpartition(".")[2]))
    return [word.lower() for word in found]


def is_past(name: str) -> bool:
    """Return whether a name says that something has happened, as an event's does.

    The participle ends the name, or is followed by a preposition: ``QuoteSent``, ``EmailSentToCustomer``.
    """
    return participle_at(words(name)) is not None


def is_imperative(name: str) -> bool:
    """Return whether a name says that something is to be done, as a command's does."""
    spelt = _without_kind(words(name))
    if not spelt or is_past(name):
        return False
    return _is_verb(spelt[0]) or (len(spelt) > 1 and spelt[0] in _SAME_FORM | _NOUNS_TOO | _QUERY_VERBS)


def is_query(name: str) -> bool:
    """Return whether a name asks for something, as a query's does."""
    spelt = words(name)
    if not spelt or spelt[0] not in _QUERY_VERBS or len(spelt) == 1:
        return False
    return spelt[0] in _ALWAYS_QUERY or not is_past(name)


def guess(name: str) -> Kind | None:
    """Return the kind that a name shows, or None where it shows none or may be a thing (``OrderLine``)."""
    spelt = words(name)
    if len(spelt) > 1 and spelt[-1] in _LAST_WORDS:
        return _LAST_WORDS[spelt[-1]]
    if is_query(name):
        return "query"
    if is_past(name):
        return "event"
    return "command" if is_imperative(name) and spelt[0] not in _NOUNS_TOO else None


def participle_at(spelt: list[str]) -> int | None:
    """Return where the participle of an event's name stands among its words, or None where there is none."""
    spelt = _without_kind(spelt)
    for at in range(len(spelt) - 1, -1, -1):
        last = at == len(spelt) - 1
        if (last or spelt[at + 1] in _PARTICLES) and _is_participle(spelt, at):
            return at
    return None


def _without_kind(spelt: list[str]) -> list[str]:
    return spelt[:-1] if len(spelt) > 1 and spelt[-1] in ("event", "command", "query") else spelt


def _is_participle(spelt: list[str], at: int) -> bool:
    word = spelt[at]
    if word in _SAME_FORM:
        # `MarkMessageRead` tells somebody to; `MessageRead` tells what happened.
        return at > 0 and not _is_verb(spelt[0])
    if word in _IRREGULAR or word in _EED_PARTICIPLE:
        return True
    return len(word) > 3 and word.endswith("ed") and not word.endswith("eed") and word not in _NO_PARTICIPLE


def _is_verb(word: str) -> bool:
    """Return whether a word is a base form that is no noun as well."""
    if word in _NOUNS_TOO or word in _QUERY_VERBS:
        return False
    if word in _VERBS or word.endswith(_VERB_ENDINGS):
        return True
    return any(word.startswith(prefix) and word[len(prefix) :] in _VERBS for prefix in _PREFIXES)
