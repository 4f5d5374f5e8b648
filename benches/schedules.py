#!/usr/bin/env python3
"""Thousands of seeded schedules of the desk over its store: no act twice, nothing lost, nothing hangs.

    python3 benches/schedules.py [--seeds 10000] [--first 1] [--part 100]

Each seed is one schedule in time that is handed in: people who ask, approve, cancel and stop, a
head-end that loses answers, a store whose answers are lost, a program that ends anywhere. What must
hold is asserted by the test itself (crates/desk/src/poller/round/simulated). The seeds are cut into
parts, one process for each processor takes them in turn; a part that ends red says its seed, and the
others go on. A seed repeats its schedule:

    CALINMETER_SEED=226 cargo test -p desk --lib simulated -- --nocapture
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
CRATE = HOME / "crates" / "desk"


def built():
    """The program of the room's own tests, in release."""
    words = ["cargo", "test", "--package", "desk", "--lib", "--release", "--no-run",
             "--message-format", "json"]
    said = subprocess.run(words, cwd=HOME, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    programs = [one["executable"] for one in found if one.get("executable")]
    return programs[-1]


def run(program, processor, first, seeds):
    """One part, kept on one processor: a schedule is one thread after the other."""
    settings = {"CALINMETER_FIRST": str(first), "CALINMETER_SEEDS": str(seeds), "RUST_BACKTRACE": "0"}
    ended = subprocess.run([program, "simulated", "--nocapture"], cwd=CRATE, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env=os.environ | settings,
                           preexec_fn=lambda: os.sched_setaffinity(0, {processor}))
    ran = re.search(r"test result: ok\. ([1-9]\d*) passed", ended.stdout)
    return None if ended.returncode == 0 and ran else ended.stdout


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seeds", type=int, default=10_000)
    words.add_argument("--first", type=int, default=1)
    words.add_argument("--part", type=int, default=100)
    words = words.parse_args()
    program = built()
    processors = sorted(os.sched_getaffinity(0))
    free = list(processors)
    red, done, began = [], 0, time.monotonic()

    def part(first, seeds):
        processor = free.pop()
        try:
            return first, seeds, run(program, processor, first, seeds)
        finally:
            free.append(processor)

    end = words.first + words.seeds
    parts = [(at, min(words.part, end - at)) for at in range(words.first, end, words.part)]
    with concurrent.futures.ThreadPoolExecutor(len(processors)) as pool:
        running = [pool.submit(part, *one) for one in parts]
        for ended in concurrent.futures.as_completed(running):
            first, seeds, said = ended.result()
            done += seeds
            if said is not None:
                told = [line for line in said.splitlines() if "seed" in line or "panicked" in line]
                red.append(first)
                print(f"red within the seeds from {first}: {' | '.join(told)[:600]}", flush=True)
            if sys.stderr.isatty():
                print(f"\r{done} of {words.seeds}", end="", file=sys.stderr, flush=True)
    took = time.monotonic() - began
    print(f"seeds {words.first} to {end - 1}: {len(parts) - len(red)} of {len(parts)} parts green, "
          f"{len(red)} red; {took:.0f} s on {len(processors)} processors")
    return int(bool(red))


if __name__ == "__main__":
    sys.exit(main())
