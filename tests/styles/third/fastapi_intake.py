"""Takes orders from the shop's front end and hands them on as commands."""

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel

from contracts import encode
from contracts.orders import PlaceOrder
from contracts.shared import Amount, Line

router = APIRouter()


class CartRow(BaseModel):
    sku: str
    quantity: int
    cents: int


class Cart(BaseModel):
    id: str
    customer: str
    rows: list[CartRow]


async def producer():
    raise NotImplementedError


@router.post("/carts")
async def submit(cart: Cart, kafka=Depends(producer)) -> dict:
    if not cart.rows:
        raise HTTPException(422, "empty")
    lines = [Line(sku=r.sku, quantity=r.quantity, unit_price=Amount(value=r.cents, unit="EUR")) for r in cart.rows]  #: C Line, C Amount, W Line.sku, W Line.quantity, W Line.unit_price, W Amount.value, W Amount.unit
    total = sum(line.unit_price.value * line.quantity for line in lines)  #: R Line.unit_price, R Line.quantity, R Amount.value
    command = PlaceOrder(
        order_id=cart.id,  #: W PlaceOrder.order_id
        customer=cart.customer,  #: W PlaceOrder.customer
        lines=lines,  #: W PlaceOrder.lines
        total=Amount(value=total, unit="EUR"),  #: W PlaceOrder.total, W Amount.value, W Amount.unit
        gift=False,  #: W PlaceOrder.gift
    )
    await kafka.send("orders.place-order", encode(command))  #: E PlaceOrder
    return {"accepted": command.order_id, "total": command.total.value}  #: R PlaceOrder.order_id, R PlaceOrder.total, R Amount.value
