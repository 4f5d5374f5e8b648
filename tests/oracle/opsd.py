"""OPSD: cumulative registers through a day of 25 hours, with gaps."""

from datetime import datetime, timedelta, timezone
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

from data import rows, stated, watt_hours

FILE = "readings/opsd_konstanz_res4_cumulative_60min_2015-10_11.csv.gz"
COLUMNS = ("DE_KN_residential4_grid_import", "DE_KN_residential4_heat_pump")
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def utc(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def spoken(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def midnight(date):
    return datetime(date.year, date.month, date.day, tzinfo=BERLIN).astimezone(timezone.utc)


def calculate():
    table = rows(FILE)
    stated("the rows of OPSD", len(table), 1224)
    for row in table:
        local = datetime.strptime(row["cet_cest_timestamp"], "%Y-%m-%dT%H:%M:%S%z")
        if local.utcoffset() != utc(row["utc_timestamp"]).astimezone(BERLIN).utcoffset():
            raise SystemExit(f"{row['utc_timestamp']} has another local time than Europe/Berlin")
    found = {column: register(table, column) for column in COLUMNS}
    for name, one in found.items():
        longest = [(day["date"], day["hours"]) for day in one["days"] if day["hours"] != 24]
        stated(f"the days of {name} that have not 24 hours", longest, [("2015-10-25", 25)])
        stated(f"steps back in {name}", one["negative_steps"], 0)
    return found


def register(table, column):
    values = {utc(row["utc_timestamp"]): watt_hours(row[column]) for row in table}
    values = {at: wh for at, wh in values.items() if wh is not None}
    times = sorted(values)
    steps = [(a, b, values[b] - values[a]) for a, b in zip(times, times[1:])]
    hourly = {a: wh for a, b, wh in steps if b - a == HOUR}
    return {
        "readings": len(times),
        "first": spoken(times[0]),
        "last": spoken(times[-1]),
        "total_wh": values[times[-1]] - values[times[0]],
        "negative_steps": sum(wh < 0 for _, _, wh in steps),
        "greatest_step_wh": max(wh for _, _, wh in steps),
        "gaps": [gap(a, b, wh, hourly) for a, b, wh in steps if b - a > HOUR],
        "days": days(values, times),
        "november_wh": values[midnight(datetime(2015, 12, 1))] - values[midnight(datetime(2015, 11, 1))],
    }


def gap(after, before, wh, hourly):
    hours = (before - after) // HOUR
    starts = [after + HOUR * step for step in range(hours)]
    weights = [Fraction(1)] * hours
    if hours > 2:
        means = [reference(start, after, hourly) for start in starts]
        if all(mean is not None for mean in means) and sum(means) > 0:
            weights = means
    whole, sofar, ends = sum(weights), Fraction(0), [0]
    for weight in weights:
        sofar += weight
        ends.append(floor(wh * sofar / whole))
    return {
        "after": spoken(after),
        "before": spoken(before),
        "missing": hours - 1,
        "wh": wh,
        "estimate_wh": [b - a for a, b in zip(ends, ends[1:])],
    }


def reference(start, gap_start, hourly):
    """The mean of the same weekday and hour in the 28 days before the gap."""
    local = start.astimezone(BERLIN)
    alike = [
        wh
        for at, wh in hourly.items()
        if gap_start - timedelta(days=28) <= at < gap_start
        and (at.astimezone(BERLIN).weekday(), at.astimezone(BERLIN).hour) == (local.weekday(), local.hour)
    ]
    return Fraction(sum(alike), len(alike)) if alike else None


def days(values, times):
    date = times[0].astimezone(BERLIN).date()
    last = times[-1].astimezone(BERLIN).date()
    found = []
    while date <= last:
        start, end = midnight(date), midnight(date + timedelta(days=1))
        whole = start in values and end in values
        found.append({
            "date": date.isoformat(),
            "hours": (end - start) // HOUR,
            "readings": sum(start <= at < end for at in times),
            "wh": values[end] - values[start] if whole else None,
        })
        date += timedelta(days=1)
    return found
