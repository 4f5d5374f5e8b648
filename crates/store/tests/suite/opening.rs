//! What may be opened, what is refused, and what is said then.

use crate::fixtures::{METER, answer};
use crate::place::{Place, empty_database, on_both, on_sqlite, run, skip};
use fleet::Moment;
use std::error::Error as _;
use store::{Engine, OpenOptions, Store, StoreError, pending_migrations};

/// Everything an error says, down to its cause.
fn all_said(error: &StoreError) -> String {
    let mut said = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(deeper) = cause {
        said += &format!(" {deeper} {deeper:?}");
        cause = deeper.source();
    }
    said
}

on_both![
    a_store_says_what_it_is_and_nothing_secret,
    a_newer_schema_is_refused_and_left_alone,
    the_same_store_is_opened_twice_without_harm,
];

async fn a_store_says_what_it_is_and_nothing_secret(place: Place) {
    let store = place.open().await;
    let (engine, name) = if place.is_postgres() {
        (Engine::Postgres, "PostgreSQL")
    } else {
        (Engine::Sqlite, "SQLite")
    };
    assert_eq!((store.engine(), store.engine().name()), (engine, name));
    assert_eq!(store.file().is_some(), engine == Engine::Sqlite);
    assert!(
        !format!("{store:?} {}", store.place()).contains("secret"),
        "{store:?}"
    );
    assert!(store.size_bytes().await.unwrap() > 10_000);
    store.ping(Moment(7)).await.unwrap();
    store.ping(Moment(8)).await.unwrap();
    assert_eq!(
        pending_migrations(&place.url).await.unwrap(),
        Vec::<String>::new()
    );
}

async fn a_newer_schema_is_refused_and_left_alone(place: Place) {
    let store = place.open().await;
    let known = store.schema_version().await.unwrap();
    store.keep(&[answer(METER, 1)]).await.unwrap();
    store.close().await;
    place
        .tamper("INSERT INTO calinmeter_schema (version, name) VALUES (99, 'later')")
        .await;
    let refused = Store::open(&place.url, OpenOptions::default())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, StoreError::NewerSchema { found: 99, known: k } if k == known),
        "{refused:?}"
    );
    assert!(
        refused.to_string().contains("start the newer program"),
        "{refused}"
    );
    assert!(pending_migrations(&place.url).await.is_err());
    place
        .tamper("DELETE FROM calinmeter_schema WHERE version = 99")
        .await;
    assert_eq!(place.open().await.unsettled(9).await.unwrap().len(), 1);
}

async fn the_same_store_is_opened_twice_without_harm(place: Place) {
    let (a, b) = tokio::join!(place.open(), place.open());
    a.keep(&[answer(METER, 1)]).await.unwrap();
    b.keep(&[answer(METER, 2)]).await.unwrap();
    assert_eq!(a.unsettled(9).await.unwrap(), b.unsettled(9).await.unwrap());
}

#[test]
fn a_url_that_names_no_engine_is_refused() {
    run(async {
        for url in [
            "",
            "calinmeter.db",
            "mysql://a:secret@b/c",
            "sqlite:",
            "postgres://a:secret@[::bad/x",
        ] {
            let refused = Store::open(url, OpenOptions::default()).await.unwrap_err();
            assert!(matches!(refused, StoreError::Url), "{url}: {refused:?}");
            assert!(!all_said(&refused).contains("secret"));
        }
    });
}

#[test]
fn a_file_that_is_not_ours_is_left_alone() {
    on_sqlite(|place| async move {
        std::fs::write(place.file("letter.txt"), "Dear technician, ".repeat(400)).unwrap();
        let url = format!("sqlite:{}", place.file("letter.txt").display());
        let refused = Store::open(&url, OpenOptions::default()).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotOurs { .. }), "{refused:?}");
        assert!(
            std::fs::read_to_string(place.file("letter.txt"))
                .unwrap()
                .starts_with("Dear")
        );
        place.tamper_new("CREATE TABLE somebody (elses TEXT)").await;
        let before = std::fs::read(place.file("store.db")).unwrap();
        let refused = Store::open(&place.url, OpenOptions::default())
            .await
            .unwrap_err();
        assert!(matches!(refused, StoreError::NotOurs { .. }), "{refused:?}");
        assert!(refused.to_string().contains("is left alone"), "{refused}");
        let after = std::fs::read(place.file("store.db")).unwrap();
        assert_eq!(before, after, "not a byte of it is touched");
    });
}

