"""One object for each event, as it grew over the years."""
from contracts.orders import OrderPlaced


class OrderProcessor:
    def __init__(self, order, config=None):
        self.order = order
        self.config = config or {}
        self.errors = []

    def run(self):
        self.check_customer()
        self.check_lines()
        return not self.errors

    def check_customer(self):
        if self.order.customer in self.config.get("blocked", ()):  #: R OrderPlaced.customer
            self.errors.append("blocked: " + self.order.customer)  #: R OrderPlaced.customer

    def check_lines(self):
        skus = [l.sku for l in self.order.lines]  #: R Line.sku, R OrderPlaced.lines
        if len(skus) != len(set(skus)):
            self.errors.append("twice the same in %s" % self.order.order_id)  #: R OrderPlaced.order_id
        first = self.order.lines[0]  #: R OrderPlaced.lines
        self.check_price(first.unit_price)  #: R Line.unit_price

    def check_price(self, price):
        if price.value < self.config.get("minimum", 1):  #: R Amount.value
            self.errors.append("too cheap")


def process(event: OrderPlaced):  #: H OrderPlaced
    processor = OrderProcessor(event, {"blocked": ["spam"]})
    return processor.run()
