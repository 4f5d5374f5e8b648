"""What the benches stand on: a simulated head-end, a desk over it, somebody who may command.

Everything listens on this machine only, and everything that was started ends with the bench.
"""

import base64
import contextlib
import http.client
import json
import os
import pathlib
import re
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

HOME = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = HOME / "target" / "release" / "calinmeter"
TICKS = os.sysconf("SC_CLK_TCK")

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
{head}
[head_end.items]
operating_status = "{item}"
status_family = "ami"
{items}
[head_end.pace]
first_poll_s = 1
{pace}
[[webhook]]
name = "bench"
url = "{control}/sim/webhook"
secret_file = "webhook"
{more}
"""


def until(what, seconds, condition):
    """What the condition finds, as soon as it finds something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if (found := condition()) is not None:
                return found
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit(f"{what}: not within {seconds} s")


def cpu(process):
    """Seconds of processor that a process has used."""
    words = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / TICKS


def taken():
    """All ticks of the processors, and those that other machines took."""
    words = [int(word) for word in open("/proc/stat").readline().split()[1:9]]
    return sum(words), words[7]


class Line:
    """A connection that is kept."""

    def __init__(self, url, key=None):
        self.address = urllib.parse.urlsplit(url).netloc
        self.headers = {"content-type": "application/json"}
        if key:
            self.headers["authorization"] = f"Bearer {key}"
        self.link = http.client.HTTPConnection(self.address, timeout=60)

    def say(self, method, path, data=None, **headers):
        body = None if data is None else json.dumps(data)
        try:
            self.link.request(method, path, body, {**self.headers, **headers})
            answer = self.link.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as error:
            self.link.close()
            raise OSError(str(error)) from error
        except OSError:
            self.link.close()
            raise

    def get(self, path):
        return json.loads(self.say("GET", path)[1])


class Stand:
    """A folder with a configuration, the head-end and the program."""

    def __init__(self, folder, started, options, *sim, head="", items="", pace="", more=""):
        self.folder, self.started, self.port = folder, started, options.port
        (folder / "webhook").write_text("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode())
        words = [PROGRAM, "sim", "--meters", str(options.meters), "--gateways", str(options.gateways),
                 "--webhook-secret-file", folder / "webhook", "--json", *sim]
        self.sim = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        started.append(self.sim)
        found = json.loads(self.sim.stdout.readline())
        self.head = next(one for one in found["heads"] if one["dialect"] == options.dialect)
        (folder / "password").write_text(self.head["password"])
        self.control = Line(found["control"])
        self.store = options.store or f"sqlite:{folder}/bench.db"
        company = "" if options.dialect == "station" else f'company = "{self.head["company"]}"'
        (folder / "calinmeter.toml").write_text(CONFIG.format(
            port=options.port, store=self.store, dialect=options.dialect,
            url=self.head["url"], user=self.head["user"], item=self.head["operating_status"],
            company=company, control=found["control"], head=head, items=items, pace=pace, more=more))
        self.words = [PROGRAM, "--config", folder / "calinmeter.toml"]
        self.run("meter", "import", "--from-head-end", "main")
        self.admin = folder / "admin.key"
        self.run("user", "add", "bench-admin", "--role", "admin", said="only of this bench\n")
        self.admin.write_text(self.key("bench-admin", said="only of this bench\n"))
        self.admin.chmod(0o600)

    def run(self, *words, said=""):
        ended = subprocess.run([*self.words, *words], input=said, capture_output=True, text=True,
                               env=self.environment())
        if ended.returncode != 0:
            sys.exit(f"{' '.join(words)}: {ended.stdout} {ended.stderr}")
        return ended.stdout

    def environment(self):
        admin = getattr(self, "admin", None)
        if admin is None or not admin.exists():
            return os.environ
        return {**os.environ, "CALINMETER_KEY_FILE": str(admin)}

    def key(self, name, said=""):
        return re.search(r"cm_\S+", self.run("key", "add", name, "--label", "bench", said=said)).group(0)

    def person(self, name, role):
        """A program with this role, and its key."""
        self.run("user", "add", name, "--role", role, "--no-password")
        return self.key(name)

    def serve(self):
        process = subprocess.Popen([*self.words, "serve"], stdout=subprocess.DEVNULL,
                                   stderr=open(self.folder / "log", "a"))
        self.started.append(process)
        probe = Line(f"http://127.0.0.1:{self.port}")
        until("serve", 60, lambda: True if probe.say("GET", "/healthz")[0] == 200 else None)
        return process

    def desk(self, key):
        return Line(f"http://127.0.0.1:{self.port}", key)

    def books(self):
        """The store itself, to look at and to count."""
        if not self.store.startswith("sqlite:"):
            sys.exit("this bench looks into the store by SQLite: leave --store out")
        return sqlite3.connect(f"file:{self.store.removeprefix('sqlite:')}?mode=ro", uri=True)

    def is_so(self, meter, **conditions):
        """Something becomes the matter with a virtual meter, or no longer is."""
        status, said = self.control.say("PATCH", f"/sim/meters/{meter}", {"conditions": {
            name.replace("_", "-"): so for name, so in conditions.items()}})
        if status != 200:
            sys.exit(f"{meter}: {status} {said}")

    def done(self):
        """How often each meter carried out what."""
        meters = self.control.get("/sim/state")["meters"]
        return {meter["number"]: meter.get("done", {}) for meter in meters}


def over(stats):
    """The most tasks that one gateway ever had, and creations beyond its limit."""
    lines = stats["gateways"]
    return max(line["most"] for line in lines), sum(line["breaches"] for line in lines)


@contextlib.contextmanager
def stage():
    """A folder, and a list of processes that end with it."""
    started = []
    # whoever ends a bench early ends what it started, too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield pathlib.Path(folder), started
        finally:
            for process in started:
                process.kill()
                process.wait()


def arguments(parser, **defaults):
    """The arguments that every bench of commands has."""
    for name, value in {"meters": 10_000, "gateways": 200, "port": 8095, **defaults}.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    parser.add_argument("--dialect", default="station", choices=["station", "concentrator", "v1"])
    parser.add_argument("--store")
    return parser.parse_args()
