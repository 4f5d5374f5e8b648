//! People, as a user sees them: the first admin, keys, what a role may, and the proof of the audit.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const WORD: &str = "correct horse\n";

/// Runs the program with this key's file and these lines on standard input.
fn run(folder: &Path, key: Option<&str>, words: &[&str], typed: &str) -> Output {
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
    if let Some(key) = key {
        command.args(["--key-file", key]);
    }
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(typed.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

fn done(folder: &Path, key: Option<&str>, words: &[&str], typed: &str) -> String {
    let output = run(folder, key, words, typed);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(folder: &Path, key: Option<&str>, words: &[&str]) -> String {
    let output = run(folder, key, words, WORD);
    assert_eq!(output.status.code(), Some(1), "{words:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// A folder with an admin and a technician, each with a key in a file of that name.
fn office() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    done(
        here,
        None,
        &["user", "add", "boss", "--role", "admin"],
        WORD,
    );
    let key = done(here, None, &["key", "add", "boss", "--label", "desk"], WORD);
    std::fs::write(here.join("boss"), key).unwrap();
    let add = [
        "user",
        "add",
        "tech",
        "--role",
        "technician",
        "--no-password",
    ];
    done(here, Some("boss"), &add, "");
    let key = done(
        here,
        Some("boss"),
        &["key", "add", "tech", "--label", "phone"],
        "",
    );
    std::fs::write(here.join("tech"), key).unwrap();
    folder
}

#[test]
fn only_the_first_person_needs_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let operator = ["user", "add", "first", "--role", "operator"];
    assert!(refused(here, None, &operator).contains("has to be an admin"));
    let short = run(
        here,
        None,
        &["user", "add", "boss", "--role", "admin"],
        "short\n",
    );
    assert!(String::from_utf8_lossy(&short.stderr).contains("at least 10 characters"));
    done(
        here,
        None,
        &["user", "add", "boss", "--role", "admin"],
        WORD,
    );
    assert!(refused(here, None, &operator).contains("--key-file"));
    let wrong = run(
        here,
        None,
        &["key", "add", "boss", "--label", "x"],
        "wrong password\n",
    );
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("name or the password is wrong"));
    // nothing of a password or a key is kept in clear
    let key = done(here, None, &["key", "add", "boss", "--label", "x"], WORD);
    let kept = std::fs::read(here.join("calinmeter.db")).unwrap();
    let holds = |text: &str| kept.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds("correct horse") && !holds(key.trim()));
}

#[test]
fn once_there_are_people_what_changes_something_needs_a_key_and_a_role() {
    let folder = office();
    let here = folder.path();
    let meter = "47001582544";
    let hold = [
        "meter",
        "hold",
        meter,
        "--for",
        "lock-out",
        "--why",
        "works on the line",
    ];
    assert!(refused(here, None, &hold).contains("--key-file"));
    assert!(refused(here, Some("boss"), &hold).contains("boss is admin and may not hold"));
    let number = done(here, Some("tech"), &hold, "");
    assert!(number.contains("the hold's number is 1"), "{number}");
    assert!(done(here, None, &["meter", "hold", meter], "").contains("lock-out"));
    assert!(refused(here, Some("boss"), &["meter", "release", meter, "1"]).contains("may not"));
    done(here, Some("tech"), &["meter", "release", meter, "1"], "");
    assert!(done(here, None, &["meter", "hold", meter], "").contains("Nothing holds"));

    std::fs::write(here.join("photo.jpg"), "not really").unwrap();
    let finding = [
        "meter",
        "finding",
        meter,
        "--kind",
        "tamper",
        "--said",
        "cover open",
        "--seal-before",
        "A100",
        "--photo",
        "photo.jpg",
    ];
    done(here, Some("tech"), &finding, "");
    assert!(done(here, None, &["meter", "finding", meter], "").contains("A100"));
    let bypass = [
        "meter",
        "finding",
        meter,
        "--kind",
        "bypass-released",
        "--said",
        "x",
    ];
    assert!(refused(here, Some("tech"), &bypass).contains("may not release a bypass"));
    done(
        here,
        Some("boss"),
        &["user", "role", "tech", "--revenue-protection", "true"],
        "",
    );
    done(here, Some("tech"), &bypass, "");

    std::fs::write(here.join("fleet.csv"), "meter\n47001582544\n").unwrap();
    let import = ["meter", "import", "fleet.csv"];
    assert!(refused(here, None, &import).contains("--key-file"));
    assert!(refused(here, Some("tech"), &import).contains("may not change the register"));
    done(here, Some("boss"), &import, "");

    assert!(refused(here, Some("tech"), &["audit", "list"]).contains("may not read the audit"));
    let audit = done(here, Some("boss"), &["audit", "list", "--who", "tech"], "");
    assert_eq!(audit.lines().count(), 5, "{audit}");
    done(here, Some("boss"), &["key", "revoke", "2"], "");
    assert!(refused(here, Some("tech"), &hold).contains("this key is not good"));
}

#[test]
fn the_audit_is_proved_and_a_missing_anchor_is_said() {
    let folder = office();
    let here = folder.path();
    let proved = done(here, None, &["audit", "verify"], "");
    assert!(proved.contains("Nothing was changed"), "{proved}");
    assert!(proved.contains("No anchors outside"), "{proved}");
    let public = done(here, None, &["audit", "key", "signing"], "");
    let again = run(here, None, &["audit", "key", "signing"], "");
    assert_eq!(again.status.code(), Some(1), "a key is never overwritten");
    let key = std::fs::read_to_string(here.join("signing")).unwrap();
    let key = ledger::SigningKey::parse(&key).unwrap();
    assert_eq!(key.public().to_string(), public.trim());
    // an anchor that was made elsewhere, and is not in the store
    let anchor = ledger::bind(None, fleet::Moment(1), Vec::new(), &key);
    std::fs::write(here.join("anchors"), format!("{anchor}\n")).unwrap();
    let words = [
        "audit",
        "verify",
        "--anchors",
        "anchors",
        "--public-key",
        public.trim(),
        "--json",
    ];
    let output = run(here, None, &words, "");
    assert_eq!(output.status.code(), Some(1));
    let proof: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(proof["holds"], false);
    assert_eq!(proof["findings"][0], "anchor 1 is missing");
    std::fs::write(here.join("anchors"), "").unwrap();
    let empty = refused(here, None, &["audit", "verify", "--anchors", "anchors"]);
    assert!(empty.contains("holds no anchor"), "{empty}");
}
