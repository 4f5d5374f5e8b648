//! A case's notes.

use crate::State;
use crate::asked::Asked;
use crate::fail::Fail;
use crate::time::Age;
use store::{Case, CaseId};

/// Notes of no more cases are read for one page.
const CASES: usize = 10;

/// One note.
pub(crate) struct NoteLine {
    /// The case it belongs to, where a page shows several.
    pub(crate) case: CaseId,
    pub(crate) at: Age,
    pub(crate) who: String,
    pub(crate) text: String,
}

/// The notes of these cases, in order.
pub(crate) async fn of(desk: &State, asked: &Asked, cases: &[Case]) -> Result<Vec<NoteLine>, Fail> {
    let mut lines = Vec::new();
    for case in cases.iter().take(CASES) {
        let notes = desk.store.notes(case.id).await?;
        lines.extend(notes.into_iter().map(|note| NoteLine {
            case: note.case,
            at: Age::ago(note.at, asked.now, asked.lang),
            who: note.who,
            text: note.text,
        }));
    }
    Ok(lines)
}
