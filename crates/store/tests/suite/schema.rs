//! Both engines have the same tables.

use crate::place::{empty_database, run, skip};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use store::{OpenOptions, Store};

/// Table, column, kind, whether it may be empty.
type Columns = BTreeSet<(String, String, String, bool)>;

/// What only one engine needs: SQLite counts ids in a table, PostgreSQL has sequences for that.
const SQLITE_ALONE: &[&str] = &["counter"];

fn kind(word: &str) -> &'static str {
    match word {
        "INTEGER" | "bigint" | "BIGINT" | "integer" | "smallint" => "number",
        "TEXT" | "text" => "text",
        other => panic!("an unexpected kind of column: {other}"),
    }
}

async fn sqlite(link: &mut SqliteConnection, sql: &str) -> Vec<sqlx::sqlite::SqliteRow> {
    sqlx::query(AssertSqlSafe(sql))
        .fetch_all(link)
        .await
        .unwrap()
}

async fn postgres(link: &mut PgConnection, sql: &str) -> Vec<sqlx::postgres::PgRow> {
    sqlx::query(AssertSqlSafe(sql))
        .fetch_all(link)
        .await
        .unwrap()
}

/// Whether a table is one month's, or the rest, of another one.
fn is_part(table: &str) -> bool {
    let (_, tail) = table.rsplit_once('_').unwrap_or_default();
    tail == "rest" || !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn both_engines_have_the_same_schema() {
    run(async {
        let Some(url) = empty_database("compared").await else {
            return skip();
        };
        let folder = tempfile::tempdir().unwrap();
        let file = format!("sqlite:{}", folder.path().join("a.db").display());
        for url in [&url, &file] {
            Store::open(url, OpenOptions::default())
                .await
                .unwrap()
                .close()
                .await;
        }
        let mut ours = SqliteConnection::connect(&file).await.unwrap();
        let mut theirs = PgConnection::connect(&url).await.unwrap();

        let sql = "SELECT m.name, c.name, c.type, c.\"notnull\" FROM sqlite_schema m \
                   JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";
        let embedded: Columns = sqlite(&mut ours, sql)
            .await
            .iter()
            .map(|row| {
                (
                    row.get(0),
                    row.get(1),
                    kind(row.get(2)).into(),
                    row.get::<i64, _>(3) == 0,
                )
            })
            .filter(|(table, ..): &(String, _, _, _)| !SQLITE_ALONE.contains(&table.as_str()))
            .collect();
        let sql = "SELECT table_name::text, column_name::text, data_type::text, \
                   is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'public'";
        let server: Columns = postgres(&mut theirs, sql)
            .await
            .iter()
            .map(|row| (row.get(0), row.get(1), kind(row.get(2)).into(), row.get(3)))
            .filter(|(table, ..): &(String, _, _, _)| !is_part(table))
            .collect();
        assert_eq!(embedded, server);
        assert!(
            embedded.len() > 100,
            "the columns were found: {}",
            embedded.len()
        );

        // what must be unique there is unique here; a key there may be longer by what it is cut by
        let sql = "SELECT m.name, l.name, (SELECT group_concat(name) FROM \
                   (SELECT i.name FROM pragma_index_info(l.name) i ORDER BY i.seqno)) \
                   FROM sqlite_schema m JOIN pragma_index_list(m.name) l \
                   WHERE m.type = 'table' AND l.\"unique\" \
                   UNION ALL SELECT m.name, 'id', 'id' FROM sqlite_schema m \
                   JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
                   AND c.name = 'id' AND c.pk = 1 AND c.type = 'INTEGER'";
        let mut here: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
        for row in sqlite(&mut ours, sql).await {
            let columns: String = row.get(2);
            let columns = columns.split(',').map(str::to_owned).collect();
            here.entry(row.get(0)).or_default().push(columns);
        }
        let sql = "SELECT t.relname::text, array_agg(a.attname::text) FROM pg_index i \
                   JOIN pg_class t ON t.oid = i.indrelid \
                   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey::int2[]) \
                   WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace \
                   GROUP BY t.relname, i.indexrelid";
        let cut_by: BTreeSet<&str> = ["meter", "subject", "at"].into();
        for row in postgres(&mut theirs, sql).await {
            let table: String = row.get(0);
            if is_part(&table) {
                continue;
            }
            let columns: BTreeSet<String> = row.get::<Vec<String>, _>(1).into_iter().collect();
            let found = here.get_mut(&table).and_then(|keys| {
                let place = keys.iter().position(|key| {
                    key.is_subset(&columns)
                        && columns
                            .difference(key)
                            .all(|more| cut_by.contains(more.as_str()))
                })?;
                Some(keys.remove(place))
            });
            assert!(
                found.is_some(),
                "{table} is unique by {columns:?} in PostgreSQL alone"
            );
        }
        for alone in SQLITE_ALONE {
            here.remove(*alone);
        }
        here.retain(|_, keys| !keys.is_empty());
        assert!(here.is_empty(), "unique in SQLite alone: {here:?}");
    });
}

#[test]
fn in_postgresql_every_key_about_a_meter_holds_the_meter() {
    run(async {
        let Some(url) = empty_database("keyed").await else {
            return skip();
        };
        Store::open(&url, OpenOptions::default())
            .await
            .unwrap()
            .close()
            .await;
        let mut link = PgConnection::connect(&url).await.unwrap();
        let sql = "SELECT t.relname::text, array_agg(a.attname::text) FROM pg_index i \
                   JOIN pg_class t ON t.oid = i.indrelid \
                   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey::int2[]) \
                   WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace AND EXISTS \
                   (SELECT 1 FROM pg_attribute m WHERE m.attrelid = t.oid \
                    AND m.attname IN ('meter', 'subject') AND m.attnum > 0) \
                   AND t.relname <> 'chain' GROUP BY t.relname, i.indexrelid";
        let rows = postgres(&mut link, sql).await;
        assert!(rows.len() >= 10, "{}", rows.len());
        for row in rows {
            let columns: Vec<String> = row.get(1);
            let held = columns
                .iter()
                .any(|column| column == "meter" || column == "subject");
            assert!(held, "{}: {columns:?}", row.get::<String, _>(0));
        }
    });
}
