//! PostgreSQL's own programs for backup and restore.

use crate::error::StoreError;
use crate::target::Server;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Writes a dump in `pg_dump`'s own format.
pub(crate) async fn dump(server: &Server, to: &Path) -> Result<(), StoreError> {
    let words = ["--format=custom", "--no-password", "--file"].map(OsString::from);
    let words = words.into_iter().chain([to.into()]);
    run(server, "pg_dump", words.collect(), "written", to).await
}

/// Puts a dump into an empty database, all of it or nothing.
pub(crate) async fn restore(server: &Server, from: &Path) -> Result<(), StoreError> {
    let database = format!("--dbname={}", server.database());
    let words = [
        "--single-transaction",
        "--no-owner",
        "--no-password",
        &database,
    ]
    .map(OsString::from);
    let words = words.into_iter().chain([from.into()]);
    run(server, "pg_restore", words.collect(), "read", from).await
}

async fn run(
    server: &Server,
    program: &'static str,
    words: Vec<OsString>,
    what: &'static str,
    place: &Path,
) -> Result<(), StoreError> {
    let mut command = Command::new(program);
    // in the environment nobody else can read the password; on the command line everybody could
    command
        .args(words)
        .envs(server.environment())
        .stdin(Stdio::null());
    let ended = tokio::task::spawn_blocking(move || command.output()).await;
    let failed = |source| StoreError::Backup {
        what,
        place: place.to_owned(),
        source,
    };
    match ended.map_err(|error| failed(error.into()))? {
        Ok(Output { status, .. }) if status.success() => Ok(()),
        Ok(Output { stderr, .. }) => Err(said(&String::from_utf8_lossy(&stderr), failed)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StoreError::NoProgram {
            program,
            package: "postgresql-client",
        }),
        Err(error) => Err(failed(error.into())),
    }
}

/// What the program said, as far as it names what can be done about it.
fn said(stderr: &str, failed: impl FnOnce(crate::Cause) -> StoreError) -> StoreError {
    let text = stderr.trim().chars().take(400).collect::<String>();
    if text.contains("No space left on device") {
        return StoreError::Full {
            source: text.into(),
        };
    }
    failed(text.into())
}
