use crate::office::{WELL, done, ends, json, office, typed, write};
use std::path::Path;

/// How a thing is, and what is said of it.
fn found(folder: &Path, what: &str) -> (String, String) {
    // the head-end's password is absent, so it always ends in 1
    let out = ends(folder, "anna", &["doctor", "--json"], 1).0;
    let document = json(&out);
    let all = document.as_array().unwrap();
    let one = all.iter().find(|one| one["what"] == what);
    let one = one.unwrap_or_else(|| panic!("{what}: {out}"));
    let word = |name: &str| one[name].as_str().unwrap().to_owned();
    (word("how"), word("says"))
}

#[test]
fn the_doctor_says_what_keeps_commands_from_being_done() {
    let folder = office();
    let here = folder.path();
    assert_eq!(found(here, "acts").0, "ok");
    assert_eq!(found(here, "open commands").1, "none");
    assert!(
        found(here, "token key")
            .1
            .contains("made by the first calinmeter serve")
    );

    let words = ["command", "set-clock", WELL, "--reason", "an hour off"];
    done(here, "anna", &words);
    let (how, says) = found(here, "open commands");
    assert_eq!(how, "look");
    assert!(
        says.contains(WELL) && says.contains("start calinmeter serve"),
        "{says}"
    );
    done(
        here,
        "anna",
        &["command", "stop", "--why", "the wrong list"],
    );
    let (how, says) = found(here, "acts");
    assert_eq!(how, "look");
    assert!(
        says.contains("stopped by anna") && says.contains("command lift"),
        "{says}"
    );
}

#[test]
fn the_doctor_looks_at_the_key_that_seals_tokens() {
    let folder = office();
    let here = folder.path();
    let words = [
        "command",
        "deliver-token",
        WELL,
        "--purpose",
        "other",
        "--reason",
        "to try it",
    ];
    let output = typed(here, "anna", &words, "37037300014464855694\n");
    let denied = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{denied}");
    let (how, says) = found(here, "token key");
    assert_eq!(
        (how.as_str(), says.contains("readable by its owner only")),
        ("ok", true),
        "{says}"
    );
    let key = here.join("tokens.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
        let (how, says) = found(here, "token key");
        assert_eq!(how, "wrong");
        assert!(says.contains("chmod 600"), "{says}");
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    write(here, "tokens.key", "short");
    let (how, says) = found(here, "token key");
    assert_eq!(
        (how.as_str(), says.contains("32 bytes")),
        ("wrong", true),
        "{says}"
    );
}
