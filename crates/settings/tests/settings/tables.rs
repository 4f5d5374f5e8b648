use crate::{error, read, refusal};
use asking::Secret;
use fleet::{DAY, HOUR, MINUTE, SECOND};
use proptest::prelude::*;
use settings::{Override, Row, SecretAt, Settings, Vocabulary};

const WORDS: Vocabulary = Vocabulary {
    rows: &[(1008, "not-commissioned"), (1009, "over-current")],
    severities: &["low", "high"],
    decisions: &["office", "visit"],
    owners: &["operations"],
};

#[test]
fn durations_are_read_in_every_unit() {
    let of = |text: &str| {
        read(&format!("[cases]\nsilent_after = \"{text}\"\n"))
            .cases
            .silent_after
    };
    assert_eq!(of("90s"), 90 * SECOND);
    assert_eq!(of("15m"), 15 * MINUTE);
    assert_eq!(of("6h"), 6 * HOUR);
    assert_eq!(of("2d"), 2 * DAY);
    assert_eq!(of("1h30m"), 90 * MINUTE);
    assert_eq!(of("60000ms"), MINUTE);
    for wrong in [
        "15",
        "m",
        "15 m",
        "-5m",
        "5x",
        "1m1h",
        "1h1h",
        "",
        "99999999999999999999d",
    ] {
        let said = refusal(&format!("[cases]\nsilent_after = \"{wrong}\"\n"));
        assert!(
            said.contains("is no duration: write one such as"),
            "{wrong}: {said}"
        );
    }
    assert!(refusal("[cases]\nsilent_after = 15\n").contains("this is a number: write a duration"));
    assert!(refusal("[cases]\nsilent_after = \"1s\"\n").contains("from \"1m\" to \"90d\""));
}

#[test]
fn intervals_that_contradict_each_other_are_refused() {
    let said = refusal("[polling]\nroutine_every = \"2d\"\n");
    assert!(
        said.contains("polling.stale_after: shorter than routine_every"),
        "{said}"
    );
    let said = refusal("[polling]\nabnormal_every = \"7h\"\n");
    assert!(
        said.starts_with("calinmeter.toml:2:1: polling.abnormal_every: longer"),
        "{said}"
    );
    let said = refusal("[cases]\nsettle = \"12h\"\n");
    assert!(
        said.contains("cases.flap_window: shorter than settle"),
        "{said}"
    );
}

#[test]
fn a_site_has_its_own_zone_and_code_or_the_defaults() {
    let settings = read(
        "[site_defaults]\nzone = \"Africa/Kampala\"\ncommissioning_code_file = \"all\"\n\
         [[site]]\nid = \"A\"\nname = \"Lakeside\"\nzone = \"Africa/Lagos\"\n\
         [[site]]\nid = \"B\"\ncommissioning_code_file = \"b\"\n",
    );
    assert_eq!(settings.zone_of("A"), "Africa/Lagos");
    assert_eq!(settings.zone_of("B"), "Africa/Kampala");
    assert_eq!(settings.zone_of("never heard of"), "Africa/Kampala");
    assert_eq!(settings.commissioning_code_file_of("A"), Some("all"));
    assert_eq!(settings.commissioning_code_file_of("B"), Some("b"));
    assert_eq!(Settings::default().zone_of("A"), "UTC");
}

#[test]
fn a_site_stands_once_and_its_zone_is_a_name() {
    let said = refusal("[[site]]\nid = \"A\"\n[[site]]\nid = \"A\"\n");
    assert!(said.starts_with("calinmeter.toml:4:6: site.id: \"A\" stands here a second time"));
    assert!(refusal("[[site]]\nname = \"x\"\n").contains("site.id: this is missing"));
    for zone in [
        "Kampala",
        "EAT+3",
        "Africa/",
        "/x",
        "Africa/Kam pala",
        "+03:00",
    ] {
        let said = refusal(&format!("[site_defaults]\nzone = \"{zone}\"\n"));
        assert!(
            said.contains("is no time zone: write its IANA name"),
            "{zone}: {said}"
        );
    }
    // the code itself is a secret, and so is not in the file
    let said = refusal("[site_defaults]\ncommissioning_code = \"54321\"\n");
    assert!(
        said.contains("name where it is with commissioning_code_file"),
        "{said}"
    );
    assert!(!said.contains("54321"));
}

