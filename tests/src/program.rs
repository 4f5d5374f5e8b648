//! The program itself: built, configured, started, killed.

use crate::{Head, NAME};
use sim::ItemName;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Its name.
const NAME_OF_PROGRAM: &str = "calinmeter";
/// The name of its configuration.
const FILE: &str = "calinmeter.toml";

/// A running `calinmeter serve`. Dropping it kills it.
#[derive(Debug)]
pub struct Program {
    child: Child,
}

impl Program {
    /// Where the program is: beside this test's own folder. It is built where it is missing, and
    /// taken as it is where it is there: a build of the workspace has just made it.
    pub fn path() -> PathBuf {
        let own = std::env::current_exe().expect("the test knows where it is");
        let profile = own.ancestors().nth(2).expect("target/<profile>/deps");
        let path = profile.join(NAME_OF_PROGRAM);
        if !path.is_file() {
            let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
            let mut build = Command::new(cargo);
            build.args(["build", "--package", NAME_OF_PROGRAM]);
            build
                .arg("--target-dir")
                .arg(profile.parent().expect("target"));
            if profile.ends_with("release") {
                build.arg("--release");
            }
            let status = build.status().expect("cargo runs");
            assert!(status.success() && path.is_file(), "{}", path.display());
        }
        path
    }

    /// Writes a configuration into this folder: this head-end, a database beside the file, and the
    /// shortest waits that are allowed.
    pub fn configure(folder: &Path, head: &Head) {
        let deployment = head.deployment();
        let status = ItemName::operating_status(crate::sim_dialect(head.dialect));
        let mut text = format!(
            "[store]\nurl = \"sqlite:store.db\"\n\
             [polling]\nroutine_every = \"1m\"\nabnormal_every = \"1m\"\n\
             [[head_end]]\nname = \"{NAME}\"\ndialect = \"{}\"\nurl = \"{}\"\nuser = \"{}\"\n\
             password_file = \"password\"\n",
            head.dialect.word(),
            head.url(),
            deployment.user,
        );
        let company = deployment.company.unwrap_or_default();
        write!(
            text,
            "company = \"{company}\"\n\
             [head_end.items]\nstatus_family = \"ami\"\n\
             operating_status = {{ asks = \"{}\", answers = \"{}\" }}\n\
             [head_end.pace]\nfirst_poll_s = 1\nsteps_s = [[20, 1]]\nlast_step_s = 1\n\
             horizon_s = 120\n",
            status.asks[0], status.name
        )
        .expect("text is written");
        std::fs::write(folder.join(FILE), text).expect("the configuration is written");
        std::fs::write(folder.join("password"), deployment.password.reveal())
            .expect("the password is written");
    }

    /// Runs a command of it to its end under this folder's configuration; what it prints.
    pub fn run(folder: &Path, words: &[&str]) -> String {
        let ran = command(folder).args(words).output();
        let ran = ran.expect("the program runs");
        let (said, errors) = (ran.stdout, ran.stderr);
        let errors = String::from_utf8_lossy(&errors);
        assert!(ran.status.success(), "calinmeter {words:?}: {errors}");
        String::from_utf8_lossy(&said).into_owned()
    }

    /// Starts `calinmeter serve`, and waits until it says where its pages are.
    pub fn serve(folder: &Path) -> Self {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(folder.join("log"))
            .expect("a log");
        let mut child = command(folder)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let out = child.stdout.take().expect("its output");
        let mut line = String::new();
        let read = BufReader::new(out.take(4096)).read_line(&mut line);
        read.expect("it says where it is");
        assert!(
            line.contains("http://127.0.0.1:"),
            "{line}{}",
            std::fs::read_to_string(folder.join("log")).unwrap_or_default()
        );
        Self { child }
    }

    /// Kills it as `kill -9` does, and waits until it is gone.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // one that has ended by itself is gone already
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(Program::path());
    command.arg("--config").arg(folder.join(FILE));
    command.current_dir(folder);
    command
}
