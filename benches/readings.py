#!/usr/bin/env python3
"""A million readings kept, beside what the databases' own tools need for the same table.

    cargo build --release -p store --example readings
    python3 benches/readings.py [--rows 1000000] [--rounds 5] [--only sqlite|postgres] [--orders]

Each round starts from an empty store with its keys and indexes in place. Ours keeps the file in
durable batches of 10,000 and ignores what is there already; the other side is `sqlite3 .import` and
`psql \\copy` of the same file into the same table, in one piece. The sides take turns. Every run is
timed from the start of the process to its end and its rows are counted. Ends red below 80 %.

--orders compares keys instead (docs/adr/0013). Needs the standard library, the packages sqlite3 and
postgresql; the PostgreSQL server is our own, in a temporary folder, with fsync on.
"""

import argparse
import contextlib
import os
import pathlib
import pwd
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
BENCH = HOME / "target" / "bench"
OURS = HOME / "target" / "release" / "examples" / "readings"
METERS = 10_000
FIRST_HOUR = 490_896  # 2026-01-01 00:00 UTC
SEED = 1008
PROMISE = 0.80


def write_readings(path, rows):
    """Every hour each meter reports once, in an order of its own."""
    chance = random.Random(SEED)
    meters = [f"4700{number * 97:07d}" for number in range(METERS)]
    energy = [chance.randrange(10**7) for _ in meters]
    order = list(range(METERS))
    part = path.with_suffix(".part")
    with open(part, "w", buffering=1 << 20) as out:
        for row in range(rows):
            hour, place = divmod(row, METERS)
            if place == 0:
                chance.shuffle(order)
            meter = order[place]
            energy[meter] += chance.randrange(900)
            out.write(f"{FIRST_HOUR + hour},{meters[meter]},1,0,{energy[meter]}\n")
    part.rename(path)


def run(command, **more):
    """Seconds from start to end."""
    start = time.perf_counter()
    ended = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True, **more)
    seconds = time.perf_counter() - start
    if ended.returncode:
        sys.exit(f"{command[0]}: {ended.stderr.strip()}")
    return seconds, ended.stdout.strip()


class Sqlite:
    """A file for each run, copied from one that has the tables and nothing in them."""

    name, tool = "SQLite", "sqlite3 .import"

    def __init__(self, ours, folder, readings):
        self.ours, self.readings = ours, readings
        self.made, self.file = folder / "made.db", folder / "run.db"
        run([ours, "keep", f"sqlite:{self.made}", readings])
        run(["sqlite3", self.made, "DELETE FROM reading; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"])

    def fresh(self):
        for tail in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + tail).unlink(missing_ok=True)
        shutil.copy(self.made, self.file)
        os.sync()

    def keep(self):
        return run([self.ours, "keep", f"sqlite:{self.file}", self.readings])[0]

    def plain(self):
        return run(["sqlite3", self.file, f".import --csv {self.readings} reading"])[0]

    def count(self):
        return int(run(["sqlite3", self.file, "SELECT count(*) FROM reading"])[1])

    def bytes(self):
        return self.file.stat().st_size


class Postgres:
    """A database for each run, copied from one that has the tables and nothing in them."""

    name, tool = "PostgreSQL", "psql \\copy"

    def __init__(self, ours, server, readings):
        self.ours, self.server, self.readings = ours, server, readings
        self.sql("postgres", "CREATE DATABASE made")
        run([ours, "keep", server.url("made"), readings])
        self.sql("made", "TRUNCATE reading")

    def sql(self, database, *statements):
        words = [word for statement in statements for word in ("-c", statement)]
        return run(["psql", "-XAtq", self.server.url(database), *words])[1]

    def fresh(self):
        self.sql("postgres", "DROP DATABASE IF EXISTS run", "CREATE DATABASE run TEMPLATE made",
                 "CHECKPOINT")

    def keep(self):
        return run([self.ours, "keep", self.server.url("run"), self.readings])[0]

    def plain(self):
        copy = f"\\copy reading FROM '{self.readings}' CSV"
        return run(["psql", "-Xq", self.server.url("run"), "-c", copy])[0]

    def count(self):
        return int(self.sql("run", "SELECT count(*) FROM reading"))

    def bytes(self):
        size = "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('reading')"
        return int(self.sql("run", size))