#[test]
fn an_override_names_a_row_what_changes_and_why() {
    let text = "[[override]]\ncode = 1009\ndecision = \"office\"\nwhy = \"by telephone\"\n\
                [[override]]\nslug = \"not-commissioned\"\nowner = \"operations\"\nseverity = \"low\"\nwhy = \"x\"\n";
    let settings = read(text);
    assert_eq!(settings.overrides[0].row, Some(Row::Code(1009)));
    assert_eq!(settings.overrides[0].decision.as_deref(), Some("office"));
    assert!(
        matches!(&settings.overrides[1], Override { row: Some(Row::Slug(slug)), .. } if slug == "not-commissioned")
    );
    assert_eq!(settings.check_overrides(&WORDS), Ok(()));
    let wrong = [
        ("code = 1009\nwhy = \"x\"", "this changes nothing"),
        (
            "owner = \"x\"\nwhy = \"x\"",
            "override.code: this is missing",
        ),
        (
            "code = 1009\nowner = \"x\"",
            "override.why: this is missing",
        ),
        (
            "code = 1009\nslug = \"x\"\nowner = \"x\"\nwhy = \"x\"",
            "keep one of them",
        ),
        (
            "code = \"1009\"\nowner = \"x\"\nwhy = \"x\"",
            "a number without quotes",
        ),
        (
            "code = 70000\nowner = \"x\"\nwhy = \"x\"",
            "no code has this number",
        ),
    ];
    for (lines, why) in wrong {
        let said = refusal(&format!("[[override]]\n{lines}\n"));
        assert!(said.contains(why), "{lines}: {said}");
    }
    assert!(refusal(&format!("{text}{text}")).contains("a second time"));
}

#[test]
fn an_override_in_unlisted_words_is_refused_with_the_listed_ones() {
    let settings = read(
        "\n[[override]]\ncode = 1010\nseverity = \"awful\"\ndecision = \"go\"\nowner = \"x\"\nwhy = \"x\"\n\
         [[override]]\nslug = \"nothing\"\nowner = \"operations\"\nwhy = \"x\"\n",
    );
    let error = settings.check_overrides(&WORDS).unwrap_err();
    let said = error.to_string();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 5, "{said}");
    assert!(
        lines[0].starts_with("calinmeter.toml:2:1: override.code: the guide does not list 1010")
    );
    assert!(lines[1].contains("\"awful\" is not one of low, high"));
    assert!(lines[4].contains("the guide has no row \"nothing\""));
}

#[test]
fn the_database_is_named_without_its_password() {
    let text = "[store]\nurl = \"postgres://ops@db/calinmeter\"\npassword_env = \"DB\"\n";
    let store = read(text).store;
    assert_eq!(store.password, Some(SecretAt::Variable("DB".into())));
    let url = store.url_with(&Secret::new("a b@c/d%"));
    assert_eq!(
        url.reveal(),
        "postgres://ops:a%20b%40c%2Fd%25@db/calinmeter"
    );
    assert_eq!(
        Settings::default()
            .store
            .url_with(&Secret::new("x"))
            .reveal(),
        "sqlite:calinmeter.db"
    );
    for url in [
        "postgres://ops:hunter2@db/calinmeter",
        "postgres://db/calinmeter?user=ops&password=hunter2",
    ] {
        let said = refusal(&format!("[store]\nurl = \"{url}\"\n"));
        assert!(
            said.starts_with("calinmeter.toml:2:7: store.url: the address holds a password"),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
    for url in ["mysql://x", "calinmeter.db", "sqlite:"] {
        assert!(refusal(&format!("[store]\nurl = \"{url}\"\n")).contains("write sqlite:"));
    }
}

#[test]
fn a_name_for_a_secret_that_is_the_secret_itself_is_not_repeated() {
    let said = refusal("[store]\npassword_env = \"hunter2!\"\n");
    assert!(said.contains("never the secret itself"), "{said}");
    assert!(!said.contains("hunter2"));
    let both = "[store]\npassword_env = \"DB\"\npassword_file = \"x\"\n";
    assert_eq!(error(both).problems().len(), 1);
    assert!(refusal(both).contains("keep one of them"));
}

#[test]
fn anchors_need_a_key_that_signs_them() {
    let half = "[audit]\nanchor_file = \"anchors\"\n";
    let said = refusal(half);
    assert!(
        said.starts_with("calinmeter.toml:1:2: audit.anchor_file: nothing signs"),
        "{said}"
    );
    let whole = read(&format!("{half}signing_key_file = \"secrets/audit\"\n"));
    assert_eq!(whole.audit.anchor_file.as_deref(), Some("anchors"));
    assert_eq!(
        whole.audit.signing_key,
        Some(settings::SecretAt::File("secrets/audit".into()))
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(\\PC|[\\n\\[\\]=\"'.#{},])*") {
        let _read = Settings::parse(&text).is_ok();
    }

    #[test]
    fn no_value_makes_it_panic(
        key in proptest::sample::select(Settings::keys()),
        value in "(\"\\PC{0,12}\"|-?[0-9]{1,25}|-?[0-9]{1,4}\\.[0-9]{1,4}|inf|nan|true|\\[\\[1, 2\\]\\]|\\{ asks = \"x\" \\}|\\[\\]|2026-01-01)",
    ) {
        let table = key.split('.').next().unwrap_or_default();
        let many = matches!(table, "head_end" | "site" | "override");
        let rest = &key[table.len() + 1..];
        let head = if many { format!("[[{table}]]") } else { format!("[{table}]") };
        let _read = Settings::parse(&format!("{head}\n{rest} = {value}\n")).is_ok();
    }
}
