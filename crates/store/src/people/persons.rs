//! The persons themselves.

use crate::chain::{NewAudit, chain};
use crate::error::StoreError;
use crate::sql::{Cells, Session, again, args, count, text};
use crate::store::Store;
use fleet::Moment;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name. Never changed, and never given to anybody else.
    pub name: String,
    /// The role's word.
    pub role: String,
    /// Since when the role, and what the person is known by, is the person's own.
    pub role_since: Moment,
    /// Whether this person also stands for revenue protection.
    pub revenue_protection: bool,
    /// Since when this person is here.
    pub since: Moment,
    /// Since when this person may do nothing any more.
    pub disabled_at: Option<Moment>,
}

/// What is read of a person `p`.
pub(super) const COLUMNS: &str =
    "p.name, p.role, p.role_since, p.revenue_protection, p.since, p.disabled_at";

const ADD: &str = "INSERT INTO person (name, role, role_since, revenue_protection, since, \
    disabled_at, password) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
const CHANGE: &str = "UPDATE person SET role = $2, role_since = $3, revenue_protection = $4, \
    disabled_at = $5 WHERE name = $1";

impl Store {
    /// Adds a person, with what is kept of the password; `false` where the name is taken.
    pub async fn add_person(
        &self,
        person: &Person,
        password: Option<&str>,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        again(|| async {
            let mut session = self.write("add a person").await?;
            let args = args![
                &person.name,
                &person.role,
                person.role_since,
                person.revenue_protection,
                person.since,
                person.disabled_at,
                password,
            ];
            let done = session.run(ADD, args).await? == 1;
            finish(session, done, audit).await
        })
        .await
    }

    /// Changes what a person may do; `false` where there is no such person. Name and `since` stay.
    /// A disabled person's sessions end.
    pub async fn change_person(
        &self,
        person: &Person,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        again(|| async {
            let mut session = self.write("change a person").await?;
            let args = args![
                &person.name,
                &person.role,
                person.role_since,
                person.revenue_protection,
                person.disabled_at,
            ];
            let done = session.run(CHANGE, args).await? == 1;
            if done && person.disabled_at.is_some() {
                end_sessions(&mut session, &person.name).await?;
            }
            finish(session, done, audit).await
        })
        .await
    }

    /// Gives a person another password, and the moment from which it counts as the person's own.
    /// All sessions of the person end. `false` where there is no such person.
    pub async fn set_password(
        &self,
        name: &str,
        password: &str,
        role_since: Moment,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        again(|| async {
            let mut session = self.write("change a password").await?;
            let sql = "UPDATE person SET password = $2, role_since = $3 WHERE name = $1";
            let changed = session.run(sql, args![name, password, role_since]).await?;
            end_sessions(&mut session, name).await?;
            let done = changed == 1;
            finish(session, done, audit).await
        })
        .await
    }

    /// Everybody, by name.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        let mut session = self.read("list people").await?;
        let sql = format!("SELECT {COLUMNS} FROM person p ORDER BY p.name");
        session.rows(sql, args![], person).await
    }

    /// One person.
    pub async fn person(&self, name: &str) -> Result<Option<Person>, StoreError> {
        let mut session = self.read("look a person up").await?;
        let sql = format!("SELECT {COLUMNS} FROM person p WHERE p.name = $1");
        session.first(sql, args![name], person).await
    }

    /// Whether there is anybody at all.
    pub async fn has_people(&self) -> Result<bool, StoreError> {
        let mut session = self.read("look whether there are people").await?;
        let sql = "SELECT count(*) FROM (SELECT 1 FROM person LIMIT 1) AS one";
        Ok(session.only(sql, args![], count).await? > 0)
    }

    /// What is kept of a person's password.
    pub async fn password(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut session = self.read("look a password up").await?;
        let sql = "SELECT password FROM person WHERE name = $1 AND password IS NOT NULL";
        session.first(sql, args![name], text).await
    }
}

/// Writes down what was done, and makes both durable together or not at all: where nothing was done
/// nothing is written down.
pub(super) async fn finish(
    mut session: Session,
    done: bool,
    audit: &NewAudit,
) -> Result<bool, StoreError> {
    if done {
        chain(&mut session, std::slice::from_ref(audit)).await?;
        session.commit().await?;
    }
    Ok(done)
}

async fn end_sessions(session: &mut Session, name: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM session WHERE person = $1";
    session.run(sql, args![name]).await.map(drop)
}

pub(super) fn person(cells: &mut Cells<'_>) -> Result<Person, sqlx::Error> {
    Ok(Person {
        name: cells.text()?,
        role: cells.text()?,
        role_since: cells.moment()?,
        revenue_protection: cells.flag()?,
        since: cells.moment()?,
        disabled_at: cells.maybe_moment()?,
    })
}
