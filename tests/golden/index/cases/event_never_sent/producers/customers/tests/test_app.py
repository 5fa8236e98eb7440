from contracts.customers import AddressChanged


def test_on_moved(address):
    assert AddressChanged(customer_id="1", address=address, reason="")
