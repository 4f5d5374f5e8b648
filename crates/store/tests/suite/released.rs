//! Every schema that was released can be brought up to date with what is in it. tests/released has
//! a folder for each, with a dump from either engine.

use crate::audit::audited;
use crate::fixtures::{
    METER, OTHER, about, answer, at_site, judged, new_case, number, seen, words,
};
use crate::place::{empty_database, run, skip};
use fleet::Moment;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use std::path::PathBuf;
use store::{CaseFilter, OpenOptions, Reading, Settlement, Store};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/released")
}

/// The released versions, oldest first, with the dumps of one engine.
fn dumps(engine: &str) -> Vec<(i64, String)> {
    let all = std::fs::read_dir(folder()).unwrap().flatten();
    let mut dumps: Vec<(i64, String)> = all
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            let dump = std::fs::read_to_string(entry.path().join(engine)).unwrap();
            Some((version, dump))
        })
        .collect();
    dumps.sort_unstable();
    dumps
}

/// What each sample holds.
async fn fill(store: &Store) {
    let (mine, other) = (number(METER), number(OTHER));
    store
        .put_meters(&[at_site(mine.clone(), "S1"), at_site(other, "S1")])
        .await
        .unwrap();
    let ids = store
        .keep(&[answer(METER, 1_767_225_600_000), answer(OTHER, 5)])
        .await
        .unwrap();
    let theft = new_case(about("meter", METER), "bypass-suspected", 3, 7);
    let reading = Reading {
        meter: mine.clone(),
        register: "kwh",
        at: Moment(1_767_225_600_000),
        milli: 12_345,
    };
    let settlement = Settlement {
        settled: vec![(ids[0], None)],
        standings: vec![judged(&mine, words("bypass-suspected", "visit", 3), 7)],
        cases: vec![seen(theft)],
        readings: vec![reading],
        ..Settlement::default()
    };
    store.settle(&settlement).await.unwrap();
    store
        .audit(&[audited("import", "fleet.csv")])
        .await
        .unwrap();
}

async fn is_filled(store: &Store, version: i64) {
    let newest = store.schema_version().await.unwrap();
    assert!(newest >= version);
    assert_eq!(
        store.unsettled(9).await.unwrap().len(),
        1,
        "from schema {version}"
    );
    let known = store.known(&[number(METER)]).await.unwrap();
    assert_eq!(known[0].cases[0].cause, "bypass-suspected");
    assert_eq!(
        store
            .cases(&CaseFilter::default(), None, 9)
            .await
            .unwrap()
            .len(),
        1
    );
    let ever = (Moment(0), Moment(i64::MAX));
    let readings = store
        .readings(&number(METER), "kwh", ever.0, ever.1, 9)
        .await
        .unwrap();
    assert_eq!(readings[0].milli, 12_345);
    assert_eq!(store.tally().await.unwrap().meters, 2);
    // what was written before there was a chain is linked into it
    let audit = store.chain_rows("", 0, 9).await.unwrap();
    assert_eq!(audit.len(), 1);
    assert_eq!(
        (audit[0].what.as_str(), audit[0].subject.as_str()),
        ("import", "fleet.csv")
    );
    assert_eq!(
        ledger::verify(audit.iter().map(store::Audited::row), &[], &[], &[]),
        []
    );
    let next = store.keep(&[answer(METER, 9)]).await.unwrap();
    assert!(
        next[0] > store.unsettled(9).await.unwrap()[0].id,
        "ids go on"
    );
}

#[test]
fn every_released_sqlite_schema_is_brought_up_to_date() {
    run(async {
        let dumps = dumps("sqlite.sql");
        assert!(!dumps.is_empty());
        for (version, dump) in dumps {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", folder.path().join("old.db").display());
            let options = url.parse::<sqlx::sqlite::SqliteConnectOptions>().unwrap();
            let options = options.create_if_missing(true);
            let mut link = SqliteConnection::connect_with(&options).await.unwrap();
            link.execute(AssertSqlSafe(dump)).await.unwrap();
            link.close().await.unwrap();
            let store = Store::open(&url, OpenOptions::existing()).await.unwrap();
            is_filled(&store, version).await;
        }
    });
}

#[test]
fn every_released_postgresql_schema_is_brought_up_to_date() {
    run(async {
        for (version, dump) in dumps("postgres.sql") {
            let Some(url) = empty_database(&format!("released_{version}")).await else {
                return skip();
            };
            let mut link = PgConnection::connect(&url).await.unwrap();
            // lines for psql alone
            let lines: Vec<&str> = dump
                .lines()
                .filter(|line| !line.starts_with('\\'))
                .collect();
            link.execute(AssertSqlSafe(lines.join("\n"))).await.unwrap();
            link.close().await.unwrap();
            let store = Store::open(&url, OpenOptions::existing()).await.unwrap();
            is_filled(&store, version).await;
        }
    });
}

/// Not a test of its own: writes the samples of the newest schema.
#[test]
#[ignore = "run by hand when a schema is released: it needs sqlite3 and pg_dump"]
fn write_the_samples_of_the_newest_schema() {
    run(async {
        let folder_of_old = tempfile::tempdir().unwrap();
        let file = folder_of_old.path().join("new.db");
        let server = empty_database("newest").await.expect("PostgreSQL is here");
        for url in [format!("sqlite:{}", file.display()), server.clone()] {
            let store = Store::open(&url, OpenOptions::default()).await.unwrap();
            fill(&store).await;
            let version = store.schema_version().await.unwrap();
            store.close().await;
            let folder = folder().join(version.to_string());
            std::fs::create_dir_all(&folder).unwrap();
            let said = |program: &str, words: &[&str]| {
                let ended = std::process::Command::new(program)
                    .args(words)
                    .output()
                    .unwrap();
                assert!(
                    ended.status.success(),
                    "{}",
                    String::from_utf8_lossy(&ended.stderr)
                );
                String::from_utf8(ended.stdout).unwrap()
            };
            if url.starts_with("sqlite") {
                let file = file.to_str().unwrap();
                let id = said("sqlite3", &[file, "PRAGMA application_id"]);
                // what the planner counted is not part of a schema
                let dump = said(
                    "sqlite3",
                    &[file, "DROP TABLE IF EXISTS sqlite_stat1", ".dump"],
                );
                let dump = format!("PRAGMA application_id = {};\n{dump}", id.trim());
                std::fs::write(folder.join("sqlite.sql"), dump).unwrap();
            } else {
                let words = ["--no-owner", "--no-privileges", "--inserts", &url];
                std::fs::write(folder.join("postgres.sql"), said("pg_dump", &words)).unwrap();
            }
        }
    });
}
