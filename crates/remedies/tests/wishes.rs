//! How wishes are read, what is refused of them, and how tokens are hidden.

use asking::{Item, Secret};
use catalogue::Lang;
use commands::Kind;
use remedies::{Args, TokenPurpose, Wanted, reads_back, refused_outright};
use serde_json::{Value, json};

/// Published test vectors.
const CLEAR_TAMPER: &str = "37037300014464855694";
const CREDIT: &str = "23716100501183194197";
const LOAD_SWITCH: &str = "00000000000167774880";

fn parse(kind: &str, args: &Value) -> Wanted {
    Wanted::parse(kind, args).unwrap_or_else(|unfit| panic!("{kind} {args}: {unfit}"))
}

fn fault(kind: &str, args: &Value) -> (String, String) {
    let unfit = Wanted::parse(kind, args).expect_err("no wish");
    (unfit.field.clone(), unfit.to_string())
}

#[test]
fn every_kind_is_read_and_written_back() {
    for (kind, args, back) in [
        ("read", Value::Null, json!({"item": "operating_status"})),
        (
            "read",
            json!({"item": "voltage"}),
            json!({"item": "voltage"}),
        ),
        ("reconnect", json!({}), json!({})),
        (
            "reconnect",
            json!({"order_known": true}),
            json!({"order_known": true}),
        ),
        ("reconnect", json!({"order_known": false}), json!({})),
        ("disconnect", json!({}), json!({})),
        ("clear-tamper", json!({}), json!({})),
        (
            "set-load-limit",
            json!({"watts": 2500}),
            json!({"watts": 2500}),
        ),
        ("commission", json!({}), json!({})),
        ("set-clock", json!({}), json!({})),
        (
            "deliver-token",
            json!({"purpose": "clear-tamper", "token": "3703 7300-0144 6485 5694"}),
            json!({"token": "**** **** **** **** 5694", "purpose": "clear-tamper"}),
        ),
    ] {
        assert_eq!(parse(kind, &args).args_json(), back, "{kind} {args}");
    }
    // the text is canonical to the letter
    let token = json!({"purpose": "clear-tamper", "token": CLEAR_TAMPER});
    assert_eq!(
        parse("deliver-token", &token).args_json().to_string(),
        r#"{"token":"**** **** **** **** 5694","purpose":"clear-tamper"}"#
    );
}

#[test]
fn what_is_carried_is_handed_on() {
    assert_eq!(parse("read", &json!({})).item(), Item::OperatingStatus);
    assert_eq!(
        parse("set-load-limit", &json!({"watts": 2500})).watts(),
        Some(2500)
    );
    let args = json!({"token": "3703-7300 0144 6485 5694", "purpose": "clear-tamper"});
    let wanted = parse("deliver-token", &args);
    assert_eq!(wanted.secret().map(Secret::reveal), Some(CLEAR_TAMPER));
    assert_eq!(wanted.amounts_to(), Kind::ClearTamper);
    assert!(!format!("{wanted:?}").contains("3703"));
}

