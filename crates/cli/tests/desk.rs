//! The desk's commands as a user types them, each test in a folder of its own.

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const FLEET: &str = "meter,site,gateway,name,phases\n\
    47001582544,Site A,GW-1,Customer 1,1\n\
    47003104321,Site A,GW-1,Customer 2,1\n\
    47005300000,Site B,GW-2,Customer 3,1\n";

fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calinmeter"))
        .args(words)
        .current_dir(folder)
        .env_remove("CALINMETER_CONFIG")
        .output()
        .expect("the program starts")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs a command that has to end well, and gives what it printed.
fn done(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, words);
    let code = output.status.code();
    assert_eq!(
        code,
        Some(0),
        "{words:?}: {}{}",
        out(&output),
        said(&output)
    );
    out(&output)
}

/// A folder with a fleet that has been taken in.
fn fleet() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "fleet.csv", FLEET);
    done(folder.path(), &["meter", "import", "fleet.csv"]);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("written");
}

#[test]
fn an_empty_desk_says_what_to_do_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let worklist = done(folder.path(), &["worklist"]);
    assert!(
        worklist.contains("calinmeter meter import FILE"),
        "{worklist}"
    );
    let doctor = done(folder.path(), &["doctor"]);
    assert!(doctor.contains("no calinmeter.toml here"), "{doctor}");
}

