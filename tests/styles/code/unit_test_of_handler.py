"""A test beside the code, with a sample."""
from contracts.parcels import ParcelReturned
from contracts.testing import sample


def refund(returned: ParcelReturned) -> int:  #: H ParcelReturned
    return returned.refund.value  #: R ParcelReturned.refund, R Amount.value


def test_refund() -> None:
    returned = sample(ParcelReturned, reason="broken")  #: C ParcelReturned, W ParcelReturned.reason
    assert refund(returned) == returned.refund.value  #: R ParcelReturned.refund, R Amount.value