#[test]
fn each_fault_is_one_sentence_that_names_its_field() {
    for (kind, args, field, sentence) in [
        (
            "switch-off",
            json!({}),
            "kind",
            "The field kind knows no switch-off; choose one of: read, reconnect, disconnect, clear-tamper, set-load-limit, commission, set-clock, deliver-token.",
        ),
        (
            "read",
            json!([]),
            "args",
            "The field args has to be a JSON object, such as {}.",
        ),
        (
            "disconnect",
            json!({"force": true}),
            "force",
            "There is no field force in disconnect: it takes none.",
        ),
        (
            "read",
            json!({"items": "voltage"}),
            "items",
            "There is no field items in read; it knows: item.",
        ),
        (
            "read",
            json!({"item": 87}),
            "item",
            "The field item has to be one word, as text.",
        ),
        (
            "reconnect",
            json!({"order_known": "yes"}),
            "order_known",
            "The field order_known has to be true or false.",
        ),
        (
            "set-load-limit",
            json!({}),
            "watts",
            "The field watts is missing: give it.",
        ),
        (
            "deliver-token",
            json!({"token": CLEAR_TAMPER}),
            "purpose",
            "The field purpose is missing: give it.",
        ),
        (
            "deliver-token",
            json!({"purpose": "test"}),
            "token",
            "The field token is missing: give it.",
        ),
        (
            "deliver-token",
            json!({"token": 37.0, "purpose": "test"}),
            "token",
            "The field token has to be text: put the 20 digits into quotes, a number loses the last ones.",
        ),
        (
            "deliver-token",
            json!({"token": CLEAR_TAMPER, "purpose": "gift"}),
            "purpose",
            "The field purpose knows no gift; choose one of: clear-tamper, load-limit, commission, test, clear-credit, credit, key-change, other.",
        ),
    ] {
        assert_eq!(fault(kind, &args), (field.to_owned(), sentence.to_owned()));
    }
    for watts in [
        json!(-1),
        json!(2500.5),
        json!("2500"),
        json!(4_294_967_296_u64),
    ] {
        let (field, sentence) = fault("set-load-limit", &json!({ "watts": watts }));
        assert_eq!(field, "watts");
        assert!(sentence.contains("whole number of watts"), "{sentence}");
    }
    let (_, sentence) = fault("read", &json!({"item": "colour"}));
    assert!(
        sentence.starts_with("The field item knows no colour; choose one of: operating_status, ")
    );
}

#[test]
fn what_is_no_token_is_said_and_never_repeated() {
    for (token, part) in [
        ("3703730001446485569", "19 were found"),
        ("12345", "keypad command"),
        ("99999999999999999999", "above the largest token"),
        ("3.70373E+19", "spreadsheet"),
        ("", "missing"),
    ] {
        let (field, sentence) = fault("deliver-token", &json!({"token": token, "purpose": "test"}));
        assert_eq!(field, "token");
        assert!(sentence.contains(part), "{sentence}");
        assert!(token.is_empty() || !sentence.contains(token), "{sentence}");
    }
    // a token where a name belongs is starred out
    let (field, sentence) = fault("deliver-token", &json!({ CLEAR_TAMPER: 1 }));
    assert!(
        !sentence.contains("3703") && !field.contains("3703"),
        "{field}: {sentence}"
    );
    let (_, sentence) = fault(CLEAR_TAMPER, &json!({}));
    assert!(!sentence.contains("3703"), "{sentence}");
}

#[test]
fn every_fault_speaks_french_too() {
    let unfit = Wanted::parse("read", &json!({"item": 87})).expect_err("no wish");
    assert_eq!(
        unfit.sentence.say(Lang::Fr),
        "Le champ item doit être un mot, sous forme de texte."
    );
}

