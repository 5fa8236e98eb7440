"""Tells partners by HTTP."""

import hashlib
import hmac

import httpx

from contracts.parcels import ParcelShipped


class Partner:
    def __init__(self, url: str, secret: bytes, client: httpx.AsyncClient) -> None:
        self.url = url
        self._secret = secret
        self._client = client

    def _sign(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    async def shipped(self, event: ParcelShipped) -> None:  #: H ParcelShipped
        place = event.destination  #: R ParcelShipped.destination
        response = await self._client.post(
            f"{self.url}/parcels/{event.parcel_id}",  #: R ParcelShipped.parcel_id
            json={
                "to": {"street": place.street, "town": place.town},  #: R Place.street, R Place.town
                "pieces": sum(item.count for item in event.items),  #: R ParcelShipped.items, R Item.count
                "courier": {"phone": event.courier.phone} if event.courier else None,  #: R ParcelShipped.courier, R Courier.phone
            },
            headers={"X-Signature": self._sign(event.parcel_id)},  #: R ParcelShipped.parcel_id
        )
        if response.status_code == 409:
            return
        response.raise_for_status()
