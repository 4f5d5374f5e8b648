#!/usr/bin/env python3
"""Triage as a join: our program beside mawk, DuckDB and polars, side by side in one run.

    python3 benches/triage.py [--rows 1000000] [--rounds 5] [--ours PROGRAM] [--only NAME,...]

Every contender reads the same table (meter, status, at) and writes the same columns for every row,
`action` and `because` included. The rivals join a table of verdicts that is exported from our own
output; what they do not do (check meter numbers, survive damage, count) is not asked of them. For
DuckDB and polars the time of starting Python and loading the library is left out. Peak memory is
what the system says of the child; it has a floor of about 15 MiB, which is this script's own.

Needs the standard library; the rivals live in target/bench/venv, made like this:

    python3 -m venv target/bench/venv && target/bench/venv/bin/pip install duckdb polars
"""

import argparse
import csv
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
BENCH = HOME / "target" / "bench"
PYTHON = BENCH / "venv" / "bin" / "python"
SEED = 1008

# Sixty of a hundred meters are well; the others share every listed code and two unlisted ones.
LISTED = [1000, 1001, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 1015, 1016,
          1017, 1018, 1021, 1022, 1023, 1024, 1025]
STATUSES = LISTED + [1002, 1026]

DUCKDB = """
import duckdb, sys, time
table, verdicts, out, order = sys.argv[1:]
duckdb.sql("SET enable_progress_bar = false")
duckdb.sql(f"SET preserve_insertion_order = {order}")
start = time.perf_counter()
duckdb.sql(f'''COPY (SELECT t.*, v.* EXCLUDE (status)
    FROM read_csv('{table}', all_varchar = true, header = true) t
    LEFT JOIN read_csv('{verdicts}', all_varchar = true, header = true) v USING (status))
    TO '{out}' (FORMAT csv, HEADER)''')
print(time.perf_counter() - start)
"""

POLARS = """
import polars as pl, sys, time
table, verdicts, out = sys.argv[1:]
start = time.perf_counter()
verdicts = pl.read_csv(verdicts, infer_schema=False)
pl.scan_csv(table, infer_schema=False).join(verdicts.lazy(), on="status", how="left").sink_csv(out)
print(time.perf_counter() - start)
"""

MAWK = ("FNR==NR{i=index($0,\"\\t\");v[substr($0,1,i-1)]=substr($0,i+1);next}"
        "{print $0 \",\" v[$2]}")


def luhn(digits):
    """The check digit that belongs behind these digits."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        if place % 2 == 0:
            value = value * 2 - 9 * (value > 4)
        total += value
    return -total % 10


def write_table(path, rows):
    """A fleet's export; the numbers are invented and the same in every run."""
    chance = random.Random(SEED)
    meters = []
    for _ in range(min(rows, 200_000)):
        serial = f"47{chance.randrange(10**8):08d}"
        meters.append(f"{serial}{luhn(serial)}")
    statuses = [1000] * 60 + chance.choices(STATUSES[1:], k=40)
    times = [f"2026-10-{day:02d}T{hour:02d}:{minute:02d}:00"
             for day in range(1, 29) for hour in range(24) for minute in (0, 15, 30, 45)]
    part = path.with_suffix(".part")
    with open(part, "w", newline="") as out:
        out.write("meter,status,at\n")
        for _ in range(rows):
            out.write(f"{chance.choice(meters)},{chance.choice(statuses)},{chance.choice(times)}\n")
    part.rename(path)


def ours_command(program, table, out):
    if program.name == "calinmeter":
        return [program, "triage", table, "-o", out]
    return [program, table, out]


