from contracts.customers import CustomerRegistered


def register(bus, customer_id, born):
    bus.put(CustomerRegistered(customer_id=customer_id, date_of_birth=born))
