#!/usr/bin/env python3
"""Commands end to end: how many reconnections a second, and how busy the limits let the vendor be.

    cargo build --release && python3 benches/commands.py [--meters 10000] [--runs 3]

Every meter stands at 1007. Each reconnection is accepted by the API, checked, sent, executed, proved
by reading the operating status back, and told by a signed webhook; every step is in the store before
the next one. Two parts:

engine   tasks end at once, so the desk itself is what takes time: commands a second from the first
         call of the API to the last webhook, the processor time of desk and simulator apart
limits   tasks of 1 s at 200 concentrators with five at a time: how much of the 1,000 tasks a second
         that the limits allow was used while there was enough to do

Ends red where a meter did not carry out exactly one order, a webhook is missing, a limit was exceeded,
the engine carries fewer than 1,000 commands a second, or the vendor was less than 95 % busy.
"""

import argparse
import statistics
import sys
import time

from stand import Stand, arguments, cpu, over, stage, taken, until

LEAST = 1000
BUSY = 0.95
CALL = 1000
# one in thirty meters of a simulated fleet has something else the matter
SPARE = 1.06


def asked(stand, key, meters):
    desk = stand.desk(key)
    for first in range(0, len(meters), CALL):
        status, said = desk.say("POST", "/api/v1/commands", {
            "kind": "reconnect", "args": {"order_known": True}, "reason": "the bench has paid",
            "meters": meters[first:first + CALL], "intent": "bench"})
        if status != 202 or b'"refused"' in said:
            sys.exit(f"the API said {status}: {said[:400]}")


def prepared(options, folder, started, seconds):
    """A fleet at 1007, and the desk that has read it so."""
    wanted = options.meters
    options.meters = int(wanted * SPARE)
    stand = Stand(folder, started, options, "--task-seconds", str(seconds))
    options.meters = wanted
    key = stand.person("bench", "operator")
    books = stand.books()
    for (meter,) in books.execute("SELECT number FROM meter").fetchall():
        stand.is_so(meter, remote_off=True)
    program = stand.serve()
    at_1007 = "SELECT meter FROM standing WHERE ami_code = 1007 LIMIT ?"

    def known():
        rows = books.execute(at_1007, (wanted,)).fetchall()
        return [meter for (meter,) in rows] if len(rows) == wanted else None

    meters = until("every meter is read", 600, known)
    # what is left of the asking ends before the clock runs
    until("nothing else is asked", 120, lambda: None if books.execute(
        "SELECT EXISTS (SELECT 1 FROM slot)").fetchone()[0] else True)
    stand.control.say("POST", "/sim/stats/reset", {})
    return stand, key, program, meters


def heard(stand):
    return stand.control.get("/sim/stats")["webhook"]


def is_right(stand, meters):
    done = stand.done()
    twice = [meter for meter in meters if done[meter].get("on", 0) > 1]
    never = [meter for meter in meters if done[meter].get("on", 0) < 1]
    most, breaches = over(stand.control.get("/sim/stats"))
    bad = heard(stand)["bad"]
    print(f"  carried out twice: {len(twice)}, never: {len(never)}; at most {most} in flight on one, "
          f"{breaches} creations beyond a limit; {bad} webhooks badly signed")
    return not (twice or never or breaches or bad) and most <= 5


def engine(options):
    with stage() as (folder, started):
        stand, key, program, meters = prepared(options, folder, started, 0)
        ticks, used = taken(), (cpu(program), cpu(stand.sim))
        began = time.monotonic()
        asked(stand, key, meters)
        accepted = time.monotonic() - began
        until("every webhook", 300, lambda: True if heard(stand)["distinct"] >= len(meters) else None)
        took = time.monotonic() - began
        books = stand.books()
        states = dict(books.execute("SELECT state, count(*) FROM command GROUP BY state").fetchall())
        spent = [now - then for now, then in zip(taken(), ticks)]
        print(f"engine: {len(meters) / took:.0f} commands/s: {len(meters)} in {took:.2f} s, accepted within "
              f"{accepted:.2f} s, {states}; processor time: desk {cpu(program) - used[0]:.2f} s, simulator "
              f"{cpu(stand.sim) - used[1]:.2f} s; {spent[1] / spent[0]:.0%} taken by other machines")
        return len(meters) / took, is_right(stand, meters) and states == {"verified": len(meters)}


def limits(options):
    with stage() as (folder, started):
        stand, key, program, meters = prepared(options, folder, started, 1)
        ticks, used = taken(), (cpu(program), cpu(stand.sim))
        began = time.monotonic()
        asked(stand, key, meters)
        # each reconnection is two tasks; what is counted is the time in which all lines had work
        enough = 2 * len(meters) / (5 * options.gateways)
        time.sleep(4)
        stand.control.say("POST", "/sim/stats/reset", {})
        time.sleep(max(4, enough * 0.7 - 4))
        stats = stand.control.get("/sim/stats")
        busy = (sum(line["busy_ms"] for line in stats["gateways"])
                / sum(line["capacity_ms"] for line in stats["gateways"]))
        until("every webhook", 600, lambda: True if heard(stand)["distinct"] >= len(meters) * 0.5 else None)
        books = stand.books()
        until("every command ends", 600, lambda: None if books.execute(
            "SELECT EXISTS (SELECT 1 FROM command WHERE state <> 'verified')").fetchone()[0] else True)
        took = time.monotonic() - began
        spent = [now - then for now, then in zip(taken(), ticks)]
        print(f"limits: {busy:.1%} busy ({busy * 5 * options.gateways:.0f} tasks/s of "
              f"{5 * options.gateways}); {len(meters)} reconnections in {took:.1f} s; processor time: desk "
              f"{cpu(program) - used[0]:.2f} s, simulator {cpu(stand.sim) - used[1]:.2f} s; "
              f"{spent[1] / spent[0]:.0%} taken by other machines")
        return busy, is_right(stand, meters)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--part", choices=["engine", "limits"])
    options = arguments(parser)
    right = True
    rate = busy = None
    if options.part != "limits":
        results = [engine(options) for _ in range(options.runs)]
        rate = statistics.median(result for result, _ in results)
        right &= all(good for _, good in results)
        print(f"engine: median {rate:.0f} commands/s")
    if options.part != "engine":
        options.meters *= 3
        busy, good = limits(options)
        right &= good
    if not right or (rate or LEAST) < LEAST or (busy or 1) < BUSY:
        sys.exit("a promise was broken or a figure is below what is promised")


if __name__ == "__main__":
    main()
