"""The domain does not import the contracts."""


class Stock:
    def __init__(self):
        self.levels = {}

    def take(self, line):
        self.levels[line.sku] = self.levels.get(line.sku, 0) - line.quantity  #: R Line.sku, R Line.quantity

    def put_back(self, items):
        for item in items:
            self.levels[item.sku] += item.count  #: R Item.sku, R Item.count
