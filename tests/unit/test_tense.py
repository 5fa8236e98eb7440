from __future__ import annotations

import pytest

from avow import tense

PAST = """
    AddressChanged QuoteSent InvoicePaid OfferMade ContractWritten CoverBegun PolicyTakenOut
    ClaimWithdrawn CardLost KeyFound PaymentHeld PolicySold HouseBought RecordKept TermsAgreed
    CustomerMoved EmailSentToCustomer UserLoggedIn PriceSet PasswordReset MessageRead PolicySplit
    AccountFrozen Paid Completed AddressChangedV2 AddressChangedEvent insurance.customers.AddressChanged
    SLABreached KYCApproved ClaimReopened FundsFreed ListChanged address_changed PublishRequested
    NeedIdentified FeedUpdated
""".split()
NOT_PAST = """
    ChangeAddress AddressNeed CustomerFeed TestBed NetworkSpeed EmbedDocument Proceed LimitExceed
    RandomSeed Address SendEmail GetPolicy CustomerSnapshot MarkMessageRead SetPrice ResetPassword
    PlanetRed SharedTypes ChangedAddress AddressBreed HundredPart Ed Set
""".split()


@pytest.mark.parametrize("name", PAST)
def test_a_name_in_the_past_tense_is_recognised(name: str) -> None:
    assert tense.is_past(name)
    assert not tense.is_imperative(name)


@pytest.mark.parametrize("name", NOT_PAST)
def test_a_name_in_no_past_tense_is_recognised(name: str) -> None:
    assert not tense.is_past(name)


IMPERATIVE = """
    ChangeAddress SendEmail RegisterCustomer QuotePolicy IssuePolicy CancelPolicy SetPrice ResetPassword
    RecalculatePremium DeactivateAccount CollectPayment SubmitClaim RequestQuote OpenClaim MarkMessageRead
    NotifyCustomer AnonymiseCustomer Renew insurance.customers.ChangeAddress SendEmailCommand
""".split()
NOT_IMPERATIVE = "AddressChanged Address Customer PolicyStatus Claim Order EmailSent CustomerSnapshot".split()


@pytest.mark.parametrize("name", IMPERATIVE)
def test_an_imperative_is_recognised(name: str) -> None:
    assert tense.is_imperative(name)


@pytest.mark.parametrize("name", NOT_IMPERATIVE)
def test_what_tells_nobody_to_do_anything_is_no_imperative(name: str) -> None:
    assert not tense.is_imperative(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("AddressChanged", "event"),
        ("QuoteSent", "event"),
        ("SearchPerformed", "event"),
        ("ListChanged", "event"),
        ("AddressEvent", "event"),
        ("ChangeAddress", "command"),
        ("OpenClaim", "command"),
        ("SetPrice", "command"),
        ("AddressCommand", "command"),
        ("GetPolicy", "query"),
        ("FindArchived", "query"),
        ("ListPolicies", "query"),
        ("CustomerSnapshot", "snapshot"),
        ("GetCustomerAnswer", "answer"),
        ("ChangeAddressResponse", "answer"),
        ("ClaimDocument", "document"),
        # Things, or what may be one: nothing is guessed.
        ("Address", None),
        ("OrderLine", None),
        ("ClaimForm", None),
        ("Snapshot", None),
        ("Get", None),
        ("Set", None),
    ],
)
def test_the_kind_is_guessed_from_the_tense(name: str, kind: str | None) -> None:
    assert tense.guess(name) == kind


def test_words_leave_out_namespace_and_version() -> None:
    assert tense.words("insurance.KYCCheckDoneV12") == ["kyc", "check", "done"]
