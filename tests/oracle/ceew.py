"""CEEW: two homes of one feeder through two days with many interruptions."""

from datetime import datetime, timedelta
from decimal import Decimal

from data import rows, stated
from indices import indices

FILE = "readings/ceew_bareilly_2meters_2019-07-10_11.csv"
SLOT = timedelta(minutes=30)
SAMPLES, SAMPLE_MIN = 10, 3


def calculate():
    table = rows(FILE)
    stated("the rows of CEEW", len(table), 173)
    for row in table:
        volts, hertz = float(row["voltage_v_mean"]), float(row["freq_hz_mean"])
        stated(f"{row['slot_start_ist']}: V is 0 where f is", volts == 0, hertz == 0)
        stated(f"{row['slot_start_ist']}: dark in part up to 235 V", 0 < volts < 235, 0 < live(row) < SAMPLES)
    meters = {name: [row for row in table if row["meter"] == name] for name in ("BR02", "BR03")}
    found = {name: meter(slots) for name, slots in meters.items()}
    start = max(one["from"] for one in found.values())
    end = min(one["to"] for one in found.values())
    minutes = int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()) // 60
    events = [
        (one["minutes"], 1)
        for name in meters
        for one in interruptions([row for row in meters[name] if row["slot_start_ist"] >= start])
    ]
    both = {"from": start, "to": end, "minutes": minutes, **indices(events, len(meters), minutes)}
    return {"meters": found, "site": both}


def live(row):
    """How many of a slot's ten samples had supply."""
    return int((Decimal(row["freq_hz_mean"]) * SAMPLES / 50).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def meter(slots):
    times = [datetime.fromisoformat(row["slot_start_ist"]) for row in slots]
    if any(b - a != SLOT for a, b in zip(times, times[1:])):
        raise SystemExit(f"{slots[0]['meter']} lacks slots")
    energy = sum(Decimal(row["kwh_per_3min_mean"]) * SAMPLES * 1000 for row in slots)
    lit = [float(row["voltage_v_mean"]) for row in slots if live(row) == SAMPLES]
    return {
        "from": times[0].isoformat(" "),
        "to": (times[-1] + SLOT).isoformat(" "),
        "slots": len(slots),
        "total_wh": int(energy),
        "dark_slots": sum(live(row) == 0 for row in slots),
        "part_slots": sum(0 < live(row) < SAMPLES for row in slots),
        "dark_minutes": sum((SAMPLES - live(row)) * SAMPLE_MIN for row in slots),
        "interruptions": interruptions(slots),
        "voltage": {
            "lit_slots": len(lit),
            "least_v": min(lit),
            "greatest_v": max(lit),
            "above_253_v": sum(volts > 253 for volts in lit),
            "below_207_v": sum(volts < 207 for volts in lit),
        },
    }


def interruptions(slots):
    """Runs of dark samples, laid as the page of the oracle says; no laying has fewer."""
    start, found, begun = datetime.fromisoformat(slots[0]["slot_start_ist"]), [], None
    for at, dark in enumerate(laid([SAMPLES - live(row) for row in slots]) + [False]):
        if dark and begun is None:
            begun = at
        if not dark and begun is not None:
            found.append({
                "from": (start + timedelta(minutes=SAMPLE_MIN * begun)).isoformat(" "),
                "to": (start + timedelta(minutes=SAMPLE_MIN * at)).isoformat(" "),
                "minutes": SAMPLE_MIN * (at - begun),
            })
            begun = None
    stated("the fewest interruptions", len(found), fewest([SAMPLES - live(row) for row in slots]))
    return found


def laid(dark):
    samples = []
    for at, count in enumerate(dark):
        goes_on = bool(samples) and samples[-1]
        runs_into = at + 1 < len(dark) and dark[at + 1] > 0
        at_end = not goes_on and runs_into
        samples += [False] * (SAMPLES - count) + [True] * count if at_end else [True] * count + [False] * (SAMPLES - count)
    return samples


def fewest(dark):
    """The least number of runs, by trying every laying of every slot."""
    best = {False: 0}
    for count in dark:
        grown = {}
        for last, runs in best.items():
            for shape in shapes_of(count):
                more = runs + sum(shape[at] and not (shape[at - 1] if at else last) for at in range(SAMPLES))
                grown[shape[-1]] = min(more, grown.get(shape[-1], more))
        best = grown
    return min(best.values())


def shapes_of(dark):
    """Every way to lay so many dark samples in one piece or at both ends."""
    whole = [tuple(first <= at < first + dark for at in range(SAMPLES)) for first in range(SAMPLES - dark + 1)]
    split = [tuple(at < front or at >= SAMPLES - (dark - front) for at in range(SAMPLES)) for front in range(1, dark)]
    return sorted(set(whole + split))
