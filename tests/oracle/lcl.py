"""Low Carbon London: two years of days, missing ones and parts of days among them."""

from collections import defaultdict
from datetime import date, timedelta

from data import rows, stated, watt_hours

FILE = "readings/lcl_daily_150meters.csv.gz"
FULL = 48
CLOCK_CHANGES = ("2012-03-25", "2012-10-28", "2013-03-31", "2013-10-27")


def calculate():
    table = rows(FILE)
    stated("the rows of LCL", len(table), 88_438)
    meters = defaultdict(list)
    for row in table:
        meters[row["LCLid"]].append(row)
    stated("the meters of LCL", len(meters), 150)
    for day in CLOCK_CHANGES:
        counts = {row["energy_count"] for row in table if row["day"] == day}
        stated(f"the half hours of {day}", counts, {"48"})
    stated("the rows without energy", [row["energy_count"] for row in table if row["energy_sum"] == ""], ["0"])
    months = defaultdict(int)
    for row in table:
        months[row["day"][:7]] += watt_hours(row["energy_sum"]) or 0
    found = {name: meter(days) for name, days in sorted(meters.items())}
    return {
        "total_wh": sum(one["wh"] for one in found.values()),
        "gaps": sum(len(one["gaps"]) for one in found.values()),
        "months_wh": dict(sorted(months.items())),
        "meters": found,
    }


def meter(days):
    dates = [date.fromisoformat(row["day"]) for row in days if row["energy_sum"] != ""]
    if dates != sorted(set(dates)):
        raise SystemExit(f"the days of {days[0]['LCLid']} are not in order")
    wh = [watt_hours(row["energy_sum"]) for row in days if row["energy_sum"] != ""]
    counts = [int(row["energy_count"]) for row in days if row["energy_sum"] != ""]
    return {
        "first": dates[0].isoformat(),
        "last": dates[-1].isoformat(),
        "days": len(dates),
        "full_days": sum(count == FULL for count in counts),
        "zero_days": sum(one == 0 for one in wh),
        "wh": sum(wh),
        "full_days_wh": sum(one for one, count in zip(wh, counts) if count == FULL),
        "greatest_day_wh": max(wh),
        "gaps": [
            {"after": a.isoformat(), "before": b.isoformat(), "missing": (b - a).days - 1}
            for a, b in zip(dates, dates[1:])
            if b - a > timedelta(days=1)
        ],
    }
