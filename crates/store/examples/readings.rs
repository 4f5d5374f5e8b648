//! A million readings: how fast they are kept, and in which order of the key.
//!
//! ```text
//! cargo run --release -p store --example readings -- keep URL FILE.csv
//! cargo run --release -p store --example readings -- orders URL
//! ```
//!
//! `keep` is the half of benches/readings.py that is ours: it keeps the file's rows (hour, meter,
//! register, ms, milli) in batches of 10,000 and says the seconds that took. `orders` writes the
//! same readings under four keys and reads one meter's history back; docs/adr/0013 was decided on
//! its figures. URL is a store that may be thrown away.
#![expect(clippy::print_stdout, reason = "a program for a terminal")]

use fleet::{HOUR, MeterNumber, Moment};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{Arguments as _, AssertSqlSafe, Connection as _, Executor as _};
use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::str::FromStr as _;
use std::time::Instant;
use store::{OpenOptions, Reading, Store, StoreError};
use tokio::task::JoinHandle;

/// Readings in one durable step.
const BATCH: usize = 10_000;
/// Meters that report each hour, and for how many hours.
const METERS: i64 = 10_000;
const HOURS: i64 = 100;
/// All of them.
const ALL: f64 = 1_000_000.0;
/// 2026-01-01 00:00 UTC in hours.
const FIRST_HOUR: i64 = 490_896;
/// Rows in one statement for SQLite.
const ROWS: usize = 400;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// One reading as a row: hour, meter, milli.
type Row = (i64, String, i64);

/// Keys to compare: name, columns, what the first column is of the hour, how a meter's history of
/// these days is found.
const ORDERS: &[(&str, &str, i64)] = &[
    ("meter first", "meter, register, part, at", 0),
    ("day first", "part, meter, register, at", 24),
    ("hour first", "part, meter, register, at", 1),
    ("time first", "at, meter, register, part", 0),
];

#[tokio::main]
async fn main() -> Done<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["keep", url, file] => keep(url, file).await,
        ["orders", url] => orders(url).await,
        _ => Err("say: keep URL FILE.csv, or: orders URL".into()),
    }
}

async fn keep(url: &str, file: &str) -> Done<()> {
    let store = Store::open(url, OpenOptions::default()).await?;
    let start = Instant::now();
    let mut lines = BufReader::new(std::fs::File::open(file)?).lines();
    let (mut keeping, mut new) = (None, 0);
    loop {
        // the next batch is read while the last one is kept, as the tools of the databases do it
        let batch: Option<Vec<Reading>> = lines
            .by_ref()
            .take(BATCH)
            .map(|line| read(&line.ok()?))
            .collect();
        let batch = batch.ok_or("a row has hour, meter, register, ms, milli")?;
        let last = batch.len() < BATCH;
        if let Some(keeping) = keeping.take() {
            new += wait(keeping).await?;
        }
        let store = store.clone();
        keeping = Some(tokio::spawn(
            async move { store.keep_readings(&batch).await },
        ));
        if last {
            break;
        }
    }
    if let Some(keeping) = keeping {
        new += wait(keeping).await?;
    }
    println!("{:.3} {new}", start.elapsed().as_secs_f64());
    store.close().await;
    Ok(())
}

async fn wait(keeping: JoinHandle<Result<u64, StoreError>>) -> Done<u64> {
    Ok(keeping.await??)
}

fn read(line: &str) -> Option<Reading> {
    let mut cells = line.split(',');
    let hour: i64 = cells.next()?.parse().ok()?;
    let meter = MeterNumber::parse(cells.next()?).ok()?;
    cells.next()?;
    let ms: i64 = cells.next()?.parse().ok()?;
    let milli = cells.next()?.parse().ok()?;
    Some(Reading {
        meter,
        register: "kwh",
        at: Moment(hour * HOUR + ms),
        milli,
    })
}

/// The readings of an hour in the order they arrive, which is none, sorted for the key or not.
fn arrived(hour: i64) -> Vec<Row> {
    let meter = |place: i64| (place * 7_919 + hour * 31) % METERS;
    let row = |place: i64| {
        let meter = meter(place);
        (
            FIRST_HOUR + hour,
            format!("4700{:07}", meter * 97),
            hour * 1_000 + meter,
        )
    };
    let mut rows: Vec<Row> = (0..METERS).map(row).collect();
    rows.sort_unstable();
    rows
}

/// The first column of a key that begins with a part of the time.
fn part(hour: i64, hours: i64) -> i64 {
    if hours == 0 { 0 } else { hour / hours }
}

async fn orders(url: &str) -> Done<()> {
    println!(
        "{:12} {:>10} {:>9} {:>16}",
        "key", "rows/s", "bytes/row", "100 hours of one"
    );
    for &(name, key, hours) in ORDERS {
        let mut rates = Vec::new();
        let (mut bytes, mut history) = (0, 0.0);
        for _ in 0..3 {
            let (rate, size, read) = if url.starts_with("sqlite:") {
                sqlite(url, key, hours).await?
            } else {
                postgres(url, key, hours).await?
            };
            rates.push(rate);
            (bytes, history) = (size, read);
        }
        rates.sort_by(f64::total_cmp);
        println!(
            "{name:12} {:>10.0} {bytes:>9} {:>13.1} ms",
            rates[1], history
        );
    }
    Ok(())
}