#[test]
fn a_file_that_is_not_there_is_made_only_where_that_is_allowed() {
    on_sqlite(|place| async move {
        let missing = Store::open(&place.url, OpenOptions::existing())
            .await
            .unwrap_err();
        assert!(
            matches!(missing, StoreError::CannotOpen { .. }),
            "{missing:?}"
        );
        assert!(!place.file("store.db").exists());
        assert_eq!(
            pending_migrations(&place.url).await.unwrap(),
            ["the desk", "commands", "people", "webhooks", "marks"]
        );
        assert!(!place.file("store.db").exists(), "asking makes nothing");
        let nowhere = format!(
            "sqlite:{}/no/such/folder/store.db",
            place.folder.path().display()
        );
        let refused = Store::open(&nowhere, OpenOptions::default())
            .await
            .unwrap_err();
        assert!(
            matches!(refused, StoreError::CannotOpen { .. }),
            "{refused:?}"
        );
    });
}

#[test]
fn a_store_in_memory_works_and_leaves_nothing() {
    run(async {
        let store = Store::open("sqlite::memory:", OpenOptions::default())
            .await
            .unwrap();
        store.keep(&[answer(METER, 1)]).await.unwrap();
        assert_eq!(store.unsettled(9).await.unwrap().len(), 1);
        let clone = store.clone();
        let many = (0..20).map(|at| {
            let store = clone.clone();
            tokio::spawn(async move { store.keep(&[answer(METER, at)]).await })
        });
        for one in many.collect::<Vec<_>>() {
            one.await.unwrap().unwrap();
        }
        assert_eq!(store.unsettled(99).await.unwrap().len(), 21);
    });
}

#[test]
fn a_server_that_is_not_there_or_refuses_is_named_without_its_password() {
    run(async {
        let free = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let url = format!("postgres://calin:unused-secret@127.0.0.1:{free}/calin");
        let refused = Store::open(&url, OpenOptions::default()).await.unwrap_err();
        assert!(
            matches!(refused, StoreError::CannotOpen { .. }),
            "{refused:?}"
        );
        assert!(
            refused
                .to_string()
                .contains(&format!("127.0.0.1:{free}/calin")),
            "{refused}"
        );
        assert!(!all_said(&refused).contains("secret"));
    });
}

#[test]
fn a_server_database_that_is_not_ours_is_left_alone() {
    run(async {
        let Some(url) = empty_database("elses").await else {
            return skip();
        };
        crate::place::on_server(&url, "CREATE TABLE somebody (elses TEXT)").await;
        let refused = Store::open(&url, OpenOptions::default()).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotOurs { .. }), "{refused:?}");
        let missing = url.replace("/elses", "/nobodys");
        let refused = Store::open(&missing, OpenOptions::default())
            .await
            .unwrap_err();
        assert!(
            matches!(refused, StoreError::CannotOpen { .. }),
            "{refused:?}"
        );
        assert!(!all_said(&refused).contains("secret"));
    });
}

#[test]
fn a_wrong_password_or_missing_rights_are_said_in_one_sentence() {
    run(async {
        let Some(url) = empty_database("guarded").await else {
            return skip();
        };
        crate::place::on_server(&url, "CREATE ROLE guarded LOGIN PASSWORD 'right-secret'").await;
        let as_guard =
            |password: &str| url.replace("calin:unused-secret", &format!("guarded:{password}"));
        for password in ["wrong-secret", "right-secret"] {
            // the right one lets us in, but the tables may not be made
            let refused = Store::open(&as_guard(password), OpenOptions::default())
                .await
                .unwrap_err();
            assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
            assert!(
                refused.to_string().contains("user, password or rights"),
                "{refused}"
            );
            assert!(!all_said(&refused).contains("secret"), "{refused:?}");
        }
        crate::place::on_server(&url, "GRANT CREATE ON SCHEMA public TO guarded").await;
        let store = Store::open(&as_guard("right-secret"), OpenOptions::default())
            .await
            .unwrap();
        store.ping(Moment(1)).await.unwrap();
    });
}

#[test]
fn two_nodes_that_start_at_once_make_the_schema_once() {
    run(async {
        let Some(url) = empty_database("raced").await else {
            return skip();
        };
        let open = || Store::open(&url, OpenOptions::default());
        let (a, b, c) = tokio::join!(open(), open(), open());
        for store in [a.unwrap(), b.unwrap(), c.unwrap()] {
            store.keep(&[answer(METER, 1)]).await.unwrap();
        }
    });
}