class Server:
    """A PostgreSQL server in a folder of its own; as root it runs as the user postgres."""

    def __init__(self, folder):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        if not found:
            sys.exit("PostgreSQL is missing: install the package postgresql")
        self.data, self.become = folder / "data", []
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            self.become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        run([*self.become, found[-1] / "initdb", "-U", "calin", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "-D", self.data])
        self.process = subprocess.Popen(
            [*self.become, found[-1] / "postgres", "-D", self.data, "-p", str(self.port), "-k",
             folder, "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=256MB",
             "-c", "max_wal_size=4GB"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if subprocess.run([found[-1] / "pg_isready", "-q", "-h", "127.0.0.1", "-p",
                               str(self.port)]).returncode == 0:
                return
            time.sleep(0.05)
        sys.exit("PostgreSQL does not come up")

    def url(self, database):
        return f"postgres://calin@127.0.0.1:{self.port}/{database}"

    def stop(self):
        self.process.terminate()
        self.process.wait()


def compare(engine, rows, rounds):
    """Both sides in turn; the ratio of their rates."""
    times = {"keep": [], "plain": []}
    for turn in range(rounds):
        for side in sorted(times, reverse=turn % 2 == 1):
            engine.fresh()
            times[side].append(getattr(engine, side)())
            if engine.count() != rows:
                sys.exit(f"{engine.name}: {engine.count()} rows of {rows} after {side}")
    keep, plain = (rows / statistics.median(times[side]) for side in ("keep", "plain"))
    spread = "  ".join(f"{rows / seconds / 1000:.0f}" for seconds in times["keep"])
    others = "  ".join(f"{rows / seconds / 1000:.0f}" for seconds in times["plain"])
    print(f"{engine.name}: {engine.bytes() / rows:.0f} bytes a row")
    print(f"  keep_readings    {keep:9,.0f} rows/s   (thousands: {spread})")
    print(f"  {engine.tool:16} {plain:9,.0f} rows/s   (thousands: {others})")
    print(f"  {keep / plain:.0%} of it, promised {PROMISE:.0%}", flush=True)
    return keep / plain


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--only", choices=("sqlite", "postgres"))
    words.add_argument("--orders", action="store_true", help="compare keys instead")
    words.add_argument("--ours", type=pathlib.Path, default=OURS, help="the example's program")
    words = words.parse_args()
    if not words.ours.is_file():
        sys.exit("build first: cargo build --release -p store --example readings")
    BENCH.mkdir(parents=True, exist_ok=True)
    readings = BENCH / f"readings.{words.rows}.csv"
    if not readings.exists():
        write_readings(readings, words.rows)
    engines = [words.only] if words.only else ["sqlite", "postgres"]
    kept = []
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir=BENCH)))
        server = None
        if "postgres" in engines:
            # elsewhere: the server's user may not be allowed into our folders
            server = Server(pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory())))
            stack.callback(server.stop)
        for engine in engines:
            if words.orders:
                url = f"sqlite:{folder}/orders.db" if engine == "sqlite" else server.url("postgres")
                print(engine, run([words.ours, "orders", url])[1], sep="\n", flush=True)
            elif engine == "sqlite":
                kept.append(compare(Sqlite(words.ours, folder, readings), words.rows, words.rounds))
            else:
                kept.append(compare(Postgres(words.ours, server, readings), words.rows,
                                    words.rounds))
    return int(any(ratio < PROMISE for ratio in kept))


if __name__ == "__main__":
    sys.exit(main())
