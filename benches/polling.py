#!/usr/bin/env python3
"""How busy the vendor is kept, and whether a limit is ever exceeded, also across a kill -9.

    cargo build --release && python3 benches/polling.py [--gateways 200] [--seconds 30]

Simulated concentrators work on five tasks each, one second a task, and count for themselves how
long they worked and how many were ever under way; `calinmeter serve` looks at a task after one
second. There are more meters than a minute's asking reaches, so that something is always due. Ends
red where the vendor was less than 95 % busy or a limit was exceeded.
"""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from stand import PROGRAM, over, until

BUSY = 0.95

CONFIG = """
[server]
listen = "127.0.0.1:{port}"
[store]
url = "{store}"
[[head_end]]
name = "main"
dialect = "{dialect}"
url = "{url}"
user = "{user}"
password_file = "password"
{company}
[head_end.items]
operating_status = "{item}"
status_family = "ami"
[head_end.pace]
first_poll_s = 1
horizon_s = 120
[polling]
routine_every = "1m"
abnormal_every = "1m"
"""


def get(url, data=None):
    body = None if data is None else json.dumps(data).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=10) as answer:
        return json.loads(answer.read() or b"null")


def healthy(port):
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).status


def ticks():
    return [int(word) for word in open("/proc/stat").readline().split()[1:9]]


def measure(control, seconds, name):
    # what came before counts for the limits, not for how busy they were
    before = over(get(f"{control}/sim/stats"))
    get(f"{control}/sim/stats/reset", {})
    since = ticks()
    time.sleep(seconds)
    spent = [now - then for now, then in zip(ticks(), since)]
    stats = get(f"{control}/sim/stats")
    had_work = [one for one in stats["gateways"] if one["created"]]
    busy = sum(one["busy_ms"] for one in had_work)
    could = sum(one["capacity_ms"] for one in had_work) or 1
    most, breaches = over(stats)
    most, breaches = max(most, before[0]), breaches + before[1]
    print(f"{name}: {busy / could:.1%} busy over {seconds} s; at most {most} in flight on one, "
          f"{breaches} creations beyond a limit; {spent[7] / sum(spent):.0%} of the processors' time was "
          f"taken by other machines")
    return busy / could, most, breaches


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gateways", type=int, default=200)
    parser.add_argument("--meters", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--dialect", default="concentrator", choices=["station", "concentrator", "v1"])
    parser.add_argument("--port", type=int, default=8093)
    parser.add_argument("--store")
    options = parser.parse_args()
    started = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        try:
            bench(options, folder, started)
        finally:
            for process in started:
                process.kill()
                process.wait()


def bench(options, folder, started):
    sim = subprocess.Popen(
        [PROGRAM, "sim", "--meters", str(options.meters), "--gateways", str(options.gateways),
         "--task-seconds", "1", "--json"], stdout=subprocess.PIPE, text=True)
    started.append(sim)
    found = json.loads(sim.stdout.readline())
    head = next(head for head in found["heads"] if head["dialect"] == options.dialect)
    control = found["control"]
    (folder / "password").write_text(head["password"])
    company = "" if options.dialect == "station" else f'company = "{head["company"]}"'
    store = options.store or f"sqlite:{folder}/bench.db"
    (folder / "calinmeter.toml").write_text(CONFIG.format(
        port=options.port, store=store, dialect=options.dialect, url=head["url"],
        user=head["user"], item=head["operating_status"], company=company))
    words = [PROGRAM, "--config", folder / "calinmeter.toml"]
    subprocess.run([*words, "meter", "import", "--from-head-end", "main"], check=True,
                   stdout=subprocess.DEVNULL)

    def serve():
        process = subprocess.Popen([*words, "serve"], stderr=open(folder / "log", "a"))
        started.append(process)
        until("serve", 60, lambda: healthy(options.port))
        return process

    process = serve()
    # the first seconds fill the slots: a slow start is the poller's promise after a silence
    time.sleep(20)
    results = [measure(control, options.seconds, "steady")]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process = serve()
    # creations that the kill left unknown hold their slots until their horizon
    time.sleep(130)
    results.append(measure(control, options.seconds, "after kill -9 and restart"))
    total = get(f"{control}/sim/stats")
    print(f"{total['calls']} calls; {options.gateways} {options.dialect} gateways, "
          f"{options.meters} meters, store {re.sub('//.*@', '//', store).split(':')[0]}")
    worst = min(busy for busy, _, _ in results)
    if worst < BUSY or any(most > 5 or breaches for _, most, breaches in results):
        sys.exit(f"the vendor was {worst:.1%} busy or a limit was exceeded")


if __name__ == "__main__":
    main()
