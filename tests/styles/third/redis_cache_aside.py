"""Keeps what the tracking page shows in Redis."""

import json
from datetime import timedelta
from typing import TypedDict

from redis.asyncio import Redis

from contracts.parcels import ParcelShipped

TTL = timedelta(days=30)


class Tracking(TypedDict, total=False):
    town: str
    grams: int
    courier: str


class TrackingCache:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def put(self, event: ParcelShipped) -> None:  #: H ParcelShipped
        entry: Tracking = {"town": event.destination.town, "grams": event.weight}  #: R ParcelShipped.destination, R Place.town, R ParcelShipped.weight
        if courier := event.courier:  #: R ParcelShipped.courier
            entry["courier"] = courier.name  #: R Courier.name
        async with self._redis.pipeline() as pipe:
            pipe.set(self._key(event), json.dumps(entry), ex=TTL)
            for colour in {label.colour for label in event.labels.values()}:  #: R Label.colour, R ParcelShipped.labels
                pipe.sadd(f"colour:{colour}", event.parcel_id)  #: R ParcelShipped.parcel_id
            await pipe.execute()

    async def get(self, parcel_id: str) -> "Tracking | None":
        raw = await self._redis.get(f"tracking:{parcel_id}")
        return json.loads(raw) if raw else None

    @staticmethod
    def _key(event: ParcelShipped) -> str:
        return f"tracking:{event.parcel_id}"  #: R ParcelShipped.parcel_id
