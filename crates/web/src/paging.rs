//! Where the next page of a list begins, as a text that nobody needs to read.

use fleet::{MeterNumber, Moment};
use store::{AuditCursor, Audited, Case, CaseId, Command, Cursor, Meter};

/// A place in the worklist: `c3.1795356332123.42`.
pub(crate) struct CasePlace;

impl CasePlace {
    /// The place after this case.
    pub(crate) fn of(case: &Case) -> String {
        let (severity, opened, id) = (case.words.severity, case.opened_at.0, case.id.0);
        format!("c{severity}.{opened}.{id}")
    }

    /// The place, or nothing where the text is none.
    pub(crate) fn read(text: &str) -> Option<Cursor> {
        let mut parts = text.strip_prefix('c')?.split('.');
        let cursor = Cursor {
            severity: parts.next()?.parse().ok()?,
            opened_at: Moment(parts.next()?.parse().ok()?),
            id: CaseId(parts.next()?.parse().ok()?),
        };
        parts.next().is_none().then_some(cursor)
    }
}

/// A place in the list of meters: `m47001582544`.
pub(crate) struct MeterPlace;

impl MeterPlace {
    /// The place after this meter.
    pub(crate) fn of<T>(row: &(Meter, T)) -> String {
        format!("m{}", row.0.number)
    }

    /// The place, or nothing where the text is none.
    pub(crate) fn read(text: &str) -> Option<MeterNumber> {
        MeterNumber::parse(text.strip_prefix('m')?).ok()
    }
}

/// A place in the list of commands: `n17`.
pub(crate) struct CommandPlace;

impl CommandPlace {
    /// The place after this command.
    pub(crate) fn of(command: &Command) -> String {
        format!("n{}", command.id.number)
    }

    /// The place, or nothing where the text is none.
    pub(crate) fn read(text: &str) -> Option<i64> {
        text.strip_prefix('n')?.parse().ok()
    }
}

/// A place in the audit: `a1795356332123.42.st-1`.
pub(crate) struct AuditPlace;

impl AuditPlace {
    /// The place after this line.
    pub(crate) fn of(line: &Audited) -> String {
        let AuditCursor { at, site, n } = line.cursor();
        format!("a{}.{n}.{site}", at.0)
    }

    /// The place, or nothing where the text is none.
    pub(crate) fn read(text: &str) -> Option<AuditCursor> {
        let mut parts = text.strip_prefix('a')?.splitn(3, '.');
        Some(AuditCursor {
            at: Moment(parts.next()?.parse().ok()?),
            n: parts.next()?.parse().ok()?,
            site: parts.next()?.to_owned(),
        })
    }
}

/// Cuts a list that was asked for with one row too many; that row says that there is a next page.
pub(crate) fn cut<T>(
    mut rows: Vec<T>,
    limit: usize,
    place: impl Fn(&T) -> String,
) -> (Vec<T>, Option<String>) {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(place);
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::{AuditPlace, CasePlace, CommandPlace, MeterPlace, cut};
    use fleet::Moment;
    use proptest::prelude::*;
    use store::{Case, CaseId, Cursor, Subject, Words};

    proptest! {
        #[test]
        fn a_place_is_read_as_it_was_written(severity: u8, opened: i64, id: i64) {
            let case = Case {
                id: CaseId(id),
                subject: Subject { kind: "meter", id: String::new() },
                cause: String::new(),
                words: Words { severity, ..Words::default() },
                site: None,
                gateway: None,
                opened_at: Moment(opened),
                seen_at: Moment(0),
                quiet_since: None,
                flaps: 0,
                parent: None,
                closed_at: None,
                closed_why: None,
            };
            let cursor = Cursor { severity, opened_at: Moment(opened), id: CaseId(id) };
            prop_assert_eq!(CasePlace::read(&CasePlace::of(&case)), Some(cursor));
        }

        #[test]
        fn any_other_text_is_no_place(text: String) {
            prop_assume!(!text.starts_with(['a', 'c', 'm', 'n']));
            prop_assert!(CasePlace::read(&text).is_none() && MeterPlace::read(&text).is_none());
            prop_assert!(CommandPlace::read(&text).is_none() && AuditPlace::read(&text).is_none());
        }
    }

    #[test]
    fn the_row_too_many_becomes_the_next_page() {
        let place = |row: &u32| row.to_string();
        assert_eq!(
            cut(vec![1, 2, 3], 2, place),
            (vec![1, 2], Some("2".to_owned()))
        );
        assert_eq!(cut(vec![1, 2], 2, place), (vec![1, 2], None));
        assert_eq!(cut(Vec::new(), 2, place), (Vec::new(), None));
    }
}
