//! The schema: forward only, each step a transaction, a backup first, and never a newer one.

use crate::error::StoreError;
use crate::sql::{Cells, Session, args, int};
use crate::store::{Database, OpenOptions};
use crate::target::Target;
use crate::{backup, chain, sql};
use std::path::Path;

/// One step of the schema, the same in meaning for both engines.
struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// Every step, oldest first; its place from 1 is the schema's version.
const STEPS: &[Step] = &[
    Step {
        name: "the desk",
        sqlite: include_str!("../migrations/sqlite/0001_the_desk.sql"),
        postgres: include_str!("../migrations/postgres/0001_the_desk.sql"),
    },
    Step {
        name: "commands",
        sqlite: include_str!("../migrations/sqlite/0002_commands.sql"),
        postgres: include_str!("../migrations/postgres/0002_commands.sql"),
    },
    Step {
        name: "people",
        sqlite: include_str!("../migrations/sqlite/0003_people.sql"),
        postgres: include_str!("../migrations/postgres/0003_people.sql"),
    },
    Step {
        name: "webhooks",
        sqlite: include_str!("../migrations/sqlite/0004_webhooks.sql"),
        postgres: include_str!("../migrations/postgres/0004_webhooks.sql"),
    },
    Step {
        name: "marks",
        sqlite: include_str!("../migrations/sqlite/0005_marks.sql"),
        postgres: include_str!("../migrations/postgres/0005_marks.sql"),
    },
];

/// The step that makes the audit a chain: what was written before is linked into it.
const LINKED: &str = "people";

/// The newest version these steps lead to.
fn known(steps: &[Step]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

/// The table that says which steps were taken; its name says whose database this is.
const BOOK: &str = "CREATE TABLE IF NOT EXISTS calinmeter_schema \
    (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)";

/// Whether our book is there, and how many other tables are.
const TABLES_SQLITE: &str = "SELECT COALESCE(SUM(name = 'calinmeter_schema'), 0), \
    COALESCE(SUM(name <> 'calinmeter_schema'), 0) FROM sqlite_schema WHERE type = 'table'";
/// Tables that an extension brought do not make a database somebody else's.
const TABLES_POSTGRES: &str = "SELECT count(*) FILTER (WHERE c.relname = 'calinmeter_schema'), \
    count(*) FILTER (WHERE c.relname <> 'calinmeter_schema') \
    FROM pg_class c WHERE c.relkind IN ('r', 'p') \
    AND c.relnamespace = current_schema()::regnamespace AND NOT EXISTS \
    (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')";

/// What stands in a database before it is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// Nothing at all.
    Empty,
    /// Ours, with this version.
    Ours(i64),
    /// Somebody else's.
    Foreign,
}

/// Brings a database up to date.
pub(crate) async fn forward(
    database: &Database,
    place: &str,
    backups: Option<&Path>,
) -> Result<(), StoreError> {
    take(STEPS, database, place, backups).await
}

async fn take(
    steps: &[Step],
    database: &Database,
    place: &str,
    backups: Option<&Path>,
) -> Result<(), StoreError> {
    let known = known(steps);
    let mut session = database.read("read the schema's version").await?;
    let found = find(&mut session).await?;
    drop(session);
    let version = check(found, known, place)?;
    if version == known {
        return Ok(());
    }
    if version > 0 {
        backup::before_migration(database, version, backups).await?;
    }
    if let (0, Database::Sqlite(sqlite)) = (version, database) {
        sqlite.write_ahead().await?;
    }
    let mut session = database.write("migrate the schema").await?;
    session.alone(vec!["calinmeter schema".to_owned()]).await?;
    // another node may have been quicker
    let mut version = check(find(&mut session).await?, known, place)?;
    if version == 0 {
        session.script(BOOK).await?;
        if !session.is_postgres() {
            let id = sql::APPLICATION_ID;
            session
                .script(format!("PRAGMA application_id = {id}"))
                .await?;
        }
    }
    for step in steps.iter().skip(usize::try_from(version).unwrap_or(0)) {
        version += 1;
        let script = if session.is_postgres() {
            step.postgres
        } else {
            step.sqlite
        };
        session.script(script).await?;
        if step.name == LINKED {
            chain::carry_over(&mut session).await?;
        }
        let sql = "INSERT INTO calinmeter_schema (version, name) VALUES ($1, $2)";
        session.run(sql, args![version, step.name]).await?;
        tracing::info!(version, name = step.name, "schema migrated");
    }
    session.commit().await
}