#[test]
fn statuses_from_a_file_become_a_worklist() {
    let folder = fleet();
    let statuses = "meter,status\n47001582544,1008\n47003104321,1000\n47005300000,1018\n";
    write(folder.path(), "statuses.csv", statuses);
    done(folder.path(), &["meter", "import-status", "statuses.csv"]);
    let worklist = done(folder.path(), &["worklist", "--json"]);
    let worklist: serde_json::Value = serde_json::from_str(&worklist).expect("JSON");
    let slugs: Vec<_> = worklist["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["slug"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(slugs, ["bypass", "not-commissioned"], "the gravest first");
    let shown = done(
        folder.path(),
        &["--lang", "fr", "meter", "show", "47001582544"],
    );
    assert!(shown.contains("technicien"), "{shown}");
}

#[test]
fn a_row_that_cannot_be_read_is_kept_and_said() {
    let folder = fleet();
    let statuses = "meter,status\n47001582544,busy\n,1008\n47003104321,1006\n";
    write(folder.path(), "statuses.csv", statuses);
    let output = run(folder.path(), &["meter", "import-status", "statuses.csv"]);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    assert!(
        text.starts_with("3 rows are kept, 1 of them could be read"),
        "{text}"
    );
    let worklist = done(folder.path(), &["worklist"]);
    assert!(worklist.contains("1006"), "{worklist}");
}

#[test]
fn what_was_read_off_the_display_feeds_the_same_worklist() {
    let folder = fleet();
    let typed = [
        "meter",
        "status",
        "47001582544",
        "87-6",
        "--reader",
        "by telephone",
    ];
    let shown = done(folder.path(), &typed);
    assert!(shown.contains("supply OFF"), "{shown}");
    let worklist = done(folder.path(), &["worklist"]);
    assert!(worklist.contains("1006 Terminal cover open"), "{worklist}");
    let answers = done(
        folder.path(),
        &["meter", "show", "47001582544", "--answers", "1"],
    );
    assert!(answers.contains("by telephone"), "{answers}");
}

#[test]
fn one_bad_row_keeps_all_out_until_somebody_says_row_wise_and_an_import_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "fleet.csv",
        &(FLEET.to_owned() + "4.70016E+10,Site B,GW-2,Customer 4,1\n"),
    );
    let refused = run(folder.path(), &["meter", "import", "fleet.csv"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        out(&refused).contains("row 5, meter: error: "),
        "{}",
        out(&refused)
    );
    assert!(done(folder.path(), &["meter", "list"]).contains("No meter fits"));
    let partly = run(
        folder.path(),
        &[
            "meter",
            "import",
            "fleet.csv",
            "--row-wise",
            "--result",
            "rows.csv",
        ],
    );
    assert_eq!(partly.status.code(), Some(1), "one row is still out");
    let rows = std::fs::read_to_string(folder.path().join("rows.csv")).expect("a result");
    assert_eq!(rows.lines().count(), 5, "{rows}");
    assert!(done(folder.path(), &["meter", "list"]).contains("47005300000"));
    let undone = done(folder.path(), &["meter", "undo", "1"]);
    assert!(undone.starts_with("Import 1 is taken back"), "{undone}");
    assert!(done(folder.path(), &["meter", "list"]).contains("No meter fits"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "fleet.csv", FLEET);
    let said = done(
        folder.path(),
        &["meter", "import", "fleet.csv", "--dry-run"],
    );
    assert!(said.starts_with("Nothing was changed."), "{said}");
    assert!(done(folder.path(), &["meter", "list"]).contains("No meter fits"));
}

#[test]
fn a_tamper_is_closed_by_hand_and_its_finding_is_kept() {
    let folder = fleet();
    let typed = [
        "meter",
        "status",
        "47001582544",
        "1018",
        "--reader",
        "by telephone",
    ];
    done(folder.path(), &typed);
    let close = [
        "case",
        "close",
        "1",
        "--why",
        "seal 17 was broken",
        "--by",
        "technician",
    ];
    done(folder.path(), &close);
    assert!(done(folder.path(), &["worklist"]).contains("Open: 0 for the desk, 0 to travel for"));
    let missing = run(
        folder.path(),
        &["case", "close", "99", "--why", "x", "--by", "y"],
    );
    assert_eq!(missing.status.code(), Some(1));
    assert!(said(&missing).contains("there is no case 99"));
}

#[test]
fn a_backup_brings_everything_back() {
    let folder = fleet();
    done(folder.path(), &["backup", "copy.db"]);
    let again = run(folder.path(), &["backup", "copy.db"]);
    assert_eq!(
        again.status.code(),
        Some(1),
        "a backup is never written over"
    );
    done(folder.path(), &["meter", "undo", "1"]);
    let first = run(folder.path(), &["restore", "copy.db"]);
    assert_eq!(first.status.code(), Some(2), "only with --yes");
    done(folder.path(), &["restore", "copy.db", "--yes"]);
    assert!(done(folder.path(), &["meter", "list"]).contains("47005300000"));
}

#[test]
fn bad_input_ends_with_one_sentence_that_says_what_to_do() {
    let folder = fleet();
    write(folder.path(), "wrong.toml", "[head_end]\nname = 3\n");
    write(
        folder.path(),
        "secret.toml",
        "[[head_end]]\nname = \"a\"\nurl = \"http://127.0.0.1:1\"\nuser = \"u\"\npassword = \"hunter2\"\n",
    );
    let cases: &[(&[&str], i32, &str)] = &[
        (&["meter", "show", "47009999999"], 1, "is not registered"),
        (&["meter", "show", "x"], 1, "is no meter number"),
        (
            &["meter", "status", "47001582544", "perhaps", "--reader", "r"],
            1,
            "is no status",
        ),
        (
            &["meter", "query", "47001582544"],
            1,
            "names no head-end to ask",
        ),
        (
            &["meter", "import", "absent.csv"],
            1,
            "absent.csv cannot be read",
        ),
        (&["hes", "check"], 1, "names no head-end"),
        (&["serve", "--listen", "0.0.0.0:0"], 1, "open to others"),
        (
            &["--config", "absent.toml", "worklist"],
            1,
            "absent.toml cannot be read",
        ),
        (&["--config", "wrong.toml", "worklist"], 1, "[[head_end]]"),
        (&["--config", "secret.toml", "worklist"], 1, "password_file"),
        (&["restore", "fleet.csv", "--yes"], 1, "fleet.csv"),
        (
            &["worklist", "--owner", "nobody-known"],
            2,
            "possible values",
        ),
    ];
    for (words, code, part) in cases {
        let output = run(folder.path(), words);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(*code), "{words:?}: {text}");
        assert!(text.contains(part), "{words:?}: {text}");
        assert!(!text.contains("hunter2"), "{words:?}: {text}");
        assert!(!text.contains("panicked"), "{words:?}: {text}");
    }
}
