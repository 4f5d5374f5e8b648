use crate::office::{DARK, TAMPERED, WELL, done, ends, first, json, office, refused, typed};
use std::path::Path;

/// Every way in which a command can be asked for or moved.
const ACTS: &[&[&str]] = &[
    &["read", WELL],
    &["reconnect", DARK, "--order-known"],
    &["disconnect", WELL],
    &["clear-tamper", TAMPERED],
    &["set-load-limit", WELL, "--watts", "2000"],
    &["commission", WELL],
    &["set-clock", WELL],
    &[
        "deliver-token",
        WELL,
        "--purpose",
        "other",
        "--token-file",
        "digits",
    ],
];

fn acts() -> impl Iterator<Item = Vec<&'static str>> {
    ACTS.iter().map(|act| {
        let mut words = vec!["command"];
        words.extend(*act);
        words.extend(["--reason", "to try it"]);
        words
    })
}

fn nothing_was_asked_for(folder: &Path) {
    let list = done(folder, "", &["command", "list", "--json"]);
    assert_eq!(json(&list)["items"].as_array().unwrap().len(), 0, "{list}");
    assert_eq!(
        json(&done(folder, "", &["command", "stopped", "--json"]))["stopped"],
        false
    );
}

#[test]
fn before_there_is_anybody_nobody_commands() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("digits"), "").unwrap();
    for words in acts() {
        let said = refused(folder.path(), "", &words);
        assert!(
            said.contains("calinmeter user add NAME --role admin"),
            "{words:?}: {said}"
        );
    }
    nothing_was_asked_for(folder.path());
}

#[test]
fn a_viewer_and_whoever_has_no_key_command_by_no_door() {
    let folder = office();
    let here = folder.path();
    std::fs::write(here.join("digits"), "12345678901234567890").unwrap();
    let more: [&[&str]; 5] = [
        &["command", "stop", "--why", "to try it"],
        &["command", "lift"],
        &["command", "tokens"],
        &["webhook", "replay", "1"],
        &["webhook", "replay", "--since", "2026-01-01T00:00Z"],
    ];
    for words in acts().chain(more.map(<[&str]>::to_vec)) {
        let (out, said) = ends(here, "vera", &words, 1);
        let said = out + &said;
        assert!(
            said.contains("vera is viewer and may not"),
            "{words:?}: {said}"
        );
        let said = refused(here, "", &words);
        assert!(said.contains("--key-file"), "{words:?}: {said}");
    }
    nothing_was_asked_for(here);
    // a technician reads, and nothing else
    for words in acts().skip(1) {
        let (out, said) = ends(here, "tina", &words, 1);
        assert!(
            (out + &said).contains("tina is technician and may not"),
            "{words:?}"
        );
    }
    nothing_was_asked_for(here);
    let read = ["command", "read", WELL, "--reason", "a call"];
    let (_, said) = ends(here, "tina", &read, 0);
    assert!(
        said.contains("nobody sends to the head-end main: start calinmeter serve"),
        "{said}"
    );

    let disconnect = [
        "command",
        "disconnect",
        WELL,
        "--reason",
        "moved out",
        "--json",
    ];
    let id = first(&done(here, "anna", &disconnect));
    for word in ["approve", "reject", "cancel"] {
        let said = refused(here, "vera", &["command", word, &id]);
        assert!(
            said.contains("vera is viewer and may not"),
            "{word}: {said}"
        );
    }
    let shown = json(&done(here, "", &["command", "show", &id, "--json"]));
    assert_eq!(shown["state"], "proposed");
    assert_eq!(shown["events"].as_array().unwrap().len(), 1);
}

#[test]
fn a_token_that_is_brought_is_nowhere_in_clear() {
    let folder = office();
    let here = folder.path();
    let digits = "3703 7300 0144 6485 5694";
    let words = [
        "command",
        "deliver-token",
        WELL,
        "--purpose",
        "other",
        "--reason",
        "the vendor sent it",
    ];
    let output = typed(here, "anna", &words, &format!("{digits}\n"));
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{out}");
    assert!(out.contains("proposed"), "nobody delivers it alone: {out}");
    let tokens = done(here, "otto", &["command", "tokens"]);
    assert!(
        tokens.contains("****************5694") && tokens.contains("brought"),
        "{tokens}"
    );
    let whole: String = digits.chars().filter(char::is_ascii_digit).collect();
    for file in std::fs::read_dir(here).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let holds = |text: &str| {
            bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        assert!(!holds(&whole) && !holds(digits));
    }
    let mut argument = words.to_vec();
    argument.insert(3, &whole);
    let (out, said) = ends(here, "anna", &argument, 2);
    assert!(said.contains("--token-file"), "{said}");
    assert!(!said.contains(&whole) && !out.contains(&whole));
}
