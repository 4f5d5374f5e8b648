#!/usr/bin/env python3
"""Large runs: nothing lost, order kept, memory constant. Ends red where a promise is broken.

    cargo build --release && python3 benches/large.py [--rows 10000000]

No time is asserted here; benches/triage.py compares times beside rivals.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parent.parent
BENCH = HOME / "target" / "bench"
PROGRAM = HOME / "target" / "release" / "calinmeter"
# the promise is 64 MiB of memory whatever the size of the input
LIMIT_MIB = 64
STATUSES = ["1000", "1008", "1002", "87-3", "1013", "ok", ""]


def run(name, table, out, *options):
    """Runs the program; its peak memory in MiB, and what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    words = [PROGRAM, "triage", table.relative_to(HOME), "-o", out, *options]
    ended = subprocess.run(words, cwd=HOME, stderr=subprocess.PIPE, text=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if ended.returncode != 0:
        sys.exit(f"{name}: exit status {ended.returncode}: {ended.stderr.strip()}")
    mib = peak / 1024
    # the system keeps the largest child so far, so a later run can only be shown to be no larger
    print(f"{name}: at most {mib:.0f} MiB{'' if peak > before else ' (an earlier run had more)'}")
    if mib > LIMIT_MIB:
        sys.exit(f"{name}: {mib:.0f} MiB is above {LIMIT_MIB} MiB")
    return ended.stderr.splitlines()[0]


def many_rows(rows):
    table, out = BENCH / "large.csv", BENCH / "large.out.csv"
    with open(table, "w", buffering=1 << 20) as file:
        file.write("meter,status,note\n")
        for row in range(rows):
            file.write(f"47001582544,{STATUSES[row % len(STATUSES)]},{row}\n")
    print("  " + run(f"{rows} rows", table, out))
    with open(out, buffering=1 << 20) as file:
        next(file)
        for row, line in enumerate(file):
            if line.split(",", 3)[2] != str(row):
                sys.exit(f"row {row} is not in its place: {line[:80]}")
    if row + 1 != rows:
        sys.exit(f"{rows} rows went in, {row + 1} came out")
    print(f"  every one of {rows} rows in its place")
    for path in (table, out):
        os.remove(path)


def long_line(mib):
    table, out = BENCH / "long.csv", BENCH / "long.out.csv"
    with open(table, "wb", buffering=1 << 20) as file:
        file.write(b"meter,status\n47001582544,1000\n")
        for _ in range(mib):
            file.write(b"x" * (1 << 20))
        file.write(b"\n47003104321,1008\n")
    print("  " + run(f"a line of {mib} MiB", table, out))
    lines = out.read_text().splitlines()
    if len(lines) != 4 or "longer than 1 MiB" not in lines[2] or "not-commissioned" not in lines[3]:
        sys.exit("the long line or the row after it came out wrong")
    for path in (table, out):
        os.remove(path)


def many_answers(rows):
    saved, out = BENCH / "large.json", BENCH / "large.out.json"
    row = (HOME / "examples/answers/calin_v2_DailyReport_Read_answer.json").read_text()
    row = json.dumps(json.loads(row)["result"]["data"][0])
    with open(saved, "w", buffering=1 << 20) as file:
        file.write('{"code":0,"reason":"success","result":{"total":1,"data":[')
        for number in range(rows):
            file.write(("," if number else "") + row.replace("47003104321", f"{number:011d}"))
        file.write("]}}")
    print("  " + run(f"an answer of {rows} rows", saved, out, "--format", "json"))
    with open(out) as file:
        next(file)
        for number, line in zip(range(rows), file):
            if json.loads(line.rstrip().rstrip(","))["meter"] != f"{number:011d}":
                sys.exit(f"row {number} is not in its place")
    print(f"  every one of {rows} rows in its place")
    for path in (saved, out):
        os.remove(path)


def main():
    words = argparse.ArgumentParser(description="Large runs")
    words.add_argument("--rows", type=int, default=10_000_000)
    rows = words.parse_args().rows
    if not PROGRAM.is_file():
        sys.exit("build first: cargo build --release")
    BENCH.mkdir(parents=True, exist_ok=True)
    many_rows(rows)
    long_line(1024)
    many_answers(rows // 20)


if __name__ == "__main__":
    main()
