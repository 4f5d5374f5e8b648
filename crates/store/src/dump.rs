//! PostgreSQL's own programs for backup and restore.

use crate::error::StoreError;
use sqlx::postgres::PgConnectOptions;
use std::path::Path;

pub(crate) async fn dump(_options: &PgConnectOptions, _to: &Path) -> Result<(), StoreError> {
    Err(StoreError::NoProgram {
        program: "pg_dump",
        package: "postgresql-client",
    })
}

pub(crate) async fn restore(_from: &Path, _options: &PgConnectOptions) -> Result<(), StoreError> {
    Err(StoreError::NoProgram {
        program: "pg_restore",
        package: "postgresql-client",
    })
}
