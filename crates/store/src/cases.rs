//! Cases: opened, refreshed, quieted, closed; one open case for each subject and cause.

use crate::case::{Case, CaseChange, CaseId, NewCase, Subject, Words};
use crate::error::StoreError;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Cells, Kind, Rows, Session, again, args, unreadable};
use crate::store::Store;
use std::collections::BTreeSet;

/// What a case can be about. The words in the database come back as these.
const SUBJECTS: &[&str] = &["meter", "gateway", "site", "head_end", "system"];

const CASE: &[(&str, Kind)] = &[
    ("id", Int),
    ("subject_kind", Text),
    ("subject", Text),
    ("cause", Text),
    ("slug", Text),
    ("class", Text),
    ("supply", Text),
    ("decision", Text),
    ("owner", Text),
    ("severity", Int),
    ("because", Text),
    ("site", Text),
    ("gateway", Text),
    ("at", Int),
    ("parent", Int),
];

/// What is read of a case `c`.
pub(crate) const COLUMNS: &str = "c.id, c.subject_kind, c.subject, c.cause, c.slug, c.class, \
    c.supply, c.decision, c.owner, c.severity, c.because, c.site, c.gateway, c.opened_at, \
    c.seen_at, c.quiet_since, c.flaps, c.parent, c.closed_at, c.closed_why";

/// The index over open cases makes this an opening or a refreshing, whoever else does the same.
const SEEN: &str = "INSERT INTO cases (id, subject_kind, subject, cause, slug, class, supply, \
    decision, owner, severity, because, site, gateway, opened_at, seen_at, flaps, parent) \
    SELECT id, subject_kind, subject, cause, slug, class, supply, decision, owner, severity, \
    because, site, gateway, at, at, 0, parent FROM rows WHERE true \
    ON CONFLICT (subject, subject_kind, cause) WHERE closed_at IS NULL DO UPDATE SET \
    slug = excluded.slug, class = excluded.class, supply = excluded.supply, \
    decision = excluded.decision, owner = excluded.owner, severity = excluded.severity, \
    because = excluded.because, site = COALESCE(excluded.site, cases.site), \
    gateway = COALESCE(excluded.gateway, cases.gateway), \
    seen_at = CASE WHEN excluded.seen_at > cases.seen_at THEN excluded.seen_at \
    ELSE cases.seen_at END, \
    flaps = cases.flaps + CASE WHEN cases.quiet_since IS NULL THEN 0 ELSE 1 END, \
    quiet_since = NULL, parent = COALESCE(excluded.parent, cases.parent)";

impl Store {
    /// One case.
    pub async fn case(&self, id: CaseId) -> Result<Option<Case>, StoreError> {
        let mut session = self.read("look a case up").await?;
        let sql = format!("SELECT {COLUMNS} FROM cases c WHERE c.id = $1");
        session.first(sql, args![id.0], case).await
    }

    /// Changes cases, all or none, in the order given.
    pub async fn change_cases(&self, changes: &[CaseChange]) -> Result<(), StoreError> {
        again(|| async {
            let mut session = self.write("change cases").await?;
            change(&mut session, changes).await?;
            session.commit().await
        })
        .await
    }
}

/// Changes cases in the order given; what is merely seen goes in one piece.
pub(crate) async fn change(
    session: &mut Session,
    changes: &[CaseChange],
) -> Result<(), StoreError> {
    let mut seen: Vec<&NewCase> = Vec::new();
    let mut keys = BTreeSet::new();
    for change in changes {
        match change {
            CaseChange::Seen(new) => {
                // a statement may touch a row only once
                if !keys.insert((&new.subject, &new.cause)) {
                    see(session, std::mem::take(&mut seen)).await?;
                    keys = BTreeSet::from([(&new.subject, &new.cause)]);
                }
                seen.push(new);
            }
            other => {
                see(session, std::mem::take(&mut seen)).await?;
                keys.clear();
                apply(session, other).await?;
            }
        }
    }
    see(session, seen).await
}

async fn see(session: &mut Session, mut seen: Vec<&NewCase>) -> Result<(), StoreError> {
    // always in the same order, or two nodes would wait for one another
    seen.sort_by(|a, b| (&a.subject, &a.cause).cmp(&(&b.subject, &b.cause)));
    let ids = match seen.len() {
        0 => return Ok(()),
        many => session.ids("cases", many).await?,
    };
    let mut rows = Rows::new(CASE);
    for (id, new) in ids.into_iter().zip(seen) {
        let Words {
            slug,
            class,
            supply,
            decision,
            owner,
            severity,
            because,
        } = &new.words;
        rows.push(args![
            id,
            new.subject.kind,
            &new.subject.id,
            &new.cause,
            slug,
            class,
            supply,
            decision,
            owner,
            *severity,
            because,
            &new.site,
            &new.gateway,
            new.at,
            new.parent.map(|parent| parent.0),
        ]);
    }
    session.bulk(rows, SEEN).await.map(drop)
}

async fn apply(session: &mut Session, change: &CaseChange) -> Result<(), StoreError> {
    let (sql, args) = match change {
        CaseChange::Seen(_) => return Ok(()),
        CaseChange::Quiet(id, since) => (
            "UPDATE cases SET quiet_since = $2 \
             WHERE id = $1 AND quiet_since IS NULL AND closed_at IS NULL",
            args![id.0, *since],
        ),
        CaseChange::Close(id, at, why) => (
            "UPDATE cases SET closed_at = $2, closed_why = $3 \
             WHERE id = $1 AND closed_at IS NULL",
            args![id.0, *at, why],
        ),
        CaseChange::Under(id, parent) => (
            "UPDATE cases SET parent = $2 WHERE id = $1 AND closed_at IS NULL",
            args![id.0, parent.map(|parent| parent.0)],
        ),
    };
    session.run(sql, args).await.map(drop)
}

pub(crate) fn case(cells: &mut Cells<'_>) -> Result<Case, sqlx::Error> {
    let kind = |cells: &mut Cells<'_>| {
        let word = cells.text()?;
        let known = SUBJECTS.iter().find(|known| **known == word);
        known
            .copied()
            .ok_or_else(|| unreadable(format!("\"{word}\" is no subject")))
    };
    Ok(Case {
        id: CaseId(cells.int()?),
        subject: Subject {
            kind: kind(cells)?,
            id: cells.text()?,
        },
        cause: cells.text()?,
        words: words(cells)?,
        site: cells.maybe_text()?,
        gateway: cells.maybe_text()?,
        opened_at: cells.moment()?,
        seen_at: cells.moment()?,
        quiet_since: cells.maybe_moment()?,
        flaps: cells.small()?,
        parent: cells.maybe_int()?.map(CaseId),
        closed_at: cells.maybe_moment()?,
        closed_why: cells.maybe_text()?,
    })
}

/// A verdict, as it stands in cases and standings.
pub(crate) fn words(cells: &mut Cells<'_>) -> Result<Words, sqlx::Error> {
    Ok(Words {
        slug: cells.text()?,
        class: cells.text()?,
        supply: cells.text()?,
        decision: cells.text()?,
        owner: cells.text()?,
        severity: cells.small()?,
        because: cells.text()?,
    })
}
