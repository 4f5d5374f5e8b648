use fleet::HOUR;
use settings::{SecretAt, Settings};

#[test]
fn variables_change_the_keys_of_the_tables_that_stand_once() {
    let changed = Settings::default()
        .with(&[
            ("CALINMETER_STORE_URL", "postgres://ops:hunter2@db/c"),
            ("CALINMETER_SERVER_LISTEN", "127.0.0.1:0"),
            ("CALINMETER_POLLING_ROUTINE_EVERY", "4h"),
            ("CALINMETER_CASES_NEIGHBOURS_AT_LEAST", "5"),
            ("CALINMETER_STORE_PASSWORD_FILE", "/run/db"),
        ])
        .unwrap();
    assert_eq!(changed.store.url(), "postgres://ops:hunter2@db/c");
    assert_eq!(changed.server.listen.port(), 0);
    assert_eq!(changed.polling.routine_every, 4 * HOUR);
    assert_eq!(changed.cases.neighbours_at_least, 5);
    assert_eq!(
        changed.store.password,
        Some(SecretAt::File("/run/db".into()))
    );
    let listed = Settings::variables();
    assert!(listed.contains(&"CALINMETER_STORE_URL".to_owned()));
    assert!(listed.contains(&"CALINMETER_SERVER_LISTEN".to_owned()));
}

#[test]
fn a_password_in_the_databases_address_is_never_shown() {
    let changed = Settings::default()
        .with(&[(
            "CALINMETER_STORE_URL",
            "postgres://ops:hunter2@db/c?password=hunter2",
        )])
        .unwrap();
    assert_eq!(changed.store.shown(), "postgres://ops@db/c");
    assert!(!format!("{changed:?}").contains("hunter2"));
}

#[test]
fn a_variable_that_is_wrong_is_named() {
    let said = |name: &str, value: &str| {
        Settings::default()
            .with(&[(name, value)])
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        said("CALINMETER_STORE_ULR", "x"),
        "CALINMETER_STORE_ULR: nobody knows this key: did you mean CALINMETER_STORE_URL?"
    );
    assert!(
        said("CALINMETER_SERVER_LISTEN", "8080").starts_with(
            "CALINMETER_SERVER_LISTEN: \"8080\" is no address: write one with its port"
        )
    );
    assert!(said("CALINMETER_CASES_NEIGHBOURS_AT_LEAST", "many").contains("a whole number"));
    assert!(
        said("CALINMETER_POLLING_ROUTINE_EVERY", "3d")
            .contains("stale_after: shorter than routine_every")
    );
}
