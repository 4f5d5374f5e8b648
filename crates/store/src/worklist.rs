//! The worklist: pages of cases, the worst first, and how many there are.

use crate::case::{Case, CaseFilter, CaseId, Cursor, Note, Tally};
use crate::cases::{COLUMNS, case};
use crate::error::StoreError;
use crate::sql::{Arg, Cells, args, count};
use crate::store::Store;

/// Open cases by site, decision and severity.
const OPEN: &str = "SELECT site, decision, severity, count(*) FROM cases \
    WHERE closed_at IS NULL AND parent IS NULL GROUP BY site, decision, severity";
const EXPLAINED: &str = "SELECT count(*) FROM cases WHERE closed_at IS NULL AND parent IS NOT NULL";
/// Meters registered, at ease, ever judged; counted by the database as they change.
const METERS: &str = "SELECT \
    CAST(COALESCE(SUM(CASE WHEN kind = 'meter' THEN many END), 0) AS BIGINT), \
    CAST(COALESCE(SUM(CASE WHEN kind = 'standing' AND word IN ('fine', 'ignore') \
    THEN many END), 0) AS BIGINT), \
    CAST(COALESCE(SUM(CASE WHEN kind = 'standing' AND word <> '' THEN many END), 0) AS BIGINT) \
    FROM tally";

impl Store {
    /// A page of the worklist: the worst first, then the oldest.
    pub async fn cases(
        &self,
        filter: &CaseFilter,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Case>, StoreError> {
        let mut wanted = Wanted::default();
        let CaseFilter {
            decision,
            owner,
            site,
            cause,
            subject,
            parent,
            explained,
            closed,
        } = filter;
        wanted.always(if *closed {
            "c.closed_at IS NOT NULL"
        } else {
            "c.closed_at IS NULL"
        });
        let texts = [
            ("c.decision", decision),
            ("c.owner", owner),
            ("c.site", site),
            ("c.cause", cause),
            ("c.subject", subject),
        ];
        for (column, value) in texts {
            if let Some(value) = value {
                wanted.that(|place| format!("{column} = {place}"), value.into());
            }
        }
        match (parent, explained) {
            (Some(parent), _) => {
                wanted.that(|place| format!("c.parent = {place}"), parent.0.into());
            }
            (None, false) => wanted.always("c.parent IS NULL"),
            (None, true) => {}
        }
        if let Some(Cursor {
            severity,
            opened_at,
            id,
        }) = after
        {
            let severity = wanted.next(severity.into());
            let opened_at = wanted.next(opened_at.into());
            let id = wanted.next(id.0.into());
            // the first condition lets the index begin there
            wanted.always(&format!("c.severity <= {severity}"));
            wanted.always(&format!(
                "(c.severity < {severity} OR c.opened_at > {opened_at} \
                 OR (c.opened_at = {opened_at} AND c.id > {id}))"
            ));
        }
        let limit = wanted.next(Arg::limit(limit));
        // A subject has a handful of cases: the plus keeps SQLite from walking the whole worklist
        // in its order to find them.
        let plus = if subject.is_some() { "+" } else { "" };
        let sql = format!(
            "SELECT {COLUMNS} FROM cases c WHERE {} \
             ORDER BY {plus}c.severity DESC, {plus}c.opened_at, {plus}c.id LIMIT {limit}",
            wanted.conditions.join(" AND ")
        );
        let mut session = self.read("list cases").await?;
        session.rows(sql, wanted.args, case).await
    }

    /// How many cases are open, and how the fleet is.
    pub async fn tally(&self) -> Result<Tally, StoreError> {
        let mut session = self.read("count the worklist").await?;
        let group = |cells: &mut Cells<'_>| {
            Ok((
                cells.maybe_text()?,
                cells.text()?,
                cells.small()?,
                cells.count()?,
            ))
        };
        let mut open: Vec<(Option<String>, String, u8, u64)> =
            session.rows(OPEN, args![], group).await?;
        // the engines disagree where nothing is sorted
        open.sort_by(|a, b| (b.2, &a.0, &a.1).cmp(&(a.2, &b.0, &b.1)));
        let explained = session.only(EXPLAINED, args![], count).await?;
        let counts = |cells: &mut Cells<'_>| Ok((cells.count()?, cells.count()?, cells.count()?));
        let (meters, at_ease, judged) = session.only(METERS, args![], counts).await?;
        let unjudged = meters.saturating_sub(judged);
        Ok(Tally {
            open,
            explained,
            meters,
            at_ease,
            unjudged,
        })
    }

    /// Adds a note to a case.
    pub async fn add_note(&self, note: &Note) -> Result<(), StoreError> {
        let mut session = self.write("add a note").await?;
        let id = session.id("note").await?;
        let sql = "INSERT INTO note (id, case_id, subject, at, who, said) \
                   SELECT $1, c.id, c.subject, $3, $4, $5 FROM cases c WHERE c.id = $2";
        let Note {
            case,
            at,
            who,
            text,
        } = note;
        session.run(sql, args![id, case.0, *at, who, text]).await?;
        session.commit().await
    }

    /// The notes on a case, oldest first.
    pub async fn notes(&self, id: CaseId) -> Result<Vec<Note>, StoreError> {
        let mut session = self.read("list notes").await?;
        let sql = "SELECT at, who, said FROM note WHERE case_id = $1 ORDER BY id";
        let note = move |cells: &mut Cells<'_>| {
            Ok(Note {
                case: id,
                at: cells.moment()?,
                who: cells.text()?,
                text: cells.text()?,
            })
        };
        session.rows(sql, args![id.0], note).await
    }
}

/// Conditions that are put together from what is asked for.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) conditions: Vec<String>,
    pub(crate) args: Vec<Arg>,
}

impl Wanted {
    /// A value without a condition of its own; its placeholder.
    pub(crate) fn next(&mut self, value: Arg) -> String {
        self.args.push(value);
        self.place()
    }

    /// The placeholder of the last value.
    pub(crate) fn place(&self) -> String {
        format!("${}", self.args.len())
    }

    /// A condition on a value, given its placeholder.
    pub(crate) fn that(&mut self, condition: impl Fn(&str) -> String, value: Arg) {
        let place = self.next(value);
        self.conditions.push(condition(&place));
    }

    /// A condition without a value.
    pub(crate) fn always(&mut self, condition: &str) {
        self.conditions.push(condition.to_owned());
    }
}