/// The version a database of ours has, 0 where it is empty; an error where it must not be touched.
fn check(found: Found, known: i64, place: &str) -> Result<i64, StoreError> {
    match found {
        Found::Empty => Ok(0),
        Found::Ours(version) if version > known => Err(StoreError::NewerSchema {
            found: version,
            known,
        }),
        Found::Ours(version) => Ok(version),
        Found::Foreign => Err(StoreError::NotOurs {
            place: place.to_owned(),
        }),
    }
}

/// Whether a database is ours and this program knows its schema; an error where it is not.
pub(crate) async fn is_ours(database: &Database, place: &str) -> Result<(), StoreError> {
    let mut session = database.read("read the schema's version").await?;
    match check(find(&mut session).await?, known(STEPS), place)? {
        0 => Err(StoreError::NotOurs {
            place: place.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Whether nothing at all stands in a database.
pub(crate) async fn is_empty(database: &Database) -> Result<bool, StoreError> {
    let mut session = database.read("look whether the database is empty").await?;
    Ok(find(&mut session).await? == Found::Empty)
}

async fn find(session: &mut Session) -> Result<Found, StoreError> {
    let postgres = session.is_postgres();
    let tables = if postgres {
        TABLES_POSTGRES
    } else {
        TABLES_SQLITE
    };
    let read = |cells: &mut Cells<'_>| Ok((cells.int()?, cells.int()?));
    let (book, others) = session.only(tables, args![], read).await?;
    let id = if postgres {
        sql::APPLICATION_ID
    } else {
        session.only("PRAGMA application_id", args![], int).await?
    };
    match (book, others, id) {
        (0, 0, 0 | sql::APPLICATION_ID) => Ok(Found::Empty),
        (1, _, sql::APPLICATION_ID) => version(session).await.map(Found::Ours),
        _ => Ok(Found::Foreign),
    }
}

/// The version of the schema.
pub(crate) async fn version(session: &mut Session) -> Result<i64, StoreError> {
    let sql = "SELECT COALESCE(MAX(version), 0) FROM calinmeter_schema";
    session.only(sql, args![], int).await
}

/// The names of the steps that opening this database would take, oldest first; nothing is changed.
/// A database that is not there yet needs all of them.
pub async fn pending_migrations(url: &str) -> Result<Vec<String>, StoreError> {
    let target = Target::read(url)?;
    let missing = match &target {
        Target::Sqlite(None) => true,
        Target::Sqlite(Some(path)) => !path.exists(),
        Target::Postgres(_) => false,
    };
    let version = if missing {
        0
    } else {
        let database = Database::open(&target, &OpenOptions::existing()).await?;
        let mut session = database.read("read the schema's version").await?;
        let found = find(&mut session).await?;
        drop(session);
        database.close().await;
        check(found, known(STEPS), &target.to_string())?
    };
    let after = usize::try_from(version).unwrap_or(0);
    Ok(STEPS
        .iter()
        .skip(after)
        .map(|step| step.name.to_owned())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{STEPS, Step, take, version};
    use crate::error::StoreError;
    use crate::sql::{args, int};
    use crate::store::{Database, OpenOptions};
    use crate::target::Target;
    use std::path::Path;

    const FIRST: Step = Step {
        name: "first",
        sqlite: "CREATE TABLE kept (id INTEGER) STRICT; INSERT INTO kept VALUES (7)",
        postgres: "",
    };
    const SECOND: Step = Step {
        name: "second",
        sqlite: "ALTER TABLE kept ADD COLUMN more TEXT",
        postgres: "",
    };
    const BROKEN: Step = Step {
        name: "broken",
        sqlite: "DELETE FROM kept; CREATE TABLE half (id INTEGER) STRICT; SELECT nonsense",
        postgres: "",
    };

    const THIRD: Step = Step {
        name: "third",
        sqlite: "DELETE FROM kept",
        postgres: "",
    };

    async fn open(folder: &Path, name: &str) -> Database {
        let target = Target::Sqlite(Some(folder.join(name)));
        Database::open(&target, &OpenOptions::default())
            .await
            .unwrap()
    }

    async fn count(database: &Database, sql: &'static str) -> i64 {
        let mut session = database.read("count").await.unwrap();
        session.only(sql, args![], int).await.unwrap()
    }

    #[tokio::test]
    async fn a_step_that_fails_leaves_the_schema_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path(), "a.db").await;
        take(&[FIRST], &database, "a.db", None).await.unwrap();
        let failed = take(&[FIRST, SECOND, BROKEN], &database, "a.db", None)
            .await
            .unwrap_err();
        assert!(matches!(failed, StoreError::Query { .. }), "{failed:?}");
        let mut session = database.read("look").await.unwrap();
        assert_eq!(version(&mut session).await.unwrap(), 1);
        drop(session);
        assert_eq!(
            count(&database, "SELECT count(*) FROM kept WHERE id = 7").await,
            1
        );
        let more = "SELECT count(*) FROM pragma_table_info('kept')";
        assert_eq!(
            count(&database, more).await,
            1,
            "the good step is undone with the bad one"
        );
        take(&[FIRST, SECOND], &database, "a.db", None)
            .await
            .unwrap();
        assert_eq!(count(&database, more).await, 2);
        assert_eq!(
            count(&database, "SELECT count(*) FROM kept WHERE id = 7").await,
            1
        );
    }

    #[tokio::test]
    async fn a_backup_of_the_old_schema_is_taken_before_and_none_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path(), "a.db").await;
        take(&[FIRST], &database, "a.db", None).await.unwrap();
        assert!(
            !folder.path().join("a.db.schema-0").exists(),
            "there was nothing to keep"
        );
        take(&[FIRST, BROKEN], &database, "a.db", None)
            .await
            .unwrap_err();
        take(&[FIRST, SECOND], &database, "a.db", None)
            .await
            .unwrap();
        for name in ["a.db.schema-1", "a.db.schema-1.2"] {
            let backup = open(folder.path(), name).await;
            let old = "SELECT MAX(version) FROM calinmeter_schema";
            assert_eq!(count(&backup, old).await, 1, "{name}");
            assert_eq!(count(&backup, "SELECT id FROM kept").await, 7);
        }
        let elsewhere = tempfile::tempdir().unwrap();
        let third = [FIRST, SECOND, THIRD];
        take(&third, &database, "a.db", Some(elsewhere.path()))
            .await
            .unwrap();
        assert!(elsewhere.path().join("a.db.schema-2").exists());
    }

    #[tokio::test]
    async fn nothing_older_than_the_database_may_touch_it() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path(), "a.db").await;
        take(&[FIRST, SECOND], &database, "a.db", None)
            .await
            .unwrap();
        let refused = take(&[FIRST], &database, "a.db", None).await.unwrap_err();
        assert!(
            matches!(refused, StoreError::NewerSchema { found: 2, known: 1 }),
            "{refused:?}"
        );
    }

    #[test]
    fn every_step_is_written_for_both_engines() {
        for step in STEPS {
            assert!(!step.name.is_empty() && !step.sqlite.is_empty() && !step.postgres.is_empty());
        }
    }
}
