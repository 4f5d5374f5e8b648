//! A folder with people who have been here for two days, each with a key in a file of the name, a
//! configuration and a fleet.

use desk::people::{People, Who};
use fleet::{DAY, Moment};
use people::Role;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use store::{OpenOptions, Store};
use tempfile::TempDir;

pub(crate) const DARK: &str = "47001582544";
pub(crate) const TAMPERED: &str = "47003104321";
pub(crate) const WELL: &str = "47005300000";

const PEOPLE: &[(&str, Role)] = &[
    ("anna", Role::Operator),
    ("carla", Role::Approver),
    ("dora", Role::Approver),
    ("vera", Role::Viewer),
    ("tina", Role::Technician),
    ("otto", Role::Auditor),
];
const FLEET: &str = "meter,site,gateway,name,phases\n\
    47001582544,Site A,GW-1,Customer 1,1\n\
    47003104321,Site A,GW-1,Customer 2,1\n\
    47005300000,Site A,GW-1,Customer 3,1\n";
/// What the meters said, read off their displays.
const STATUSES: &[(&str, &str)] = &[(DARK, "1007"), (TAMPERED, "1006"), (WELL, "1000")];
/// A head-end that nobody asks in these tests.
const CONFIGURATION: &str = "[[head_end]]\nname = \"main\"\ndialect = \"station\"\n\
    url = \"http://127.0.0.1:9\"\nuser = \"ops\"\npassword_file = \"absent\"\n";

/// The program in a folder, as this person.
pub(crate) fn command(folder: &Path, key: &str, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calinmeter"));
    command
        .args(words)
        .current_dir(folder)
        .env_remove("CALINMETER_CONFIG")
        .env_remove("CALINMETER_KEY")
        .env_remove("CALINMETER_KEY_FILE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if !key.is_empty() {
        command.args(["--key-file", key]);
    }
    command
}

pub(crate) fn typed(folder: &Path, key: &str, words: &[&str], text: &str) -> Output {
    let mut child = command(folder, key, words).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // who is refused before he is asked does not read it
    drop(input.write_all(text.as_bytes()));
    drop(input);
    child.wait_with_output().unwrap()
}

/// What the program printed, and what it said on standard error; it has to end so.
pub(crate) fn ends(folder: &Path, key: &str, words: &[&str], code: i32) -> (String, String) {
    let output = typed(folder, key, words, "");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, said) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{words:?}: {out}{said}");
    assert!(!said.contains("panicked"), "{words:?}: {said}");
    (out, said)
}

pub(crate) fn done(folder: &Path, key: &str, words: &[&str]) -> String {
    ends(folder, key, words, 0).0
}

pub(crate) fn refused(folder: &Path, key: &str, words: &[&str]) -> String {
    ends(folder, key, words, 1).1
}

/// The document that was printed.
pub(crate) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The id of the first item of a document.
pub(crate) fn first(text: &str) -> String {
    json(text)["items"][0]["id"].as_str().unwrap().to_owned()
}

pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

pub(crate) fn now() -> Moment {
    desk::Clock::running(1).now()
}

pub(crate) fn office() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    hire(here, now().plus(-2 * DAY));
    write(here, "calinmeter.toml", CONFIGURATION);
    write(here, "fleet.csv", FLEET);
    done(here, "boss", &["meter", "import", "fleet.csv"]);
    for (meter, status) in STATUSES {
        let read = ["meter", "status", meter, status, "--reader", "by telephone"];
        done(here, "tina", &read);
    }
    folder
}

/// Everybody gets a name and a key, at that time.
pub(crate) fn hire(folder: &Path, at: Moment) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite:{}", folder.join("calinmeter.db").display());
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        let people = People::new(store.clone());
        people
            .add(None, "boss", Role::Admin, None, at)
            .await
            .unwrap();
        let boss = Who {
            person: people::Person::new(
                people::PersonName::parse("boss").unwrap(),
                Role::Admin,
                at,
            ),
            via: "a test".to_owned(),
        };
        for (name, role) in PEOPLE {
            people
                .add(Some(&boss), name, *role, None, at)
                .await
                .unwrap();
        }
        for name in PEOPLE.iter().map(|(name, _)| *name).chain(["boss"]) {
            let key = people.add_key(&boss, name, "a test", None, at).await;
            write(folder, name, key.unwrap().1.reveal());
        }
    });
}
