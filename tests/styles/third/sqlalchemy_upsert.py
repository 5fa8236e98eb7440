"""A read model in Postgres."""

from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.orders import OrderPlaced

metadata = MetaData()
orders = Table("orders", metadata, Column("id", String, primary_key=True), Column("customer", String), Column("cents", Integer))
order_lines = Table("order_lines", metadata, Column("order_id", String), Column("sku", String), Column("quantity", Integer))


async def project(session: AsyncSession, event: OrderPlaced) -> None:  #: H OrderPlaced
    values = {
        "id": event.order_id,  #: R OrderPlaced.order_id
        "customer": event.customer,  #: R OrderPlaced.customer
        "cents": event.total.value,  #: R OrderPlaced.total, R Amount.value
    }
    statement = insert(orders).values(**values)
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    await session.execute(
        insert(order_lines),
        [{"order_id": event.order_id, "sku": line.sku, "quantity": line.quantity} for line in event.lines],  #: R OrderPlaced.order_id, R OrderPlaced.lines, R Line.sku, R Line.quantity
    )
    await session.commit()
