"""What the bench of kills asks for: a crowd of wishes at every meter, and who remembers them."""

import collections
import concurrent.futures
import contextlib
import json
import random
import sys
import threading

from stand import Line

CALL = 1000
# calls that are made side by side where each is about one meter
ASIDE = 16
OPEN = ("proposed", "approved", "queued", "sending", "accepted", "unknown")

Step = collections.namedtuple("Step", "kind args before dark", defaults=(None, False))


def switched_off(work, meter):
    work.stand.is_so(meter, remote_off=True)


def opened(work, meter):
    work.stand.is_so(meter, terminal_tamper=True)


def found(work, meter):
    status, said = work.line().say("POST", f"/api/v1/meters/{meter}/findings", {
        "kind": "tamper", "said": "cover open, wires in order", "seal_after": "A101"})
    if status != 201:
        sys.exit(f"a finding: {status} {said}")


STATUS = {"item": "operating_status"}
# who has no homes left to darken has somebody else open the relay, and looks
OTHERWISE = Step("read", STATUS, switched_off)
# what is done at a meter one after the other, and how many meters of twenty it is done at; a strict
# one waits for the proof of each step
PLANS = {
    "relay": (9, True, [Step("reconnect", {"order_known": True}), Step("disconnect", {}, dark=True)]),
    "tamper": (2, True, [Step("clear-tamper", {}, found), Step("read", STATUS, opened)]),
    "limit": (3, False, [Step("read", {"item": "power"}), Step("set-load-limit", {"watts": 6000}),
                         Step("set-load-limit", {"watts": 7000})]),
    "token": (1, False, [Step("deliver-token", {}, dark=True)]),
    "clock": (2, False, [Step("set-clock", {})]),
    "read": (3, False, [Step("read", {"item": "voltage"}), Step("read", {"item": "power"})]),
}
DEALT = [plan for plan, (share, _, _) in PLANS.items() for _ in range(share)]


class Mint:
    """Tokens as somebody makes them who sits at the head-end."""

    def __init__(self, head, dialect):
        self.head, self.v1 = head, dialect == "v1"
        if not self.v1:
            told = Line(head["url"]).say("POST", "/api/user/login", {
                "userId": head["user"], "password": head["password"], "company": head["company"]})[1]
            self.line = Line(head["url"], json.loads(told)["result"]["token"])
        else:
            self.line = Line(head["url"])

    def token(self, meter):
        head = self.head
        if self.v1:
            path, asked = "/api/Maintenance_ClearTamper", {
                "company_name": head["company"], "user_name": head["user"],
                "password": head["password"], "meter_number": meter}
        else:
            path, asked = "/api/token/clearTamperToken/generate", {
                "meterId": meter, "company": head["company"]}
        made = json.loads(self.line.say("POST", path, asked)[1])["result"]
        return (made if self.v1 else made["token"]).replace(" ", "")


class Lane:
    """What is done at one meter, one step after the other."""

    def __init__(self, meter, plan):
        self.meter, self.plan, (_, self.strict, self.steps) = meter, plan, PLANS[plan]
        self.at, self.command = 0, None

    def step(self):
        return self.steps[self.at % len(self.steps)]

    def is_free(self, under_way):
        state = under_way.get(self.command)
        return state is None or state == "executed" and not self.strict


class Call:
    """One call of the API, the same however often it is made."""

    def __init__(self, intent, step, lanes, token=None):
        self.intent, self.step, self.lanes, self.token = intent, step, lanes, token
        self.said = None

    def make(self, desk):
        args = {**self.step.args, **({"token": self.token, "purpose": "other"} if self.token else {})}
        wish = {"kind": self.step.kind, "args": args, "reason": "the bench wants it"}
        if self.token:
            meter = self.lanes[0].meter
            status, said = desk.say("POST", f"/api/v1/meters/{meter}/commands", wish,
                                    **{"Idempotency-Key": self.intent})
        else:
            meters = [lane.meter for lane in self.lanes]
            status, said = desk.say("POST", "/api/v1/commands",
                                    {**wish, "meters": meters, "intent": self.intent})
        if status != 202:
            sys.exit(f"{self.step.kind}: the API said {status}: {said[:400]}")
        told = json.loads(said)
        self.said = [told] if self.token else told["items"]

    def try_to(self, desk):
        with contextlib.suppress(OSError):
            self.make(desk)


