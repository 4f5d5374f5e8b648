//! Keys of the API and the command line. A key belongs to a person.

use super::Person;
use super::persons::{COLUMNS, finish, person};
use crate::chain::{NewAudit, chain};
use crate::error::StoreError;
use crate::sql::{Cells, again, args};
use crate::store::Store;
use fleet::Moment;

/// A key's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub i64);

/// A key to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// What is kept of it.
    pub fingerprint: String,
    /// Whose it is.
    pub person: String,
    /// What it is for, in its owner's words.
    pub label: String,
    /// Who had it made.
    pub made_by: String,
    /// When.
    pub at: Moment,
    /// Until when it is good; nothing for ever.
    pub until: Option<Moment>,
    /// From when the person's role counts as his or her own, where that changes: somebody else had
    /// the key made.
    pub role_since: Option<Moment>,
}

/// A key, without what it is looked up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: KeyId,
    /// Whose it is.
    pub person: String,
    /// What it is for.
    pub label: String,
    /// Who had it made.
    pub made_by: String,
    /// When.
    pub at: Moment,
    /// Until when it is good.
    pub until: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

const ADD: &str = "INSERT INTO api_key (id, fingerprint, person, label, made_by, at, until) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

impl Store {
    /// Keeps a key.
    pub async fn add_key(&self, new: &NewKey, audit: &NewAudit) -> Result<KeyId, StoreError> {
        again(|| async {
            let mut session = self.write("keep a key").await?;
            let id = session.id("api_key").await?;
            let args = args![
                id,
                &new.fingerprint,
                &new.person,
                &new.label,
                &new.made_by,
                new.at,
                new.until
            ];
            session.run(ADD, args).await?;
            if let Some(since) = new.role_since {
                let sql = "UPDATE person SET role_since = $2 WHERE name = $1";
                session.run(sql, args![&new.person, since]).await?;
            }
            chain(&mut session, std::slice::from_ref(audit)).await?;
            session.commit().await?;
            Ok(KeyId(id))
        })
        .await
    }

    /// Whose key this is, where it is good now. Whether the person is disabled is for the caller to
    /// see.
    pub async fn key(
        &self,
        fingerprint: &str,
        now: Moment,
    ) -> Result<Option<(Person, KeyId)>, StoreError> {
        let mut session = self.read("look a key up").await?;
        let sql = format!(
            "SELECT {COLUMNS}, k.id FROM api_key k JOIN person p ON p.name = k.person \
             WHERE k.fingerprint = $1 AND k.revoked_at IS NULL \
             AND (k.until IS NULL OR k.until > $2)"
        );
        let read = |cells: &mut Cells<'_>| Ok((person(cells)?, KeyId(cells.int()?)));
        session.first(sql, args![fingerprint, now], read).await
    }

    /// Revokes a key; `false` where there is none that is not revoked.
    pub async fn revoke_key(
        &self,
        id: KeyId,
        at: Moment,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        again(|| async {
            let mut session = self.write("revoke a key").await?;
            let sql = "UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
            let done = session.run(sql, args![id.0, at]).await? == 1;
            finish(session, done, audit).await
        })
        .await
    }

    /// Every key, of one person where one is named, in the order they were made.
    pub async fn keys(&self, person: Option<&str>) -> Result<Vec<ApiKey>, StoreError> {
        let mut session = self.read("list keys").await?;
        let sql = "SELECT id, person, label, made_by, at, until, revoked_at FROM api_key \
                   WHERE person = $1 OR $1 IS NULL ORDER BY id";
        session.rows(sql, args![person], key).await
    }
}

fn key(cells: &mut Cells<'_>) -> Result<ApiKey, sqlx::Error> {
    Ok(ApiKey {
        id: KeyId(cells.int()?),
        person: cells.text()?,
        label: cells.text()?,
        made_by: cells.text()?,
        at: cells.moment()?,
        until: cells.maybe_moment()?,
        revoked_at: cells.maybe_moment()?,
    })
}
