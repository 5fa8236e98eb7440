from contracts.customers import CustomerMoved, CustomerMovedEra1


def upcast(old: CustomerMovedEra1) -> CustomerMoved:
    return CustomerMoved(id=old.id, postcode="")