class Work:
    """What the bench asks for, and what it was told."""

    def __init__(self, stand, key, options):
        self.stand, self.key, self.options = stand, key, options
        self.desk = stand.desk(key)
        self.mint = Mint(stand.head, options.dialect)
        self.chance = random.Random(options.seed)
        self.kinds, self.lanes = {}, []
        self.calls, self.dark = 0, collections.Counter()
        self.local = threading.local()
        self.denied = collections.Counter()

    def deal(self, meters):
        for place, meter in enumerate(meters):
            plan = DEALT[place % len(DEALT)]
            self.lanes.append(Lane(meter, plan))
            if plan == "relay":
                self.lanes[-1].at = place // len(DEALT) % 2
                # a second wish at the same meter, which has to wait for the first
                self.lanes.append(Lane(meter, "clock" if place % 2 else "read"))

    def line(self):
        """The desk's line of this thread; a new one where the program is a new one."""
        if getattr(self.local, "desk", None) is not self.desk:
            self.local.desk, self.local.line = self.desk, self.stand.desk(self.key)
        return self.local.line

    def at_once(self, does, each):
        """What goes one by one, side by side: the desk writes it down together."""
        with concurrent.futures.ThreadPoolExecutor(ASIDE) as pool:
            return list(pool.map(does, each))

    def ask(self, sql, *values):
        """What the store says; nobody keeps it open while the program is killed."""
        with contextlib.closing(self.stand.books()) as books:
            return books.execute(sql, values).fetchall()

    def under_way(self):
        return dict(self.ask("SELECT meter || '-' || id, state FROM command WHERE deadline IS NOT NULL"))

    def count(self, states=OPEN):
        marks = ", ".join("?" * len(states))
        return dict(self.ask(f"SELECT state, count(*) FROM command WHERE state IN ({marks}) "
                             "GROUP BY state", *states))

    def next_calls(self, beyond=0):
        """What has to be asked so that as many are open as are wanted, or so many more."""
        under_way = self.under_way()
        wanted = self.options.open + beyond - sum(state in OPEN for state in under_way.values())
        free = [lane for lane in self.lanes if lane.is_free(under_way)]
        self.chance.shuffle(free)
        alike = collections.defaultdict(list)
        for lane in free:
            if wanted <= 0:
                break
            step = lane.step()
            if step.dark and self.dark[step.kind] <= 0:
                if step.kind != "disconnect":
                    continue
                step = OTHERWISE
            self.dark[step.kind] -= step.dark
            alike[step.kind, json.dumps(step.args)].append((step, lane))
            wanted -= 1
        calls = []
        chosen = [one for asked in alike.values() for one in asked]
        self.at_once(lambda meter: found(self, meter), [
            lane.meter for step, lane in chosen if step.before is found])
        for step, lane in chosen:
            if step.before in (switched_off, opened):
                step.before(self, lane.meter)
        for (kind, _), asked in alike.items():
            size = 1 if kind == "deliver-token" else CALL
            for first in range(0, len(asked), size):
                step, lanes = asked[first][0], [lane for _, lane in asked[first:first + size]]
                self.calls += 1
                token = self.mint.token(lanes[0].meter) if kind == "deliver-token" else None
                calls.append(Call(f"call-{self.calls}", step, lanes, token))
        self.chance.shuffle(calls)
        return calls

    def heard(self, call):
        for lane, item in zip(call.lanes, call.said):
            if item["id"] is None:
                self.denied[call.step.kind, item["error"]] += 1
            else:
                self.kinds.setdefault(item["id"], call.step.kind)
            lane.command = item["id"]
            # a limit may darken a home of which no load is known
            self.dark["disconnect"] -= bool(item["darkens"]) and not call.step.dark
            lane.at += 1

    def make(self, calls):
        self.at_once(lambda call: call.make(self.line()), [call for call in calls if call.token])
        for call in calls:
            if not call.token:
                call.make(self.desk)
            self.heard(call)

    def top_up(self):
        for _ in range(20):
            calls = self.next_calls()
            self.make(calls)
            if sum(len(call.lanes) for call in calls) < self.options.open * 0.02:
                return

    def stats(self):
        return self.stand.control.get("/sim/stats")

    def tasks(self, count):
        return sum(line[count] for line in self.stats()["gateways"])
