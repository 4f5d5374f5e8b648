use crate::office::{DARK, TAMPERED, WELL, done, ends, first, json, office, refused, write};
use serde_json::Value;

const ABSENT: &str = "47009999999";

fn items(document: &str) -> Vec<Value> {
    json(document)["items"].as_array().unwrap().clone()
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let folder = office();
    let here = folder.path();
    let audit = || done(here, "otto", &["audit", "list", "--limit", "1000"]);
    let before = audit();
    let words = [
        "command",
        "disconnect",
        WELL,
        DARK,
        ABSENT,
        "--reason",
        "works on the pole",
        "--dry-run",
    ];
    let (out, _) = ends(here, "anna", &words, 1);
    for line in [
        "disconnect at 3 meter(s)",
        "2  to be asked for",
        "2  of them wait for a second person",
        "2  may darken a home",
        "1  refused",
        "Site Site A (3 home(s)): 2 may go dark; 1 are allowed in an hour and 2 in a day, the last \
         one leaves after 1 h at the earliest",
        "no meter 47009999999 is registered",
        "Nothing was written down",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    let plan = json(&ends(here, "anna", &[&words[..], &["--json"]].concat(), 1).0);
    assert_eq!(
        (&plan["dry_run"], &plan["reach"]["hours"]),
        (&true.into(), &1.into())
    );
    assert_eq!(plan["items"][0]["id"], Value::Null);
    write(here, "digits", "37037300014464855694");
    let token = [
        "command",
        "deliver-token",
        WELL,
        "--purpose",
        "other",
        "--token-file",
        "digits",
        "--reason",
        "to try it",
        "--dry-run",
    ];
    done(here, "anna", &token);
    done(
        here,
        "anna",
        &[
            "command",
            "reconnect",
            DARK,
            "--order-known",
            "--reason",
            "paid",
            "--dry-run",
        ],
    );
    assert_eq!(audit(), before);
    assert!(done(here, "", &["command", "list"]).contains("No command fits"));
    assert!(!here.join("tokens.key").exists(), "not even a key is made");
    let bad = [
        "command",
        "disconnect",
        WELL,
        "--reason",
        "x y z",
        "--dry-run",
        "--wait",
    ];
    ends(here, "anna", &bad, 2);
}

#[test]
fn many_meters_come_from_a_table_and_each_stands_on_its_own() {
    let folder = office();
    let here = folder.path();
    write(
        here,
        "paid.csv",
        &format!("name,Meter\na,{DARK}\nb,{TAMPERED}\nc,{ABSENT}\n"),
    );
    let words = [
        "command",
        "reconnect",
        "--meters",
        "paid.csv",
        "--order-known",
        "--reason",
        "paid in March",
        "--intent",
        "paid-march",
        "--json",
    ];
    let (out, said) = ends(here, "anna", &words, 1);
    let states: Vec<_> = items(&out)
        .iter()
        .map(|item| item["state"].clone())
        .collect();
    assert_eq!(
        states,
        ["queued".into(), "refused".into(), Value::Null],
        "{out}"
    );
    assert!(
        said.contains("reconnect at 3 meter(s)"),
        "the plan comes first: {said}"
    );
    assert!(
        items(&out)[1]["said"].as_str().unwrap().contains("cover"),
        "{out}"
    );
    // the same name asks for nothing twice, and for nothing else
    let again = items(&ends(here, "anna", &words, 1).0);
    assert_eq!(again[0]["id"], items(&out)[0]["id"]);
    assert_eq!(again[0]["again"], true);
    let mut other = words;
    other[6] = "paid in April";
    let clash = items(&ends(here, "anna", &other, 1).0);
    let error = clash[0]["error"].as_str().unwrap();
    assert!(
        error.contains("something else: take another name"),
        "{error}"
    );
    let list = done(here, "", &["command", "list", "--meter", DARK, "--json"]);
    assert_eq!(items(&list).len(), 1);
}

#[test]
fn a_canary_that_is_not_verified_ends_it() {
    let folder = office();
    let here = folder.path();
    let words = [
        "command",
        "reconnect",
        TAMPERED,
        DARK,
        "--order-known",
        "--reason",
        "paid in March",
        "--canary",
        "1",
    ];
    let (out, said) = ends(here, "anna", &words, 1);
    assert!(out.contains("refused"), "{out}");
    assert!(
        said.contains("nothing was asked for at the other 1"),
        "{said}"
    );
    let list = done(here, "", &["command", "list", "--json"]);
    let meters: Vec<_> = items(&list)
        .iter()
        .map(|item| item["meter"].clone())
        .collect();
    assert_eq!(meters, [TAMPERED]);
}

#[test]
fn what_cannot_be_asked_for_is_said_with_what_to_do() {
    let folder = office();
    let here = folder.path();
    write(here, "numbers.csv", "number\n47001582544\n");
    write(here, "excel.csv", "meter\n4.70016E+10\n");
    write(here, "empty.csv", "meter\n");
    let because = ["--reason", "to try it"];
    for (words, said) in [
        (
            &["reconnect", "--meters", "absent.csv"][..],
            "absent.csv cannot be used",
        ),
        (&["reconnect", "--meters", "numbers.csv"], "no column meter"),
        (
            &["reconnect", "--meters", "excel.csv"],
            "row 2 cannot be used",
        ),
        (&["reconnect", "--meters", "empty.csv"], "has no meters"),
        (&["reconnect", "47x"], "\"47x\" is no meter number"),
        (&["read", WELL, WELL], "is named twice"),
        (
            &["set-load-limit", WELL, "--watts", "0"],
            "limit of 0 W is refused",
        ),
        (&["read", WELL, "--intent", "a b"], "without blanks"),
    ] {
        let words = [&["command"], words, &because].concat();
        let told = refused(here, "anna", &words);
        assert!(told.contains(said), "{words:?}: {told}");
    }
    let short = refused(here, "anna", &["command", "read", WELL, "--reason", "x"]);
    assert!(short.contains("--reason (3 to 500 characters)"), "{short}");
    let show = refused(here, "", &["command", "show", "47001582544-77"]);
    assert!(
        show.contains("calinmeter command list shows them"),
        "{show}"
    );
    for words in [
        &["command", "reconnect", "--reason", "nobody"][..],
        &["command", "reconnect", WELL],
        &["command", "set-load-limit", WELL, "--reason", "how much"],
        &[
            "command",
            "read",
            WELL,
            "--item",
            "everything",
            "--reason",
            "a call",
        ],
        &["command", "approve"],
    ] {
        ends(here, "anna", words, 2);
    }
    assert!(done(here, "", &["command", "list"]).contains("No command fits"));
}

#[test]
fn waiting_ends_with_the_time_where_nobody_sends() {
    let folder = office();
    let here = folder.path();
    let words = [
        "command",
        "set-clock",
        WELL,
        "--reason",
        "an hour off",
        "--wait=0",
        "--json",
    ];
    let (out, said) = ends(here, "anna", &words, 1);
    assert!(said.contains("nobody sends to the head-end main"), "{said}");
    assert_eq!(items(&out)[0]["state"], "queued");
    assert!(first(&out).starts_with(WELL));
}
