"""Work in threads and pools."""
import queue
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

from contracts.parcels import ParcelShipped


def weigh(shipped):
    return shipped.weight  #: R ParcelShipped.weight


def announce(shipped, prefix):
    print(prefix, shipped.note)  #: R ParcelShipped.note


def worker(inbox: "queue.Queue[ParcelShipped]") -> None:  #: H ParcelShipped
    while True:
        shipped = inbox.get()
        print(shipped.parcel_id)  #: R ParcelShipped.parcel_id
        inbox.task_done()


def run(parcels: list[ParcelShipped]) -> int:  #: H ParcelShipped
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(weigh, each) for each in parcels]
        total = sum(future.result() for future in as_completed(futures))
    threading.Thread(target=announce, args=(parcels[0], "first")).start()
    return total
