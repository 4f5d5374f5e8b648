//! A PostgreSQL server of the tests' own, that is gone when they are.
//!
//! A small shell stands between: it starts and stops the server on our word, and when those who
//! need it have ended, however that was, it stops the server and removes the folder.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Starts the server, then obeys until its input ends, or until a process has ended; cleans up.
const KEEPER: &str = r#"
trap '' INT TERM HUP
folder=$1; until=$2; shift 2
start() { "$@" >>"$folder/log" 2>&1 </dev/null & server=$!; }
stop() { kill -QUIT $server; wait $server; } 2>/dev/null
start "$@"
echo started
if [ "$until" = us ]; then
  while read -r word; do
    case $word in
      stop) stop ;;
      start) start "$@" ;;
    esac
    echo done
  done
else
  exec <&- >&-
  while kill -0 "$until" 2>/dev/null; do sleep 0.1; done
fi
stop
rm -rf "$folder"
"#;

/// How long a server is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Needed {
    /// Until this process has ended.
    ByUs,
    /// Until that process has ended.
    By(u32),
}

/// A running server.
pub(crate) struct Cluster {
    port: u16,
    orders: ChildStdin,
    reports: BufReader<ChildStdout>,
    /// Never waited for: it outlives us by the moment it needs to clean up.
    _keeper: Child,
}

impl Cluster {
    /// Makes and starts a server in a folder that is removed with it; nothing where PostgreSQL is
    /// not installed.
    pub(crate) fn start(needed: Needed) -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new().prefix("calinmeter-pg").tempdir();
        let folder = folder.expect("a folder").keep();
        let user = User::of(&folder);
        let data = folder.join("data");
        let mut init = user.command(&programs.join("initdb"));
        init.args([
            "--username=calin",
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
        ]);
        init.args(["--locale=C.UTF-8", "--pgdata"]).arg(&data);
        let made = init.output().expect("initdb runs");
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        // one user has to bring a password, for the test of a wrong one
        let rules = data.join("pg_hba.conf");
        let all = std::fs::read_to_string(&rules).expect("the rules are there");
        let guarded = "host all guarded 127.0.0.1/32 scram-sha-256\n";
        std::fs::write(&rules, format!("{guarded}{all}")).expect("a rule is added");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = port.expect("a free port").port();
        let server = user.command(&programs.join("postgres"));
        let until = match needed {
            Needed::ByUs => "us".to_owned(),
            Needed::By(process) => process.to_string(),
        };
        // in a session of its own: who kills us all leaves it to clean up
        let mut keeper = Command::new("setsid");
        keeper
            .args(["sh", "-c", KEEPER, "keeper"])
            .arg(&folder)
            .arg(until);
        keeper
            .arg(server.get_program())
            .args(server.get_args())
            .arg("-D")
            .arg(&data);
        keeper.args(["-p", &port.to_string(), "-k"]).arg(&folder);
        for setting in [
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "full_page_writes=off",
            "max_connections=300",
            // little to write, little to remove
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_wal_size=64MB",
            "autovacuum=off",
            "shared_buffers=64MB",
        ] {
            keeper.args(["-c", setting]);
        }
        keeper
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut keeper = keeper.spawn().expect("sh runs");
        let orders = keeper.stdin.take().unwrap();
        let reports = BufReader::new(keeper.stdout.take().unwrap());
        let mut cluster = Self {
            port,
            orders,
            reports,
            _keeper: keeper,
        };
        cluster.report();
        cluster.wait_until_up();
        Some(cluster)
    }

    /// Where it listens, on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Stops the server at once, as a power cut would.
    pub(crate) fn stop(&mut self) {
        self.order("stop");
    }

    /// Starts it again, on the same port, with the same data.
    pub(crate) fn start_again(&mut self) {
        self.order("start");
        self.wait_until_up();
    }

    fn order(&mut self, word: &str) {
        writeln!(self.orders, "{word}").expect("the keeper listens");
        self.report();
    }

    fn report(&mut self) {
        let mut line = String::new();
        self.reports
            .read_line(&mut line)
            .expect("the keeper answers");
        assert!(!line.is_empty(), "the keeper of the test server has gone");
    }

    /// Asks until it answers; a server that never comes up fails.
    fn wait_until_up(&self) {
        let ready = programs().unwrap().join("pg_isready");
        let port = self.port.to_string();
        for _ in 0..500 {
            let mut ask = Command::new(&ready);
            ask.args(["-q", "-h", "127.0.0.1", "-p", &port, "-t", "1"]);
            if ask.status().is_ok_and(|status| status.success()) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("the test server does not come up");
    }
}

/// The URL of a database of a server that listens there.
pub(crate) fn url(port: u16, database: &str) -> String {
    format!("postgres://calin:unused-secret@127.0.0.1:{port}/{database}")
}

/// Where the newest PostgreSQL's programs are.
pub(crate) fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = found.into_iter().rev().chain(std::env::split_paths(&path));
    all.into_iter()
        .find(|folder| folder.join("initdb").is_file())
}

/// As whom the server runs: it refuses to run as root.
struct User {
    root: bool,
}

impl User {
    fn of(folder: &Path) -> Self {
        let root = std::fs::metadata("/proc/self").is_ok_and(|ours| ours.uid() == 0);
        if root {
            let id = |kind: &str| {
                let said = Command::new("id")
                    .args([kind, "postgres"])
                    .output()
                    .expect("id runs");
                let said = String::from_utf8_lossy(&said.stdout).trim().parse();
                said.expect("the package has made the user postgres")
            };
            chown(folder, Some(id("-u")), Some(id("-g"))).expect("the folder is given away");
        }
        Self { root }
    }

    fn command(&self, program: &Path) -> Command {
        if !self.root {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
            .arg(program);
        command
    }
}
