"""Major outages of the United States, 2000 to 2003: the indices at the size of a country."""

from collections import defaultdict
from datetime import date, datetime

from data import rows, stated
from indices import SUSTAINED_MIN, indices, threshold

FILE = "outages/us_major_outages_2000_2003.csv"


def calculate():
    table = rows(FILE)
    stated("the rows of the outages", len(table), 104)
    for row in table:
        if row["start_local"] and row["restoration_local"]:
            between = datetime.fromisoformat(row["restoration_local"]) - datetime.fromisoformat(row["start_local"])
            stated(f"the minutes of outage {row['obs']}", str(int(between.total_seconds() // 60)), row["duration_min"])
    groups = defaultdict(list)
    for row in table:
        groups[row["year"], row["state"]].append(row)
        groups[row["year"], "all"].append(row)
    found = [group(year, state, some) for (year, state), some in sorted(groups.items())]
    return {"groups": found, "days": days(table)}


def known(some):
    return [row for row in some if row["duration_min"] and row["customers_affected"]]


def served(some):
    return sum(int(total) for _, total in {(row["state"], row["customers_total_state"]) for row in some})


def group(year, state, some):
    minutes = (date(int(year) + 1, 1, 1) - date(int(year), 1, 1)).days * 24 * 60
    events = [(int(row["duration_min"]), int(row["customers_affected"])) for row in known(some)]
    return {
        "year": int(year),
        "state": state,
        "customers": served(some),
        "left_out": len(some) - len(events),
        **indices(events, served(some), minutes),
    }


def days(table):
    """The threshold of a major-event day, before 2003 and with it."""
    customers = {year: served([row for row in table if row["year"] == year]) for year in {row["year"] for row in table}}
    spans = {}
    for name, last in (("2000_2002", "2002"), ("2000_2003", "2003")):
        daily, sustained = defaultdict(float), 0
        for row in known(table):
            if row["year"] <= last and int(row["duration_min"]) > SUSTAINED_MIN:
                lost = int(row["duration_min"]) * int(row["customers_affected"])
                daily[row["start_local"][:10]] += lost / customers[row["year"]]
                sustained += 1
        one = threshold(daily.values(), sustained)
        if one["enough"]:
            one["above"] = sorted(day for day, saidi in daily.items() if saidi > one["threshold_min"])
        one["greatest"] = max(daily, key=daily.get)
        one["greatest_min"] = max(daily.values())
        spans[name] = one
    return spans
