#!/usr/bin/env python3
"""Mixed frames read in a second on one core, beside the least that any reader must do.

    cargo build --release -p frames --example mixed_frames
    python3 benches/frames.py [--rounds 9] [--program calinmeter]

The frames are those of crates/frames/tests/vectors that a meter may send, drawn in an order without a
pattern. The rival adds up the bytes of each frame, which is what its checksum asks for, and does nothing
else; it is the limit, and reading whole frames into typed values is measured against it in the same
rounds. Ends red where reading is slower than a quarter of that. With --program a million frames also go
through `frame decode -`, hex in and JSON out, and the most memory it took is shown.

Needs the standard library.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
BENCH = HOME / "target" / "bench"
VECTORS = HOME / "crates" / "frames" / "tests" / "vectors" / "frames.json"
LINES = 1_000_000
SEED = 1008
PROMISE = 0.25


def frames():
    """What a meter of this kind may send, as hex."""
    vectors = json.loads(VECTORS.read_text())
    return [one["hex"] for one in vectors
            if one["direction"] == "up" and "layer" not in one.get("expect", {"layer": ""})]


def through(program, path):
    """Seconds and peak memory in MiB of a million lines."""
    with open(path, "rb") as lines, open(os.devnull, "wb") as nowhere:
        start = time.perf_counter()
        child = subprocess.Popen([program, "frame", "decode", "-"], stdin=lines, stdout=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{program} ended with {child.returncode}")
    return seconds, usage.ru_maxrss / 1024


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rounds", type=int, default=9)
    words.add_argument("--ours", type=pathlib.Path, help="the example `mixed_frames`",
                       default=HOME / "target" / "release" / "examples" / "mixed_frames")
    words.add_argument("--program", type=pathlib.Path, help="calinmeter, for frames as lines")
    words = words.parse_args()
    if not words.ours.exists():
        sys.exit("build first: cargo build --release -p frames --example mixed_frames")
    BENCH.mkdir(parents=True, exist_ok=True)
    mix, lines = frames(), BENCH / "frames.hex"
    lines.write_text("\n".join(mix) + "\n")
    ended = subprocess.run([words.ours, lines, str(words.rounds)], capture_output=True, text=True)
    if ended.returncode:
        sys.exit(ended.stderr.strip())
    found = json.loads(ended.stdout)
    assert found["sound"] == found["of"], "a frame of the mix is not read"
    print(f"{found['frames']:,} frames a round, {len(mix)} kinds, {found['bytes'] / found['of']:.1f} bytes "
          f"each, {words.rounds} rounds in turn, one core of {os.cpu_count()}")
    print(f"{'':18}{'median s':>10}{'best s':>9}{'frames/s':>14}{'to checksum':>13}")
    limit = statistics.median(found["seconds"]["checksum"])
    for name, seconds in found["seconds"].items():
        median = statistics.median(seconds)
        print(f"{name:18}{median:10.3f}{min(seconds):9.3f}{found['frames'] / median:14,.0f}"
              f"{limit / median:12.2f}x")
    if words.program:
        chance = random.Random(SEED)
        many = BENCH / "frames.lines"
        many.write_text("".join(f"{chance.choice(mix)}\n" for _ in range(LINES)))
        runs = [through(words.program, many) for _ in range(3)]
        seconds = statistics.median(run[0] for run in runs)
        print(f"as lines: {LINES / seconds:,.0f} frames/s, at most {max(run[1] for run in runs):.0f} MiB")
    share = limit / statistics.median(found["seconds"]["read"])
    if share < PROMISE:
        sys.exit(f"reading reaches {share:.2f} of the checksum alone, not {PROMISE}")


if __name__ == "__main__":
    main()
