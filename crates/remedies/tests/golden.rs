//! Every listed code against every act: the list `golden.txt` of what may be sent. A change of that
//! list is a change of what closes relays: look at each letter. `REMEDIES_BLESS=1` writes it anew.

use catalogue::{May, ami_rows};
use fleet::{AmiCode, Watts};
use remedies::{Aged, Facts, Outcome, Rules, Wanted, check};
use serde_json::{Value, json};
use triage::Said;

/// A published class-2 token; what it does stands in its encrypted part.
const TOKEN: &str = "37037300014464855694";
const TEST: &str = "00000000000201328896";

fn acts() -> Vec<(&'static str, &'static str, Value)> {
    let token = |digits: &str, purpose: &str| json!({"token": digits, "purpose": purpose});
    vec![
        ("read", "read", json!({})),
        ("set-clock", "set-clock", json!({})),
        ("disconnect", "disconnect", json!({})),
        ("reconnect", "reconnect", json!({})),
        (
            "reconnect, order known",
            "reconnect",
            json!({"order_known": true}),
        ),
        ("clear-tamper", "clear-tamper", json!({})),
        ("set-load-limit", "set-load-limit", json!({"watts": 5000})),
        ("commission", "commission", json!({})),
        (
            "token: clear-tamper",
            "deliver-token",
            token(TOKEN, "clear-tamper"),
        ),
        (
            "token: load-limit",
            "deliver-token",
            token(TOKEN, "load-limit"),
        ),
        (
            "token: commission",
            "deliver-token",
            token(TOKEN, "commission"),
        ),
        (
            "token: clear-credit",
            "deliver-token",
            token(TOKEN, "clear-credit"),
        ),
        ("token: test", "deliver-token", token(TEST, "test")),
        ("token: other", "deliver-token", token(TOKEN, "other")),
    ]
}

/// Everything else that could be known, as good as it can be.
fn best() -> Facts {
    Facts {
        voltage: Some(Aged {
            value: 230.0,
            age: 0,
        }),
        load_before_trip: Some(Watts(500.0)),
        load_limit: Some(Watts(2_000.0)),
        overload_trips: Some(0),
        finding: Some(0),
        released: Some(true),
        own_order: Some(true),
        covers_closed: Some(true),
        minted_here: Some(true),
        ..Facts::default()
    }
}

fn letter(wanted: &Wanted, code: Option<AmiCode>, facts: &Facts) -> char {
    let said = code.map(|code| Aged {
        value: Said::Ami(code),
        age: 0,
    });
    let facts = Facts {
        said,
        ..facts.clone()
    };
    match check(wanted, &facts, &Rules::default()).outcome {
        Outcome::Pass => '+',
        Outcome::No => '-',
        Outcome::Wants(_) => '?',
    }
}

fn list() -> String {
    let mut out = String::from("+ may be sent   - must not   ? something is read first\n");
    let listed = ami_rows().iter().map(|row| Some(row.ami));
    let codes: Vec<_> = [None, Some(AmiCode(1002))]
        .into_iter()
        .chain(listed)
        .collect();
    let alone = Facts::default();
    for (title, facts) in [
        ("the status alone is known", alone),
        ("all else is known, as good as it can be", best()),
    ] {
        out += &format!("\n{title}\n");
        for (at, (name, ..)) in acts().iter().enumerate() {
            out += &format!("{:1$}{name}\n", "", 5 + 2 * at);
        }
        for code in &codes {
            let name = code.map_or("none".to_owned(), |code| code.to_string());
            out += &name;
            for (_, kind, args) in acts() {
                let wanted = Wanted::parse(kind, &args).expect("a wish");
                out += &format!(" {}", letter(&wanted, *code, &facts));
            }
            out.push('\n');
        }
    }
    out
}

#[test]
fn the_golden_list_holds() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden.txt");
    if std::env::var_os("REMEDIES_BLESS").is_some() {
        std::fs::write(path, list()).expect("the list can be written");
    }
    let golden = std::fs::read_to_string(path).expect("the list is in the tree");
    assert_eq!(list(), golden);
}

#[test]
fn the_exceptions_of_the_catalogue_are_kinds_of_commands() {
    let words = ami_rows()
        .iter()
        .filter_map(|row| catalogue::closing(row.ami));
    for word in words.flat_map(|row| row.only) {
        assert!(commands::Kind::from_word(word).is_some(), "{word}");
    }
}

/// The design's words, apart from the tables: with all else known, these alone stay shut.
#[test]
fn with_all_else_known_only_the_nos_stay_shut() {
    let reconnect = Wanted::parse("reconnect", &json!({})).expect("a wish");
    for row in ami_rows() {
        let shut = letter(&reconnect, Some(row.ami), &best()) == '-';
        let no = catalogue::closing(row.ami).is_some_and(|row| row.may == May::No);
        assert_eq!(shut, no, "{}", row.ami);
    }
}
