"""Where the measured data are, and numbers as decimals."""

import csv
import gzip
import pathlib
from decimal import Decimal

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"


def rows(name):
    """The rows of a table, each a dictionary of texts."""
    path = DATA / name
    opened = gzip.open(path, "rt") if name.endswith(".gz") else open(path)
    with opened as table:
        return list(csv.DictReader(table))


def watt_hours(kwh):
    """Whole watt-hours of a text in kWh, half up; nothing where nothing stands there."""
    if kwh == "":
        return None
    value = Decimal(kwh) * 1000
    whole = value.quantize(Decimal(1), rounding="ROUND_HALF_UP")
    if abs(value - whole) > Decimal("0.02"):
        raise ValueError(f"{kwh} kWh is not a whole number of watt-hours")
    return int(whole)


def stated(what, found, expected):
    """A sentence of the data's own page, held against the data."""
    if found != expected:
        raise SystemExit(f"the page of the data says {expected!r} of {what}, and it is {found!r}")