fn table(key: &str, number: &str, tail: &str) -> String {
    format!(
        "CREATE TABLE ordered (part {number} NOT NULL, meter TEXT NOT NULL, \
         register {number} NOT NULL, at {number} NOT NULL, milli {number} NOT NULL, \
         PRIMARY KEY ({key})){tail}"
    )
}

/// One meter's history: through the parts of the time where the key begins with them.
fn history(key: &str, hours: i64) -> String {
    let (first, last) = (part(FIRST_HOUR, hours), part(FIRST_HOUR + HOURS - 1, hours));
    let mine = "meter = '47000000970' AND register = 1";
    if hours == 0 && key.starts_with("part") || key.starts_with("meter") {
        return format!("SELECT at, milli FROM ordered WHERE {mine} ORDER BY at");
    }
    let (column, first, last, step) = if key.starts_with("at") {
        (
            "at",
            FIRST_HOUR * HOUR,
            (FIRST_HOUR + HOURS - 1) * HOUR,
            HOUR,
        )
    } else {
        ("part", first, last, 1)
    };
    format!(
        "WITH RECURSIVE parts(p) AS (SELECT CAST({first} AS BIGINT) UNION ALL \
         SELECT p + {step} FROM parts WHERE p < {last}) SELECT at, milli FROM parts \
         CROSS JOIN ordered WHERE {column} = p AND {mine} ORDER BY at"
    )
}

/// Rows a second, bytes a row, milliseconds for one meter's history.
async fn sqlite(url: &str, key: &str, hours: i64) -> Done<(f64, u64, f64)> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-32000");
    let mut link = SqliteConnection::connect_with(&options).await?;
    link.execute("DROP TABLE IF EXISTS ordered").await?;
    link.execute("VACUUM").await?;
    link.execute(AssertSqlSafe(table(
        key,
        "INTEGER",
        " STRICT, WITHOUT ROWID",
    )))
    .await?;
    let start = Instant::now();
    for hour in 0..HOURS {
        let rows = arrived(hour);
        let mut step = link.begin_with("BEGIN IMMEDIATE").await?;
        for rows in rows.chunks(ROWS) {
            let places = vec!["(?,?,1,?,?)"; rows.len()].join(",");
            let sql = format!("INSERT INTO ordered VALUES {places} ON CONFLICT DO NOTHING");
            let mut args = SqliteArguments::default();
            for (hour, meter, milli) in rows {
                args.add(part(*hour, hours))?;
                args.add(meter.as_str())?;
                args.add(hour * HOUR)?;
                args.add(*milli)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), args)
                .execute(&mut *step)
                .await?;
        }
        step.commit().await?;
    }
    let took = start.elapsed();
    let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let (size,): (i64,) = sqlx::query_as(sql).fetch_one(&mut link).await?;
    let start = Instant::now();
    let found = link.fetch_all(AssertSqlSafe(history(key, hours))).await?;
    if found.len() != usize::try_from(HOURS)? {
        return Err(format!("{} of {HOURS} readings came back", found.len()).into());
    }
    let read = start.elapsed().as_secs_f64() * 1e3;
    link.close().await?;
    let rows = METERS * HOURS;
    Ok((ALL / took.as_secs_f64(), u64::try_from(size / rows)?, read))
}

async fn postgres(url: &str, key: &str, hours: i64) -> Done<(f64, u64, f64)> {
    let mut link = PgConnection::connect(url).await?;
    link.execute("DROP TABLE IF EXISTS ordered").await?;
    link.execute(AssertSqlSafe(table(key, "BIGINT", "")))
        .await?;
    link.execute("CHECKPOINT").await?;
    let start = Instant::now();
    for hour in 0..HOURS {
        let rows = arrived(hour);
        let parts: Vec<i64> = rows.iter().map(|(hour, ..)| part(*hour, hours)).collect();
        let meters: Vec<&str> = rows.iter().map(|(_, meter, _)| meter.as_str()).collect();
        let times: Vec<i64> = rows.iter().map(|(hour, ..)| hour * HOUR).collect();
        let values: Vec<i64> = rows.iter().map(|(.., milli)| *milli).collect();
        let sql = "INSERT INTO ordered SELECT part, meter, 1, at, milli FROM \
                   UNNEST($1::bigint[], $2::text[], $3::bigint[], $4::bigint[]) \
                   AS rows(part, meter, at, milli) ON CONFLICT DO NOTHING";
        let step = sqlx::query(sql)
            .bind(parts)
            .bind(meters)
            .bind(times)
            .bind(values);
        step.execute(&mut link).await?;
    }
    let took = start.elapsed();
    let sql = "SELECT pg_total_relation_size('ordered')";
    let (size,): (i64,) = sqlx::query_as(sql).fetch_one(&mut link).await?;
    link.execute("ANALYZE ordered").await?;
    let start = Instant::now();
    let found = link.fetch_all(AssertSqlSafe(history(key, hours))).await?;
    if found.len() != usize::try_from(HOURS)? {
        return Err(format!("{} of {HOURS} readings came back", found.len()).into());
    }
    let read = start.elapsed().as_secs_f64() * 1e3;
    link.close().await?;
    let rows = METERS * HOURS;
    Ok((ALL / took.as_secs_f64(), u64::try_from(size / rows)?, read))
}
