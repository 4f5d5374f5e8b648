#!/usr/bin/env python3
"""Kill -9 with ten thousand commands open: none is lost, and nothing is done twice at a meter.

    cargo build --release && python3 benches/killed.py [--kills 20] [--open 10000] [--dialect station]

Before each kill so many commands are open, of every kind that the head-end can do: accepted by the
API and not ended, about a thousand of them at the head-end. The moment is drawn from --seed: after
some further tasks were created or have ended at the head-end, while acts are being sent, while a call
of the API is under way (after the next start it is made again under the same name), or soon after the
program that was killed goes on. In the end everything settles, and the books are held against what
the simulated meters counted for themselves:

lost      a command whose id the API gave and the store does not have, or the other way round
twice     a meter carried an act out more often than such commands were ever sent to it
denied    an act was carried out whose command ended as not carried out
claimed   a command counts as carried out, and its meter knows of none
hanging   a command that neither ends nor is shown as unknown
untold    a command that has ended, and no webhook said so
limits    more than five tasks were in flight at a gateway, or one was created beyond its limit

Each has to be 0; the bench ends red otherwise.
"""

import argparse
import collections
import json
import sys
import threading
import time

from stand import Stand, arguments, over, stage, until
from wishes import CALL, Call, Work, opened, switched_off

AWAY = ("sending", "accepted", "unknown")
DONE = ("executed", "verified")
# what the simulated meters call what they count, by the kind that makes them do it
ACTS = {"reconnect": "on", "disconnect": "off", "clear-tamper": "token", "set-load-limit": "token",
        "deliver-token": "token", "set-clock": "clock"}
# no more homes may be darkened in a day than there are: how many of them by which kind
DARK = {"disconnect": 0.6, "deliver-token": 0.3}
HEAD = 'physical_horizon = "5m"'
# the only flag of the station dialect that is known to name its clock gives the date alone
ITEMS = {"station": 'clock = "C010"', "concentrator": "", "v1": ""}
MORE = """
[commands]
second_person = false
hour_percent = 100
day_percent = 100
fleet_day = 1000000
proof_min = 5
[polling]
routine_every = "6h"
abnormal_every = "6h"
online_every = "1h"
"""


