from contracts.orders import OrderPlaced

from .formatting import money, table


def sku_of(line):
    return line.sku  #: R Line.sku


def price_of(line):
    return money(line.unit_price)  #: R Line.unit_price


def invoice(placed: OrderPlaced) -> str:  #: H OrderPlaced
    rows = table(placed.lines, sku_of, price_of)  #: R OrderPlaced.lines
    return f"{rows} {money(placed.total)}"  #: R OrderPlaced.total
