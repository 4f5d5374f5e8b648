//! Cases: opened, refreshed, quieted, closed; one open case for each subject and cause.

use crate::case::{Case, CaseChange, CaseId, NewCase, Subject, Words};
use crate::error::StoreError;
use crate::rounds::rounds;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Cells, Kind, Rows, Session, again, args, unreadable};
use crate::store::Store;
use std::mem::discriminant;

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

const QUIETED: &[(&str, Kind)] = &[("id", Int), ("since", Int)];
const CLOSED: &[(&str, Kind)] = &[("id", Int), ("at", Int), ("why", Text)];
const MOVED: &[(&str, Kind)] = &[("id", Int), ("parent", Int)];
const QUIET: &str = "UPDATE cases SET quiet_since = rows.since FROM rows \
    WHERE cases.id = rows.id AND cases.quiet_since IS NULL AND cases.closed_at IS NULL";
const CLOSE: &str = "UPDATE cases SET closed_at = rows.at, closed_why = rows.why FROM rows \
    WHERE cases.id = rows.id AND cases.closed_at IS NULL";
const UNDER: &str = "UPDATE cases SET parent = rows.parent FROM rows \
    WHERE cases.id = rows.id AND cases.closed_at IS NULL";

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

/// Changes cases in the order given; what is alike and follows one another goes in one piece.
pub(crate) async fn change(
    session: &mut Session,
    changes: &[CaseChange],
) -> Result<(), StoreError> {
    for alike in changes.chunk_by(|a, b| discriminant(a) == discriminant(b)) {
        let seen: Vec<&NewCase> = alike.iter().filter_map(seen).collect();
        if seen.is_empty() {
            for round in rounds(alike.iter(), id) {
                apply(session, &round).await?;
            }
        }
        for round in rounds(seen.into_iter(), |new| (&new.subject, &new.cause)) {
            see(session, round).await?;
        }
    }
    Ok(())
}

fn seen(change: &CaseChange) -> Option<&NewCase> {
    match change {
        CaseChange::Seen(new) => Some(new),
        _ => None,
    }
}

/// The case that is changed, where it is known by its number.
fn id(change: &CaseChange) -> Option<CaseId> {
    match change {
        CaseChange::Seen(_) => None,
        CaseChange::Quiet(id, _) | CaseChange::Close(id, ..) | CaseChange::Under(id, _) => {
            Some(*id)
        }
    }
}

async fn see(session: &mut Session, seen: Vec<&NewCase>) -> Result<(), StoreError> {
    let ids = session.ids("cases", seen.len()).await?;
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

/// Changes of one kind, each of another case.
async fn apply(session: &mut Session, alike: &[&CaseChange]) -> Result<(), StoreError> {
    let (columns, then) = match alike.first() {
        None | Some(CaseChange::Seen(_)) => return Ok(()),
        Some(CaseChange::Quiet(..)) => (QUIETED, QUIET),
        Some(CaseChange::Close(..)) => (CLOSED, CLOSE),
        Some(CaseChange::Under(..)) => (MOVED, UNDER),
    };
    let mut rows = Rows::new(columns);
    for change in alike {
        match change {
            CaseChange::Seen(_) => {}
            CaseChange::Quiet(id, since) => rows.push(args![id.0, *since]),
            CaseChange::Close(id, at, why) => rows.push(args![id.0, *at, why]),
            CaseChange::Under(id, parent) => {
                rows.push(args![id.0, parent.map(|parent| parent.0)]);
            }
        }
    }
    session.bulk(rows, then).await.map(drop)
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