class Asked:
    """A call of the API that is under way while the program is killed."""

    def __init__(self, work):
        self.work = work
        calls = sorted(work.next_calls(work.options.open // 10), key=lambda call: len(call.lanes))
        if not calls:
            sys.exit("there is nothing left to ask for: more --meters, or fewer --open")
        self.call, self.rest = calls.pop(), calls
        self.thread = threading.Thread(target=self.call.try_to, args=(work.desk,))
        self.thread.start()
        time.sleep(work.chance.uniform(0, 1) ** 2)

    def again(self):
        """The same once more, of the next program; what came of it."""
        call, work = self.call, self.work
        self.thread.join()
        first, call.said = call.said, None
        work.make([call, *self.rest])
        if first and [item["id"] for item in first] != [item["id"] for item in call.said]:
            sys.exit(f"{call.intent}: the same name gave other commands")
        again = sum(item["again"] for item in call.said)
        return (f", {len(call.lanes)} of {call.step.kind} asked meanwhile, {again} were written down and "
                f"{'told' if first else 'not told'}")


def goes_on(work, count="created", more=1):
    """Waits for further tasks at the head-end: whoever was killed is waited for until its lease is over."""
    enough = work.tasks(count) + more
    until("the desk goes on", 180, lambda: True if work.tasks(count) >= enough else None)


def is_sending(work):
    """Waits until acts are written down as being sent, and nobody has heard of them yet."""
    end = time.monotonic() + 60
    while not (sending := work.count(("sending",))) and time.monotonic() < end:
        time.sleep(0.002)
    return f"{sum(sending.values())} being sent"


def moment(work, kind):
    """Waits for the moment of the next kill; how it is called."""
    goes_on(work)
    if kind == "sending":
        return is_sending(work)
    count = "ended" if kind == "ended" else "created"
    more = work.chance.randint(1, max(1, work.options.open // 20))
    goes_on(work, count, more)
    return f"after {more} more tasks were {count}"


def once(work, program):
    """One kill, and the next start; how everything stood between the two."""
    program.kill()
    program.wait()
    stood, slots = work.count(), work.ask("SELECT count(*) FROM slot")[0][0]
    away = ", ".join(f"{stood.get(state, 0)} {state}" for state in AWAY)
    program = work.stand.serve()
    work.desk = work.stand.desk(work.key)
    return program, f"{sum(stood.values())} open, of them {away}; {slots} slots"


def killed(work, turn, program):
    """One kill, or two; the program that serves afterwards."""
    for dark, share in DARK.items():
        work.dark[dark] += share * work.homes / work.options.kills
    kind = work.chance.choice(["created", "ended", "sending", "asked", "again"])
    began = time.monotonic()
    work.top_up()
    took = time.monotonic() - began
    why = moment(work, kind)
    asked = Asked(work) if kind == "asked" else None
    program, stood = once(work, program)
    if asked:
        why += asked.again()
    print(f"kill {turn:2}, {why}: {stood}; topped up in {took:.1f} s", flush=True)
    if kind == "again":
        began, more = time.monotonic(), work.chance.randint(1, max(1, work.options.open // 40))
        goes_on(work, more=more)
        took = time.monotonic() - began
        program, stood = once(work, program)
        print(f"  and again, {took:.1f} s later, {more} tasks after it went on: {stood}", flush=True)
    return program


def settled(work):
    """Everything ends, or is shown as unknown; how many hang."""
    end = time.monotonic() + work.options.settle
    while (under_way := work.under_way()) and time.monotonic() < end:
        time.sleep(1)
    shown = [command for command, state in under_way.items() if state == "unknown"
             and work.desk.get(f"/api/v1/commands/{command}")["state"] == "unknown"]
    hanging = [command for command in under_way if command not in set(shown)]
    for what, commands in (("shown as unknown", shown), ("hanging", hanging)):
        if commands:
            print(f"{what}: {len(commands)}")
            stories(work, commands)
    return len(hanging)


def stories(work, commands):
    for command in commands[:3]:
        meter, number = command.rsplit("-", 1)
        state, kind, said = work.ask("SELECT state, kind, outcome FROM command WHERE meter = ? AND id = ?",
                                     meter, number)[0]
        print(f"  {command}: {kind}, {state}: {said}")
        for at, event, to, said in work.ask("SELECT at, event, state, said FROM command_event "
                                            "WHERE meter = ? AND command = ? ORDER BY rev", meter, number):
            print(f"    {at} {event} -> {to} {said or ''}")


def is_right(work):
    """The books against what the meters counted."""
    wrong = {"hanging": settled(work)}
    kept = {f"{meter}-{number}": (meter, kind, state) for meter, number, kind, state in work.ask(
        "SELECT meter, id, kind, state FROM command")}
    wrong["lost"] = len(set(kept) ^ set(work.kinds))
    sent = {f"{meter}-{number}" for meter, number in work.ask(
        "SELECT DISTINCT meter, command FROM command_event WHERE event = 'send'")}
    books = collections.defaultdict(collections.Counter)
    ends = collections.defaultdict(collections.Counter)
    of = collections.defaultdict(list)
    for command, (meter, kind, state) in kept.items():
        ends[kind][state] += 1
        if act := ACTS.get(kind):
            of[meter, act].append(command)
            books[meter, act].update(
                sent=int(command in sent), done=int(state in DONE), unknown=int(state == "unknown"))
    done = work.stand.done()
    counted = collections.Counter()
    for meter, acts in done.items():
        for act in set(ACTS.values()):
            # what never was sent is in nobody's books
            line, times = books[meter, act], acts.get(act, 0)
            counted[act] += times
            faults = {"twice": times - line["sent"], "denied": times - line["done"] - line["unknown"],
                      "claimed": line["done"] - times}
            for fault, many in faults.items():
                wrong[fault] = wrong.get(fault, 0) + max(0, many)
                if many > 0 and wrong[fault] <= 3:
                    print(f"{fault}: meter {meter} counts {times} of {act}, the books {dict(line)}")
                    stories(work, of[meter, act])
    most, breaches = over(work.stats())
    wrong["limits"] = breaches + max(0, most - 5)
    for kind, states in sorted(ends.items()):
        print(f"  {kind}: {sum(states.values())}: " + ", ".join(
            f"{many} {state}" for state, many in states.most_common()))
    for kind, state, said, many in work.ask("SELECT kind, state, outcome, count(*) FROM command WHERE state "
                                            "NOT IN ('verified', 'executed') GROUP BY 1, 2, 3"):
        print(f"  {many} times {kind} {state}: {said}")
    for (kind, error), many in work.denied.items():
        print(f"  {kind}: {many} not taken: {error}")
    over_with = len(kept) - wrong["hanging"] - sum(states["unknown"] for states in ends.values())
    end = time.monotonic() + 120
    while (heard := work.stats()["webhook"])["distinct"] < over_with and time.monotonic() < end:
        time.sleep(1)
    wrong["untold"] = max(0, over_with - heard["distinct"])
    print(f"the meters counted {dict(counted)}; at most {most} tasks in flight at a gateway; "
          f"{heard['distinct']} webhooks, {heard['repeats']} again, {heard['bad']} badly signed")
    idle = [kind for kind in ACTS if not any(ends[kind][state] for state in DONE)]
    print(f"kinds that this head-end carried out none of: {', '.join(idle + ['commission'])}")
    print(f"of {len(kept)} commands and {sum(counted.values())} acts: "
          + ", ".join(f"{name} {many}" for name, many in wrong.items()))
    return not any(wrong.values())


def known_places(stand, world):
    """What not every head-end lists: whoever sets a clock has to know the time zone of its site (the
    simulator is three hours east), and whoever keeps a gateway's limit which meters are behind it."""
    sites = {gateway["id"]: gateway["site"] for gateway in world["gateways"]}
    rows = [f"{meter['number']},{sites[meter['gateway']]},{meter['gateway']},Africa/Kampala\n"
            for meter in world["meters"]]
    table = stand.folder / "places.csv"
    table.write_text("meter,site,gateway,zone\n" + "".join(rows))
    stand.run("meter", "import", table)


def prepared(options, folder, started):
    """A fleet of which a quarter is switched off and a tenth was opened, and a desk that has read it."""
    stand = Stand(folder, started, options, "--task-seconds", str(options.task_seconds),
                  head=HEAD, items=ITEMS[options.dialect], pace="horizon_s = 120", more=MORE)
    work = Work(stand, stand.person("bench", "operator"), options)
    world = stand.control.get("/sim/state")
    known_places(stand, world)
    # those that have something else the matter are left alone
    meters = [meter["number"] for meter in world["meters"] if not any(meter.get("conditions", {}).values())]
    work.homes = len(meters)
    work.deal(meters)
    for lane in work.lanes:
        if lane.step().kind == "reconnect":
            switched_off(work, lane.meter)
        elif lane.step().kind == "clear-tamper":
            opened(work, lane.meter)
    program = stand.serve()
    marks = set(meters)
    until("every meter is read", 900, lambda: True if marks <= {meter for (meter,) in work.ask(
        "SELECT meter FROM standing WHERE ami_code IS NOT NULL")} else None)
    # a limit darkens nobody where the load of the home is known
    limits = [lane for lane in work.lanes if lane.plan == "limit"]
    work.make([Call(f"load-{first}", limits[0].step(), limits[first:first + CALL])
               for first in range(0, len(limits), CALL)])
    until("the loads are read", 600, lambda: None if work.count() else True)
    commission = work.desk.say("POST", "/api/v1/commands", {
        "kind": "commission", "args": {}, "reason": "the bench wants it", "intent": "commission",
        "meters": meters[:3]})
    for item in json.loads(commission[1])["items"]:
        work.kinds[item["id"]] = "commission"
    return work, program


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--open", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--task-seconds", type=float, default=3)
    parser.add_argument("--settle", type=int, default=1800, help="seconds within which everything ends")
    options = arguments(parser, meters=11_000, port=8096)
    with stage() as (folder, started):
        work, program = prepared(options, folder, started)
        for turn in range(1, options.kills + 1):
            program = killed(work, turn, program)
        right = is_right(work)
    if not right:
        sys.exit("a promise was broken")


if __name__ == "__main__":
    main()
