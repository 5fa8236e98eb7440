"""Argparse script."""

import argparse

from contracts.parcels import ParcelReturned
from contracts.testing import sample


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reason")
    args = parser.parse_args()
    event = sample(ParcelReturned, reason=args.reason)  #: W ParcelReturned.reason
    print(event.parcel_id, vars(args))  #: R ParcelReturned.parcel_id


if __name__ == "__main__":
    main()