#[test]
fn some_wishes_are_refused_whatever_is_known() {
    let token = |token: &str, purpose: &str| json!({"token": token, "purpose": purpose});
    for (kind, args, slug) in [
        ("set-load-limit", json!({"watts": 0}), "limit-zero"),
        (
            "set-load-limit",
            json!({"watts": 18_201_625}),
            "limit-too-great",
        ),
        ("set-load-limit", json!({"watts": 18_201_624}), ""),
        ("set-load-limit", json!({"watts": 1}), ""),
        // class 0 is credit, whatever it is called
        ("deliver-token", token(CREDIT, "credit"), "credit-token"),
        (
            "deliver-token",
            token(CREDIT, "clear-tamper"),
            "credit-token",
        ),
        ("deliver-token", token(CREDIT, "other"), "credit-token"),
        (
            "deliver-token",
            token(CLEAR_TAMPER, "credit"),
            "credit-token",
        ),
        // a key change cannot be told from a clear-tamper token: the word counts
        (
            "deliver-token",
            token("51638423060042734509", "key-change"),
            "key-change-token",
        ),
        (
            "deliver-token",
            token("51638423060042734509", "clear-tamper"),
            "",
        ),
        ("deliver-token", token(CLEAR_TAMPER, "clear-tamper"), ""),
        ("deliver-token", token(CLEAR_TAMPER, "clear-credit"), ""),
        ("deliver-token", token(CLEAR_TAMPER, "commission"), ""),
        ("deliver-token", token(CLEAR_TAMPER, "test"), "unfit-token"),
        ("deliver-token", token(LOAD_SWITCH, "test"), ""),
        ("deliver-token", token(LOAD_SWITCH, "other"), ""),
        (
            "deliver-token",
            token(LOAD_SWITCH, "clear-tamper"),
            "unfit-token",
        ),
        // another maker's commissioning token
        (
            "deliver-token",
            token("12754194144864505970", "commission"),
            "unfit-token",
        ),
        // class 1 with a digit mistyped, and class 3
        (
            "deliver-token",
            token("00000000000167774881", "test"),
            "unreadable-token",
        ),
        (
            "deliver-token",
            token("00000000000402653184", "other"),
            "unreadable-token",
        ),
        ("reconnect", json!({}), ""),
        ("disconnect", json!({}), ""),
    ] {
        let refused = refused_outright(&parse(kind, &args));
        let found = refused.as_ref().map_or("", |sentence| sentence.slug);
        assert_eq!(found, slug, "{kind} {args}");
        for lang in [Lang::En, Lang::Fr] {
            let whole = |said: &str| said.ends_with('.') && !said.contains(['{', '?']);
            assert!(
                refused.as_ref().is_none_or(|said| whole(said.say(lang))),
                "{args}"
            );
        }
    }
}

/// Such wishes come from no text, and are refused all the same.
#[test]
fn a_wish_without_what_it_needs_is_refused() {
    let slug = |kind, args| {
        let refused = refused_outright(&Wanted { kind, args });
        refused.map_or("", |sentence| sentence.slug)
    };
    assert_eq!(slug(Kind::SetLoadLimit, Args::Nothing), "no-limit");
    assert_eq!(slug(Kind::DeliverToken, Args::Nothing), "no-token");
    let args = Args::Token {
        token: Secret::new("370"),
        purpose: TokenPurpose::Other,
    };
    assert_eq!(slug(Kind::DeliverToken, args), "not-a-token");
}

#[test]
fn a_kept_wish_needs_its_token_back() {
    let args = json!({"token": CLEAR_TAMPER, "purpose": "clear-tamper"});
    let wanted = parse("deliver-token", &args);
    let kept = |token| Wanted::kept("deliver-token", &wanted.args_json(), token);
    assert_eq!(kept(wanted.secret()), Ok(wanted.clone()));
    assert_eq!(
        kept(None).map_err(|unfit| unfit.field),
        Err("token".to_owned())
    );
}

/// What proves this act.
fn items(kind: &str, args: &Value) -> &'static [Item] {
    reads_back(&parse(kind, args))
}

#[test]
fn what_proves_an_act_is_read_back_the_best_first() {
    let relay = [Item::OperatingStatus, Item::Relay, Item::Power];
    assert_eq!(items("reconnect", &json!({})), relay);
    assert_eq!(items("disconnect", &json!({})), relay);
    assert_eq!(items("commission", &json!({})), relay);
    assert_eq!(items("clear-tamper", &json!({})), [Item::OperatingStatus]);
    assert_eq!(
        items("set-load-limit", &json!({"watts": 1})),
        [Item::LoadLimit]
    );
    assert_eq!(items("set-clock", &json!({})), [Item::Clock]);
    assert_eq!(items("read", &json!({})), []);
    let token = |purpose| json!({"token": CLEAR_TAMPER, "purpose": purpose});
    assert_eq!(
        items("deliver-token", &token("load-limit")),
        [Item::LoadLimit]
    );
    assert_eq!(
        items("deliver-token", &token("other")),
        [Item::OperatingStatus]
    );
}
