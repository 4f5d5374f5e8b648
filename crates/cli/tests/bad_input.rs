//! Bad input and bad outputs: one clear sentence, the right exit status, nothing half written.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn calinmeter(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calinmeter"));
    command.args(args).stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    calinmeter(args).output().expect("the program starts")
}

/// Exit status 1, nothing on standard output, and one sentence with these words.
fn says(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.starts_with("calinmeter: ") && said.contains(words),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("the file is written");
    path.to_string_lossy().into_owned()
}

const TABLE: &[u8] = b"meter,status\n47001582544,1008\n47003104321,1000\n";

#[test]
fn what_is_no_table_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, words) in [
        ("empty.csv", &b""[..], "empty"),
        ("blank.csv", b"\n\n  \n", "empty"),
        (
            "binary.csv",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
            "not a table",
        ),
        ("packed.csv", b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "gzip"),
        ("columns.csv", b"a,b\n1,2\n", "columns meter and status"),
        ("broken.xlsx", b"PK\x03\x04 not a workbook", "workbook"),
    ] {
        let path = file(folder.path(), name, bytes);
        says(&run(&["triage", &path]), words);
    }
}

#[test]
fn a_file_that_is_not_there_or_is_a_folder_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    says(&run(&["triage", "no/such/file.csv"]), "no/such/file.csv");
    says(
        &run(&["triage", &folder.path().to_string_lossy()]),
        "folder",
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "secret.csv", TABLE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("the mode is set");
    if fs::read(&path).is_ok() {
        // the superuser reads everything; there is nothing to see
        return;
    }
    says(&run(&["triage", &path]), "secret.csv");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_standard_output_that_is_full_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "table.csv", &TABLE.repeat(20_000));
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = calinmeter(&["triage", &path])
        .stdout(full)
        .output()
        .expect("the program starts");
    says(&output, "No space left");
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = calinmeter(&["codes"])
        .stdout(full)
        .output()
        .expect("the program starts");
    says(&output, "No space left");
}

#[test]
fn an_output_that_cannot_be_made_is_named_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = file(folder.path(), "table.csv", TABLE);
    let output = folder
        .path()
        .join("no/such/folder/out.csv")
        .to_string_lossy()
        .into_owned();
    says(
        &run(&["triage", &input, "-o", &output]),
        "cannot be written",
    );
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[test]
fn a_failed_run_leaves_the_old_output_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = file(folder.path(), "bad.csv", b"a,b\n1,2\n");
    let output = file(folder.path(), "out.csv", b"precious");
    says(
        &run(&["triage", &input, "-o", &output]),
        "columns meter and status",
    );
    assert_eq!(fs::read(&output).expect("it is there"), b"precious");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2);
}

#[test]
fn a_table_may_be_judged_onto_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "table.csv", TABLE);
    let output = run(&["triage", &path, "-o", &path]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = fs::read_to_string(&path).expect("it is there");
    assert_eq!(text.lines().count(), 3);
    assert!(
        text.contains("47001582544,1008,1008,8,not-commissioned"),
        "{text}"
    );
}

#[test]
fn a_reader_that_goes_away_is_said_and_not_a_crash() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = b"meter,status\n".to_vec();
    table.extend(b"47001582544,1008\n".repeat(300_000));
    let path = file(folder.path(), "table.csv", &table);
    let mut child = calinmeter(&["triage", &path, "-q"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0; 10];
    let mut out = child.stdout.take().expect("it is piped");
    out.read_exact(&mut first).expect("something comes");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    says(&output, "has gone");
}

#[test]
fn a_long_line_is_an_error_row_and_the_next_row_is_judged() {
    let mut child = calinmeter(&["triage", "-", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("it is piped");
    let writer = std::thread::spawn(move || {
        input.write_all(b"meter,status\n")?;
        (0..640).try_for_each(|_| input.write_all(&[b'x'; 4096]))?;
        input.write_all(b"\n47001582544,1008\n")
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("all was taken");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(text.lines().count(), 3);
    assert!(
        text.contains("longer than 1 MiB"),
        "{}",
        &text[..400.min(text.len())]
    );
    assert!(text.ends_with('\n') && text.contains("not-commissioned"));
}

#[test]
fn a_card_needs_an_ending_that_says_what_it_is() {
    says(&run(&["card", "-o", "card.docx"]), ".pdf");
    says(
        &run(&["card", "-o", "card.md", "--date", "yesterday"]),
        "2026-03-09",
    );
}

#[test]
fn a_paste_of_bytes_that_are_no_text_is_refused() {
    let mut child = calinmeter(&["explain", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child
        .stdin
        .take()
        .expect("it is piped")
        .write_all(&[0xff, 0, 0xfe, 7])
        .expect("it is taken");
    says(
        &child.wait_with_output().expect("it ends"),
        "holds no status",
    );
}
