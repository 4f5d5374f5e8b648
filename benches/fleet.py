#!/usr/bin/env python3
"""A large fleet: how soon the first page stands, how quick the worklist is, how much memory it takes.

    cargo build --release && python3 benches/fleet.py [--meters 100000]

A table of meters and a table of statuses are taken in by the commands a user would type; then
`calinmeter serve` starts over that store while a simulated head-end with the same meters is asked.
Ends red where memory is above 300 MiB; times are printed, not asserted.
"""

import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HOME = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = HOME / "target" / "release" / "calinmeter"
LIMIT_MIB = 300
# one in five has something the matter, as no fleet should
CODES = ["1000"] * 80 + ["1001", "1003", "1005", "1006", "1007", "1008", "1009", "1011", "1012", "1013",
                         "1014", "1015", "1016", "1017", "1018", "1022", "1023", "1024", "1025", "1002"]


def luhn(digits):
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10))
                for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def tables(folder, meters):
    chance = random.Random(1)
    with open(folder / "fleet.csv", "w") as fleet, open(folder / "statuses.csv", "w") as statuses:
        fleet.write("meter,site,gateway,customer,name,phases\n")
        statuses.write("meter,status\n")
        for row in range(meters):
            digits = f"47{row:08}"
            meter = digits + luhn(digits)
            fleet.write(f"{meter},Site {row % 40:02},GW-{row % 200:03},C{row},Customer {row},1\n")
            statuses.write(f"{meter},{chance.choice(CODES)}\n")


def run(words, what):
    began = time.monotonic()
    ended = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if ended.returncode != 0:
        sys.exit(f"{what}: exit status {ended.returncode}: {ended.stdout} {ended.stderr}")
    print(f"{what}: {time.monotonic() - began:.1f} s: {ended.stdout.splitlines()[0]}")


def fetch(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def peak(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0


def first_page(words, address, folder):
    began = time.monotonic()
    process = subprocess.Popen([*words, "serve"], stdout=subprocess.DEVNULL, stderr=open(folder / "log", "a"))
    while time.monotonic() - began < 60:
        try:
            if b"</html>" in fetch(f"{address}/"):
                return process, time.monotonic() - began
        except OSError:
            time.sleep(0.005)
    process.kill()
    sys.exit("no page within 60 s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--meters", type=int, default=100_000)
    parser.add_argument("--port", type=int, default=8094)
    parser.add_argument("--pages", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "calinmeter.toml").write_text(
            f'[server]\nlisten = "127.0.0.1:{options.port}"\n[store]\nurl = "sqlite:fleet.db"\n')
        words = [PROGRAM, "--config", folder / "calinmeter.toml"]
        tables(folder, options.meters)
        run([*words, "meter", "import", folder / "fleet.csv"], "import of the fleet")
        run([*words, "meter", "import-status", folder / "statuses.csv"], "judging their statuses")
        address = f"http://127.0.0.1:{options.port}"
        starts = []
        for _ in range(5):
            process, took = first_page(words, address, folder)
            starts.append(took)
            process.terminate()
            process.wait()
        print(f"start to first page: median {statistics.median(starts):.3f} s, worst {max(starts):.3f} s")
        process, _ = first_page(words, address, folder)
        try:
            pages(options, address)
            mib = peak(process)
        finally:
            process.terminate()
            process.wait()
    print(f"peak memory of serve: {mib:.0f} MiB")
    if mib > LIMIT_MIB:
        sys.exit(f"{mib:.0f} MiB is above {LIMIT_MIB} MiB")


def pages(options, address):
    for path in ["/", "/?decision=visit", "/?site=Site+07", "/api/v1/worklist?limit=100", "/meters",
                 "/meters/" + json.loads(fetch(f"{address}/api/v1/meters?limit=1"))["items"][0]["meter"]]:
        took = []
        for _ in range(options.pages):
            began = time.monotonic()
            fetch(address + path)
            took.append((time.monotonic() - began) * 1000)
        took.sort()
        print(f"{path}: median {statistics.median(took):.1f} ms, 99th percentile "
              f"{took[int(len(took) * 0.99)]:.1f} ms, worst {took[-1]:.1f} ms, {options.pages} times")


if __name__ == "__main__":
    main()