def export_verdicts(program):
    """Our own verdict of each status, as CSV for a join and with a tab for mawk."""
    table, out = BENCH / "statuses.csv", BENCH / "statuses.out.csv"
    table.write_text("meter,status\n" + "".join(f"47001582544,{s}\n" for s in STATUSES))
    subprocess.run(ours_command(program, table, out), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    with open(out, newline="") as lines:
        rows = list(csv.reader(lines))
    text = out.read_text().splitlines()
    with open(BENCH / "verdicts.csv", "w", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerows(row[1:] for row in rows)
    with open(BENCH / "verdicts.tsv", "w") as lines:
        for line in text:
            status, tail = line.split(",", 2)[1:]
            lines.write(f"{status}\t{tail}\n")
    return {row[1]: (row[2], row[6]) for row in rows[1:]}


def contenders(program, table):
    """Name, command, and whether the command says its own time."""
    out = {name: BENCH / f"out.{name}.csv"
           for name in ("ours", "mawk", "duckdb", "duckdb-unordered", "polars")}
    verdicts, tails = BENCH / "verdicts.csv", BENCH / "verdicts.tsv"
    rivals = [("ours", ours_command(program, table, out["ours"]), False)]
    if shutil.which("mawk"):
        rivals.append(("mawk", ["mawk", "-F,", MAWK, tails, table], False))
    if PYTHON.exists():
        duck = [PYTHON, "-c", DUCKDB, table, verdicts]
        rivals.append(("duckdb", duck + [out["duckdb"], "true"], True))
        rivals.append(("duckdb-unordered", duck + [out["duckdb-unordered"], "false"], True))
        rivals.append(("polars", [PYTHON, "-c", POLARS, table, verdicts, out["polars"]], True))
    return rivals, out


def run(command, out, says_time):
    """Seconds and peak memory in MiB of one run."""
    out.unlink(missing_ok=True)
    stdout = subprocess.PIPE if says_time else subprocess.DEVNULL
    if command[0] == "mawk":
        stdout = open(out, "wb")
    start = time.perf_counter()
    child = subprocess.Popen([str(word) for word in command], stdout=stdout,
                             stderr=subprocess.DEVNULL)
    said = child.stdout.read() if says_time else b""
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return (float(said) if says_time else seconds), usage.ru_maxrss / 1024


def lines_in(path):
    """Counted in blocks: what this script holds would count as its children's memory."""
    with open(path, "rb") as blocks:
        return sum(block.count(b"\n") for block in iter(lambda: blocks.read(1 << 20), b""))


def check(out, rows, verdicts):
    """The same number of rows, and the same verdicts in a sample of them."""
    with open(out, newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader)
        places = [header.index(name) for name in ("status", "ami_code", "decision", "because")]
        count = 0
        for count, row in enumerate(reader, 1):
            if count > 20_000:
                break
            status, ami, decision, because = (row[place] for place in places)
            assert (ami, decision) == verdicts[status] and because, (out.name, row)
    assert lines_in(out) == rows + 1, f"{out.name} has {lines_in(out) - 1} rows, not {rows}"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--ours", type=pathlib.Path, help="our program, or the example `bulk`")
    words.add_argument("--only", help="contenders, between commas")
    words.add_argument("--write", action="store_true", help="write the table and end")
    words = words.parse_args()
    BENCH.mkdir(parents=True, exist_ok=True)
    table = BENCH / f"table.{words.rows}.csv"
    if words.write:
        return write_table(table, words.rows)
    release = HOME / "target" / "release"
    program = words.ours or next(
        (p for p in (release / "calinmeter", release / "examples" / "bulk") if p.exists()), None)
    if program is None:
        sys.exit("build first: cargo build --release")
    if not table.exists():
        # in another process, for the same reason
        subprocess.run([sys.executable, __file__, "--write", "--rows", str(words.rows)], check=True)
    verdicts = export_verdicts(program)
    rivals, out = contenders(program, table)
    if words.only:
        rivals = [rival for rival in rivals if rival[0] in words.only.split(",")]
    lines_in(table)  # everybody finds it in memory
    times = {name: [] for name, _, _ in rivals}
    memory = dict.fromkeys(times, 0.0)
    for turn in range(words.rounds):
        for name, command, says_time in rivals:
            seconds, peak = run(command, out[name], says_time)
            times[name].append(seconds)
            memory[name] = max(memory[name], peak)
            if turn == 0:
                check(out[name], words.rows, verdicts)
            out[name].unlink()
    ours = statistics.median(times["ours"]) if "ours" in times else None
    print(f"{words.rows} rows, {words.rounds} rounds in turn, {os.cpu_count()} processors")
    print(f"{'':18}{'median s':>10}{'best s':>9}{'peak MiB':>10}{'rows/s':>13}{'to ours':>9}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        ratio = f"{median / ours:8.2f}x" if ours else ""
        print(f"{name:18}{median:10.2f}{min(seconds):9.2f}{memory[name]:10.0f}"
              f"{words.rows / median:13,.0f}{ratio:>9}")


if __name__ == "__main__":
    main()
