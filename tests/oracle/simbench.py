"""SimBench: 118 meters of one transformer, a quarter of an hour each, for a week."""

from collections import defaultdict
from decimal import Decimal

from data import rows, stated

FILE = "readings/simbench_lv3101_pq_15min_1week.csv.gz"
TOPOLOGY = "readings/simbench_lv3101_topology.csv"
SLOTS = 7 * 96
LEAST_LOAD = 2000  # tenths of a watt
LOW = 80  # per cent


def tenths(kilo):
    """Tenths of a watt (or var): the files have four decimals of a kilowatt."""
    value = Decimal(kilo) * 10_000
    if value != int(value):
        raise ValueError(f"{kilo} has more than four decimals")
    return int(value)


def calculate():
    table, homes = rows(FILE), rows(TOPOLOGY)
    stated("the rows of SimBench", len(table), 79_296)
    stated("the meters of SimBench", len({row["meter"] for row in table}), 118)
    feeder = {row["meter"]: row["feeder"] for row in homes}
    stated("the meters of the topology", sorted(feeder), sorted({row["meter"] for row in table}))
    slots = defaultdict(list)
    for row in table:
        slots[row["meter"]].append((tenths(row["p_kw"]), tenths(row["q_kvar"])))
    for name, some in slots.items():
        stated(f"the slots of {name}", len(some), SLOTS)
    meters = {name: meter(some) for name, some in sorted(slots.items())}
    feeders = defaultdict(int)
    for name, some in slots.items():
        feeders[feeder[name]] += sum(p for p, _ in some)
    return {
        "meters": meters,
        # a quarter of an hour at a tenth of a watt is a fortieth of a watt-hour
        "feeders_wh40": dict(sorted(feeders.items())),
        "transformer_wh40": sum(feeders.values()),
    }


def meter(some):
    loaded = [(p, q) for p, q in some if p > LEAST_LOAD]
    return {
        "wh40": sum(p for p, _ in some),
        "days_wh40": [sum(p for p, _ in some[day * 96:day * 96 + 96]) for day in range(7)],
        "greatest_tenth_w": max(p for p, _ in some),
        "slots_with_load": len(loaded),
        "low_power_factor": sum(10_000 * p * p < LOW * LOW * (p * p + q * q) for p, q in loaded),
    }
