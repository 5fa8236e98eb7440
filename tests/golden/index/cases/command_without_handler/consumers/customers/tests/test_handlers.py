from contracts.customers import ChangeAddress


def test_change(command: ChangeAddress):
    assert command.customer_id
