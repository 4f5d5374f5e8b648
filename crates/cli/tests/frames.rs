//! Frames line by line: every published vector through the program, and what lines may bring.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Nothing here takes long; this only ends what would hang.
const PATIENCE: Duration = Duration::from_secs(30);

fn vectors() -> Vec<Json> {
    serde_json::from_str(include_str!("../../frames/tests/vectors/frames.json")).unwrap()
}

fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calinmeter"));
    command
        .args([&["frame"], words].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Exit status, the lines it printed, and what it said.
fn run(words: &[&str], input: &[u8]) -> (Option<i32>, Vec<Json>, String) {
    let mut child = program(words).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap().unwrap();
    let lines = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap());
    (
        output.status.code(),
        lines.collect(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn text<'a>(vector: &'a Json, name: &str) -> &'a str {
    vector[name].as_str().unwrap()
}

fn wanted(vector: &Json) -> Json {
    match vector.get("expect_error") {
        Some(error) => json!({ "error": error }),
        None => json!({ "ok": vector["expect"] }),
    }
}

#[test]
fn every_vector_is_read_as_hex_and_as_base64() {
    let mut groups: BTreeMap<_, Vec<Json>> = BTreeMap::new();
    for vector in vectors() {
        // what only has to be made, and fails, has no frame
        if text(&vector, "hex").is_empty() && vector.get("params").is_some() {
            continue;
        }
        let outside = vector["expect"]["layer"] == "frame";
        let way = if outside {
            "--outside"
        } else {
            text(&vector, "direction")
        };
        let key = (text(&vector, "meter").to_owned(), way.to_owned());
        groups.entry(key).or_default().push(vector);
    }
    let mut seen = 0;
    for ((meter, way), group) in &groups {
        let mut words = vec!["decode", "-", "--meter", meter];
        match way.as_str() {
            "--outside" => words.push(way),
            _ => words.extend(["--direction", way]),
        }
        for form in ["hex", "base64"] {
            let lines: String = group
                .iter()
                .map(|vector| text(vector, form).to_owned() + "\n")
                .collect();
            let (status, said, complaint) = run(&words, lines.as_bytes());
            let wanted: Vec<Json> = group.iter().map(wanted).collect();
            assert_eq!(said, wanted, "{meter} {way} {form}");
            let refused = wanted
                .iter()
                .filter(|line| line.get("error").is_some())
                .count();
            assert_eq!(status, Some(i32::from(refused > 0)));
            assert_eq!(complaint.is_empty(), refused == 0, "{complaint}");
        }
        seen += group.len();
    }
    assert_eq!(seen, 229);
}

#[test]
fn every_command_is_made_from_its_line() {
    let vectors: Vec<Json> = vectors()
        .into_iter()
        .filter(|vector| vector.get("params").is_some())
        .collect();
    let lines: String = vectors
        .iter()
        .map(|vector| vector.to_string() + "\n")
        .collect();
    let (status, said, complaint) = run(&["encode", "-"], lines.as_bytes());
    assert_eq!((status, said.len()), (Some(1), vectors.len()));
    assert_eq!(
        complaint,
        format!(
            "calinmeter: 9 of {} frames could not be made\n",
            vectors.len()
        )
    );
    for (said, vector) in said.iter().zip(&vectors) {
        if vector.get("expect_error").is_some() {
            assert_eq!(*said, wanted(vector));
            continue;
        }
        let mut wanted = json!({ "hex": vector["hex"], "base64": vector["base64"] });
        let expect = vector["expect"].as_object().unwrap().clone();
        wanted.as_object_mut().unwrap().extend(expect);
        assert_eq!(said["ok"], wanted, "{}", vector["name"]);
    }
}

#[test]
fn what_decode_says_becomes_the_same_frame_again() {
    let vectors = vectors();
    let frames: Vec<&str> = vectors
        .iter()
        .filter(|vector| {
            vector["direction"] == "up"
                && vector
                    .get("expect")
                    .is_some_and(|expect| expect.get("layer").is_none())
        })
        .map(|vector| text(vector, "hex"))
        .collect();
    let (status, said, _) = run(&["decode", "-"], frames.join("\n").as_bytes());
    assert_eq!((status, said.len()), (Some(0), frames.len()));
    let lines: Vec<String> = said.iter().map(Json::to_string).collect();
    let (status, made, complaint) = run(
        &["encode", "-", "--direction", "up"],
        lines.join("\n").as_bytes(),
    );
    assert_eq!(status, Some(0), "{complaint}");
    let made: Vec<&str> = made.iter().map(|line| text(&line["ok"], "hex")).collect();
    assert_eq!(made, frames);
    let (status, refused, _) = run(&["encode", "-", "--direction", "down"], lines[0].as_bytes());
    assert_eq!(
        (status, &refused[..]),
        (Some(1), &[json!({"error": "unsupported_command"})][..])
    );
}

/// Each line of the input has its line of output, whatever stands in it.
#[test]
fn a_line_that_is_no_frame_is_answered_in_its_place() {
    let sound = "68 23 36 33 03 70 04 68 C0 01 34 C8 16";
    let read = json!({"ok": {"address": "047003333623", "kind": "token_fail", "err": 1, "err_flags": ["illegal_data"], "data_hex": "01"}});
    let error = |name: &str| json!({ "error": name });
    let long = "68".repeat(400_000);
    let rows: &[(&[u8], Json)] = &[
        (sound.as_bytes(), read.clone()),
        (b"  aCM2MwNwBGjAATTIFg==  \r", read.clone()),
        (b"aCM2MwNwBGjAATTIFg", read.clone()),
        (b"", error("too_short")),
        (b"   ", error("too_short")),
        (long.as_bytes(), error("line_too_long")),
        (b"\xFF\xFE\x00", error("not_hex_or_base64")),
        (b"6823363", error("not_hex_or_base64")),
        (b"meter 47003333771", error("not_hex_or_base64")),
        (b"AABBCCDD", error("bad_start_delimiter")),
        (b"00", error("dlms_too_short")),
        // all its letters are hexadecimal digits, and it is the base64 of a frame's beginning
        (b"aDCDAAAA", error("too_short")),
        (sound.as_bytes(), read),
    ];
    let input: Vec<&[u8]> = rows.iter().map(|row| row.0).collect();
    let (status, said, complaint) = run(&["decode", "-"], &input.join(&b"\n"[..]));
    let wanted: Vec<&Json> = rows.iter().map(|row| &row.1).collect();
    assert_eq!(said.iter().collect::<Vec<_>>(), wanted);
    assert_eq!(status, Some(1));
    assert_eq!(complaint, "calinmeter: 9 of 13 frames could not be read\n");
    assert_eq!(
        run(&["decode", "-"], b""),
        (Some(0), Vec::new(), String::new())
    );
}

/// A program that asks line by line gets each answer before its next question.
#[test]
fn a_line_is_answered_before_the_next_one_comes() {
    let mut child = program(&["decode", "-"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (heard, answers) = mpsc::channel();
    let reader =
        std::thread::spawn(move || out.lines().try_for_each(|line| heard.send(line.unwrap())));
    for _ in 0..3 {
        stdin.write_all(b"68713733037004688400A616\n").unwrap();
        let answer = answers.recv_timeout(PATIENCE).unwrap();
        assert_eq!(
            answer,
            r#"{"ok": {"address": "047003333771", "kind": "write_ok", "data_hex": ""}}"#
        );
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
    reader.join().unwrap().unwrap();
}

/// Whoever reads may go away: that is said in one sentence.
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = program(&["decode", "-"]).spawn().unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // the program may be gone before all is written
    let _gone = stdin.write_all("68713733037004688400A616\n".repeat(10_000).as_bytes());
    drop(stdin);
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("went away"), "{said}");
}
